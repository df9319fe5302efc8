"""Lower the input to a matrix of windows ("im2col"), block by block, and multiply.

The idea: put every window in a column; then the weight's rows times the columns is the whole
layer, and a matrix product is the fastest thing a processor does. The matrix is KH*KW times the
input, so only a block of output rows is lowered at a time, into memory that is reused and stays
in the second-level cache. A row of ones under the block carries the bias.
Cost: N * O * C/g * taps * positions multiply-adds; BLOCK bytes of scratch.
"""

from math import prod

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.lower import out_size, pad_zeros, windows
from cnnlib.fast.product import multiply
from cnnlib.fast.workers import at_most, share

BLOCK = 2 * 2**20
WIDE = 256
"""Columns that a product should have at least."""


def with_bias(w, b, groups):
    """Return the weight as (groups, O/groups, taps), with the bias as one more column."""
    rows = w.reshape(groups, len(w) // groups, -1)
    if b is None:
        return rows
    joined = np.empty((groups, rows.shape[1], rows.shape[2] + 1), w.dtype)
    joined[..., :-1] = rows
    joined[..., -1] = b.reshape(groups, -1)
    return joined


def correlate(x, w, b, stride, padding, dilation, groups):
    """Return the cross-correlation of any rank."""
    n, o = len(x), len(w)
    kernel = w.shape[2:]
    out = out_size(x.shape[2:], kernel, stride, padding, dilation)
    seen = windows(pad_zeros(x, padding), kernel, stride, dilation, out, groups)
    rows = with_bias(w, b, groups)
    taps, depth, row = w[0].size, rows.shape[2], prod(out[1:])
    line = groups * depth * row
    height = max(-(-WIDE // row), BLOCK // (x.itemsize * line))
    height = min(out[0], -(-out[0] // -(-out[0] // height)))
    work = len(w) * n * prod(out) * taps
    height = min(height, at_most(out[0], n, work))
    together = max(1, min(at_most(n, 1, work), BLOCK // (x.itemsize * line * out[0])))
    blocks = -(-out[0] // height)
    result = np.empty((n, groups, o // groups, prod(out)), x.dtype)

    def task(pieces):
        memory = scratch.take("columns", (together, groups, depth, height * row), x.dtype)
        memory[:, :, taps:] = 1
        for piece in pieces:
            sample, block = divmod(piece, blocks)
            some = slice(sample * together, (sample + 1) * together)
            first, last = block * height, min(out[0], (block + 1) * height)
            lead = (slice(None),) * (2 + len(kernel))
            part = seen[(some, *lead, slice(first, last))]
            columns = memory[: len(part), ..., : (last - first) * row]
            np.copyto(columns[:, :, :taps].reshape(part.shape), part)
            multiply(rows, columns, result[some, ..., first * row : last * row])

    share(task, -(-n // together) * blocks, work)
    return result.reshape(n, o, *out)
