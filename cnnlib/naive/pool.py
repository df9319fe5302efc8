"""Pooling as loops over windows."""

from typing import Any

import numpy as np

from cnnlib import _check
from cnnlib.naive._arrays import arrays, like
from cnnlib.pool.average import check_volume
from cnnlib.pool.windows import Windows, plan_pool


def max_pool1d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Any:
    """Compute ``cnnlib.pool.largest1d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.max_pool1d([[3, 1, 4, 1, 5, 9]], 2)
    [[3, 4, 9]]
    """
    return _max_pool(1, input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Any:
    """Compute ``cnnlib.pool.largest2d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> image = [[[10 * i + j for j in range(4)] for i in range(4)]]
    >>> naive.max_pool2d(image, 2)
    [[[11, 13], [31, 33]]]
    """
    return _max_pool(2, input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Any:
    """Compute ``cnnlib.pool.largest3d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.max_pool3d([[[[1, 2]], [[4, 3]]]], (2, 1, 2))
    [[[[4]]]]
    """
    return _max_pool(3, input, kernel_size, stride, padding, dilation, ceil_mode)


def avg_pool1d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Any:
    """Compute ``cnnlib.pool.average1d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.avg_pool1d([[1.0, 3.0, 5.0, 9.0]], 2)
    [[2.0, 7.0]]
    """
    return _avg_pool(1, input, kernel_size, stride, padding, ceil_mode, count_include_pad, None)


def avg_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Any:
    """Compute ``cnnlib.pool.average2d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.avg_pool2d([[[1.0, 3.0], [5.0, 7.0]]], 2)
    [[[4.0]]]
    """
    return _avg_pool(
        2, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override
    )


def avg_pool3d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Any:
    """Compute ``cnnlib.pool.average3d`` one window at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.avg_pool3d([[[[1.0, 3.0]], [[5.0, 7.0]]]], (2, 1, 2))
    [[[[4.0]]]]
    """
    return _avg_pool(
        3, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override
    )


def _max_pool(
    rank: int,
    input: Any,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    ceil_mode: bool,
) -> Any:
    """Keep the largest of the entries that lie inside the input."""
    (x,) = arrays(input)
    windows = plan_pool(
        rank, np, x.dtype, x.shape, kernel_size, stride, padding, dilation, ceil_mode
    )
    out = np.zeros((*x.shape[:-rank], *windows.out), x.dtype)
    for index in np.ndindex(*out.shape):
        lead, at = index[:-rank], index[-rank:]
        seen = []
        for tap in np.ndindex(*windows.kernel):
            where = _where(at, tap, windows)
            if all(0 <= i < n for i, n in zip(where, x.shape[-rank:], strict=True)):
                seen.append(x[(*lead, *where)])
        out[index] = np.max(seen)
    return like(input, out)


def _avg_pool(
    rank: int,
    input: Any,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
) -> Any:
    """Add the entries that lie inside, divide by those that count."""
    (x,) = arrays(input)
    windows = plan_pool(rank, np, x.dtype, x.shape, kernel_size, stride, padding, 1, ceil_mode)
    check_volume(x.shape, windows)
    include_pad, size = _check.flag("count_include_pad", count_include_pad), x.shape[-rank:]
    out = np.zeros((*x.shape[:-rank], *windows.out), x.dtype)
    for index in np.ndindex(*out.shape):
        lead, at = index[:-rank], index[-rank:]
        total, count = x.dtype.type(0), 0
        for tap in np.ndindex(*windows.kernel):
            where = _where(at, tap, windows)
            border = windows.padding if include_pad else (0,) * rank
            count += all(-p <= i < n + p for i, n, p in zip(where, size, border, strict=True))
            if all(0 <= i < n for i, n in zip(where, size, strict=True)):
                total += x[(*lead, *where)]
        out[index] = total / (count if divisor_override is None else divisor_override)
    return like(input, out)


def _where(at: tuple[int, ...], tap: tuple[int, ...], windows: Windows) -> list[int]:
    """Return the input position that a tap of a window lies on; it may be outside."""
    parts = zip(at, windows.stride, tap, windows.dilation, windows.padding, strict=True)
    return [y * s + t * d - p for y, s, t, d, p in parts]
