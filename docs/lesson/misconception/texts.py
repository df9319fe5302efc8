"""The misconceptions in words, Korean and English: what was done, and what to do instead."""

import json
from pathlib import Path

TEXTS: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("texts.json").read_text(encoding="utf-8")
)
"""For each name, the sentences in each language."""
