"""Read one handed-in JSON file: strictly, within limits, and never trusting its text."""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from lesson.homework.assignment import Assignment
from lesson.homework.assignment import read as read_assignment
from lesson.homework.labels import GRADING
from lesson.homework.steps import Step
from lesson.homework.variant import fnv1a, normalise

FORMAT = "cnnlib-homework-2"
ASSIGNMENT_FORMAT = "cnnlib-assignment-1"
LARGEST = 65536  # bytes; a full worksheet takes about 4,000
DEEPEST = 32  # brackets inside each other
LIMITS = {
    "assignment": 400,
    "name": 60,
    "number": 40,
    "date": 20,
    "working": 2000,
    "reply": 80,
    "blanks": 80,
    "first": 10,
}
UNPRINTABLE = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\ud800-\uf8ff\ufeff\ufff9-\uffff\U000e0000-\U0010ffff]+"
)
"""Blanks, controls, marks of direction, surrogates, private use. A list, since what a character is
depends on the age of the Unicode tables, which differ between a Python and a browser."""


class Unreadable(ValueError):
    """A file that cannot be graded; the message is the reason."""

    def __init__(self, reason: str, **details: object) -> None:
        self.reason, self.details = reason, details
        super().__init__(self.said("en"))

    def said(self, lang: str) -> str:
        """Return the reason in a language of the pages."""
        return GRADING[lang]["reasons"][self.reason].format(**self.details)


@dataclass(frozen=True)
class Answered:
    """What a student handed in for one step."""

    name: str
    reply: str
    working: str
    blanks: str
    hints: int
    checks: int
    first: str  # what the first check said


@dataclass(frozen=True)
class HandIn:
    """One hand-in, with what is doubtful about it."""

    assignment: Assignment
    number: str  # as it was typed
    name: str
    date: str
    asked: list[Step]
    steps: tuple[Answered, ...]
    doubts: tuple[str, ...]  # of: tampered, other-network

    @property
    def key(self) -> str:
        """The number in the one spelling that tells students apart; empty without one."""
        try:
            return normalise(self.number)
        except ValueError:
            return printable(unicodedata.normalize("NFKC", self.number)).upper()


def seal(fields: list[str]) -> str:
    """Return the checksum that the worksheet writes over every field.

    It shows an accidental or careless edit. It is no signature: whoever reads this function can
    compute it too.
    """
    data = "\x1f".join(fields).encode()
    return f"{fnv1a(data):08x}{fnv1a(data[::-1]):08x}"


def read(data: bytes) -> HandIn:
    """Return the hand-in in the bytes of a file, or raise Unreadable with the reason."""
    content = parsed(data)
    if content.get("format") != FORMAT:
        raise Unreadable("foreign")
    text, number, name, date = (
        _text(content, key) for key in ("assignment", "number", "name", "date")
    )
    try:
        assignment = read_assignment(text)
    except ValueError:
        raise Unreadable("assignment") from None
    try:
        if assignment.by_number and not normalise(number):
            raise Unreadable("number")
        network = assignment.network_of(number)
    except ValueError:
        raise Unreadable("number") from None
    asked = assignment.steps_of(number)
    answered = _steps(content.get("steps"), [step.layer.name for step in asked])
    doubts = []
    if content.get("network") != json.loads(json.dumps(asdict(network))):
        doubts.append("other-network")
    if content.get("seal") != seal(fields(text, number, name, date, answered)):
        doubts.append("tampered")
    return HandIn(assignment, number, name, date, asked, answered, tuple(doubts))


def parsed(data: bytes) -> dict[str, Any]:
    """Return the object in a JSON file, read as the browser reads it, or raise Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable("large", most=LARGEST)
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("no-utf8") from None
    if _too_deep(source):
        raise Unreadable("deep", most=DEEPEST)
    try:
        content = json.loads(source, parse_constant=_refuse, parse_int=float)
    except ValueError:
        raise Unreadable("no-json") from None
    if not isinstance(content, dict):
        raise Unreadable("foreign")
    return content


def _too_deep(source: str) -> bool:
    """Whether brackets outside of strings go deeper than any hand-in."""
    depth = 0
    for mark in re.findall(r"[\[\]{}]", re.sub(r'"(?:[^"\\]|\\.)*"', "", source, flags=re.DOTALL)):
        depth += 1 if mark in "[{" else -1
        if depth > DEEPEST:
            return True
    return False


def fields(
    text: str, number: str, name: str, date: str, answered: tuple[Answered, ...]
) -> list[str]:
    """Return everything that the seal covers, in order."""
    rows = [str(value) for step in answered for value in asdict(step).values()]
    return [FORMAT, text, number, name, date, *rows]


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _text(mapping: dict[str, Any], key: str) -> str:
    value = mapping.get(key)
    if not isinstance(value, str):
        raise Unreadable("no-text", key=key)
    if len(value) > LIMITS[key]:
        raise Unreadable("long", key=key, most=LIMITS[key])
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Unreadable("no-characters", key=key) from None
    return value


def _count(mapping: dict[str, Any], key: str) -> int:
    value = mapping.get(key)
    if not isinstance(value, float) or not value.is_integer():
        raise Unreadable("no-count", key=key)
    if not 0 <= value <= 9999:
        raise Unreadable("range", key=key)
    return int(value)


def _steps(rows: Any, names: list[str]) -> tuple[Answered, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable("no-steps")
    if [row.get("name") for row in rows] != names:
        raise Unreadable("other-steps", names=", ".join(names))
    texts = ("reply", "working", "blanks")
    return tuple(
        Answered(
            name,
            *(_text(row, key) for key in texts),
            *(_count(row, key) for key in ("hints", "checks")),
            _text(row, "first"),
        )
        for name, row in zip(names, rows, strict=True)
    )


def printable(text: str) -> str:
    """Return `text` on one line without control, direction or escape characters.

    Examples
    --------
    >>> from lesson.homework.handin import printable
    >>> printable("a\\x1b[31mb\\nc")
    'a [31mb c'
    """
    return UNPRINTABLE.sub(" ", text).strip(" ")
