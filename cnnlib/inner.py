"""The inner product: the one operation that a convolution repeats."""

from typing import Any

import numpy as np

from cnnlib import _check


def inner_product(a: Any, b: Any) -> Any:
    """Multiply two arrays entry by entry and add everything up.

    Parameters
    ----------
    a, b : array or nested list
        Two of the same shape and dtype.

    Returns
    -------
    number or tensor of shape ()
        A Python number for NumPy arrays and lists; for torch tensors a tensor that knows where it
        came from.

    Raises
    ------
    ValueError
        If the shapes differ.
    TypeError
        If the two differ in kind or dtype.

    Notes
    -----
    ``<a, b> = sum of a[i, j] * b[i, j]``, for matrices the Frobenius inner product; one
    multiply-add an entry.

    References
    ----------
    R. A. Horn and C. R. Johnson, Matrix Analysis, section 5.2.

    Examples
    --------
    >>> from cnnlib import inner_product
    >>> inner_product([[1, 3], [2, 4]], [[5, 7], [6, 8]])  # 1*5 + 3*7 + 2*6 + 4*8
    70
    >>> inner_product([1, 2, 3], [1, 2])
    Traceback (most recent call last):
    ...
    ValueError: `b` must have the shape of `a` (3,), got (2,)
    """
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        a, b = np.asarray(a), np.asarray(b)
    xp = _check.namespace(a=a, b=b)
    if tuple(a.shape) != tuple(b.shape):
        _check.refuse("b", f"have the shape of `a` {tuple(a.shape)}", tuple(b.shape))
    _check.same_dtype(a=a, b=b)
    _check.numbers("a", a.dtype, _check.NUMERIC)
    if xp is not np:
        return xp.sum(a * b, dtype=a.dtype)
    if _check.family(a.dtype) == "int":  # grey values of 0 to 255 must not wrap around
        a, b = a.astype(np.int64), b.astype(np.int64)
    return xp.sum(a * b).item()
