"""The gradient of a correlation for its weight: one product over all positions.

The idea: the matrix of windows times the output's gradient, summed over blocks as they are lowered;
each thread sums its own. A 1x1 kernel needs no lowering; where the layer itself is computed by
Winograd's tiles, so is this gradient.
Cost: the multiply-adds of the layer itself; WIDE columns of the matrix of windows as scratch.
"""

from math import prod

import numpy as np

from cnnlib.fast import scratch, winograd
from cnnlib.fast.choose import describe, strategy
from cnnlib.fast.lower import pad_zeros, windows
from cnnlib.fast.workers import share

WIDE = 768
"""Positions that are lowered together."""


def grad_weight(x, grad, kernel, stride, padding, dilation, groups):
    """Return the gradient (O, C/g, *kernel) for the weight, from `x` and `grad` (N, O, *out).

    >>> import numpy as np
    >>> from cnnlib import fast
    >>> x, grad = np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2))
    >>> fast.grad_weight(x, grad, (2, 2), (1, 1), ((0, 0), (0, 0)), (1, 1), 1)
    array([[[[ 8., 12.],
             [20., 24.]]]])
    """
    n, o, *out = grad.shape
    c = x.shape[1] // groups
    if not x.size or not grad.size or not c or 0 in kernel:
        return np.zeros((o, c, *kernel), x.dtype)
    x, grad = np.ascontiguousarray(x), np.ascontiguousarray(grad)
    ones = (1,) * len(out)
    if len(out) == 2 and tuple(dilation) == ones:
        layer = describe(x.shape, (o, c, *kernel), stride, dilation, groups, tuple(out))
        if strategy(layer) == "winograd":
            return winograd.grad_weight(x, grad, kernel, padding)
    if set(kernel) == set(stride) == {1} and not any(map(sum, padding)):
        return _pointwise(x, grad, groups).reshape(o, c, *kernel)
    padded = pad_zeros(x, padding)
    seen = windows(padded, kernel, stride, dilation, out, groups)
    rows = grad.reshape(n, groups, o // groups, prod(out)).swapaxes(2, 3)
    taps, row = c * prod(kernel), prod(out[1:])
    height = max(1, min(out[0], WIDE // row))
    blocks = -(-out[0] // height)
    sums = []

    def task(pieces):
        memory = scratch.take("columns", (groups, taps, height * row), x.dtype)
        product = scratch.take("product", (groups, taps, o // groups), x.dtype)
        total = np.zeros_like(product)
        for sample, block in (divmod(piece, blocks) for piece in pieces):
            lines = slice(block * height, min(out[0], (block + 1) * height))
            reach = slice(lines.start * row, lines.stop * row)
            part = seen[(sample, *(slice(None),) * (2 + len(kernel)), lines)]
            columns = memory[..., : (lines.stop - lines.start) * row]
            np.copyto(columns.reshape(part.shape), part)
            total += np.matmul(columns, rows[sample, :, reach], out=product)
        sums.append(total)

    share(task, n * blocks, grad.size * taps)
    total = sum(sums[1:], sums[0]).reshape(groups, c, *kernel, o // groups)
    return np.ascontiguousarray(np.moveaxis(total, -1, 1)).reshape(o, c, *kernel)


def _pointwise(x, grad, groups):
    """Return the gradient (groups, O/g, C/g) of a 1x1 kernel, whose matrix is the input itself."""
    n = len(x)
    columns = x.reshape(n, groups, x.shape[1] // groups, -1).swapaxes(2, 3)
    rows = grad.reshape(n, groups, grad.shape[1] // groups, -1)
    total = rows[0] @ columns[0]
    for sample in range(1, n):
        total += rows[sample] @ columns[sample]
    return total
