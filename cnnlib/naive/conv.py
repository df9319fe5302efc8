"""Convolution and transposed convolution as loops over outputs, channels and taps."""

from typing import Any

import numpy as np

from cnnlib import _check
from cnnlib._check import Ints
from cnnlib.conv import check_layer, forward
from cnnlib.conv_transpose import check_bias, transpose_forward
from cnnlib.geometry import Geometry
from cnnlib.naive._arrays import Numbers, arrays, count, inside, like, reads


def conv1d(
    input: Numbers, weight: Numbers, bias: Numbers | None = None, stride: Ints = 1,
    padding: Any = 0, dilation: Ints = 1, groups: int = 1, *, padding_mode: str = "zeros",
) -> Any:  # fmt: skip
    """Compute ``cnnlib.conv1d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv1d([[0, 10, 20, 30]], [[[1, 1]]])
    [[10, 30, 50]]
    """
    x, w, b = _checked(input, weight, bias, padding_mode)
    g = forward(1, x.shape, w.shape, stride, padding, dilation, groups)
    return like(input, _convolve(x, w, b, g, padding_mode))


def conv2d(
    input: Numbers, weight: Numbers, bias: Numbers | None = None, stride: Ints = 1,
    padding: Any = 0, dilation: Ints = 1, groups: int = 1, *, padding_mode: str = "zeros",
) -> Any:  # fmt: skip
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
    x, w, b = _checked(input, weight, bias, padding_mode)
    g = forward(2, x.shape, w.shape, stride, padding, dilation, groups)
    return like(input, _convolve(x, w, b, g, padding_mode))


def conv3d(
    input: Numbers, weight: Numbers, bias: Numbers | None = None, stride: Ints = 1,
    padding: Any = 0, dilation: Ints = 1, groups: int = 1, *, padding_mode: str = "zeros",
) -> Any:  # fmt: skip
    """Compute ``cnnlib.conv3d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv3d([[[[1, 2]], [[3, 4]]]], [[[[[1]], [[10]]]]])
    [[[[31, 42]]]]
    """
    x, w, b = _checked(input, weight, bias, padding_mode)
    g = forward(3, x.shape, w.shape, stride, padding, dilation, groups)
    return like(input, _convolve(x, w, b, g, padding_mode))


def _checked(input: Numbers, weight: Numbers, bias: Numbers | None, mode: str) -> list[Any]:
    """Return the three arrays, refused where the library would refuse them."""
    x, w, b = arrays(input, weight, bias)
    _check.same_dtype(input=x, weight=w, bias=b)
    _check.numbers("input", x.dtype, _check.NUMERIC)
    check_layer(x, w, b, mode)
    return [x, w, b]


def _convolve(x: Any, w: Any, b: Any, g: Geometry, padding_mode: str) -> Any:
    """Fill the output one number at a time."""
    batched = x.ndim == w.ndim
    batch = x if batched else x[None]
    axes = zip(batch.shape[2:], w.shape[2:], g.stride, g.padding, g.dilation, strict=True)
    size = [count(n, k, s, sum(pair), d) for n, k, s, pair, d in axes]
    out = np.zeros((len(batch), len(w) if w.shape[1] else 0, *size), x.dtype)
    for n, o, *at in np.ndindex(*out.shape):
        total = out.dtype.type(0) if b is None else b[o]
        for c, *tap in np.ndindex(*w.shape[1:]):
            channel = batch[n, o // (len(w) // g.groups) * w.shape[1] + c]
            seen = read(channel, reads(at, tap, g), padding_mode)
            total = total + seen * w[(o, c, *tap)]
        out[(n, o, *at)] = total
    return out if batched else out[0]


def read(channel: Any, where: list[int], padding_mode: str) -> Any:
    """Return the entry at a position that may lie outside: what padding puts there."""
    found = []
    for i, n in zip(where, channel.shape, strict=True):
        if 0 <= i < n:
            found.append(i)
        elif padding_mode == "zeros":
            return channel.dtype.type(0)
        elif padding_mode == "reflect":  # the border is the mirror
            found.append(-i if i < 0 else 2 * (n - 1) - i)
        elif padding_mode == "replicate":  # the border goes on
            found.append(0 if i < 0 else n - 1)
        else:  # circular: the other side comes next
            found.append(i % n)
    return channel[tuple(found)]


def conv_transpose1d(
    input: Numbers, weight: Numbers, bias: Numbers | None = None, stride: Ints = 1,
    padding: Any = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.conv_transpose1d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv_transpose1d([[1, 10]], [[[1, 2]]], stride=2)
    [[1, 2, 10, 20]]
    """
    x, w, b = arrays(input, weight, bias)
    _check.same_dtype(input=x, weight=w, bias=b)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(1, x.dtype, x.shape, w.shape, arguments)
    return like(input, _transpose(x, w, b, g, output_padding))


def conv_transpose2d(
    input: Numbers, weight: Numbers, bias: Numbers | None = None, stride: Ints = 1,
    padding: Any = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.conv_transpose2d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv_transpose2d([[[0, 1], [2, 3]]], [[[[0, 1], [2, 3]]]])
    [[[0, 0, 1], [0, 4, 6], [4, 12, 9]]]
    """
    x, w, b = arrays(input, weight, bias)
    _check.same_dtype(input=x, weight=w, bias=b)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(2, x.dtype, x.shape, w.shape, arguments)
    return like(input, _transpose(x, w, b, g, output_padding))


def conv_transpose3d(
    input: Numbers, weight: Numbers, bias: Numbers | None = None, stride: Ints = 1,
    padding: Any = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.conv_transpose3d`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.conv_transpose3d([[[[5]]]], [[[[[1, 2]]]]])
    [[[[5, 10]]]]
    """
    x, w, b = arrays(input, weight, bias)
    _check.same_dtype(input=x, weight=w, bias=b)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(3, x.dtype, x.shape, w.shape, arguments)
    return like(input, _transpose(x, w, b, g, output_padding))


def _transpose(x: Any, w: Any, b: Any, g: Geometry, output_padding: Ints) -> Any:
    """Lay down a scaled filter for every input entry, and cut the border off."""
    check_bias(b, w, g.groups)
    batched = x.ndim == w.ndim
    batch, more = (
        x if batched else x[None],
        _check.ints("output_padding", output_padding, w.ndim - 2),
    )
    axes = zip(batch.shape[2:], w.shape[2:], g.stride, g.dilation, g.padding, more, strict=True)
    size = [(n - 1) * s + d * (k - 1) + 1 - 2 * cut + e for n, k, s, d, (cut, _), e in axes]
    out = np.zeros((len(batch), w.shape[1] * g.groups, *size), x.dtype)
    for n, c, *at in np.ndindex(*batch.shape):
        for o, *tap in np.ndindex(*w.shape[1:]):
            where = reads(at, tap, g)
            if inside(where, size):
                channel = c // (len(w) // g.groups) * w.shape[1] + o
                out[(n, channel, *where)] += batch[(n, c, *at)] * w[(c, o, *tap)]
    if b is not None:
        for n, o in np.ndindex(*out.shape[:2]):
            out[n, o] += b[o]
    return out if batched else out[0]
