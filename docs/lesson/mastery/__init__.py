"""Checks of what a reader knows: drawn afresh each time, spaced, judged by the exercises' judge.

skills.json  what is asked for, which numbers are drawn, which mistakes must be told apart
laws.json    the laws as steps of arithmetic: worked answers, and answers that fade
words.json   what the elements say, in both languages
draw.py      a skill and a seed become an exercise; the browser makes the same one
laws.py      the steps of a law for given numbers
parts.py     which part of the course a skill belongs to: where its lesson stands in the menu
html.py      the elements as they stand without a script

The scripts are `docs/theme/cnn/mastery`; tests compare them with this room, seed by seed.
"""

import json
from pathlib import Path
from typing import Any


def _read(name: str) -> dict[str, Any]:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


SKILLS = _read("skills.json")
LAWS = _read("laws.json")
WORDS = _read("words.json")
