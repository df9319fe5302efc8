"""What Winograd's tiles are made of: the transforms of weight, input and output.

The idea: every transform is the same small matrix along the height, then along the width. Along
the height, rows of all channels and images lie side by side, so one product of a few rows and
many columns does it; before the second, a copy brings equal columns of all tiles together.
Cost: a * (1 + a/m) multiply-adds an element each way, far from what the processor could do, since
rows this few are bound by memory; scratch of a few times the block.
"""

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.lower import frame
from cnnlib.fast.product import multiply

SLICE = 32
"""Output channels whose weights are transformed at a time."""


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


def split(x, size, padding, dilation, kernel):
    """Return every d-th row and column of `x` as an image, and the size of its output."""
    (n, c), (dh, dw) = x.shape[:2], dilation
    high, wide = (-(-s // d) for s, d in zip(size, dilation, strict=True))
    tall, broad = high + kernel - 1, wide + kernel - 1
    padded = scratch.take("dilated", (n, c, tall * dh, broad * dw), x.dtype)
    frame(padded, x, (-padding[0][0], -padding[1][0]))
    images = padded.reshape(n, c, tall, dh, broad, dw).transpose(0, 3, 5, 1, 2, 4)
    images = np.ascontiguousarray(images).reshape(n * dh * dw, c, tall, broad)
    return images, (high, wide)


def forward(name, x, start, tiles, b, m):
    """Return V (a*a, C, n*tiles): `b` (a, window) along both axes of the window of every tile."""
    (n, c), (down, across), (a, reach) = x.shape[:2], tiles, b.shape
    tall = (down - 1) * m + reach
    wide = (across - 1) * m + reach
    padded = scratch.take("padded", (tall, c, n, wide), x.dtype)
    frame(padded.transpose(2, 1, 0, 3), x, start)
    rows = scratch.take("rows", (a, down, c, n, wide), x.dtype)
    for t in range(down):
        multiply(b, padded[t * m : t * m + reach].reshape(reach, -1), rows[:, t].reshape(a, -1))
    windows = scratch.take("windows", (a, reach, c, down, n, across), x.dtype)
    step = rows.strides
    strides = (step[0], step[4], step[2], step[1], step[3], m * step[4])
    np.copyto(windows, np.ndarray(windows.shape, x.dtype, rows, 0, strides))
    values = scratch.take(name, (a, a, c * down * n * across), x.dtype)
    multiply(b, windows.reshape(a, reach, -1), values)
    return values.reshape(a * a, c, -1)


def back(result, product, tiles, transforms, bias):
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
