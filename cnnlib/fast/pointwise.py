"""1x1 kernels: the input already is the matrix.

The idea: a kernel of one tap sees one position, so (C, H*W) is the matrix of windows as it lies
in memory and nothing is copied. A stride only picks positions: they are copied once.
The bias is added slice by slice, while a slice of the output is in the cache.
Cost: N * O * C/g * positions multiply-adds; no bytes, or the picked positions' with a stride.
"""

import numpy as np

from cnnlib.fast.lower import add_bias, out_size, pad_zeros
from cnnlib.fast.product import multiply
from cnnlib.fast.workers import at_most, share

CHUNK = 512


def correlate(x, w, b, stride, padding, dilation, groups):
    """Return the cross-correlation with a kernel of one tap, of any rank."""
    n, c = x.shape[:2]
    o = len(w)
    out = out_size(x.shape[2:], w.shape[2:], stride, padding, dilation)
    picked = pad_zeros(x, padding)
    if any(step > 1 for step in stride):
        picked = picked[(..., *(slice(None, None, step) for step in stride))]
    columns = np.ascontiguousarray(picked).reshape(n, groups, c // groups, -1)
    rows = w.reshape(groups, o // groups, c // groups)
    result = np.empty((n, groups, o // groups, columns.shape[3]), x.dtype)
    bias = None if b is None else b.reshape(groups, -1, 1)
    chunks, work = -(-columns.shape[3] // CHUNK), result.size * (c // groups)
    high = at_most(o // groups, n * chunks, work)  # few positions: threads share the outputs
    tops = -(-o // groups // high)

    def task(pieces):
        for piece in pieces:
            piece, top = divmod(piece, tops)
            sample, chunk = divmod(piece, chunks)
            reach = slice(chunk * CHUNK, (chunk + 1) * CHUNK)
            some = slice(top * high, (top + 1) * high)
            part = result[sample, :, some, reach]
            multiply(rows[:, some], columns[sample, ..., reach], part)
            if bias is not None:
                add_bias(part, bias[:, some])

    share(task, n * chunks * tops, work)
    return result.reshape(n, o, *out)
