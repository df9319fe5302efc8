"""Winograd's tiles: 3x3 and 5x5 kernels with fewer multiplications.

The idea: m x m outputs need m + r - 1 squared products instead of m squared times r squared:
36 instead of 144 for F(4, 3). The transforms are small matrices along the height, then along
the width; between them, each of the a * a points is one ordinary product (O, C) @ (C, tiles).
Blocks of tile rows keep the tiles in the cache; the bias is one more row of the last transform.
Cost: a*a * O * C * tiles multiply-adds (a*a / (m*m*r*r) of im2col's); BLOCK elements of scratch.
"""

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.lower import out_size
from cnnlib.fast.product import multiply
from cnnlib.fast.tiles import back, forward, split, transform_weight
from cnnlib.fast.toomcook import matrices
from cnnlib.fast.workers import at_most, share, shares

BLOCK = 1_000_000


def outputs_per_tile(kernel):
    """Return m: 4 for three taps, 2 for more, which keeps the rounding error small."""
    return 4 if kernel == 3 else 2


def correlate(x, w, b, stride, padding, dilation, groups):
    """Return the cross-correlation for a square kernel with stride 1 and one group."""
    size = out_size(x.shape[2:], w.shape[2:], stride, padding, dilation)
    result = np.empty((len(x), len(w), *size), x.dtype)
    bias = np.zeros(len(w), x.dtype) if b is None else b
    if dilation == (1, 1):
        _shared(result, x, (-padding[0][0], -padding[1][0]), w, bias)
        return result
    dh, dw = dilation
    images, (high, wide) = split(x, size, padding, dilation, w.shape[2])
    tiles = np.empty((len(images), len(w), high, wide), x.dtype)
    _shared(tiles, images, (0, 0), w, bias)
    tiles = tiles.reshape(len(x), dh, dw, len(w), high, wide)
    for i, j in np.ndindex(dh, dw):
        part = result[:, :, i::dh, j::dw]
        part[...] = tiles[:, i, j, :, : part.shape[2], : part.shape[3]]
    return result


def _shared(result, x, start, w, bias):
    """Fill `result`; threads share its channels where weights outweigh tiles, else its tiles."""
    n, o, height, width = result.shape
    work, m = result.size * w[0].size, outputs_per_tile(w.shape[2])
    a_, g, b_ = matrices(m, w.shape[2], x.dtype.char)
    last = np.ones((m, len(b_) + 1), x.dtype)
    last[:, :-1] = a_
    tiles = n * -(-height // m) * -(-width // m)
    parts = shares(o // 32, work) if w.shape[1] * o > tiles * (w.shape[1] + o) else 1

    def task(pieces):
        for piece in pieces:
            part = slice(o * piece // parts, o * (piece + 1) // parts)
            weight = transform_weight(w[part], g)
            alone = work if parts == 1 else 0
            _tiled(result[:, part], x, start, weight, (a_, last, b_), bias[part], alone)

    share(task, parts, work)


def blocks(n, tiles, points, channels, work):
    """Return (images, tile rows) of a block: larger with the weight, which every block reads."""
    (down, across), (c, o) = tiles, channels
    room = min(3.5 * BLOCK, BLOCK + points * c * o) // shares(2, work)
    each = points * (c + o) * across
    together = max(1, min(n, int(room // (each * down))))
    together = min(together, at_most(n, down, work))
    rows = max(1, min(at_most(down, -(-n // together), work), int(room // (each * together))))
    return together, -(-down // -(-down // rows))


def _tiled(result, x, start, weight, transforms, bias, work):
    """Fill `result`, whose first window starts at `start` of `x`, in blocks worth `work`."""
    n, o, height, width = result.shape
    c, a, m = x.shape[1], len(weight), len(transforms[0])
    down, across = -(-height // m), -(-width // m)
    together, rows = blocks(n, (down, across), a * a, (c, o), work)
    per_image = -(-down // rows)

    def task(pieces):
        for piece in pieces:
            image, block = divmod(piece, per_image)
            part = slice(image * together, (image + 1) * together)
            top = block * rows
            some = min(rows, down - top)
            here = (start[0] + top * m, start[1])
            values = forward("values", x[part], here, (some, across), transforms[2], m)
            product = scratch.take("product", (a * a, o, values.shape[2]), x.dtype)
            multiply(weight.reshape(a * a, o, c), values, product)
            target = result[part, :, top * m : (top + some) * m]
            back(target, product, (some, across), transforms, bias)

    share(task, -(-n // together) * per_image, work)


def grad_weight(x, grad, kernel, padding):
    """Return the gradient (O, C, r, r) for the weight; stride, dilation and groups are one.

    The tiles of the input, times those of the output's gradient, summed: dU. Then dW = G' dU G.
    """
    (n, o, height, width), c, m = grad.shape, x.shape[1], outputs_per_tile(kernel[0])
    a_, g, b_ = matrices(m, kernel[0], x.dtype.char)
    a, spread = len(b_), np.ascontiguousarray(a_.T)
    down, across = -(-height // m), -(-width // m)
    together, rows = blocks(n, (down, across), a * a, (c, o), 0)
    total = np.zeros((a * a, c, o), x.dtype)
    for image, top in np.ndindex(-(-n // together), -(-down // rows)):
        part = slice(image * together, (image + 1) * together)
        tiles = (min(rows, down - top * rows), across)
        first = top * rows * m
        start = (first - padding[0][0], -padding[1][0])
        values = forward("values", x[part], start, tiles, b_, m)
        grads = forward("grads", grad[part], (first, 0), tiles, spread, m)
        product = scratch.take("product", total.shape, x.dtype)
        total += np.matmul(values, grads.swapaxes(1, 2), out=product)
    back_ = np.ascontiguousarray(g.T)
    tall = back_ @ total.reshape(a, -1)
    square = back_ @ tall.reshape(len(back_), a, -1)
    return np.ascontiguousarray(square.reshape(*kernel, c, o).transpose(3, 2, 0, 1))
