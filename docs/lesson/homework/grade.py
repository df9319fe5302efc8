"""Grade a folder of handed-in files: a row for each student, a reason for each broken file."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lesson.homework.check import EMPTY, RIGHT, Verdict, check
from lesson.homework.handin import HandIn, Unreadable, printable, read_file
from lesson.homework.labels import GRADING
from lesson.homework.steps import steps
from lesson.homework.variant import variant

COLUMNS = ("conv1", "pool", "conv2", "flatten", "fc1", "fc2")
HEAD = ("file", "number", "name", "date", "score", "of", *COLUMNS, "hints", "checks", "notes")


@dataclass(frozen=True)
class Graded:
    """One file, graded."""

    file: str
    handin: HandIn
    verdicts: dict[str, Verdict]
    notes: tuple[str, ...]

    @property
    def score(self) -> float:
        """Points: one for a right step, a half for one carried on from an earlier mistake."""
        return sum(verdict.points for verdict in self.verdicts.values())

    def row(self, lang: str = "en") -> list[str]:
        """Return the columns of `HEAD`, what was found in a language of the pages."""
        noted = GRADING[lang]["notes"]
        replies = {step.name: step.reply for step in self.handin.steps}
        cells = [
            describe(self.verdicts[name], replies[name], lang) if name in replies else "-"
            for name in COLUMNS
        ]
        totals = (
            sum(step.hints for step in self.handin.steps),
            sum(step.checks for step in self.handin.steps),
        )
        student = map(
            printable, (self.file, self.handin.number, self.handin.name, self.handin.date)
        )
        score = (f"{self.score:g}", str(len(self.verdicts)))
        notes = ", ".join(noted.get(note, note) for note in self.notes)
        return [*student, *score, *cells, *map(str, totals), notes]


def describe(verdict: Verdict, reply: str, lang: str = "en") -> str:
    """Return a verdict in a few words: the state, or the misconceptions and the reply."""
    words = GRADING[lang]
    state = words["states"][verdict.state]
    if verdict.state in (RIGHT, EMPTY):
        return state
    why = f" {words['or']} ".join(verdict.misconceptions) or state
    return f"{why}: {printable(reply)}"


def grade(handin: HandIn) -> dict[str, Verdict]:
    """Return the verdict on each step."""
    verdicts, earlier = {}, None
    for step, answered in zip(steps(variant(handin.number)), handin.steps, strict=True):
        verdicts[step.layer.name] = check(step, answered.reply, earlier)
        earlier = answered.reply
    return verdicts


def grade_folder(folder: Path) -> tuple[list[Graded], list[tuple[str, Unreadable]]]:
    """Return the graded files by number, and (file, reason) for those that cannot be graded."""
    handins, broken = {}, []
    for path in sorted(folder.iterdir()):
        try:
            handins[path.name] = read_file(path)
        except Unreadable as error:
            broken.append((printable(path.name), error))
    times = Counter(handin.number for handin in handins.values())
    graded = [
        Graded(file, handin, grade(handin), _notes(handin, times[handin.number]))
        for file, handin in handins.items()
    ]
    return sorted(graded, key=lambda row: (row.handin.number, row.file)), broken


def _notes(handin: HandIn, times: int) -> tuple[str, ...]:
    lecture = () if handin.number else ("no number",)
    return (*handin.doubts, *(("duplicate",) if times > 1 and handin.number else ()), *lecture)


def as_csv(graded: Iterable[Graded]) -> str:
    """Return the table as CSV that a spreadsheet opens without running any cell as a formula.

    Columns and marks are the same in every language, so that other programs can read them.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows([harmless(cell) for cell in row.row()] for row in graded)
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return `cell` with a quote in front where a spreadsheet would run it.

    Examples
    --------
    >>> from lesson.homework.grade import harmless
    >>> harmless("=1+1"), harmless("conv1")
    ("'=1+1", 'conv1')
    """
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell != "-" else cell


def as_table(graded: Iterable[Graded], lang: str = "ko") -> str:
    """Return the table in aligned columns, in a language of the pages."""
    columns = GRADING[lang]["columns"]
    rows = [[columns.get(key, key) for key in HEAD], *(row.row(lang) for row in graded)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    """Columns in a terminal: Hangul takes two."""
    return sum(2 if "\u1100" <= c <= "\uffdc" else 1 for c in text)
