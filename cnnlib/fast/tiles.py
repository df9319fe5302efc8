"""What Winograd's tiles are made of: the transforms of weight, input and output.

The idea: every transform is the same small matrix along the height, then along the width. Along
the height, rows of all channels and images lie side by side, so one product of a few rows and
many columns does it; before the second, a copy brings equal columns of all tiles together.

    tiles of 4 x 4 outputs, windows of 6 x 6 that overlap by 2

    rows 0 1 2 3 4 5                 B (6 x 6) @ six rows, as long as channels * images * width
            4 5 6 7 8 9              B @ the next six

Cost: a * (1 + a/m) multiply-adds an element each way, far from what the processor could do, since
rows this few are bound by memory; scratch of a few times the block.
Reference: A. Lavin and S. Gray, arXiv:1509.09308, section 4.

    >>> import numpy as np
    >>> from cnnlib.fast.tiles import transform_weight
    >>> transform_weight(np.ones((1, 1, 2, 2)), np.array([[1.0, 1.0], [0.0, 1.0]]))[:, :, 0, 0]
    array([[4., 2.],
           [2., 1.]])
"""

from typing import Any

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.frames import Floats, frame, view
from cnnlib.fast.product import multiply

SLICE = 32
"""Output channels whose weights are transformed at a time."""
Sides = tuple[int, int]


def transform_weight(w: Floats, g: Floats) -> Floats:
    """Return U (a, a, O, C) of w (O, C, r, r): ``g`` along both axes of the kernel."""
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


def forward(x: Floats, start: Sides, tiles: Sides, b: Floats, m: int) -> Floats:
    """Return V (a*a, C, n*tiles): ``b`` (a, window) along both axes of the window of every tile."""
    (n, c), (down, across), (a, reach) = x.shape[:2], tiles, b.shape
    wide = (across - 1) * m + reach
    padded = scratch.take("padded", ((down - 1) * m + reach, c, n, wide), x.dtype)
    frame(padded.transpose(2, 1, 0, 3), x, start)
    rows = scratch.take("rows", (a, down, c, n, wide), x.dtype)
    for t in range(down):
        multiply(b, padded[t * m : t * m + reach].reshape(reach, -1), rows[:, t].reshape(a, -1))
    windows = scratch.take("windows", (a, reach, c, down, n, across), x.dtype)
    step = rows.strides
    strides = (step[0], step[4], step[2], step[1], step[3], m * step[4])
    np.copyto(windows, view(rows, windows.shape, strides))
    values = scratch.take("values", (a, a, c * down * n * across), x.dtype)
    multiply(b, windows.reshape(a, reach, -1), values)
    return values.reshape(a * a, c, -1)


def back(result: Floats, values: Floats, tiles: Sides, a: Floats, bias: Any) -> None:
    """Write the outputs of one block: ``a`` along the width, then along the height, plus bias."""
    (m, points), (n, o), (down, across) = a.shape, result.shape[:2], tiles
    wide = scratch.take("windows", (points, m, values[0].size), result.dtype)
    multiply(a, values.reshape(points, points, -1), wide)
    squares = scratch.take("rows", (m, m, o, down, n, across), result.dtype)
    multiply(a, wide.reshape(points, -1), squares.reshape(m, -1))
    for i, j in np.ndindex(m, m):
        part = result[:, :, i::m, j::m]
        seen = squares[i, j].transpose(2, 0, 1, 3)
        np.add(seen[:, :, : part.shape[2], : part.shape[3]], bias, out=part)
