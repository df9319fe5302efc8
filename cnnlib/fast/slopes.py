"""Tall kernels: Toom and Cook's trick along the height, shifted copies along the width.

The idea: along the height, m outputs of r taps take m + r - 1 products instead of m * r. A
stride of s splits rows and kernel into s interleaved ones; a kernel of more than m taps a phase
is cut into pieces of m, which meet tiles that are already there, one further down. Along the
width the taps stay taps (``bands``): no gathering, one transform less, less rounding.

    kernel of 7 rows, stride 2:   phase 0: k0 k2 k4 k6     phase 1: k1 k3 k5 .     (r = 4 taps)
    a tile of m + r - 1 = 7 rows of each phase gives m = 4 output rows

Cost: (m + r - 1) / (m * r) of im2col's multiply-adds; KW * (m + r - 1) / m copies of the input.
Reference: see ``toomcook``; split by the stride as in J. Huang et al., DWM: A Decomposable Winograd
Method for Convolution Acceleration, arXiv:2002.00552.

    >>> from cnnlib.fast.slopes import cut
    >>> cut(7, 2), cut(11, 1)  # one piece of 4 taps; three pieces of 4
    ((4, 1), (4, 3))
"""

import numpy as np

from cnnlib.fast import blocks, scratch
from cnnlib.fast.frames import Floats, frame, view
from cnnlib.fast.product import multiply
from cnnlib.fast.toomcook import matrices, with_bias
from cnnlib.geometry import Geometry

BLOCK = 400_000
"""Elements of the products that are made at a time."""
M = 4
"""Output rows of a tile."""


def cut(kernel: int, stride: int) -> tuple[int, int]:
    """Return (taps, pieces) of one phase of a kernel ``kernel`` rows tall."""
    taps = -(-kernel // stride)
    return (taps, 1) if taps <= M + 1 else (M, -(-taps // M))


def transform_weight(w: Floats, g: Floats, stride: int, pieces: int) -> Floats:
    """Return U (a, 1, O, pieces*stride*C*KW) of w (O, C, KH, KW)."""
    o, c, kh, kw = w.shape
    taps = g.shape[1]
    whole = np.zeros((pieces, taps, stride, o, c, kw), w.dtype)
    whole.reshape(-1, o, c, kw)[:kh] = w.transpose(2, 0, 1, 3)
    whole = whole.transpose(1, 3, 0, 2, 4, 5).reshape(taps, -1)
    return multiply(g, whole, np.empty((len(g), whole.shape[1]), w.dtype)).reshape(len(g), 1, o, -1)


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation for one group, not dilated along the height."""
    n, (o, c, kh, kw), s = len(x), w.shape, g.stride[0]
    high, wide = g.out
    taps, pieces = cut(kh, s)
    back, of_taps, of_rows = matrices(M, taps, x.dtype.char)
    weight, last = transform_weight(w, of_taps, s, pieces), with_bias(back)
    bias = np.zeros((o, 1), x.dtype) if b is None else b.reshape(o, 1)
    result, a = np.empty((n, o, high, wide), x.dtype), len(of_rows)

    def task(images: slice, tiles: slice) -> None:
        some = tiles.stop - tiles.start
        first = tiles.start * M * s - g.padding[0][0]
        lowered = _forward(x[images.start], first, some + pieces - 1, of_rows, g)
        step = lowered.strides
        seen = view(lowered, (a, some, weight.shape[3], wide), (step[0], step[1], step[4], step[5]))
        product = scratch.take("product", (a + 1, some, o, wide), x.dtype)
        multiply(weight, seen, product[:-1])
        product[-1] = bias
        rows = scratch.take("lowered", (M, some, o, wide), x.dtype)
        multiply(last, product.reshape(a + 1, -1), rows.reshape(M, -1))
        for row in range(M):
            part = result[images.start, :, tiles.start * M + row : min(high, tiles.stop * M) : M]
            part[...] = rows[row, : part.shape[1]].swapaxes(0, 1)

    fit = BLOCK // (a * (s * c * kw + o) * wide)
    blocks.share(task, result.size * w[0].size, (n, 1), (-(-high // M), fit))
    return result


def _forward(x: Floats, first: int, tiles: int, b: Floats, g: Geometry) -> Floats:
    """Return (a, tiles, stride, C, KW, wide): ``b`` along the rows of x (C, H, W), once a tap."""
    (s, across), (_, kw), (_, dilation), (_, wide) = g.stride, g.kernel, g.dilation, g.out
    a, c, broad = len(b), len(x), wide + dilation * (kw - 1) // across
    padded = scratch.take("padded", (s * (tiles * M + a - M), c, across, broad), x.dtype)
    for phase in range(across):  # columns that a stride reads together are brought together
        start, odd = divmod(phase - g.padding[1][0], across)
        frame(padded[:, :, phase].swapaxes(0, 1), x[..., odd::across], (first, start))
    rows = scratch.take("rows", (a, tiles, s, c, across, broad), x.dtype)
    line = padded.strides[0]
    for tile, phase in np.ndindex(tiles, s):
        shape, strides = (a, line // x.itemsize), (s * line, x.itemsize)
        window = view(padded, shape, strides, (tile * M * s + phase) * line)
        multiply(b, window, rows[:, tile, phase].reshape(a, -1))
    lowered = scratch.take("lowered", (a, tiles, s, c, kw, wide), x.dtype)
    for tap in range(kw):
        start, phase = divmod(tap * dilation, across)
        lowered[..., tap, :] = rows[..., phase, start : start + wide]
    return lowered
