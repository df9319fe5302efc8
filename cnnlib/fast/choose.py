"""Which strategy computes a layer: decided by its shapes alone, in one table.

The idea: no strategy is best everywhere, but which one wins depends on few numbers: taps,
channels in and out of a group, positions, stride, dilation. The first rule that holds decides.
The limits were measured (`python -m benchmarks`), not derived.
Cost: a few comparisons of integers.
"""

from collections import namedtuple
from math import prod

Layer = namedtuple("Layer", "n c o h w kh kw sh sw dh dw groups high wide")
Layer.__doc__ = "The numbers of one layer; c and o are the channels of one group."


def describe(x_shape, w_shape, stride, dilation, groups, out):
    """Return the `Layer` of two-dimensional shapes."""
    (n, _, *size), (o, c, *kernel) = x_shape, w_shape
    return Layer(n, c, o // groups, *size, *kernel, *stride, *dilation, groups, *out)


def _columns(layer):
    """Elements of the matrix of windows."""
    taps = layer.groups * layer.c * layer.kh * layer.kw
    return layer.n * taps * layer.high * layer.wide


def _tiles(layer):
    return layer.n * layer.high * layer.wide // 16


def _stride_1(layer):
    return layer.sh == layer.sw == 1


def _wide_enough(layer):
    return min(layer.c, layer.o) >= 24 and layer.groups == 1


RULES = (
    ("pointwise", lambda v: v.kh == v.kw == 1),
    ("tiny", lambda v: _columns(v) < 70_000),
    ("fft", lambda v: v.kh * v.kw >= 100 and _stride_1(v)),
    (
        "winograd",
        lambda v: v.kh == v.kw == 3 and _stride_1(v) and _wide_enough(v) and _tiles(v) >= 16,
    ),
    (
        "winograd",
        lambda v: v.kh == v.kw == 5 and _stride_1(v) and _wide_enough(v) and v.dh == 1,
    ),
    (
        "slopes",
        lambda v: v.kh * v.kw >= 49 and v.groups == 1 and v.dh == 1 and v.o >= 16 and v.wide >= 32,
    ),
    ("depthwise", lambda v: v.c == v.o == 1 and v.dh == 1 and v.n >= 4 and v.wide <= 16),
    ("bands", lambda v: v.c <= 4 and v.dh == 1 and v.wide >= 28 and v.n * v.groups < 64 * v.wide),
    ("im2col", lambda v: True),
)
"""(strategy, condition): the first condition that holds decides."""

EXACT = {"tiny", "pointwise", "im2col", "bands", "depthwise"}
"""The strategies that add the very products of the definition."""


def strategy(layer, exact=False):
    """Return the name of the strategy for `layer`."""
    return next(
        name for name, holds in RULES if (not exact or name in EXACT) and holds(layer)
    )


def tiny(x_shape, w_shape, out):
    """Return whether the matrix of windows is so small that calls cost more than arithmetic."""
    return x_shape[0] * x_shape[1] * prod(w_shape[2:]) * prod(out) < 70_000
