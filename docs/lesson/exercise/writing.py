"""Write numbers, shapes and matrices for a worked line: Markdown with `$TeX$`."""

from dataclasses import dataclass
from typing import Any

import numpy as np

LETTERS = {1: "W", 2: "HW", 3: "DHW"}  # as the pages write them: H_out, W_in


@dataclass(frozen=True)
class Line:
    """Numbers filled in, and what they come to; `steps` is empty when there is no more."""

    filled: str
    steps: str = ""


@dataclass(frozen=True)
class Worked:
    """The law in words and symbols, then the lines that apply it."""

    law: str
    lines: tuple[Line, ...]


def number(value: float) -> str:
    """Write a number for prose: no trailing zeros, a real minus sign."""
    return f"{value:.10g}".replace("-", "−")


def factor(value: float) -> str:
    """Write a number for a product: negative ones in parentheses."""
    return f"({number(value)})" if value < 0 else number(value)


def tuple_text(lengths: tuple[int, ...]) -> str:
    """Write a shape as Python does, in code style."""
    return f"`{tuple(lengths)}`"


def product(values: Any) -> str:
    """Write a product in TeX."""
    return r" \cdot ".join(str(v) for v in values)


def sum_of_products(a: np.ndarray, b: np.ndarray) -> str:
    """Write the inner product of two arrays term by term."""
    pairs = zip(a.ravel().tolist(), b.ravel().tolist(), strict=True)
    return " + ".join(f"{factor(x)}·{factor(y)}" for x, y in pairs)


def matrix(array: np.ndarray) -> str:
    """Write a matrix, or a row of numbers, in TeX."""
    rows = np.atleast_2d(array).tolist()
    body = r" \\ ".join(" & ".join(f"{v:.10g}" for v in row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def out(letter: str) -> str:
    """Write the size of the output along an axis."""
    return rf"{letter}_{{\text{{out}}}}"


def into(letter: str) -> str:
    """Write the size of the input along an axis."""
    return rf"{letter}_{{\text{{in}}}}"
