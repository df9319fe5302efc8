"""Every word of the worksheet and of the grading page, in Korean and English."""

import json
from pathlib import Path

_WORDS = json.loads(Path(__file__).with_name("labels.json").read_text(encoding="utf-8"))
WORDS = _WORDS["worksheet"]
GRADING = _WORDS["grading"]
