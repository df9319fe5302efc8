"""Pooling: the largest or the mean entry of each window."""

from math import prod
from typing import Any

from cnnlib import _check, shape
from cnnlib._check import Array, Ints
from cnnlib.kernels import Axes, taps
from cnnlib.pad import pad_constant


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


def _arguments(rank: int, input: Array, kernel_size: Ints, stride: Ints | None, padding: Ints,
               dilation: Ints, ceil_mode: bool) -> tuple[Axes, ...]:
    """Return kernel, stride, padding, dilation and output size as checked tuples."""
    _check.axes("input", tuple(input.shape), rank, f"(N, C, {_check.AXES[rank]})", unbatched=True)
    kernel = _check.ints("kernel_size", kernel_size, rank, 1)
    steps = kernel if stride is None or stride == () else _check.ints("stride", stride, rank, 1)
    zeros, spacing = _check.ints("padding", padding, rank, 0), _check.ints("dilation", dilation, rank, 1)
    out = shape.windows(tuple(input.shape[-rank:]), kernel, steps, zeros, spacing, ceil_mode)
    return kernel, steps, zeros, spacing, out


def surround(xp: Any, x: Array, value: Any, kernel: Axes, stride: Axes, padding: Axes,
             dilation: Axes, out: Axes) -> Array:
    """Return ``x`` with ``value`` around it, as far as the last window reaches."""
    rank = len(out)
    pairs = [(0, 0)] * (x.ndim - rank)
    for n, k, s, p, d, m in zip(x.shape[-rank:], kernel, stride, padding, dilation, out, strict=True):
        end = (m - 1) * s + d * (k - 1) + 1
        pairs.append((p, max(p, end - n - p)))
    return pad_constant(xp, x, pairs, value)


def _max_pool(rank: int, input: Array, kernel_size: Ints, stride: Ints | None, padding: Ints,
              dilation: Ints, ceil_mode: bool) -> Array:
    """Compare tap by tap, keeping the first of equal entries, as torch does."""
    xp = _check.namespace(input=input)
    kernel, steps, zeros, spacing, out = _arguments(
        rank, input, kernel_size, stride, padding, dilation, ceil_mode)
    least = -xp.inf if xp.isdtype(input.dtype, "real floating") else xp.iinfo(input.dtype).min
    around = surround(xp, input, least, kernel, steps, zeros, spacing, out)
    best: Array = None
    for part in taps(kernel, out, steps, spacing):
        seen = around[part]
        larger = (seen > best) | (seen != seen) if best is not None else None
        best = seen if larger is None else xp.where(larger, seen, best)
    return best if prod(kernel) > 1 else xp.asarray(best, copy=True)


def _avg_pool(rank: int, input: Array, kernel_size: Ints, stride: Ints | None, padding: Ints,
              ceil_mode: bool, count_include_pad: bool, divisor_override: int | None) -> Array:
    """Add tap by tap, then divide each window by its number of entries."""
    xp = _check.namespace(input=input)
    kernel, steps, zeros, ones, out = _arguments(
        rank, input, kernel_size, stride, padding, 1, ceil_mode)
    around = surround(xp, input, 0, kernel, steps, zeros, ones, out)
    parts = taps(kernel, out, steps, ones)
    total = around[next(parts)]
    for part in parts:
        total = total + around[part]
    if divisor_override is not None:
        return total / _check.integer("divisor_override", divisor_override, 1)
    return total / divisors(xp, input, kernel, steps, zeros, out, count_include_pad)


def divisors(xp: Any, x: Array, kernel: Axes, stride: Axes, padding: Axes, out: Axes,
             count_include_pad: bool) -> Array:
    """Return how many entries each window averages, (*out), in the dtype of ``x``."""
    rank = len(out)
    total = xp.ones((1,) * rank, dtype=x.dtype, device=x.device)
    for axis, (n, k, s, p, m) in enumerate(
            zip(x.shape[-rank:], kernel, stride, padding, out, strict=True)):
        low, high = (-p, n + p) if count_include_pad else (0, n)
        counts = [min(i * s - p + k, high) - max(i * s - p, low) for i in range(m)]
        row = xp.asarray(counts, dtype=x.dtype, device=x.device)
        total = total * xp.reshape(row, (1,) * axis + (m,) + (1,) * (rank - axis - 1))
    return total
