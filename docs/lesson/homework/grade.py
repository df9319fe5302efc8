"""Grade the files of a class: a row for each hand-in, a reason for each file that is none.

The grading page does the same (docs/theme/cnn/homework/grade.js), to the byte.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lesson.homework import assignment as assignments
from lesson.homework.archive import Entry
from lesson.homework.check import EMPTY, REPEATED, RIGHT, Verdict, check
from lesson.homework.handin import (
    ASSIGNMENT_FORMAT,
    HandIn,
    Unreadable,
    parsed,
    printable,
    read,
)
from lesson.homework.labels import GRADING, MISTAKES

COLUMNS = ("conv1", "pool", "conv2", "flatten", "fc1", "fc2")
"""The steps of the lecture's network and of those by number; a class's own come after them."""
HEAD = ("number", "name", "score", "of", *COLUMNS, "hints", "checks", "notes", "date", "file")
UNCOUNTED = "superseded"


@dataclass(frozen=True)
class Graded:
    """One file, graded."""

    file: str
    handin: HandIn
    verdicts: dict[str, Verdict]
    notes: tuple[str, ...] = ()

    @property
    def worth(self) -> dict[str, int]:
        """The points of each step that was asked."""
        network = self.handin.assignment.network_of(self.handin.number)
        points = self.handin.assignment.worth(network)
        return {name: points[name] for name in self.verdicts}

    @property
    def score(self) -> float:
        """Points: all for a right step, half for one carried on from an earlier mistake."""
        worth = self.worth
        return sum(worth[name] * verdict.points for name, verdict in self.verdicts.items())

    @property
    def most(self) -> int:
        """The points that could be had."""
        return sum(self.worth.values())

    @property
    def counted(self) -> bool:
        """Whether this is the file that counts for its student."""
        return UNCOUNTED not in self.notes

    def row(self, columns: tuple[str, ...] = COLUMNS, lang: str = "") -> list[str]:
        """Return the table's row, in a language of the pages or in the CSV's own marks."""
        noted = GRADING[lang]["notes"] if lang else {}
        replies = {step.name: step.reply for step in self.handin.steps}
        cells = [
            describe(self.verdicts[name], replies[name], lang) if name in replies else "-"
            for name in columns
        ]
        totals = [
            sum(getattr(step, key) for step in self.handin.steps) for key in ("hints", "checks")
        ]
        notes = ", ".join(noted.get(note, note) for note in self.notes)
        return [
            printable(self.handin.number),
            printable(self.handin.name),
            f"{self.score:g}",
            str(self.most),
            *cells,
            *map(str, totals),
            notes,
            printable(self.handin.date),
            printable(self.file),
        ]


@dataclass(frozen=True)
class Class:
    """A class, graded: rows by number, files that are none of them, the lecturer's assignment."""

    graded: list[Graded]
    broken: list[tuple[str, Unreadable]] = field(default_factory=list)
    expected: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The steps that the table has a column for."""
        own = [row for row in self.graded if row.handin.assignment.lang]
        first = () if own and len(own) == len(self.graded) else COLUMNS
        return tuple(dict.fromkeys([*first, *(name for row in own for name in row.verdicts)]))

    @property
    def head(self) -> tuple[str, ...]:
        """The names of the table's columns."""
        at = len(COLUMNS) + 4
        return (*HEAD[:4], *self.columns, *HEAD[at:])


def describe(verdict: Verdict, reply: str, lang: str = "") -> str:
    """Return a verdict in a few words: the state, or the misconceptions and the reply."""
    words = GRADING[lang or "en"]
    state = words["states"][verdict.state]
    if verdict.state in (RIGHT, EMPTY):
        return state
    names = [MISTAKES[name][lang] if lang else name for name in verdict.misconceptions]
    why = f" {words['or']} ".join(names) or state
    if verdict.state == REPEATED:
        why = f"{state} ({why})"
    return f"{why}: {printable(reply)}"


def grade(handin: HandIn) -> dict[str, Verdict]:
    """Return the verdict on each step that was asked."""
    verdicts, earlier = {}, None
    for step, answered in zip(handin.asked, handin.steps, strict=True):
        verdicts[step.layer.name] = check(step, answered.reply, earlier)
        earlier = answered.reply
    return verdicts


def order(text: str) -> bytes:
    """Return the key that sorts text as a browser does, by UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")


def grade_class(entries: Iterable[Entry]) -> Class:
    """Grade files by their content: a file that comes twice is one file.

    Of several files of one student for one assignment the latest counts, by the date in it, and of
    one date the last by name; the others are shown and not counted.
    """
    listed = sorted(entries, key=lambda each: (order(each[0]), _bytes(each[1])))
    graded, broken, seen, expected = [], [], {}, ""
    for file, data in listed:
        try:
            if isinstance(data, Unreadable):
                raise data
            if data in seen:
                raise Unreadable("same", file=printable(seen[data]))
            seen[data] = file
            made = _assignment(data)
            if made:
                expected = made
                continue
            handin = read(data)
            graded.append(Graded(file, handin, grade(handin)))
        except Unreadable as reason:
            broken.append((printable(file), reason))
    groups: dict[tuple[str, str], list[Graded]] = {}
    for row in graded:
        groups.setdefault(_whose(row), []).append(row)
    rows = [replace(row, notes=_notes(row, groups[_whose(row)], expected)) for row in graded]
    rows.sort(key=lambda row: (order(row.handin.key), order(row.file)))
    return Class(rows, broken, expected)


def _bytes(data: bytes | Unreadable) -> bytes:
    return b"" if isinstance(data, Unreadable) else data


def _assignment(data: bytes) -> str:
    """Return the assignment in a lecturer's file, or nothing for any other file."""
    content = parsed(data)
    if content.get("format") != ASSIGNMENT_FORMAT:
        return ""
    text = content.get("assignment")
    try:
        return assignments.read(text if isinstance(text, str) else "").text
    except ValueError:
        raise Unreadable("assignment") from None


def _notes(row: Graded, group: list[Graded], expected: str) -> tuple[str, ...]:
    handin = row.handin
    notes = list(handin.doubts)
    if expected and handin.assignment.text != expected:
        notes.append("other-assignment")
    if handin.key and len(group) > 1:
        latest = max(group, key=lambda other: (order(other.handin.date), order(other.file)))
        notes.append("duplicate" if latest is row else UNCOUNTED)
    if not handin.key:
        notes.append("no-number")
    if not printable(handin.name):
        notes.append("no-name")
    return tuple(notes)


def _whose(row: Graded) -> tuple[str, str]:
    return row.handin.assignment.text, row.handin.key
