"""The laws of `laws.json` for given numbers: each step's text with the numbers, and its value."""

import math
import re
from typing import Any

from cnnlib.shape import conv_output_size
from lesson.mastery import LAWS

Given = dict[str, Any]
SIGNS = {"*": "·", "-": "−"}


def steps(law: str, letters: dict[str, int]) -> list[tuple[str, str, int]]:
    """Return (name, expression with its numbers, value) of each step.

    Examples
    --------
    >>> from lesson.mastery.laws import steps
    >>> for step in steps("pool-size", {"H": 9, "K": 2, "S": 2, "P": 0}):
    ...     print(step)
    ('padded', '9 + 2 · 0', 9)
    ('moves', '⌊(9 − 2) / 2⌋', 3)
    ('size', '3 + 1', 4)
    """
    known: dict[str, Any] = dict(letters)
    found = []
    for name, expression in LAWS[law]["steps"]:
        known[name] = int(eval(expression, {"floor": math.floor}, known))
        found.append((name, filled(expression, known), known[name]))
    return found


def filled(expression: str, known: dict[str, int]) -> str:
    """Return an expression with numbers for its names, in the signs that readers know."""
    text = re.sub(r"floor\((.*)\)$", r"⌊\1⌋", expression)
    text = re.sub(r"[A-Za-z]\w*", lambda word: str(known[word[0]]), text)
    return re.sub(r"[*-](?= )", lambda sign: SIGNS[sign[0]], text)


def letters(law: str, given: Given) -> list[dict[str, int]]:
    """Return the letters of a law for an exercise's `given`, once for each axis that it works."""
    if law in ("conv-size", "pool-size"):
        size = given["input"]
        window = {
            "K": given["kernel_size"],
            "S": given.get("stride", given["kernel_size"] if given.get("pool") else 1),
            "P": given.get("padding", 0),
            "D": given.get("dilation", 1),
        }
        return [{"H": n, **window} for n in (size[2:] if isinstance(size, list) else [size])]
    return [ONE[law](given)]


def _field(given: Given) -> dict[str, int]:
    sizes = {f"K{i + 1}": layer[0] for i, layer in enumerate(given["layers"])}
    return sizes | {f"S{i + 1}": layer[1] for i, layer in enumerate(given["layers"])}


def _work(given: Given) -> dict[str, int]:
    batch, channels, *sizes = given["input"]
    kernel, pad = given["kernel_size"], given["padding"]
    height, width = (conv_output_size(size, kernel, padding=pad) for size in sizes)
    return {
        "C": channels,
        "G": 1,
        "K": kernel,
        "N": batch,
        "O": given["out_channels"],
        "HO": height,
        "WO": width,
    }


ONE = {
    "transposed-size": lambda given: {
        "H": given["input"],
        "K": given["kernel_size"],
        "S": given["stride"],
        "P": given["padding"],
        "E": given["output_padding"],
        "D": 1,
    },
    "receptive-field": _field,
    "conv-parameters": lambda given: {
        "C": given["in_channels"],
        "G": 1,
        "K": given["kernel_size"],
        "O": given["out_channels"],
    },
    "linear-parameters": lambda given: {"I": given["in_features"], "O": given["out_features"]},
    "multiply-adds": _work,
    "filter-depth": lambda given: {"C": given["in_channels"], "G": given["groups"]},
    "flat-features": lambda given: dict(zip("CHW", given["shape"][1:], strict=True)),
}
"""The letters of the laws that work one thing."""
