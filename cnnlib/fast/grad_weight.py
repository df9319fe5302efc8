"""The gradient of a correlation for its weight: one product over all positions.

The idea: a tap's gradient is the inner product of the output's gradient with the pixels that this
tap has read, so the matrix of windows times the gradient gives all of them; it is summed over
blocks of output rows as they are lowered.
A 1x1 kernel needs no lowering (``pointwise``).
Cost: the multiply-adds of the layer itself; WIDE columns of the matrix of windows as scratch.
Reference: as for ``im2col``.

    >>> import numpy as np
    >>> from cnnlib.fast.grad_weight import lowered
    >>> from cnnlib.geometry import Geometry
    >>> x, grad = np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2))
    >>> lowered(x, grad, Geometry((3, 3), (2, 2), (1, 1), ((0, 0), (0, 0)), (1, 1)))
    array([[[[ 8., 12.],
             [20., 24.]]]])
"""

import threading
from math import prod
from typing import Any

import numpy as np

from cnnlib.fast import blocks, scratch
from cnnlib.fast.cost import CALL, Layer, product
from cnnlib.fast.frames import Floats, surrounded, windows
from cnnlib.geometry import Geometry

WIDE = 1536
"""Positions that are lowered together."""
BLOCK = 6_000_000
"""Elements that they may have."""


def lowered(x: Floats, grad: Floats, g: Geometry) -> Floats:
    """Return the gradient (O, C/g, *kernel) for the weight, from x and grad (N, O, *out)."""
    n, o, out = len(x), grad.shape[1], g.out
    c, row = x.shape[1] // g.groups, prod(out[1:])
    taps = c * prod(g.kernel)
    seen = np.moveaxis(windows(surrounded(x, g), g), 0, -1 - len(out))
    outputs = np.moveaxis(grad.reshape(n, g.groups, o // g.groups, *out), 0, 2)
    total, lock = np.zeros((g.groups, o // g.groups, taps), x.dtype), threading.Lock()

    def task(images: slice, lines: slice) -> None:
        block: tuple[Any, ...] = (..., images, lines, *(slice(None),) * (len(out) - 1))
        part = seen[block]
        columns = scratch.take("columns", part.shape, x.dtype)
        np.copyto(columns, part)
        rows = outputs[:, :, images, lines].reshape(g.groups, o // g.groups, -1)
        product = scratch.take("product", total.shape, x.dtype)
        np.matmul(rows, columns.reshape(g.groups, taps, -1).swapaxes(1, 2), out=product)
        with lock:
            np.add(total, product, out=total)

    wide = min(WIDE, BLOCK // (g.groups * taps))
    blocks.share(task, grad.size * taps, (n, wide // g.positions), (out[0], wide // row))
    return total.reshape(o, c, *g.kernel)


def pointwise(x: Floats, grad: Floats, g: Geometry) -> Floats:
    """Return the gradient (O, C/g, 1, 1) of a kernel of one tap, whose matrix is the input."""
    n, o, c = len(x), grad.shape[1], x.shape[1] // g.groups
    columns = x.reshape(n, g.groups, c, -1).swapaxes(2, 3)
    rows = grad.reshape(n, g.groups, o // g.groups, -1)
    total: Floats = rows[0] @ columns[0]
    for image in range(1, n):
        total += rows[image] @ columns[image]
    return total.reshape(o, c, *g.kernel)


def cost(v: Layer) -> float:
    """Return the estimated nanoseconds of ``lowered``."""
    parts = max(1, v.n * v.g.positions / WIDE)
    multiplied = product(v.c * v.taps, v.n * v.g.positions / parts, v.o, v.g.groups * parts)
    return (10 + 8 * parts) * CALL + v.lowering() + 1.15 * multiplied
