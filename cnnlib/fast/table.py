"""The one table of strategies, for a layer's three sums, and the choice between them.

The idea: no strategy is best everywhere, but which one wins depends on few numbers: taps, channels
in and out of a group, positions, stride, dilation. The first row that pays decides. The limits
were measured (``python -m benchmarks``), not derived.
Cost: a few comparisons of integers, once a layer.

    >>> from cnnlib.fast.table import choose
    >>> from cnnlib.geometry import Geometry
    >>> g = Geometry((56, 56), (3, 3), (1, 1), ((1, 1), (1, 1)), (1, 1))
    >>> choose("output", g, (1, 64, 64)), choose("output", g, (1, 64, 64), "exact")
    ('winograd', 'im2col')
"""

from collections.abc import Callable
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

from cnnlib._check import refuse
from cnnlib.fast import (
    bands,
    depthwise,
    fft,
    grad_input,
    grad_weight,
    im2col,
    shifts,
    slopes,
    winograd,
)
from cnnlib.geometry import Geometry

TINY = 110_000
"""Elements of the matrix of windows below which a call costs more than its arithmetic."""


class Layer(NamedTuple):
    """Where the windows lie, and what they see: images, channels in and out of a group."""

    g: Geometry
    n: int
    c: int
    o: int

    @property
    def taps(self) -> int:
        """How many taps the kernel has."""
        return prod(self.g.kernel)

    @property
    def plane(self) -> bool:
        """Whether the layer sees images, the only thing that most strategies know."""
        return len(self.g.size) == 2

    @property
    def dense(self) -> bool:
        """Whether the windows move by single pixels."""
        return set(self.g.stride) == {1}

    @property
    def tall(self) -> bool:
        """Whether the kernel is not dilated along the height, so that its rows are neighbours."""
        return self.plane and self.g.dilation[0] == 1

    @property
    def alone(self) -> bool:
        """Whether each channel has one filter of its own."""
        return self.tall and self.c == self.o == 1

    @property
    def square(self) -> int:
        """The side of a square kernel, else 0."""
        return self.g.kernel[0] if self.plane and len(set(self.g.kernel)) == 1 else 0


class Strategy(NamedTuple):
    """How to compute one of a layer's three sums."""

    run: Callable[..., Any]
    fits: Callable[[Layer], bool]
    """Whether it gives the right answer at all."""
    pays: Callable[[Layer], bool]
    """Whether it is the fastest, if no earlier one is."""
    exact: bool = False
    """Whether it adds the very products of the definition, and nothing times zero."""


def _columns(v: Layer) -> int:
    """Return how many elements the matrix of windows has."""
    return v.n * v.g.groups * v.c * v.taps * v.g.positions


def _tiles(v: Layer) -> bool:
    """Whether Winograd's tiles know the kernel."""
    return v.square in (3, 5) and v.dense and v.g.groups == 1


def _shared(v: Layer) -> bool:
    """Whether enough channels share the transforms of the tiles."""
    enough = v.n * v.g.positions >= 192 if v.square == 3 else v.g.dilation[0] == 1
    return min(v.c, v.o) >= 24 and enough


def _steep(v: Layer) -> bool:
    """Whether a kernel is tall enough for transforms along the height alone."""
    return 49 <= v.taps < 200 and v.o >= 16 and v.g.out[1] >= 32


def _always(v: Layer) -> bool:
    """Whatever the layer."""
    return True


TABLE = {
    "output": {
        "tiny": Strategy(im2col.at_once, _always, lambda v: _columns(v) < TINY, exact=True),
        "winograd": Strategy(winograd.correlate, _tiles, _shared),
        "slopes": Strategy(slopes.correlate, lambda v: v.tall and v.g.groups == 1, _steep),
        "fft": Strategy(fft.correlate, lambda v: v.plane and v.dense, lambda v: v.taps >= 100),
        "depthwise": Strategy(
            depthwise.correlate,
            lambda v: v.alone,
            lambda v: v.taps > 1 and v.n >= 4 and v.g.out[1] <= 16,
        ),
        "shifts": Strategy(
            shifts.correlate, lambda v: v.alone, lambda v: v.taps > 1 and v.g.groups >= 8
        ),
        "bands": Strategy(
            bands.correlate,
            lambda v: v.tall,
            lambda v: v.taps > 1 and v.c <= 4 and v.o < 16 and v.g.out[1] >= 28,
        ),
        "im2col": Strategy(im2col.correlate, _always, _always, exact=True),
    },
    "input": {
        "scattered": Strategy(
            grad_input.scattered, _always, lambda v: v.c == 1 and v.o >= 8, exact=True
        ),
        "turned": Strategy(grad_input.turned, _always, _always),
    },
    "weight": {
        "winograd": Strategy(
            winograd.grad_weight,
            lambda v: _tiles(v) and v.g.dilation == (1, 1),
            lambda v: _columns(v) >= TINY and _shared(v),
        ),
        "pointwise": Strategy(
            grad_weight.pointwise,
            lambda v: v.taps == 1 and v.dense and v.g.padded == v.g.size == v.g.out,
            _always,
            exact=True,
        ),
        "lowered": Strategy(grad_weight.lowered, _always, _always, exact=True),
    },
}
"""For each of the three sums, its strategies by name; the first that fits and pays decides."""


@lru_cache(maxsize=4096)
def choose(total: str, g: Geometry, planes: tuple[int, int, int], method: str = "auto") -> str:
    """Return the name of the strategy for one of a layer's sums: 'output', 'input' or 'weight'.

    ``planes`` are the images, and the channels in and out of a group.
    """
    layer = Layer(g, *planes)
    fitting = {name: way for name, way in TABLE[total].items() if way.fits(layer)}
    if method in ("auto", "exact"):
        return next(
            name
            for name, way in fitting.items()
            if way.pays(layer) and (way.exact or method == "auto")
        )
    if method not in fitting:
        rule = f"be 'auto', 'exact' or one of {', '.join(sorted(fitting))} for this layer"
        why = f"kernel {g.kernel}, stride {g.stride}, dilation {g.dilation}, groups {g.groups}"
        refuse("method", rule, repr(method), why)
    return method
