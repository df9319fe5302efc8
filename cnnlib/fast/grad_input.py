"""The gradient of a correlation for its input: a correlation again.

The idea: it is the output's gradient correlated with the kernel turned by half a turn, its channel
axes swapped. With a stride, the input falls into phases, and each phase is such a correlation with
every s-th tap:

    kernel k0 k1 k2, stride 2      inputs that k0 and k2 read    even    grad * [k2 k0]
                                   inputs that k1 reads          odd     grad * [k1]

Into one channel the taps are added one by one instead, where the window read them (``scattered``).
Cost: the multiply-adds of the layer itself; the scratch memory of the strategy that is chosen.
Reference: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning,
arXiv:1603.07285, chapter 4.

    >>> import numpy as np
    >>> from cnnlib.fast.grad_input import scattered, turned
    >>> from cnnlib.geometry import Geometry
    >>> w = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    >>> g = Geometry((3, 3), (2, 2), (1, 1), ((0, 0), (0, 0)), (1, 1))
    >>> turned(np.ones((1, 1, 2, 2)), w, g)
    array([[[[ 1.,  3.,  2.],
             [ 4., 10.,  6.],
             [ 3.,  7.,  4.]]]])
    >>> np.array_equal(scattered(np.ones((1, 1, 2, 2)), w, g), turned(np.ones((1, 1, 2, 2)), w, g))
    True
"""

from math import prod
from typing import NamedTuple

import numpy as np

from cnnlib.fast import blocks
from cnnlib.fast.cost import ADDED, CALL, Layer, product
from cnnlib.fast.frames import Floats, finite
from cnnlib.geometry import Axes, Geometry, Part


def turned(grad: Floats, w: Floats, g: Geometry) -> Floats:
    """Return the gradient (N, C, *size), phase by phase; what is not finite stays where it is."""
    o, c = w.shape[:2]
    half = w.reshape(g.groups, o // g.groups, c, *g.kernel).swapaxes(1, 2)
    half = half.reshape(g.groups * c, o // g.groups, *g.kernel)
    half = np.flip(half, tuple(range(2, half.ndim)))
    result = np.zeros((len(grad), g.groups * c, *g.size), grad.dtype)
    method = "auto" if finite(grad) else "exact"
    for phase in np.ndindex(*g.stride):
        _phase(result, grad, half, phase, g, method)
    return result


class _Axis(NamedTuple):
    """One axis of one phase: its taps, how far apart they read, the padding around the gradient."""

    taps: slice
    spacing: int
    before: int
    after: int


def _axis(phase: int, size: int, out: int, g: Geometry, axis: int) -> _Axis | None:
    """Return what one axis's positions ``phase``, ``phase + stride``, ... come from, if anything.

    Position i + s*q is read by tap t of output (i + s*q + before - d*t) / s.
    """
    k, s, d, before = g.kernel[axis], g.stride[axis], g.dilation[axis], g.padding[axis][0]
    mine = [t for t in range(k) if (phase + before - d * t) % s == 0]
    if not mine:
        return None
    step = mine[1] - mine[0] if len(mine) > 1 else s
    spacing = d * step // s if len(mine) > 1 else 1
    first = (phase + before - d * mine[-1]) // s  # the output that the last tap reads from at q = 0
    taps = slice(k - 1 - mine[-1], k - mine[0], step)
    return _Axis(taps, spacing, -first, first + spacing * (len(mine) - 1) + size - out)


def _phase(
    result: Floats, grad: Floats, half: Floats, phase: Axes, g: Geometry, method: str
) -> None:
    """Fill the positions of ``result`` that are ``phase`` modulo the stride."""
    from cnnlib.fast.dispatch import correlate

    mine: Part = (..., *(slice(i, None, s) for i, s in zip(phase, g.stride, strict=True)))
    target = result[mine]
    sizes, outs = target.shape[2:], grad.shape[2:]
    found = [_axis(*of, g, axis) for axis, of in enumerate(zip(phase, sizes, outs, strict=True))]
    axes = [axis for axis in found if axis is not None]
    if not target.size or len(axes) < len(found):
        return
    ends = [(max(0, -axis.before), max(0, -axis.after)) for axis in axes]
    cut: Part = (..., *(slice(low, n - high) for (low, high), n in zip(ends, outs, strict=True)))
    taps: Part = (..., *(axis.taps for axis in axes))
    seen, kernel = grad[cut], half[taps]
    pads = tuple((max(0, axis.before), max(0, axis.after)) for axis in axes)
    spacing = tuple(axis.spacing for axis in axes)
    of_phase = Geometry(seen.shape[2:], kernel.shape[2:], (1,) * len(axes), pads, spacing, g.groups)
    target[...] = correlate(seen, kernel, None, of_phase, method)


def scattered(grad: Floats, w: Floats, g: Geometry) -> Floats:
    """Return the same, tap by tap: a product of few rows, added where it was read."""
    n, o = grad.shape[:2]
    rows = w.reshape(g.groups, o // g.groups, -1).swapaxes(1, 2)
    channels = g.groups * w.shape[1]
    result = np.empty((n, channels, *g.size), grad.dtype)

    def task(images: slice) -> None:
        padded = np.empty((channels, *g.padded), grad.dtype)
        for image in range(images.start, images.stop):
            columns = rows @ grad[image].reshape(g.groups, o // g.groups, -1)
            columns = columns.reshape(channels, -1, *g.out)
            padded[...] = 0
            for tap, part in enumerate(g.taps()):
                padded[part] += columns[:, tap]
            result[image] = padded[g.inside]

    blocks.share(task, grad.size * w[0].size, (n, n))
    return result


def cost_scattered(v: Layer) -> float:
    """Return the estimated nanoseconds of ``scattered``."""
    multiplied = product(v.c * v.taps, v.o, v.g.positions, v.n * v.g.groups)
    added = v.windows * (ADDED + 5 / v.g.out[-1]) + ADDED * v.inputs * prod(v.g.padded)
    return 10 * CALL + v.n * (6 + v.taps) * CALL + multiplied + added


def turned_layer(v: Layer) -> Layer:
    """Return what ``turned`` computes once a phase: the layer with its channels swapped."""
    kernel = tuple(-(-k // s) for k, s in zip(v.g.kernel, v.g.stride, strict=True))
    reaches = tuple(d * (k - 1) for k, d in zip(kernel, v.g.dilation, strict=True))
    pads = tuple((reach, reach) for reach in reaches)
    g = Geometry(v.g.out, kernel, (1,) * len(kernel), pads, v.g.dilation, v.g.groups)
    return Layer(g, v.n, v.o, v.c)
