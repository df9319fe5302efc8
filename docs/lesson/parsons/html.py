"""The puzzles as HTML: mixed lines and a folded answer, which need no script."""

import json
from html import escape
from typing import Any

from lesson.mastery.parts import title_of
from lesson.parsons import PUZZLES, WORDS, code


def puzzles(lang: str) -> str:
    """Return the element with every puzzle; its script shows one at a time."""
    data = [
        {
            "id": puzzle["id"],
            "title": puzzle["title"][lang],
            "lines": puzzle["lines"],
            "result": puzzle["result"],
            **_lesson(puzzle["lesson"], lang),
        }
        for puzzle in PUZZLES
    ]
    still = "".join(_still(puzzle, lang) for puzzle in PUZZLES)
    return (
        f'<cnn-parsons data-words="{_json(WORDS[lang])}" data-puzzles="{_json(data)}">'
        f'<div class="cnn-parsons__still" data-search-exclude="true">'
        f"<p>{escape(WORDS[lang]['noScript'])}</p>{still}</div></cnn-parsons>"
    )


def _still(puzzle: dict[str, Any], lang: str) -> str:
    """Return a puzzle's lines in the order of the alphabet, and its answer, folded."""
    lines = "".join(f"<li><code>{escape(line)}</code></li>" for line in sorted(puzzle["lines"]))
    return (
        f"<section><p><b>{escape(puzzle['title'][lang])}</b></p><ul>{lines}</ul>"
        f"<details><summary>{WORDS[lang]['fold']}</summary>"
        f"<pre><code>{escape(code(puzzle['lines']))}</code></pre></details></section>"
    )


def _lesson(lesson: str, lang: str) -> dict[str, str]:
    page, anchor = lesson.split("#")
    return {"lesson": title_of(page, lang), "href": f"../{page.removesuffix('.md')}/#{anchor}"}


def _json(value: object) -> str:
    return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
