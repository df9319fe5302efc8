"""The windows of a pooling: where they lie, and what surrounds the input."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from cnnlib import _check
from cnnlib._check import Array, Ints
from cnnlib.kernels import Axes
from cnnlib.pad import pad_constant
from cnnlib.shape.window import windows as windows_of


class Windows(NamedTuple):
    """Where the windows of a pooling lie: a tuple with one int an axis for each."""

    kernel: Axes
    out: Axes
    stride: Axes
    dilation: Axes
    padding: Axes


def plan_pool(
    rank: int,
    xp: Any,
    dtype: Any,
    size: Sequence[int],
    kernel_size: Ints,
    stride: Ints | None,
    padding: Ints,
    dilation: Ints,
    ceil_mode: bool,
) -> Windows:
    """Check everything that does not need the numbers."""
    size = tuple(size)
    _check.numbers(xp, "input", dtype)
    _check.images("input", size, rank)
    _check.not_empty("input", size, len(size) == rank + 2)
    kernel = _check.ints("kernel_size", kernel_size, rank, 1)
    steps = kernel if stride in (None, (), []) else _check.ints("stride", stride, rank, 1)
    zeros = _check.ints("padding", padding, rank, 0)
    spacing = _check.ints("dilation", dilation, rank, 1)
    ceil = _check.flag("ceil_mode", ceil_mode)
    out = windows_of(size[-rank:], kernel, steps, zeros, spacing, ceil)
    return Windows(kernel, out, steps, spacing, zeros)


def surround(xp: Any, x: Array, value: Any, windows: Windows) -> Array:
    """Return ``x`` with ``value`` around it, as far as the last window reaches."""
    pairs = [(0, 0)] * (x.ndim - len(windows.out))
    for n, k, m, s, d, p in zip(x.shape[len(pairs) :], *windows, strict=True):
        end = (m - 1) * s + d * (k - 1) + 1
        pairs.append((p, max(p, end - n - p)))
    return pad_constant(xp, x, pairs, value)
