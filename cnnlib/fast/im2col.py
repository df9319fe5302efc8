"""Lower the input to a matrix of windows ("im2col"), block by block, and multiply.

The idea: put every window in a column; then the weight's rows times the columns is the whole
layer, and a matrix product is the fastest thing a processor does. The matrix is KH*KW times the
input, so only a block of output rows is lowered at a time, into memory that is reused and stays
in the second-level cache. A row of ones under the block carries the bias.

    input  a b c      kernel  p q         p q r s | bias   @   a b d e     = outputs 0 1 2 3
           d e f              r s                              b c e f
           g h i                                               d e g h
                                                               e f h i
                                                               1 1 1 1

Where the whole matrix is small, what costs is every call into NumPy: ``at_once`` makes as few as
possible, and takes the input as it lies for a kernel of one tap. Small images that meet a large
weight stand side by side in one matrix: the weight is read once, not once an image.
Cost: N * O * C/g * taps * positions multiply-adds; BLOCK bytes of scratch.
Reference: K. Chellapilla, S. Puri and P. Simard, High Performance Convolutional Neural Networks for
Document Processing, 2006.

    >>> import numpy as np
    >>> from cnnlib.fast.im2col import at_once
    >>> from cnnlib.geometry import Geometry, Part
    >>> x = np.array([[[[10.0 * i + j for j in range(3)] for i in range(3)]]])
    >>> g = Geometry((3, 3), (2, 2), (1, 1), ((0, 0), (0, 0)), (1, 1))
    >>> at_once(x, np.array([[[[0.0, 1.0], [0.0, 0.0]]]]), None, g)  # reads the pixel to the right
    array([[[[ 1.,  2.],
             [11., 12.]]]])
"""

from math import inf, prod

import numpy as np

from cnnlib.fast import blocks, scratch
from cnnlib.fast.cost import ADDED, CALL, Layer, moved, product
from cnnlib.fast.frames import Floats, surrounded, windows
from cnnlib.fast.product import SMALL, multiply, shareable
from cnnlib.geometry import Geometry

BLOCK = 2 * 2**20
"""Bytes of the matrix of windows that are lowered at a time."""
WIDE = 256
"""Columns that a product should have at least."""
NARROW = 100
"""Columns so few that reading the weight for them alone costs more than turning the outputs."""
LARGEST = 2_000_000
"""Elements that the matrix of windows may have where all of it is made at once."""


def at_once(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation of any rank, all windows at once."""
    seen = windows(surrounded(x, g), g)
    n, o, beside = len(x), len(w), _beside(g.positions, w.size // g.groups)
    rows = w.reshape(g.groups, o // g.groups, -1)
    if beside:
        seen = np.moveaxis(seen, 0, -1 - len(g.out))
        result = rows @ seen.reshape(g.groups, w.size // o, -1)
    else:
        result = rows @ seen.reshape(n, g.groups, w.size // o, -1)
    if b is not None:
        result += b.reshape(g.groups, -1, 1)
    if beside:
        return np.ascontiguousarray(result.reshape(o, n, *g.out).swapaxes(0, 1))
    return result.reshape(n, o, *g.out)


def _beside(positions: int, weight: int) -> bool:
    """Return whether a batch's windows stand side by side: few of them, and much to meet."""
    return positions < NARROW and weight > SMALL


def cost_at_once(v: Layer) -> float:
    """Return the estimated nanoseconds of ``at_once``."""
    if v.windows > LARGEST and not v.untouched:
        return inf
    beyond = 0 if v.untouched else 0.04 * max(0, v.windows - 300_000)
    return 3 * CALL + v.lowering() + beyond + _multiplied(v) + ADDED * v.outputs


def _multiplied(v: Layer) -> float:
    """Return the estimated nanoseconds of the product, and of turning it if need be."""
    if _beside(v.g.positions, v.o * v.c * v.taps):
        turned = moved(v.outputs, v.g.positions)
        return turned + product(v.o, v.c * v.taps, v.n * v.g.positions, v.g.groups)
    return product(v.o, v.c * v.taps, v.g.positions, v.n * v.g.groups)


def cost(v: Layer) -> float:
    """Return the estimated nanoseconds of ``correlate``."""
    parts = max(1, 4 * v.windows / BLOCK / v.n) * v.n
    multiplied = product(v.o, v.c * v.taps + 1, v.n * v.g.positions / parts, v.g.groups * parts)
    blocks_ = 4 * v.windows / BLOCK
    if _beside(v.g.positions, v.o * v.c * v.taps):
        multiplied = _multiplied(v)
    copied = v.lowering() or moved(v.windows, v.g.out[-1])
    return (14 + 6 * blocks_) * CALL + copied + multiplied


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation of any rank, block by block."""
    n, o, out = len(x), len(w), g.out
    result = np.empty((n, g.groups, o // g.groups, prod(out)), x.dtype)
    if _beside(g.positions, w.size // g.groups):

        def whole(images: slice) -> None:
            result[images] = at_once(x[images], w, b, g).reshape(result[images].shape)

        each = x[0].size * prod(g.kernel)
        blocks.share(whole, 0, (n, LARGEST // each))  # the BLAS shares what is large
        return result.reshape(n, o, *out)
    seen = windows(surrounded(x, g), g)
    rows = _with_bias(w, b, g.groups)
    taps, row = w[0].size, prod(out[1:])
    line = x.itemsize * g.groups * rows.shape[2] * row  # bytes of one output row's windows
    height = max(-(-WIDE // row), BLOCK // line)

    def task(images: slice, lines: slice) -> None:
        part = seen[(images, *(slice(None),) * (2 + len(out)), lines)]
        reach = slice(lines.start * row, lines.stop * row)
        shape = (len(part), g.groups, rows.shape[2], reach.stop - reach.start)
        columns = scratch.take("columns", shape, x.dtype)
        columns[:, :, taps:] = 1
        np.copyto(columns[:, :, :taps].reshape(part.shape), part)
        multiply(rows, columns, result[images, ..., reach])

    work = shareable(result.size * taps, taps)
    blocks.share(task, work, (n, BLOCK // (line * out[0])), (out[0], height))
    return result.reshape(n, o, *out)


def _with_bias(w: Floats, b: Floats | None, groups: int) -> Floats:
    """Return the weight as (groups, O/groups, taps), with the bias as one more column."""
    rows = w.reshape(groups, len(w) // groups, -1)
    if b is None:
        return rows
    return np.concatenate((rows, b.reshape(groups, -1, 1)), axis=2)
