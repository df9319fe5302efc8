"""Misconceptions about sizes and shapes.

Each is the law with one thing done wrong, on every axis at once. The order is the order in which
they are named, likeliest first.
"""

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from lesson.exercise import kinds

Given = dict[str, Any]
Wrong = Iterator[tuple[str, Any]]
Axis = Callable[[int, int, int, int, int], Fraction | int]


def law(n: int, k: int, s: int, p: int, d: int) -> int:
    """Return the output size of one axis: floor((n + 2p - d(k - 1) - 1)/s) + 1."""
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


AXIS: tuple[tuple[str, Axis], ...] = (
    ("no-floor", lambda n, k, s, p, d: Fraction(n + 2 * p - d * (k - 1) - 1, s) + 1),
    ("no-floor", lambda n, k, s, p, d: -((d * (k - 1) + 1 - n - 2 * p) // s) + 1),
    ("no-plus-one", lambda n, k, s, p, d: law(n, k, s, p, d) - 1),
    ("padding-once", lambda n, k, s, p, d: law(n + p, k, s, 0, d)),
    ("padding-ignored", lambda n, k, s, p, d: law(n, k, s, 0, d)),
    ("stride-ignored", lambda n, k, s, p, d: law(n, k, 1, p, d)),
    ("dilation-ignored", lambda n, k, s, p, d: law(n, k, s, p, 1)),
    ("dilation-from-zero", lambda n, k, s, p, d: law(n, k, s, p, d + 1)),
    ("dilation-times-kernel", lambda n, k, s, p, d: law(n, d * k, s, p, 1)),
    ("added", lambda n, k, s, p, d: (n + 2 * p + d * (k - 1) - 1) // s + 1),
    ("unchanged", lambda n, k, s, p, d: n),
    ("kernel-not-subtracted", lambda n, k, s, p, d: (n + 2 * p) // s),
)
"""Name, and the size of one axis as the misconception has it."""


def plain(value: Fraction | int) -> int | float:
    """Return a size as an integer, or as the decimal number that a reader would type."""
    return int(value) if value == int(value) else round(float(value), 4)


def _axes(given: Given) -> Iterator[tuple[str, tuple[int | float, ...]]]:
    """Yield (name, sizes) for each misconception about one axis."""
    pad = given["padding"]
    pads = (0,) * len(given["input"]) if isinstance(pad, str) else pad
    sizes = (given[name] for name in ("input", "kernel_size", "stride"))
    rows = list(zip(*sizes, pads, given["dilation"], strict=True))
    if given["pool"]:
        yield "pool-stride-one", tuple(plain(law(n, k, 1, p, d)) for n, k, _, p, d in rows)
    for name, axis in AXIS:
        if name.startswith("dilation") and max(given["dilation"]) == 1:
            continue  # a reader who has not met dilation does not get it wrong
        if name == "stride-ignored" and given["pool"]:
            continue  # said more exactly by pool-stride-one
        yield name, tuple(plain(axis(*row)) for row in rows)


def _possible(sizes: tuple[int | float, ...]) -> bool:
    return all(size > 0 for size in sizes)


def output_size(given: Given) -> Wrong:
    """Misconceptions about the size along one axis or several."""
    for name, sizes in _axes(given):
        if _possible(sizes):
            yield name, sizes[0] if len(sizes) == 1 else sizes
    if len(given["input"]) == 2:
        height, width = _right(given)
        yield "swapped", (width, height)


def _right(given: Given) -> tuple[int, ...]:
    size = kinds.output_size(given)
    return size if isinstance(size, tuple) else (size,)


def output_shape(given: Given) -> Wrong:
    """Misconceptions about (N, C, ...) after a convolution or a pooling."""
    n, c, o = given["batch"], given["channels"], given["out_channels"]
    size = _right(given)
    for name, sizes in _axes(given):
        if _possible(sizes):
            yield name, (n, o, *sizes)
    if len(size) == 2:
        yield "swapped", (n, o, *size[::-1])
    yield "no-batch", (o, *size)
    if given["pool"]:
        yield "pool-channels", (n, 1, *size)
        if c % math.prod(given["stride"]) == 0:
            yield "pool-channels", (n, c // math.prod(given["stride"]), *size)
    else:
        yield "channels-kept", (n, c, *size)
        yield "channels-multiplied", (n, c * o, *size)
        yield "channels-added", (n, c + o, *size)
        yield "groups-divided", (n, o // given["groups"], *size)
    yield "channels-last", (n, *size, o)
    yield "no-channels", (n, *size)


def weight_shape(given: Given) -> Wrong:
    """Misconceptions about (out_channels, in_channels / groups, ...)."""
    c, o, groups = given["in_channels"], given["out_channels"], given["groups"]
    kernel = given["kernel_size"]
    yield "groups-ignored", (o, c, *kernel)
    yield "in-out-swapped", (c // groups, o, *kernel)
    yield "in-out-swapped", (c, o // groups, *kernel)
    yield "groups-everywhere", (o // groups, c // groups, *kernel)
    yield "groups-on-filters", (o // groups, c, *kernel)
    yield "flat-filters", (o, *kernel)
    yield "flat-filters", (o, 1, *kernel)
    yield "kernel-only", kernel
    yield "channels-last", (*kernel, c // groups, o)
    yield "channels-last", (o, *kernel, c // groups)
    yield "swapped", (o, c // groups, *kernel[::-1])


def flatten(given: Given) -> Wrong:
    """Misconceptions about joining axes."""
    lengths, start, end = given["shape"], given["start_dim"], given["end_dim"]
    joined, after = lengths[start : end + 1], lengths[end + 1 :]
    total = math.prod(joined)
    if start > 0:
        yield "batch-merged", (math.prod(lengths[: end + 1]), *after)
        yield "no-batch", (*lengths[1:start], total, *after)
    yield "lengths-added", (*lengths[:start], sum(joined), *after)
    if len(joined) > 1:
        yield "channels-forgotten", (*lengths[:start], math.prod(joined[1:]), *after)
        yield "channels-kept-apart", (*lengths[: start + 1], math.prod(joined[1:]), *after)
    if len(joined) > 2:
        yield "one-side", (*lengths[:start], math.prod(joined[:-1]), *after)
    yield "unchanged", lengths


def linear(given: Given) -> Wrong:
    """Misconceptions about (N, out_features)."""
    lengths, outs = given["input"], given["out_features"]
    yield "features-kept", lengths
    yield "in-out-swapped", (outs, *lengths[:-1])
    yield "weight-shape", (outs, lengths[-1])
    yield "no-batch", (*lengths[1:-1], outs)
    yield "features-appended", (*lengths, outs)
    yield "features-multiplied", (*lengths[:-1], lengths[-1] * outs)
