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

A kernel of one tap sees the input as it lies: nothing is lowered. And where the whole matrix is
small, what costs is every call into NumPy: ``at_once`` makes as few as possible.
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

from math import prod

import numpy as np

from cnnlib.fast import blocks, scratch
from cnnlib.fast.frames import Floats, add_bias, block_of, surrounded, windows
from cnnlib.fast.product import multiply
from cnnlib.geometry import Geometry, Part

BLOCK = 2 * 2**20
"""Bytes of the matrix of windows that are lowered at a time."""
WIDE = 256
"""Columns that a product should have at least."""
CHUNK = 512
"""Columns that a product without lowering takes at a time."""


def at_once(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation of any rank, all windows at once."""
    seen = windows(surrounded(x, g), g)
    n, o = len(x), len(w)
    result = w.reshape(g.groups, o // g.groups, -1) @ seen.reshape(n, g.groups, w.size // o, -1)
    if b is not None:
        result += b.reshape(g.groups, -1, 1)
    return result.reshape(n, o, *g.out)


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation of any rank, block by block."""
    n, o, out = len(x), len(w), g.out
    result = np.empty((n, g.groups, o // g.groups, prod(out)), x.dtype)
    if set(g.kernel) == {1}:
        _pointwise(result, x, w, b, g)
        return result.reshape(n, o, *out)
    seen = windows(surrounded(x, g), g)
    rows = _with_bias(w, b, g.groups)
    taps, row = w[0].size, prod(out[1:])
    line = x.itemsize * g.groups * rows.shape[2] * row  # bytes of one output row's windows
    height = max(-(-WIDE // row), BLOCK // line)

    def task(images: slice, lines: slice) -> None:
        part = block_of(seen, g, images, lines)
        reach = slice(lines.start * row, lines.stop * row)
        shape = (len(part), g.groups, rows.shape[2], reach.stop - reach.start)
        columns = scratch.take("columns", shape, x.dtype)
        columns[:, :, taps:] = 1
        np.copyto(columns[:, :, :taps].reshape(part.shape), part)
        multiply(rows, columns, result[images, ..., reach])

    blocks.share(task, result.size * taps, (n, BLOCK // (line * out[0])), (out[0], height))
    return result.reshape(n, o, *out)


def _with_bias(w: Floats, b: Floats | None, groups: int) -> Floats:
    """Return the weight as (groups, O/groups, taps), with the bias as one more column."""
    rows = w.reshape(groups, len(w) // groups, -1)
    if b is None:
        return rows
    return np.concatenate((rows, b.reshape(groups, -1, 1)), axis=2)


def _pointwise(result: Floats, x: Floats, w: Floats, b: Floats | None, g: Geometry) -> None:
    """Fill ``result`` (N, groups, O/groups, positions): the input already is the matrix."""
    every: Part = (..., *(slice(None, None, s) for s in g.stride))
    picked = surrounded(x, g)[every]
    n, groups, o, wide = result.shape
    columns = np.ascontiguousarray(picked).reshape(n, groups, -1, wide)
    rows = w.reshape(groups, o, -1)

    def task(images: slice, reach: slice, outputs: slice) -> None:
        for image in range(images.start, images.stop):
            part = result[image, :, outputs, reach]
            multiply(rows[:, outputs], columns[image, ..., reach], part)
            if b is not None:  # while the block is in the cache
                add_bias(part, b.reshape(groups, o, 1)[:, outputs])

    blocks.share(task, result.size * rows.shape[2], (n, 1), (wide, CHUNK), (o, o))
