"""What each misconception would have answered, and how to put it right.

A wrong answer is met with the misconception that gives it, found by computing them all.
"""

from collections.abc import Callable, Iterator
from typing import Any

from lesson.misconception import arrays, backward, counts, shapes
from lesson.misconception.texts import TEXTS

__all__ = ["TEXTS", "diagnose", "find"]

Given = dict[str, Any]
Wrong = Iterator[tuple[str, Any]]

FINDERS: dict[str, Callable[[Given], Wrong]] = {
    "output-size": shapes.output_size,
    "output-shape": shapes.output_shape,
    "weight-shape": shapes.weight_shape,
    "flatten": shapes.flatten,
    "linear-shape": shapes.linear,
    "parameters": counts.parameters,
    "multiply-adds": counts.multiply_adds,
    "receptive-field": counts.receptive_field,
    "inner-product": arrays.inner_product,
    "cell": arrays.cell,
    "output": arrays.output,
    "transposed-size": backward.size,
    "gradient-cell": backward.cell,
}


def find(kind: str, given: Given, answer: Any) -> list[tuple[str, Any]]:
    """Return (name, wrong answer) for every misconception that can be told from `answer`."""
    found: list[tuple[str, Any]] = []
    for name, wrong in FINDERS[kind](given):
        if wrong != answer and (name, wrong) not in found:
            found.append((name, wrong))
    return found


def diagnose(kind: str, given: Given, answer: Any, reply: Any) -> list[str]:
    """Return the names of the misconceptions that would have given `reply`, likeliest first."""
    return [name for name, wrong in find(kind, given, answer) if wrong == reply]
