"""What a class is asked: the lecture's network, each student's own, or one that a lecturer made.

An assignment is a short text, which stands in a link, in a hand-in and in the lecturer's file:
``lecture``, ``number``, or for example

    c1.ko.own.10-1-20.c3k5s1p0_m2s2p0_f_l50.1-0-2-1

that is: format, language, one network for all (``one``) or one for each number (``own``), batch,
channels and side of the input, the layers, and the points of each; 0 is not asked.
"""

import re
from dataclasses import dataclass, replace

from lesson.homework.steps import Step, apply, steps
from lesson.homework.variant import LECTURE, Layer, Network, fnv1a, mulberry32, normalise, variant

TEXT = re.compile(
    r"c1\.(ko|en)\.(one|own)\.([0-9]{1,4})-([0-9]{1,4})-([0-9]{1,4})"
    r"\.([a-z0-9]+(?:_[a-z0-9]+){0,11})\.([0-9]{1,3}(?:-[0-9]{1,3}){0,11})"
)
LAYER = re.compile(
    r"(?:c([0-9]{1,4})k([0-9]{1,2})s([0-9]{1,2})p([0-9]{1,2})"
    r"|([ma])([0-9]{1,2})s([0-9]{1,2})p([0-9]{1,2})|(f)|l([0-9]{1,4}))"
)
LONGEST = 400
MOST = 100  # points a step
TRIES = 200  # draws until a varied network fits; after them the lecturer's own is taken
NAMES = {"conv": "conv", "pool": "pool", "avg": "pool", "flatten": "flatten", "linear": "fc"}


@dataclass(frozen=True)
class Assignment:
    """A network, or a way to get one from a student number, and what is asked of it."""

    text: str
    network: Network | None = None  # None: from the number
    lang: str = ""
    varied: bool = False
    points: tuple[int, ...] = ()  # of each layer; none: one point each

    @property
    def by_number(self) -> bool:
        """Whether a student number decides the network."""
        return self.varied or self.network is None

    def network_of(self, number: str) -> Network:
        """Return the network of a student; ValueError if it takes a number and that is none."""
        if self.network is None:
            if not normalise(number):
                raise ValueError("`number` must not be empty")
            return variant(number)
        return _vary(self, normalise(number)) if self.varied and number else self.network

    def steps_of(self, number: str) -> list[Step]:
        """Return the steps that are asked of a student."""
        network = self.network_of(number)
        worth = self.worth(network)
        return steps(network, tuple(name for name, points in worth.items() if points))

    def worth(self, network: Network) -> dict[str, int]:
        """Return the points of each layer."""
        names = [layer.name for layer in network.layers]
        return dict(zip(names, self.points or (1,) * len(names), strict=True))


ASSIGNMENTS = {
    "lecture": Assignment("lecture", LECTURE),
    "number": Assignment("number"),
}


def read(text: str) -> Assignment:
    """Return the assignment of a text.

    Raises
    ------
    ValueError
        It is no text of an assignment, or its network does not fit.

    Examples
    --------
    >>> from lesson.homework.assignment import read
    >>> lenet = read("c1.ko.one.10-1-32.c6k5s1p0_m2s2p0_c16k5s1p0_m2s2p0_f_l120.1-1-1-1-1-1")
    >>> [step.after for step in lenet.steps_of("")][-2:]
    [(10, 400), (10, 120)]
    >>> read("c1.ko.one.10-1-3.c6k5s1p0.1")    # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: `kernel_size` must fit in the padded input, got 5; ...
    """
    if text in ASSIGNMENTS:
        return ASSIGNMENTS[text]
    found = TEXT.fullmatch(text) if len(text) <= LONGEST else None
    if not found:
        raise ValueError(f"`assignment` must be the text of an assignment, got {text[:60]!r}")
    lang, varied, batch, channels, size, layers, points = found.groups()
    network = Network("", int(batch), int(channels), int(size), _layers(layers.split("_")))
    worth = tuple(map(int, points.split("-")))
    _check(network, worth)
    return Assignment(text, network, lang, varied == "own", worth)


def _layers(texts: list[str]) -> tuple[Layer, ...]:
    read_ = [_layer(text) for text in texts]
    named, count = [], dict.fromkeys(NAMES.values(), 0)
    total = {name: sum(NAMES[each.kind] == name for each in read_) for name in count}
    for layer in read_:
        name = NAMES[layer.kind]
        count[name] += 1
        single = name in ("pool", "flatten") and total[name] == 1
        named.append(replace(layer, name=name if single else f"{name}{count[name]}"))
    return tuple(named)


def _layer(text: str) -> Layer:
    found = LAYER.fullmatch(text)
    if not found:
        raise ValueError(f"`assignment` must name its layers, got {text[:20]!r}")
    outs, kernel, stride, padding, pool, pool_kernel, pool_stride, pool_padding, flat, features = (
        found.groups()
    )
    if outs:
        return Layer("", "conv", int(outs), int(kernel), int(stride), int(padding))
    if pool:
        kind = "avg" if pool == "a" else "pool"
        return Layer("", kind, 0, int(pool_kernel), int(pool_stride), int(pool_padding))
    return Layer("", "flatten") if flat else Layer("", "linear", int(features))


def _check(network: Network, worth: tuple[int, ...]) -> None:
    learned = [layer.outs for layer in network.layers if layer.kind in ("conv", "linear")]
    windows = [
        layer
        for layer in network.layers
        if layer.kernel_size or layer.kind in ("conv", "pool", "avg")
    ]
    least = [*network.input, *learned]
    least += [size for layer in windows for size in (layer.kernel_size, layer.stride)]
    if min(least) < 1:
        raise ValueError("`assignment` must have sizes of at least 1")
    if len(worth) != len(network.layers) or max(worth) > MOST or not any(worth):
        raise ValueError(f"`assignment` must give each layer 0 to {MOST} points, and one some")
    steps(network)


def _vary(assignment: Assignment, number: str) -> Network:
    """Return the network with batch, side and widths drawn from the number."""
    base = assignment.network
    draws = mulberry32(fnv1a(f"{assignment.text}:{number}".encode()))
    for _ in range(TRIES):
        batch, size = 8 + next(draws) % 25, max(1, base.size + next(draws) % 9 - 4)
        layers = tuple(
            replace(layer, outs=max(2, layer.outs + next(draws) % 7 - 3)) if layer.outs else layer
            for layer in base.layers
        )
        network = Network("", batch, base.channels, size, layers)
        if _fits(network):
            return network
    return base


def _fits(network: Network) -> bool:
    shape = network.input
    try:
        for layer in network.layers:
            shape = apply(layer, shape)
    except ValueError:
        return False
    return True
