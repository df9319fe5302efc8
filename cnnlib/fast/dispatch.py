"""One call for every rank and strategy: a layer's output, and its gradients.

The idea: a one-dimensional layer is an image one row tall; three dimensions are lowered as they
are. Everything else is chosen from the shapes (``table``), or forced by ``method``.
Cost: that of the strategy, plus a few microseconds.
Reference: none; this is only the door.

    >>> import numpy as np
    >>> from cnnlib import fast
    >>> from cnnlib.geometry import Geometry
    >>> x, w = np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2))
    >>> g = Geometry((3, 3), (2, 2), (1, 1), ((0, 0), (0, 0)), (1, 1))
    >>> y = fast.correlate(x, w, None, g)
    >>> y
    array([[[[ 8., 12.],
             [20., 24.]]]])
    >>> fast.grad_weight(x, np.ones((1, 1, 2, 2)), g)
    array([[[[ 8., 12.],
             [20., 24.]]]])
"""

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.frames import Floats
from cnnlib.fast.table import TABLE, choose
from cnnlib.geometry import Geometry

METHODS = ("auto", "exact", *TABLE["output"])


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry, method: str = "auto") -> Floats:
    """Return the cross-correlation (N, O, *out) of x (N, C, *size) with w (O, C/g, *kernel)."""
    if len(g.size) == 1:
        return correlate(x[:, :, None], w[:, :, None], b, g.image, method)[:, :, 0]
    n, (o, c) = len(x), w.shape[:2]
    way = TABLE["output"][choose("output", g, (n, c, o // g.groups), method)]
    if not (x.size and w.size):
        empty = np.zeros((n, o, *g.out), x.dtype)
        return empty if b is None else empty + b.reshape(-1, *(1,) * len(g.size))
    return scratch.apart(way.run, np.ascontiguousarray(x), np.ascontiguousarray(w), b, g)


def grad_input(grad: Floats, w: Floats, g: Geometry) -> Floats:
    """Return the gradient (N, C, *size) for the input, from grad (N, O, *out)."""
    if len(g.size) == 1:
        return grad_input(grad[:, :, None], w[:, :, None], g.image)[:, :, 0]
    n, (o, c) = len(grad), w.shape[:2]
    way = TABLE["input"][choose("input", g, (n, c, o // g.groups))]
    if not (grad.size and w.size):
        return np.zeros((n, c * g.groups, *g.size), grad.dtype)
    return scratch.apart(way.run, np.ascontiguousarray(grad), w, g)


def grad_weight(x: Floats, grad: Floats, g: Geometry) -> Floats:
    """Return the gradient (O, C/g, *kernel) for the weight, from x and grad (N, O, *out)."""
    if len(g.size) == 1:
        return grad_weight(x[:, :, None], grad[:, :, None], g.image)[:, :, 0]
    n, c, o = len(x), x.shape[1] // g.groups, grad.shape[1]
    way = TABLE["weight"][choose("weight", g, (n, c, o // g.groups))]
    if not (x.size and grad.size):
        return np.zeros((o, c, *g.kernel), x.dtype)
    return scratch.apart(way.run, np.ascontiguousarray(x), np.ascontiguousarray(grad), g)
