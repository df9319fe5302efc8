"""Padding, windows as columns, and what stands between convolutions, as loops."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnlib import _check
from cnnlib._check import Ints
from cnnlib.fold import windows as _windows
from cnnlib.linear import check_features
from cnnlib.naive._arrays import Numbers, arrays, count, inside, like, reads
from cnnlib.naive.conv import read


def pad(
    input: Numbers, pad: Sequence[int], mode: str = "constant", value: float | None = None
) -> Any:
    """Compute ``cnnlib.pad`` one position at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.pad([[1, 2, 3, 4]], (2, 2), mode="reflect")
    [[3, 2, 1, 2, 3, 4, 3, 2]]
    """
    (x,) = arrays(input)
    _check.one_of("mode", mode, ("constant", *_check.PADDING_MODES[1:]))
    pairs = [(0, 0)] * (x.ndim - len(pad) // 2)
    pairs += list(zip(pad[::2], pad[1::2], strict=True))[::-1]
    sizes = [n + before + after for n, (before, after) in zip(x.shape, pairs, strict=True)]
    out = np.full(sizes, 0 if value is None else value, x.dtype)
    for at in np.ndindex(*sizes):
        where = [i - before for i, (before, _) in zip(at, pairs, strict=True)]
        if mode != "constant":
            out[at] = read(x, where, mode)
        elif inside(where, x.shape):
            out[at] = x[tuple(where)]
    return like(input, out)


def unfold(
    input: Numbers, kernel_size: Ints, dilation: Ints = 1, padding: Ints = 0, stride: Ints = 1
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
    g = _windows(batch.shape[2:], kernel_size, stride, padding, dilation)
    axes = zip(g.size, g.kernel, g.stride, g.padding, g.dilation, strict=True)
    out = [count(n, k, s, sum(pair), d) for n, k, s, pair, d in axes]
    cols = np.zeros((*batch.shape[:2], *g.kernel, *out), x.dtype)
    for n, c, i, j, y, w in np.ndindex(*cols.shape):
        cols[n, c, i, j, y, w] = read(batch[n, c], reads((y, w), (i, j), g), "zeros")
    cols = cols.reshape(len(batch), batch.shape[1] * g.kernel[0] * g.kernel[1], out[0] * out[1])
    return like(input, cols if x.ndim == 4 else cols[0])


def fold(
    input: Numbers, output_size: Ints, kernel_size: Ints, dilation: Ints = 1, padding: Ints = 0,
    stride: Ints = 1,
) -> Any:  # fmt: skip
    """Compute ``cnnlib.fold`` one number at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.fold([[1, 2], [2, 3], [4, 5], [5, 6]], (2, 3), (2, 2))  # the middle is read twice
    [[[1, 4, 3], [4, 10, 6]]]
    """
    (x,) = arrays(input)
    batch = x if x.ndim == 3 else x[None]
    size = _check.ints("output_size", output_size, 2, 1)
    g = _windows(size, kernel_size, stride, padding, dilation)
    axes = zip(g.size, g.kernel, g.stride, g.padding, g.dilation, strict=True)
    out = [count(n, k, s, sum(pair), d) for n, k, s, pair, d in axes]
    channels = batch.shape[1] // (g.kernel[0] * g.kernel[1])
    cols = batch.reshape(len(batch), channels, *g.kernel, *out)
    image = np.zeros((*cols.shape[:2], *size), x.dtype)
    for n, c, i, j, y, w in np.ndindex(*cols.shape):
        where = reads((y, w), (i, j), g)
        if inside(where, size):
            image[(n, c, *where)] += cols[n, c, i, j, y, w]
    return like(input, image if x.ndim == 3 else image[0])


def linear(input: Numbers, weight: Numbers, bias: Numbers | None = None) -> Any:
    """Compute ``cnnlib.linear`` one multiplication at a time.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.linear([1, 10], [[1, 2], [3, 4]], [100, 200])
    [121, 243]
    """
    x, w, b = arrays(input, weight, bias)
    check_features(x.shape, w.shape)
    rows = w.reshape(-1, w.shape[-1])  # a weight (in,) is one row, and gives no axis
    out = np.zeros((*x.shape[:-1], len(rows)), x.dtype)
    for *row, o in np.ndindex(*out.shape):
        total = out.dtype.type(0) if b is None else np.broadcast_to(b, len(rows))[o]
        for i in range(rows.shape[1]):
            total = total + x[(*row, i)] * rows[o, i]
        out[(*row, o)] = total
    return like(input, out if w.ndim == 2 else out[..., 0])


def relu(input: Numbers) -> Any:
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
