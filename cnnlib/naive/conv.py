"""Convolution and transposed convolution as loops over outputs, channels and taps."""

from typing import Any

import numpy as np

from cnnlib import _check
from cnnlib.conv import plan_conv
from cnnlib.conv_transpose import plan_transpose
from cnnlib.naive._arrays import arrays, like


def conv1d(
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> Any:
    """Compute ``cnnlib.conv1d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv1d([[0, 10, 20, 30]], [[[1, 1]]])
    [[10, 30, 50]]
    """
    return _convolve(1, input, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv2d(
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> Any:
    """Compute ``cnnlib.conv2d`` one multiplication at a time.

    Parameters
    ----------
    input : nested list or array (N, C, H, W) or (C, H, W)
    weight : nested list or array (O, C/groups, KH, KW)
    bias, stride, padding, dilation, groups, padding_mode
        As in ``cnnlib.conv2d``.

    Returns
    -------
    nested list or array
        The same numbers as ``cnnlib.conv2d``; a list if ``input`` is one.

    Notes
    -----
    ``out[n, o, y, x] = bias[o] + sum over c, i, j of
    input[n, c, y*stride + i*dilation - padding, ...] * weight[o, c, i, j]``

    Examples
    --------
    >>> from cnnlib import naive
    >>> image = [[[10 * i + j for j in range(4)] for i in range(3)]]
    >>> naive.conv2d(image, [[[[0, 1], [0, 0]]]])
    [[[1, 2, 3], [11, 12, 13]]]
    >>> naive.conv2d(image, [[[[1, 1]]] * 2])
    Traceback (most recent call last):
    ...
    ValueError: `input` has 1 channels but `weight` expects 2*1 (weight.shape[1] * groups); \
input (1, 3, 4), weight (1, 2, 1, 2)
    """
    return _convolve(2, input, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv3d(
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> Any:
    """Compute ``cnnlib.conv3d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv3d([[[[1, 2]], [[3, 4]]]], [[[[[1]], [[10]]]]])
    [[[[31, 42]]]]
    """
    return _convolve(3, input, weight, bias, stride, padding, dilation, groups, padding_mode)


def _convolve(
    rank: int,
    input: Any,
    weight: Any,
    bias: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: int,
    padding_mode: str,
) -> Any:
    """Fill the output one number at a time."""
    x, w, b = arrays(input, weight, bias)
    _check.same_dtype(input=x, weight=w, bias=b)
    plan = plan_conv(
        rank,
        np,
        x.dtype,
        x.shape,
        w.shape,
        None if b is None else b.shape,
        _check.ints("stride", stride, rank),
        padding if isinstance(padding, str) else _check.ints("padding", padding, rank),
        _check.ints("dilation", dilation, rank),
        _check.integer("groups", groups),
        padding_mode,
    )
    batch = x if plan.batched else x[None]
    per_group = w.shape[0] // plan.groups
    out = np.zeros((len(batch), plan.channels, *plan.size), x.dtype)
    for n, o, *at in np.ndindex(*out.shape):
        total = out.dtype.type(0) if b is None else b[o]
        for c, *tap in np.ndindex(*w.shape[1:]):
            where = [
                y * s + t * d - before
                for y, s, t, d, (before, _) in zip(
                    at, plan.stride, tap, plan.dilation, plan.padding, strict=True
                )
            ]
            channel = batch[n, o // per_group * w.shape[1] + c]
            total = total + read(channel, where, padding_mode) * w[(o, c, *tap)]
        out[(n, o, *at)] = total
    return like(input, out if plan.batched else out[0])


def read(channel: np.ndarray, where: list[int], padding_mode: str) -> Any:
    """Return the entry at a position that may lie outside: what padding puts there."""
    inside = []
    for i, n in zip(where, channel.shape, strict=True):
        if 0 <= i < n:
            inside.append(i)
        elif padding_mode == "zeros":
            return channel.dtype.type(0)
        elif padding_mode == "reflect":  # the border is the mirror
            inside.append(-i if i < 0 else 2 * (n - 1) - i)
        elif padding_mode == "replicate":  # the border goes on
            inside.append(0 if i < 0 else n - 1)
        else:  # circular: the other side comes next
            inside.append(i % n)
    return channel[tuple(inside)]


def conv_transpose1d(
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Any:
    """Compute ``cnnlib.conv_transpose1d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv_transpose1d([[1, 10]], [[[1, 2]]], stride=2)
    [[1, 2, 10, 20]]
    """
    return _transpose(1, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose2d(
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Any:
    """Compute ``cnnlib.conv_transpose2d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv_transpose2d([[[0, 1], [2, 3]]], [[[[0, 1], [2, 3]]]])
    [[[0, 0, 1], [0, 4, 6], [4, 12, 9]]]
    """
    return _transpose(2, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose3d(
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Any:
    """Compute ``cnnlib.conv_transpose3d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv_transpose3d([[[[5]]]], [[[[[1, 2]]]]])
    [[[[5, 10]]]]
    """
    return _transpose(3, input, weight, bias, stride, padding, output_padding, groups, dilation)


def _transpose(
    rank: int,
    input: Any,
    weight: Any,
    bias: Any,
    stride: Any,
    padding: Any,
    output_padding: Any,
    groups: int,
    dilation: Any,
) -> Any:
    """Lay down a scaled filter for every input entry."""
    x, w, b = arrays(input, weight, bias)
    _check.same_dtype(input=x, weight=w, bias=b)
    plan = plan_transpose(
        rank,
        np,
        x.dtype,
        x.shape,
        w.shape,
        None if b is None else b.shape,
        _check.ints("stride", stride, rank),
        _check.ints("padding", padding, rank),
        _check.ints("output_padding", output_padding, rank),
        _check.integer("groups", groups),
        _check.ints("dilation", dilation, rank),
    )
    batch = x if plan.batched else x[None]
    per_group = len(w) // plan.groups
    out = np.zeros((len(batch), plan.channels, *plan.size), x.dtype)
    for n, c, *at in np.ndindex(*batch.shape):
        for o, *tap in np.ndindex(*w.shape[1:]):
            where = [
                y * s + t * d - before
                for y, s, t, d, (before, _) in zip(
                    at, plan.stride, tap, plan.dilation, plan.padding, strict=True
                )
            ]
            if all(0 <= i < m for i, m in zip(where, plan.size, strict=True)):
                channel = c // per_group * w.shape[1] + o
                out[(n, channel, *where)] += batch[(n, c, *at)] * w[(c, o, *tap)]
    if b is not None:
        for n, o in np.ndindex(*out.shape[:2]):
            out[n, o] += b[o]
    return like(input, out if plan.batched else out[0])
