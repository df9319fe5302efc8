"""Misconceptions about gradients and about the size of a transposed convolution."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from lesson.exercise.backward import pairs, transposed_size
from lesson.misconception.shapes import law

Given = dict[str, Any]
Wrong = Iterator[tuple[str, Any]]
AXIS: tuple[tuple[str, Callable[..., int]], ...] = (
    ("forward-law", lambda n, k, s, p, e, d: law(n, k, s, p, d)),
    ("size-times-stride", lambda n, k, s, p, e, d: n * s),
    ("padding-grows", lambda n, k, s, p, e, d: (n - 1) * s + 2 * p + d * (k - 1) + e + 1),
    ("padding-cut-once", lambda n, k, s, p, e, d: (n - 1) * s - p + d * (k - 1) + e + 1),
    (
        "output-padding-twice",
        lambda n, k, s, p, e, d: (n - 1) * s - 2 * p + d * (k - 1) + 2 * e + 1,
    ),
    ("output-padding-ignored", lambda n, k, s, p, e, d: (n - 1) * s - 2 * p + d * (k - 1) + 1),
    ("moves-as-cells", lambda n, k, s, p, e, d: n * s - 2 * p + d * (k - 1) + e + 1),
    ("no-overlap", lambda n, k, s, p, e, d: n * (d * (k - 1) + 1) - 2 * p + e),
)
"""Name, and the size of one axis as the misconception has it."""


def size(given: Given) -> Wrong:
    """Misconceptions about the size after a transposed convolution."""
    names = ("input", "kernel_size", "stride", "padding", "output_padding", "dilation")
    rows = list(zip(*(given[name] for name in names), strict=True))
    right = transposed_size(given)
    for name, axis in AXIS:
        sizes = tuple(axis(*row) for row in rows)
        wrong = sizes if isinstance(right, tuple) else sizes[0]
        if min(sizes) > 0:
            yield name, wrong


def cell(given: Given) -> Wrong:
    """Misconceptions about one number of a gradient."""
    right = pairs(given)
    turned = {**given, "grad_output": given["grad_output"][::-1, ::-1]}
    if given["wrt"] == "input":
        yield "gradient-not-turned", _sum(_unturned(given))
    else:
        yield "gradient-turned", _sum(pairs(turned))
    if max(given["stride"]) > 1:
        yield "gradient-not-spread", _sum(pairs({**given, "stride": (1, 1)}))
    yield "gradient-one-window", _plain(right[0][0] * right[0][1]) if right else 0
    yield "gradient-not-weighted", _plain(sum(grad for grad, _ in right))
    yield "gradient-mean", _plain(_sum(right) / len(right)) if right else 0


def _unturned(given: Given) -> list[tuple[float, float]]:
    """Return the products of a window whose filter was not turned."""
    weight = {**given, "weight": given["weight"][::-1, ::-1]}
    return pairs(weight)


def _sum(found: list[tuple[float, float]]) -> int | float:
    return _plain(float(np.sum([a * b for a, b in found])))


def _plain(value: float) -> int | float:
    """Return a number as a reader would type it."""
    return int(value) if value == int(value) else round(float(value), 4)
