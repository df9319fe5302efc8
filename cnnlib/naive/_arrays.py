"""Nested lists and arrays in, the same kind out; and where a window's taps read."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlib.geometry import Geometry

Numbers = NDArray[Any] | Sequence[Any]
"""An array or nested lists of numbers."""


def arrays(*values: Any) -> list[Any]:
    """Return NumPy arrays of one dtype if any value is a list; arrays as they are, None as None."""
    made = [None if v is None else np.asarray(v) for v in values]
    if any(isinstance(v, (list, tuple)) for v in values):
        common = np.result_type(*(a for a in made if a is not None))
        made = [None if a is None else a.astype(common) for a in made]
    return made


def like(given: Any, result: NDArray[Any]) -> Any:
    """Return a nested list if a nested list was given."""
    return result.tolist() if isinstance(given, (list, tuple)) else result


def count(
    size: int, taps: int, stride: int, around: int, dilation: int = 1, over_from: int = 0
) -> int:
    """Return how many windows fit, by laying one down after another: no formula is asked.

    ``around`` is the padding on both sides together.  A pooling in ``ceil_mode`` names in
    ``over_from`` where the right padding begins: one more window may reach over the end, if it
    starts before that and the last one has left pixels over.

    >>> from cnnlib.naive._arrays import count
    >>> count(7, taps=3, stride=2, around=2)  # they start at 0, 2, 4 and 6 of 9 pixels
    4
    >>> count(7, taps=2, stride=2, around=0), count(7, taps=2, stride=2, around=0, over_from=7)
    (3, 4)
    """
    start, windows = 0, 0
    while start + dilation * (taps - 1) < size + around:
        start, windows = start + stride, windows + 1
    left_over = start - stride + dilation * (taps - 1) + 1 < size + around
    return windows + (left_over and start < over_from)


def reads(at: Sequence[int], tap: Sequence[int], g: Geometry) -> list[int]:
    """Return the input position that a tap of a window lies on; it may be outside."""
    axes = zip(at, g.stride, tap, g.dilation, g.padding, strict=True)
    return [y * s + t * d - before for y, s, t, d, (before, _) in axes]


def inside(where: Sequence[int], sizes: Sequence[int]) -> bool:
    """Return whether a position lies in an array of these sizes."""
    return all(0 <= i < n for i, n in zip(where, sizes, strict=True))
