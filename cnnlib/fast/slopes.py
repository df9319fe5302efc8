"""Tall kernels: Toom and Cook's trick along the height, shifted copies along the width.

The idea: along the height, m outputs of r taps take m + r - 1 products instead of m * r. A
stride of s splits rows and kernel into s interleaved ones; a kernel of more than m taps a phase
is cut into pieces of m, which meet tiles that are already there, one further down. Along the
width the taps stay taps (`bands`): no gathering, one transform less, less rounding.
Cost: (m + r - 1) / (m * r) of im2col's multiply-adds; KW * (m + r - 1) / m copies of the input.
"""

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.lower import frame, out_size, view
from cnnlib.fast.product import multiply
from cnnlib.fast.toomcook import matrices
from cnnlib.fast.workers import at_most, share

BLOCK = 400_000
M = 4


def cut(kernel, stride):
    """Return (taps, pieces) of one phase of a kernel `kernel` rows tall."""
    taps = -(-kernel // stride)
    return (taps, 1) if taps <= M + 1 else (M, -(-taps // M))


def transform_weight(w, g, stride, pieces):
    """Return U (a, 1, O, pieces*stride*C*KW) of w (O, C, KH, KW)."""
    o, c, kh, kw = w.shape
    taps = g.shape[1]
    whole = np.zeros((pieces, taps, stride, o, c, kw), w.dtype)
    whole.reshape(-1, o, c, kw)[:kh] = w.transpose(2, 0, 1, 3)
    whole = whole.transpose(1, 3, 0, 2, 4, 5).reshape(taps, -1)
    return multiply(g, whole, np.empty((len(g), whole.shape[1]), w.dtype)).reshape(len(g), 1, o, -1)


def correlate(x, w, b, stride, padding, dilation, groups):
    """Return the cross-correlation for one group, not dilated along the height."""
    n, (o, c, kh, kw), s = len(x), w.shape, stride[0]
    high, wide = out_size(x.shape[2:], w.shape[2:], stride, padding, dilation)
    taps, pieces = cut(kh, s)
    a_, g, b_ = matrices(M, taps, x.dtype.char)
    weight = transform_weight(w, g, s, pieces)
    last = np.ones((M, len(b_) + 1), x.dtype)
    last[:, :-1] = a_
    bias = np.zeros((o, 1), x.dtype) if b is None else b.reshape(o, 1)
    down = -(-high // M)
    fit = max(1, min(down, BLOCK // (len(b_) * (s * c * kw + o) * wide)))
    result = np.empty((n, o, high, wide), x.dtype)
    work = result.size * w[0].size
    most = at_most(down, n, work)
    fit = -(-most // -(-most // fit))
    blocks = -(-down // fit)

    def task(todo):
        for piece in todo:
            image, block = divmod(piece, blocks)
            some = min(fit, down - block * fit)
            start = (block * fit * M * s - padding[0][0], padding[1][0])
            need = some + pieces - 1
            lowered = _forward(x[image], start, need, (b_, s, stride[1]), (dilation[1], kw, wide))
            step = lowered.strides
            seen = (len(b_), some, weight.shape[3], wide)
            seen = view(lowered, seen, (step[0], step[1], step[4], step[5]))
            product = scratch.take("product", (len(b_) + 1, some, o, wide), x.dtype)
            multiply(weight, seen, product[:-1])
            product[-1] = bias
            tiles = scratch.take("lowered", (M, some, o, wide), x.dtype)
            multiply(last, product.reshape(len(product), -1), tiles.reshape(M, -1))
            top = block * fit * M
            for row in range(M):
                part = result[image, :, top + row : min(high, top + some * M) : M]
                part[...] = tiles[row, : part.shape[1]].swapaxes(0, 1)

    share(task, n * blocks, work)
    return result


def _forward(x, start, tiles, transform, width_taps):
    """Return (a, tiles, stride, C, KW, wide): `b` along the rows of x (C, H, W), once a tap."""
    (b, s, across), (dilation, kw, wide), c = transform, width_taps, len(x)
    a = len(b)
    tall = s * (tiles * M + a - M)
    broad = wide + dilation * (kw - 1) // across
    padded = scratch.take("padded", (tall, c, across, broad), x.dtype)
    for phase in range(across):  # columns that a stride reads together are brought together
        first, odd = divmod(phase - start[1], across)
        frame(padded[:, :, phase].swapaxes(0, 1), x[..., odd::across], (start[0], first))
    rows = scratch.take("rows", (a, tiles, s, c, across, broad), x.dtype)
    line = padded.strides[0]
    for tile, phase in np.ndindex(tiles, s):
        shape, strides = (a, line // x.itemsize), (s * line, x.itemsize)
        window = view(padded, shape, strides, (tile * M * s + phase) * line)
        multiply(b, window, rows[:, tile, phase].reshape(a, -1))
    lowered = scratch.take("lowered", (a, tiles, s, c, kw, wide), x.dtype)
    for tap in range(kw):
        first, phase = divmod(tap * dilation, across)
        lowered[..., tap, :] = rows[..., phase, first : first + wide]
    return lowered
