"""Winograd's tiles: 3x3 and 5x5 kernels with fewer multiplications.

The idea: m x m outputs need m + r - 1 squared products instead of m squared times r squared:
36 instead of 144 for F(4, 3). The transforms are small matrices along the height, then along
the width; between them, each of the a * a points is one ordinary product (O, C) @ (C, tiles).
Blocks of tile rows keep the tiles in the cache; the bias is one more row of the last transform.
Cost: a*a * O * C * tiles multiply-adds (a*a / (m*m*r*r) of im2col's); BLOCK elements of scratch.
"""

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.lower import frame, out_size
from cnnlib.fast.product import multiply
from cnnlib.fast.toomcook import matrices
from cnnlib.fast.workers import share, shares

BLOCK = 1_000_000
SLICE = 32


def transform_weight(w, g):
    """Return U (a, a, O, C) of w (O, C, r, r): `g` along both axes of the kernel."""
    o, c, r, _ = w.shape
    a = len(g)
    result = scratch.take("weight", (a, a, o * c), w.dtype)
    for first in range(0, o, SLICE):
        part = w[first : first + SLICE]
        size = part.size // (r * r)
        taps = scratch.take("taps", (r, r, size), w.dtype)
        np.copyto(taps, part.reshape(size, r, r).transpose(1, 2, 0))
        tall = scratch.take("tall", (a, r, size), w.dtype)
        multiply(g, taps.reshape(r, -1), tall.reshape(a, -1))
        multiply(g, tall, result[..., first * c : first * c + size])
    return result.reshape(a, a, o, c)


def outputs_per_tile(kernel):
    """Return m: 4 for three taps, 2 for more, which keeps the rounding error small."""
    return 4 if kernel == 3 else 2


def correlate(x, w, b, stride, padding, dilation, groups):
    """Return the cross-correlation for a square kernel with stride 1 and one group."""
    size = out_size(x.shape[2:], w.shape[2:], stride, padding, dilation)
    result = np.empty((len(x), len(w), *size), x.dtype)
    m = outputs_per_tile(w.shape[2])
    a_, g, b_ = matrices(m, w.shape[2], x.dtype.char)
    weight = transform_weight(w, g)
    last = np.ones((m, len(b_) + 1), x.dtype)
    last[:, :-1] = a_
    bias = np.zeros(len(w), x.dtype) if b is None else b
    if dilation == (1, 1):
        _tiled(result, x, (-padding[0][0], -padding[1][0]), weight, (a_, last, b_), bias)
        return result
    dh, dw = dilation
    images, (high, wide) = _split(x, size, padding, dilation, w.shape[2])
    tiles = np.empty((len(images), len(w), high, wide), x.dtype)
    _tiled(tiles, images, (0, 0), weight, (a_, last, b_), bias)
    tiles = tiles.reshape(len(x), dh, dw, len(w), high, wide)
    for i, j in np.ndindex(dh, dw):
        part = result[:, :, i::dh, j::dw]
        part[...] = tiles[:, i, j, :, : part.shape[2], : part.shape[3]]
    return result


def _split(x, size, padding, dilation, kernel):
    """Return every d-th row and column of `x` as an image, and the size of its output."""
    (n, c), (dh, dw) = x.shape[:2], dilation
    high, wide = (-(-s // d) for s, d in zip(size, dilation, strict=True))
    tall, broad = high + kernel - 1, wide + kernel - 1
    padded = scratch.take("dilated", (n, c, tall * dh, broad * dw), x.dtype)
    frame(padded, x, (-padding[0][0], -padding[1][0]))
    images = padded.reshape(n, c, tall, dh, broad, dw).transpose(0, 3, 5, 1, 2, 4)
    images = np.ascontiguousarray(images).reshape(n * dh * dw, c, tall, broad)
    return images, (high, wide)


def _tiled(result, x, start, weight, transforms, bias):
    """Fill `result`, whose first window starts at `start` of `x`, in blocks of tile rows."""
    n, o, height, width = result.shape
    c, a, m = x.shape[1], len(weight), len(transforms[0])
    down, across = -(-height // m), -(-width // m)
    room = min(3.5 * BLOCK, BLOCK + weight.size) // shares(2, result.size * c * 9)
    together = max(1, min(n, int(room // (a * a * (c + o) * down * across))))
    rows = max(1, min(down, int(room // (a * a * (c + o) * together * across))))
    rows = -(-down // -(-down // rows))  # equal blocks
    per_image = -(-down // rows)

    def task(pieces):
        for piece in pieces:
            image, block = divmod(piece, per_image)
            part = slice(image * together, (image + 1) * together)
            top = block * rows
            some = min(rows, down - top)
            here = (start[0] + top * m, start[1])
            values = _forward(x[part], here, (some, across), transforms[2], m)
            product = scratch.take("product", (a * a, o, values.shape[2]), x.dtype)
            multiply(weight.reshape(a * a, o, c), values, product)
            target = result[part, :, top * m : (top + some) * m]
            _back(target, product, (some, across), transforms, bias)

    share(task, -(-n // together) * per_image, result.size * c * 9)


def _forward(x, start, tiles, b, m):
    """Return V (a*a, C, n*tiles): `b` along both axes of every window of a tile."""
    (n, c), (down, across), a = x.shape[:2], tiles, len(b)
    tall = (down - 1) * m + a
    wide = (across - 1) * m + a
    padded = scratch.take("padded", (tall, c, n, wide), x.dtype)
    frame(padded.transpose(2, 1, 0, 3), x, start)
    rows = scratch.take("rows", (a, down, c, n, wide), x.dtype)
    for t in range(down):
        multiply(b, padded[t * m : t * m + a].reshape(a, -1), rows[:, t].reshape(a, -1))
    windows = scratch.take("windows", (a, a, c, down, n, across), x.dtype)
    step = rows.strides
    strides = (step[0], step[4], step[2], step[1], step[3], m * step[4])
    np.copyto(windows, np.ndarray(windows.shape, x.dtype, rows, 0, strides))
    values = scratch.take("values", (a, a, c * down * n * across), x.dtype)
    multiply(b, windows.reshape(a, a, -1), values)
    return values.reshape(a * a, c, -1)


def _back(result, product, tiles, transforms, bias):
    """Write the outputs of one block: `A` along the width, then along the height, plus bias."""
    a_, last, _ = transforms
    (m, a), (n, o), (down, across) = a_.shape, result.shape[:2], tiles
    wide = scratch.take("windows", (a, m, product[0].size), result.dtype)
    multiply(a_, product.reshape(a, a, -1), wide)
    rows = scratch.take("values", (a + 1, o, down, n, across * m), result.dtype)
    for j in range(m):
        rows[:a].reshape(a, -1)[:, j::m] = wide[:, j]
    rows[a] = bias[:, None, None, None]
    tiles = scratch.take("tiles", (m, *rows.shape[1:]), result.dtype)
    multiply(last, rows.reshape(a + 1, -1), tiles.reshape(m, -1))
    _height, width = result.shape[2:]
    for i in range(m):
        part = result[:, :, i::m]
        part[...] = tiles[i].transpose(2, 0, 1, 3)[:, :, : part.shape[2], :width]
