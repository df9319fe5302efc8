"""Pooling as loops over windows."""

from typing import Any

import numpy as np

from cnnlib import _check
from cnnlib._check import Ints
from cnnlib.geometry import Geometry
from cnnlib.naive._arrays import Numbers, arrays, count, inside, like, reads
from cnnlib.pool.average import check_volume
from cnnlib.pool.windows import pool_forward


def max_pool1d(
    input: Numbers, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.max_pool1d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.max_pool1d([[3, 1, 4, 1, 5, 9]], 2)
    [[3, 4, 9]]
    """
    (x,) = arrays(input)
    g = pool_forward(1, x.shape, kernel_size, stride, padding, dilation, ceil_mode)
    return like(input, _max_pool(x, g, ceil_mode))


def max_pool2d(
    input: Numbers, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.max_pool2d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> image = [[[10 * i + j for j in range(4)] for i in range(4)]]
    >>> naive.max_pool2d(image, 2)
    [[[11, 13], [31, 33]]]
    """
    (x,) = arrays(input)
    g = pool_forward(2, x.shape, kernel_size, stride, padding, dilation, ceil_mode)
    return like(input, _max_pool(x, g, ceil_mode))


def max_pool3d(
    input: Numbers, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.max_pool3d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.max_pool3d([[[[1, 2]], [[4, 3]]]], (2, 1, 2))
    [[[[4]]]]
    """
    (x,) = arrays(input)
    g = pool_forward(3, x.shape, kernel_size, stride, padding, dilation, ceil_mode)
    return like(input, _max_pool(x, g, ceil_mode))


def avg_pool1d(
    input: Numbers, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    ceil_mode: bool = False, count_include_pad: bool = True,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.avg_pool1d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.avg_pool1d([[1.0, 3.0, 5.0, 9.0]], 2)
    [[2.0, 7.0]]
    """
    (x,) = arrays(input)
    g = pool_forward(1, x.shape, kernel_size, stride, padding, 1, ceil_mode)
    return like(input, _avg_pool(x, g, ceil_mode, count_include_pad, None))


def avg_pool2d(
    input: Numbers, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int | None = None,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.avg_pool2d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.avg_pool2d([[[1.0, 3.0], [5.0, 7.0]]], 2)
    [[[4.0]]]
    """
    (x,) = arrays(input)
    g = pool_forward(2, x.shape, kernel_size, stride, padding, 1, ceil_mode)
    return like(input, _avg_pool(x, g, ceil_mode, count_include_pad, divisor_override))


def avg_pool3d(
    input: Numbers, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int | None = None,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.avg_pool3d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.avg_pool3d([[[[1.0, 3.0]], [[5.0, 7.0]]]], (2, 1, 2))
    [[[[4.0]]]]
    """
    (x,) = arrays(input)
    g = pool_forward(3, x.shape, kernel_size, stride, padding, 1, ceil_mode)
    return like(input, _avg_pool(x, g, ceil_mode, count_include_pad, divisor_override))


def _windows(x: Any, g: Geometry, ceil_mode: bool) -> tuple[int, ...]:
    """Return how many windows there are along each axis, counted one by one."""
    return tuple(
        count(n, k, s, 2 * p, d, n + p if ceil_mode else 0)
        for n, k, s, (p, _), d in zip(*g[:5], strict=True)
    )


def _max_pool(x: Any, g: Geometry, ceil_mode: bool) -> Any:
    """Keep the largest of the entries that lie inside the input."""
    _check.numbers("input", x.dtype)
    rank = len(g.size)
    out = np.zeros((*x.shape[:-rank], *_windows(x, g, ceil_mode)), x.dtype)
    for index in np.ndindex(*out.shape):
        lead, at = index[:-rank], index[-rank:]
        where = [reads(at, tap, g) for tap in np.ndindex(*g.kernel)]
        out[index] = np.max([x[(*lead, *i)] for i in where if inside(i, x.shape[-rank:])])
    return out


def _avg_pool(
    x: Any, g: Geometry, ceil_mode: bool, include_pad: bool, divisor_override: int | None
) -> Any:
    """Add the entries that lie inside, divide by those that count."""
    _check.roomy("input", x.dtype, _check.REAL)
    check_volume(g)
    border, rank = _check.flag("count_include_pad", include_pad), len(g.size)
    out = np.zeros((*x.shape[:-rank], *_windows(x, g, ceil_mode)), x.dtype)
    for index in np.ndindex(*out.shape):
        lead, at = index[:-rank], index[-rank:]
        total, entries = x.dtype.type(0), 0
        for tap in np.ndindex(*g.kernel):
            where, size = reads(at, tap, g), x.shape[-rank:]
            around = [before if border else 0 for before, _ in g.padding]
            framed = [i + p for i, p in zip(where, around, strict=True)]
            entries += inside(framed, [n + 2 * p for n, p in zip(size, around, strict=True)])
            if inside(where, size):
                total += x[(*lead, *where)]
        out[index] = total / (entries if divisor_override is None else divisor_override)
    return out
