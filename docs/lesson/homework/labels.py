"""Every word of the worksheet and of the grading page, in Korean and English."""

import json
from pathlib import Path

from lesson.misconception import TEXTS


def _read(name: str) -> dict:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


_WORDS = _read("labels.json")
WORDS = _WORDS["worksheet"]
GRADING = _WORDS["grading"]
MAKING = _WORDS["assignment"]
PACKAGE = _WORDS["scorm"]
_MISTAKES = _read("mistakes.json")
MISTAKES = {name: entry["name"] for name, entry in _MISTAKES.items()}
"""Every misconception that a step of any network can have, with its short name."""
WHY = {name: entry.get("why") or TEXTS[name] for name, entry in _MISTAKES.items()}
"""What is said to the student who has it."""
