"""Read one handed-in JSON file: strictly, within limits, and never trusting its text."""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lesson.homework.labels import GRADING
from lesson.homework.variant import fnv1a, normalise, variant

FORMAT = "cnnlib-homework-1"
LARGEST = 65536  # bytes; a full worksheet takes about 4,000
LIMITS = {"name": 60, "number": 40, "date": 20, "working": 2000, "reply": 80, "blanks": 80}


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


@dataclass(frozen=True)
class HandIn:
    """One hand-in, with what is doubtful about it."""

    number: str
    name: str
    date: str
    steps: tuple[Answered, ...]
    doubts: tuple[str, ...]  # of: tampered, other-network


def seal(fields: list[str]) -> str:
    """Return the checksum that the worksheet writes over every field.

    It shows an accidental or careless edit. It is no signature: whoever reads this function can
    compute it too.
    """
    data = "\x1f".join(fields).encode()
    return f"{fnv1a(data):08x}{fnv1a(data[::-1]):08x}"


def read_file(path: Path) -> HandIn:
    """Return the hand-in in the file `path`, or raise Unreadable with the reason."""
    if path.is_symlink():
        raise Unreadable("link")
    if not path.is_file():
        raise Unreadable("no-file")
    if path.suffix.lower() != ".json":
        raise Unreadable("suffix")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable("closed", why=error.strerror) from None
    return read(data)


def read(data: bytes) -> HandIn:
    """Return the hand-in in the bytes of a file, or raise Unreadable with the reason."""
    if len(data) > LARGEST:
        raise Unreadable("large", most=LARGEST)
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise Unreadable("no-utf8") from None
    except (ValueError, RecursionError):
        raise Unreadable("no-json") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Unreadable("foreign")
    number, name, date = (_text(content, key) for key in ("number", "name", "date"))
    try:
        normal = normalise(number)
    except ValueError:
        raise Unreadable("number") from None
    network = variant(normal)
    answered = _steps(content.get("steps"), [layer.name for layer in network.layers])
    doubts = []
    if content.get("network") != json.loads(json.dumps(asdict(network))):
        doubts.append("other-network")
    if content.get("seal") != seal(fields(number, name, date, answered)):
        doubts.append("tampered")
    return HandIn(normal, name, date, answered, tuple(doubts))


def fields(number: str, name: str, date: str, answered: tuple[Answered, ...]) -> list[str]:
    """Return everything that the seal covers, in order."""
    rows = [str(value) for step in answered for value in asdict(step).values()]
    return [FORMAT, number, name, date, *rows]


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
    whole = value.is_integer() if isinstance(value, float) else isinstance(value, int)
    if isinstance(value, bool) or not whole:
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
    kept = (" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return re.sub(" +", " ", "".join(kept)).strip()
