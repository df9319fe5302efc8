"""Pooling: the largest or the mean entry of each window."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from cnnlib import _check, shape
from cnnlib._check import Array, Ints
from cnnlib.kernels import Axes, taps
from cnnlib.pad import pad_constant


class Windows(NamedTuple):
    """Where the windows of a pooling lie: a tuple with one int an axis for each."""

    kernel: Axes
    out: Axes
    stride: Axes
    dilation: Axes
    padding: Axes


def max_pool1d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Array:
    """Keep the largest entry of each window of a sequence."""
    return _max_pool(1, input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool2d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Array:
    """Keep the largest entry of each window of an image."""
    return _max_pool(2, input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Array:
    """Keep the largest entry of each window of a volume."""
    return _max_pool(3, input, kernel_size, stride, padding, dilation, ceil_mode)


def avg_pool1d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    ceil_mode: bool = False, count_include_pad: bool = True,
) -> Array:
    """Take the mean of each window of a sequence."""
    return _avg_pool(1, input, kernel_size, stride, padding, ceil_mode, count_include_pad, None)


def avg_pool2d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int | None = None,
) -> Array:
    """Take the mean of each window of an image."""
    return _avg_pool(2, input, kernel_size, stride, padding, ceil_mode, count_include_pad,
                     divisor_override)


def avg_pool3d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int | None = None,
) -> Array:
    """Take the mean of each window of a volume."""
    return _avg_pool(3, input, kernel_size, stride, padding, ceil_mode, count_include_pad,
                     divisor_override)


def plan_pool(
    rank: int, xp: Any, dtype: Any, size: Sequence[int], kernel_size: Ints, stride: Ints | None,
    padding: Ints, dilation: Ints, ceil_mode: bool,
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
    out = shape.windows(size[-rank:], kernel, steps, zeros, spacing, ceil)
    return Windows(kernel, out, steps, spacing, zeros)


def surround(xp: Any, x: Array, value: Any, windows: Windows) -> Array:
    """Return ``x`` with ``value`` around it, as far as the last window reaches."""
    pairs = [(0, 0)] * (x.ndim - len(windows.out))
    for n, k, m, s, d, p in zip(x.shape[len(pairs) :], *windows, strict=True):
        end = (m - 1) * s + d * (k - 1) + 1
        pairs.append((p, max(p, end - n - p)))
    return pad_constant(xp, x, pairs, value)


def _max_pool(
    rank: int, input: Array, kernel_size: Ints, stride: Ints | None, padding: Ints,
    dilation: Ints, ceil_mode: bool,
) -> Array:
    """Return the largest entries alone."""
    xp = _check.namespace(input=input)
    windows = plan_pool(rank, xp, input.dtype, input.shape, kernel_size, stride, padding,
                        dilation, ceil_mode)
    return largest(xp, input, windows)[0]


def largest(xp: Any, x: Array, windows: Windows) -> tuple[Array, Array]:
    """Return each window's largest entry and its tap, comparing tap by tap: the first one wins."""
    real = xp.isdtype(x.dtype, "real floating")
    around = surround(xp, x, -xp.inf if real else xp.iinfo(x.dtype).min, windows)
    first, *others = taps(*windows[:4])
    best, where = around[first], xp.zeros((), dtype=xp.int64, device=x.device)
    for tap, part in enumerate(others, 1):
        seen = around[part]
        larger = (seen > best) | (seen != seen)  # NaN is unequal to itself
        best, where = xp.where(larger, seen, best), xp.where(larger, tap, where)
    return best, where


def _avg_pool(
    rank: int, input: Array, kernel_size: Ints, stride: Ints | None, padding: Ints,
    ceil_mode: bool, count_include_pad: bool, divisor_override: int | None,
) -> Array:
    """Add tap by tap, then divide each window by its number of entries."""
    xp = _check.namespace(input=input)
    windows = plan_pool(rank, xp, input.dtype, input.shape, kernel_size, stride, padding, 1,
                        ceil_mode)
    check_volume(input.shape, windows)
    divisor = divisors(xp, input, input.shape, windows, count_include_pad, divisor_override)
    around = surround(xp, input, 0, windows)
    first, *others = taps(*windows[:4])
    total = around[first]
    for part in others:
        total = total + around[part]
    if xp.isdtype(input.dtype, "real floating"):
        return total / divisor
    return xp.sign(total) * xp.sign(divisor) * (xp.abs(total) // xp.abs(divisor))  # to zero


def check_volume(size: Sequence[int], windows: Windows) -> None:
    """Refuse, as torch does for averages of volumes only, a window larger than the input itself."""
    kernel = windows.kernel
    if len(kernel) == 3 and any(k > n for k, n in zip(kernel, tuple(size)[-3:], strict=True)):
        rule = "not exceed the input without its padding in avg_pool3d"
        _check.refuse("kernel_size", rule, kernel, f"the input is {tuple(size)[-3:]}")


def divisors(
    xp: Any, like: Array, size: Sequence[int], windows: Windows, count_include_pad: bool,
    divisor_override: int | None,
) -> Array:
    """Return by what each window's sum is divided, (*out), in the dtype of ``like``."""
    include_pad, rank = _check.flag("count_include_pad", count_include_pad), len(windows.out)
    if divisor_override is not None:
        if _check.integer("divisor_override", divisor_override) == 0:
            _check.refuse("divisor_override", "not be 0", divisor_override)
        return xp.asarray(int(divisor_override), dtype=like.dtype, device=like.device)
    total = xp.ones((1,) * rank, dtype=like.dtype, device=like.device)
    for axis, (n, k, m, s, _, p) in enumerate(zip(tuple(size)[-rank:], *windows, strict=True)):
        low, high = (-p, n + p) if include_pad else (0, n)
        counts = [min(i * s - p + k, high) - max(i * s - p, low) for i in range(m)]
        row = xp.asarray(counts, dtype=like.dtype, device=like.device)
        total = total * xp.reshape(row, (-1, *(1,) * (rank - axis - 1)))
    return total
