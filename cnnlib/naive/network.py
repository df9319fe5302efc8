"""Padding, windows as columns, and what stands between convolutions, as loops."""

from typing import Any

import numpy as np

from cnnlib import _check, shape
from cnnlib.linear import check_features
from cnnlib.naive._arrays import arrays, like
from cnnlib.naive.conv import read


def pad(input: Any, pad: Any, mode: str = "constant", value: Any = None) -> Any:
    """Compute ``cnnlib.pad`` one position at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.pad([[1, 2, 3, 4]], (2, 2), mode="reflect")
    [[3, 2, 1, 2, 3, 4, 3, 2]]
    """
    (x,) = arrays(input)
    pairs = [(0, 0)] * (x.ndim - len(pad) // 2)
    pairs += list(zip(pad[::2], pad[1::2], strict=True))[::-1]
    sizes = [n + before + after for n, (before, after) in zip(x.shape, pairs, strict=True)]
    out = np.full(sizes, 0 if value is None else value, x.dtype)
    for at in np.ndindex(*sizes):
        where = [i - before for i, (before, _) in zip(at, pairs, strict=True)]
        if mode != "constant":
            out[at] = read(x, where, mode)
        elif all(0 <= i < n for i, n in zip(where, x.shape, strict=True)):
            out[at] = x[tuple(where)]
    return like(input, out)


def unfold(
    input: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1
) -> Any:
    """Compute ``cnnlib.unfold`` one number at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.unfold([[[1, 2, 3], [4, 5, 6]]], (2, 2))
    [[1, 2], [2, 3], [4, 5], [5, 6]]
    """
    (x,) = arrays(input)
    batch = x if x.ndim == 4 else x[None]
    k, d, p, s = (
        _check.ints(name, v, 2)
        for name, v in (
            ("kernel_size", kernel_size),
            ("dilation", dilation),
            ("padding", padding),
            ("stride", stride),
        )
    )
    out = shape.conv_output_size(batch.shape[2:], k, s, p, d)
    cols = np.zeros((len(batch), batch.shape[1], *k, *out), x.dtype)
    for n, c, i, j, y, w in np.ndindex(*cols.shape):
        where = [y * s[0] + i * d[0] - p[0], w * s[1] + j * d[1] - p[1]]
        cols[n, c, i, j, y, w] = read(batch[n, c], where, "zeros")
    cols = cols.reshape(len(batch), batch.shape[1] * k[0] * k[1], out[0] * out[1])
    return like(input, cols if x.ndim == 4 else cols[0])


def fold(
    input: Any,
    output_size: Any,
    kernel_size: Any,
    dilation: Any = 1,
    padding: Any = 0,
    stride: Any = 1,
) -> Any:
    """Compute ``cnnlib.fold`` one number at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.fold([[1, 2], [2, 3], [4, 5], [5, 6]], (2, 3), (2, 2))  # the middle is read twice
    [[[1, 4, 3], [4, 10, 6]]]
    """
    (x,) = arrays(input)
    batch = x if x.ndim == 3 else x[None]
    size, k, d, p, s = (
        _check.ints(name, v, 2)
        for name, v in (
            ("output_size", output_size),
            ("kernel_size", kernel_size),
            ("dilation", dilation),
            ("padding", padding),
            ("stride", stride),
        )
    )
    out = shape.conv_output_size(size, k, s, p, d)
    cols = batch.reshape(len(batch), batch.shape[1] // (k[0] * k[1]), *k, *out)
    image = np.zeros((*cols.shape[:2], *size), x.dtype)
    for n, c, i, j, y, w in np.ndindex(*cols.shape):
        row, column = y * s[0] + i * d[0] - p[0], w * s[1] + j * d[1] - p[1]
        if 0 <= row < size[0] and 0 <= column < size[1]:
            image[n, c, row, column] += cols[n, c, i, j, y, w]
    return like(input, image if x.ndim == 3 else image[0])


def linear(input: Any, weight: Any, bias: Any = None) -> Any:
    """Compute ``cnnlib.linear`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.linear([1, 10], [[1, 2], [3, 4]], [100, 200])
    [121, 243]
    """
    x, w, b = arrays(input, weight, bias)
    check_features(x.shape, w.shape)
    out = np.zeros((*x.shape[:-1], len(w)), x.dtype)
    for *row, o in np.ndindex(*out.shape):
        total = out.dtype.type(0) if b is None else b[o]
        for i in range(w.shape[1]):
            total = total + x[(*row, i)] * w[o, i]
        out[(*row, o)] = total
    return like(input, out)


def relu(input: Any) -> Any:
    """Compute ``cnnlib.relu`` one number at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.relu([[-1, 2], [3, -4]])
    [[0, 2], [3, 0]]
    """
    (x,) = arrays(input)
    out = np.zeros(x.shape, x.dtype)
    for at in np.ndindex(*x.shape):
        out[at] = max(x[at], 0)
    return like(input, out)
