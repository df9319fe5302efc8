"""Which strategy computes a layer: decided by its shapes alone, in one table.

The idea: no strategy is best everywhere, but which one wins depends on few numbers: taps,
channels in and out of a group, positions, stride, dilation. The first rule that holds decides.
The limits were measured (`python -m benchmarks`), not derived.
Cost: a few comparisons of integers.
"""

from collections import namedtuple

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


TINY = 110_000
"""Elements of the matrix of windows below which a call costs more than its arithmetic."""

RULES = (
    ("pointwise", lambda v: v.kh == v.kw == 1),
    ("tiny", lambda v: _columns(v) < TINY),
    (
        "winograd",
        lambda v: v.kh == v.kw == 3 and _stride_1(v) and _wide_enough(v) and _tiles(v) >= 12,
    ),
    (
        "winograd",
        lambda v: v.kh == v.kw == 5 and _stride_1(v) and _wide_enough(v) and v.dh == 1,
    ),
    (
        "slopes",
        lambda v: 49 <= v.kh * v.kw < 200 and v.groups == v.dh == 1 and v.o >= 16 and v.wide >= 32,
    ),
    ("fft", lambda v: v.kh * v.kw >= 100 and _stride_1(v)),
    ("depthwise", lambda v: v.c == v.o == 1 and v.dh == 1 and v.n >= 4 and v.wide <= 16),
    (
        "shifts",
        lambda v: (
            v.c == v.o == v.dh == 1 and v.groups >= 8 and (v.sw > 1 or v.kw >= 5 or v.wide < 56)
        ),
    ),
    ("bands", lambda v: v.c <= 4 and v.o < 16 and v.dh == 1 and v.wide >= 28),
    ("im2col", lambda v: True),
)
"""(strategy, condition): the first condition that holds decides."""

CONDITIONS = {
    "tiny": lambda v: True,
    "im2col": lambda v: True,
    "pointwise": lambda v: v.kh == v.kw == 1,
    "fft": _stride_1,
    "winograd": lambda v: v.kh == v.kw in (3, 5) and _stride_1(v) and v.groups == 1,
    "slopes": lambda v: v.groups == 1 and v.dh == 1,
    "bands": lambda v: v.dh == 1,
    "depthwise": lambda v: v.c == v.o == v.dh == 1,
    "shifts": lambda v: v.c == v.o == v.dh == 1,
}
"""What a strategy needs to give the right answer at all."""

EXACT = {"tiny", "pointwise", "im2col", "bands", "depthwise", "shifts"}
"""The strategies that add the very products of the definition."""


def strategy(layer, exact=False):
    """Return the name of the strategy for `layer`."""
    return next(name for name, holds in RULES if (not exact or name in EXACT) and holds(layer))


def possible(layer):
    """Return the names of the strategies that give the right answer for `layer`."""
    return {name for name, holds in CONDITIONS.items() if holds(layer)}
