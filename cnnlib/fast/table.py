"""The one table of strategies, for a layer's three sums, and the choice between them.

The idea: no strategy is best everywhere, but what each one spends follows from the layer's sizes.
Every strategy states it in products, copies and calls (``cost``): the cheapest that fits is chosen.
Cost: some hundred operations of Python numbers, once a layer.

    >>> from cnnlib.fast.table import choose
    >>> from cnnlib.geometry import Geometry
    >>> g = Geometry((56, 56), (3, 3), (1, 1), ((1, 1), (1, 1)), (1, 1))
    >>> choose("output", g, (1, 128, 128)), choose("output", g, (1, 128, 128), "exact")
    ('winograd', 'offsets')
"""

from collections.abc import Callable
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

from cnnlib._check import refuse
from cnnlib.fast import (
    depthwise,
    fft,
    grad_input,
    grad_weight,
    im2col,
    offsets,
    shifts,
    winograd,
)
from cnnlib.fast.cost import Layer
from cnnlib.geometry import Geometry


class Strategy(NamedTuple):
    """How to compute one of a layer's three sums."""

    run: Callable[..., Any]
    fits: Callable[[Layer], bool]
    """Whether it gives the right answer at all."""
    cost: Callable[[Layer], float]
    """How many nanoseconds it takes, as far as the layer's sizes say."""
    exact: bool = False
    """Whether it adds the very products of the definition, and nothing times zero."""


def _always(v: Layer) -> bool:
    """Whatever the layer."""
    return True


def _turned(v: Layer) -> float:
    """Return the nanoseconds of the layers that the input's gradient falls into."""
    each = grad_input.turned_layer(v)
    return prod(v.g.stride) * min(
        way.cost(each) for way in TABLE["output"].values() if way.fits(each)
    )


TABLE = {
    "output": {
        "tiny": Strategy(im2col.at_once, _always, im2col.cost_at_once, exact=True),
        "winograd": Strategy(winograd.correlate, winograd.fits, winograd.cost),
        "fft": Strategy(fft.correlate, lambda v: v.plane and v.dense, fft.cost),
        "depthwise": Strategy(depthwise.correlate, lambda v: v.alone, depthwise.cost),
        "shifts": Strategy(shifts.correlate, lambda v: v.alone, shifts.cost),
        "offsets": Strategy(offsets.correlate, lambda v: v.plane, offsets.cost, exact=True),
        "im2col": Strategy(im2col.correlate, _always, im2col.cost, exact=True),
    },
    "input": {
        "scattered": Strategy(
            grad_input.scattered, lambda v: v.o > 1, grad_input.cost_scattered, exact=True
        ),
        "turned": Strategy(grad_input.turned, _always, _turned),
    },
    "weight": {
        "pointwise": Strategy(
            grad_weight.pointwise, lambda v: v.untouched, lambda v: 0, exact=True
        ),
        "lowered": Strategy(grad_weight.lowered, _always, grad_weight.cost, exact=True),
    },
}
"""For each of the three sums, its strategies by name."""


@lru_cache(maxsize=4096)
def choose(total: str, g: Geometry, planes: tuple[int, int, int], method: str = "auto") -> str:
    """Return the name of the strategy for one of a layer's sums: 'output', 'input' or 'weight'.

    ``planes`` are the images, and the channels in and out of a group.
    """
    layer = Layer(g, *[max(1, count) for count in planes])
    fitting = {name: way for name, way in TABLE[total].items() if way.fits(layer)}
    if method in ("auto", "exact"):
        costs = {
            name: way.cost(layer) for name, way in fitting.items() if way.exact or method == "auto"
        }
        return min(costs, key=costs.__getitem__)
    if method not in fitting:
        rule = f"be 'auto', 'exact' or one of {', '.join(sorted(fitting))} for this layer"
        why = f"kernel {g.kernel}, stride {g.stride}, dilation {g.dilation}, groups {g.groups}"
        refuse("method", rule, repr(method), why)
    return method
