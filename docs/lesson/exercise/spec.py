"""Read an `exercise` fence: its keys, strictly, into an Exercise with a computed answer."""

import re
from dataclasses import dataclass, field
from typing import Any

from lesson.exercise.given import flag
from lesson.exercise.kinds import KINDS, Answer
from lesson.exercise.worked import WORKED
from lesson.exercise.writing import Worked
from lesson.fences.reader import parse

COMMON = ("id", "kind", "ask", "predict", "explain")


@dataclass(frozen=True)
class Option:
    """One line to choose, and why it is right or wrong."""

    text: str
    why: str
    correct: bool


@dataclass(frozen=True)
class Exercise:
    """A question whose answer cnnlib has computed."""

    id: str
    kind: str
    lang: str
    ask: str
    predict: bool
    explain: str
    answer: Answer = None
    given: dict[str, Any] = field(default_factory=dict)
    worked: Worked | None = None
    options: tuple[Option, ...] = ()

    @property
    def form(self) -> str:
        """What the reader fills in: number, shape, grid or choice."""
        if self.kind == "choice":
            return "choice"
        return {tuple: "shape", list: "grid"}.get(type(self.answer), "number")


def read(source: str, lang: str) -> Exercise:
    """Return the exercise that the YAML text `source` describes.

    Raises
    ------
    ValueError
        The text is not YAML, a name is unknown or missing, or a value does not fit; the message
        says which and why.
    """
    return check(parse(source), lang)


def check(spec: dict[str, Any], lang: str) -> Exercise:
    """Return the exercise of a fence's keys, as `parse` has read them."""
    kind = spec.get("kind")
    if not isinstance(kind, str) or kind not in (*KINDS, "choice"):
        raise ValueError(f"`kind` must be one of {', '.join([*KINDS, 'choice'])}, got {kind!r}")
    own = "options" if kind == "choice" else "given"
    unknown = sorted(map(str, set(spec) - {*COMMON, own}))
    if unknown:
        names = ", ".join([*COMMON, own])
        raise ValueError(
            f"an exercise of kind {kind} has unknown {', '.join(unknown)}; it may have {names}"
        )
    common = {
        "id": _identifier(spec.get("id")),
        "kind": kind,
        "lang": lang,
        "ask": _text("ask", spec.get("ask")),
        "predict": flag("predict", spec.get("predict", False)),
        "explain": _text("explain", spec["explain"]) if "explain" in spec else "",
    }
    if kind == "choice":
        return Exercise(**common, options=_options(spec.get("options")))
    checked = KINDS[kind].check(spec.get("given"))
    answer, worked = KINDS[kind].answer(checked), WORKED[kind](checked, lang)
    return Exercise(**common, given=checked, answer=answer, worked=worked)


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9-]*", value):
        raise ValueError(f"`id` must be lower-case letters, digits and hyphens, got {value!r}")
    return value


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"`{name}` must be a text, got {value!r}")
    return value.strip()


def _options(options: Any) -> tuple[Option, ...]:
    if not isinstance(options, list) or len(options) < 2:
        raise ValueError(f"`options` must list at least two options, got {options!r}")
    rows = []
    for i, option in enumerate(options):
        if not isinstance(option, dict) or not set(option) <= {"text", "why", "correct"}:
            raise ValueError(
                f"`options[{i}]` must have text, why and perhaps correct: true, got {option!r}"
            )
        rows.append(
            Option(
                _text(f"options[{i}].text", str(option.get("text", ""))),
                _text(f"options[{i}].why", option.get("why")),
                flag(f"options[{i}].correct", option.get("correct", False)),
            )
        )
    if sum(row.correct for row in rows) != 1:
        right = sum(row.correct for row in rows)
        raise ValueError(f"exactly one option must have correct: true, got {right}")
    return tuple(rows)
