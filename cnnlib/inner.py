"""The inner product: the one operation that a convolution repeats."""

from typing import Any

import numpy as np

from cnnlib import _check
from cnnlib._check import Array


def inner_product(a: Any, b: Any) -> Any:
    """Multiply two arrays entry by entry and add everything up."""
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        a, b = np.asarray(a), np.asarray(b)
    xp = _check.namespace(a=a, b=b)
    if tuple(a.shape) != tuple(b.shape):
        _check.refuse("b", f"have the shape of `a` {tuple(a.shape)}", tuple(b.shape))
    _check.same_dtype(a=a, b=b)
    total: Array = xp.sum(a * b, dtype=a.dtype)
    return total.item() if xp is np else total
