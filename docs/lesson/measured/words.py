"""The measured sentences in both languages: a text, and an ending for each verdict."""

import json
from pathlib import Path

WORDS = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
