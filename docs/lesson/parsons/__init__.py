"""Code whose lines are out of order, to be put right: Parsons problems.

puzzles.json  the lines in one right order, what they start from and what they must make
words.json    what the element says, in both languages
html.py       the element as it stands without a script

What follows a ``for`` stands inside it, so that the order alone decides the indentation. The script
(`theme/cnn/parsons`) judges by what a line makes and uses; a test runs every order of every puzzle
and compares: right is what gives the right result, and nothing else.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def _read(name: str) -> Any:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


PUZZLES: list[dict[str, Any]] = _read("puzzles.json")
WORDS: dict[str, dict[str, str]] = _read("words.json")


def code(lines: Sequence[str]) -> str:
    """Return lines as code: what follows a ``for`` stands inside it.

    Examples
    --------
    >>> from lesson.parsons import code
    >>> print(code(["y = 0", "for i in range(3):", "y += i"]))
    y = 0
    for i in range(3):
        y += i
    """
    depth, found = 0, []
    for line in lines:
        found.append("    " * depth + line)
        depth += line.startswith("for ")
    return "\n".join(found)
