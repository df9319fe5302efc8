"""Winograd's tiles: 3x3 and 5x5 kernels with fewer multiplications.

The idea: m x m outputs need (m + r - 1)**2 products instead of m**2 times r**2: 36 instead of 144
for m = 4 and r = 3. The transforms are small matrices along the height, then along the width
(``tiles``); between them, each of the a * a points is one ordinary product (O, C) @ (C, tiles).
Blocks of tile rows keep the tiles in the cache; the bias is added as the outputs are written.

    input windows 6 x 6     36 products of channels      tiles 4 x 4
    [ B . B' ]        ->    (O, C) @ (C, tiles)    ->    [ A . A' ]

Cost: a*a * O * C * tiles multiply-adds (a*a / (m*m*r*r) of im2col's); BLOCK elements of scratch.
One output reads every pixel of its tile's window: what is not finite there spreads over the tile.
Reference: A. Lavin and S. Gray, Fast Algorithms for Convolutional Neural Networks,
arXiv:1509.09308.

    >>> import numpy as np
    >>> from cnnlib.fast.winograd import correlate
    >>> from cnnlib.geometry import Geometry
    >>> g = Geometry((4, 4), (3, 3), (1, 1), ((0, 0), (0, 0)), (1, 1))
    >>> x = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> correlate(x, np.ones((1, 1, 3, 3)), None, g).round(9)  # 9 times the middle of each window
    array([[[[45., 54.],
             [81., 90.]]]])
"""

import numpy as np

from cnnlib.fast import blocks, scratch
from cnnlib.fast.cost import CALL, Layer, product
from cnnlib.fast.frames import Floats
from cnnlib.fast.product import multiply
from cnnlib.fast.tiles import back, forward, transform_weight
from cnnlib.fast.toomcook import matrices
from cnnlib.geometry import Geometry

BLOCK = 1_000_000
"""Elements of the tiles' values that are made at a time, and more where the weight is large."""


def outputs_per_tile(kernel: int) -> int:
    """Return m: 4 for three taps, 2 for more, which keeps the rounding error small."""
    return 4 if kernel == 3 else 2


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation for a square kernel, neither strided, dilated nor grouped."""
    (n, c), o, m = x.shape[:2], len(w), outputs_per_tile(g.kernel[0])
    result = np.empty((n, o, *g.out), x.dtype)
    bias = 0 if b is None else b.reshape(-1, 1, 1)
    a_, of_taps, of_windows = matrices(m, g.kernel[0], x.dtype.char)
    weight, a = transform_weight(w, of_taps), len(of_windows)
    down, across = (-(-out // m) for out in g.out)
    work = result.size * w[0].size
    together, rows = room(n, (down, across), a, (c, o), work)

    def task(images: slice, lines: slice) -> None:
        start = (lines.start * m - g.padding[0][0], -g.padding[1][0])
        tiles = (lines.stop - lines.start, across)
        values = forward(x[images], start, tiles, of_windows, m)
        products = scratch.take("product", (a * a, o, values.shape[2]), x.dtype)
        multiply(weight.reshape(a * a, o, c), values, products)
        back(result[images, :, lines.start * m : lines.stop * m], products, tiles, a_, bias)

    blocks.share(task, work, (n, together), (down, rows))
    return result


def fits(v: Layer) -> bool:
    """Return whether the tiles know the kernel."""
    return v.square in (3, 5) and v.dense and set(v.g.dilation) == {1} and v.g.groups == 1


def cost(v: Layer) -> float:
    """Return the estimated nanoseconds."""
    m = outputs_per_tile(v.square)
    down, across = (-(-out // m) for out in v.g.out)
    tiles = v.n * down * across
    inputs, outputs = v.c * tiles * (1.4 + 2 / across), v.o * tiles * (0.95 + 0.5 / across)
    return 60 * CALL + 36 * (inputs + outputs + v.c * v.o) + product(v.o, v.c, tiles, 36)


def room(
    n: int, tiles: tuple[int, int], a: int, channels: tuple[int, int], work: int
) -> tuple[int, int]:
    """Return (images, tile rows) of a block: larger with the weight, which every block reads."""
    (down, across), (c, o) = tiles, channels
    elements = min(3.5 * BLOCK, BLOCK + a * a * c * o) // min(2, blocks.threads_for(work))
    each = a * a * (c + o) * across
    together = max(1, min(n, int(elements // (each * down))))
    return together, max(1, int(elements // (each * together)))
