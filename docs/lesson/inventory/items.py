"""The items of the inventory: a question, the right answer, and three that a mistake gives."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lesson import misconception
from lesson.exercise.kinds import KINDS
from lesson.mastery import SKILLS

FORMS = ("A", "B")
LETTERS = "abcd"
ITEMS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("items.json").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Choice:
    """An answer to choose, and the mistake that gives it; the right one has none."""

    value: Any
    mistake: str | None

    @property
    def text(self) -> str:
        """Return the answer as it is read: 12, 6.5 or (4, 8, 10, 13)."""
        return str(tuple(self.value) if isinstance(self.value, list | tuple) else self.value)


@dataclass(frozen=True)
class Item:
    """One question of a form."""

    id: str
    given: dict[str, Any]
    ask: dict[str, str]
    measures: dict[str, str]
    choices: tuple[Choice, ...]

    @property
    def right(self) -> int:
        """Return the place of the right answer."""
        return [choice.mistake for choice in self.choices].index(None)


def items(form: str) -> list[Item]:
    """Return the items of a form; the right answers stand in each place equally often.

    Examples
    --------
    >>> from lesson.inventory.items import items
    >>> item = items("A")[3]
    >>> item.ask["en"]
    'An input 14 wide is convolved with `kernel_size=4`, stride 1 and no padding. How wide is the output?'
    >>> [(choice.text, choice.mistake) for choice in item.choices]
    [('10', 'no-plus-one'), ('14', 'unchanged'), ('17', 'added'), ('11', None)]
    """  # noqa: E501  (a question is one line)
    shift = 2 * FORMS.index(form)
    return [_item(entry, form, (n + n // 4 + shift) % 4) for n, entry in enumerate(ITEMS)]


def _item(entry: dict[str, Any], form: str, place: int) -> Item:
    """Return an item whose right answer stands at `place`, the others in order of their values."""
    skill, given = SKILLS.get(entry.get("skill", ""), {}), entry[form]
    kind = KINDS[name := entry.get("kind") or skill["kind"]]
    checked = kind.check(given)
    answer = kind.answer(checked)
    found = misconception.find(name, checked, answer)
    choices = [Choice(_wrong(found, mistake), mistake) for mistake in entry["wrong"]]
    choices.sort(key=lambda choice: choice.value)
    choices.insert(place, Choice(answer, None))
    ask = {lang: _filled(text, given) for lang, text in (entry.get("ask") or skill["ask"]).items()}
    return Item(entry["id"], given, ask, entry["measures"], tuple(choices))


def _wrong(found: list[tuple[str, Any]], mistake: str) -> Any:
    """Return what a mistake gives: whole cells, where it gives a fraction of one too."""
    values = [wrong for name, wrong in found if name == mistake]
    return min(values, key=lambda value: isinstance(value, float))


def _filled(ask: str, given: dict[str, Any]) -> str:
    """Return a question with its numbers."""
    size = given.get("input", [0, 0])
    more = {"channels": size[1], "features": size[-1]} if isinstance(size, list) else {}
    return ask.format(**{name: _said(value) for name, value in {**given, **more}.items()})


def _said(value: Any) -> str:
    if isinstance(value, list) and isinstance(value[0], list):
        return ", ".join(_said(part) for part in value)
    return f"({', '.join(map(str, value))})" if isinstance(value, list) else str(value)
