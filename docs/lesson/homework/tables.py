"""What a graded class is written as: the table, score sheets for two systems, item statistics."""

from collections import Counter
from collections.abc import Iterable

from lesson.homework.check import RIGHT
from lesson.homework.grade import Class, Graded
from lesson.homework.handin import printable
from lesson.homework.labels import GRADING, MISTAKES

BOM = "\ufeff"
TITLE = "Convolution homework"
"""The column of the score in Canvas."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
ITEMS = ("step", "students", "right", "share", "first", "misconceptions")


def full(graded: Class) -> str:
    """Return the whole table; columns and marks are the same in every language."""
    rows = [graded.head, *(row.row(graded.columns) for row in graded.graded)]
    return BOM + as_csv(rows)


def canvas(graded: Class) -> str:
    """Return a sheet for Canvas: its five columns for a student, the score, the points possible."""
    rows = counted(graded, with_number=True)
    most = max((row.most for row in rows), default=0)
    head = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", TITLE)
    lines = [
        (printable(r.handin.name), "", r.handin.key, r.handin.key, "", f"{r.score:g}") for r in rows
    ]
    return as_csv([head, ("    Points Possible", "", "", "", "", str(most)), *lines])


def moodle(graded: Class, lang: str = "ko") -> str:
    """Return a sheet for Moodle's import of grades, with what each step said as feedback."""
    lines = [
        (r.handin.key, printable(r.handin.name), f"{r.score:g}", _feedback(r, graded, lang))
        for r in counted(graded, with_number=True)
    ]
    return BOM + as_csv([("ID number", "Full name", "Grade", "Feedback"), *lines])


def items(graded: Class) -> str:
    """Return a line for each step: how many were right, at the first check too, what went wrong."""
    rows = [
        (
            step,
            *map(str, (students, right, share, first)),
            "; ".join(f"{name} {count}" for name, count in wrong),
        )
        for step, students, right, share, first, wrong in statistics(graded)
    ]
    return BOM + as_csv([ITEMS, *rows])


PRESETS = {"full": full, "canvas": canvas, "moodle": moodle, "items": items}


def counted(graded: Class, with_number: bool = False) -> list[Graded]:
    """Return the one file of each student that counts."""
    return [row for row in graded.graded if row.counted and (row.handin.key or not with_number)]


Item = tuple[str, int, int, int, int, list[tuple[str, int]]]


def statistics(graded: Class) -> list[Item]:
    """Return (step, students, right, per cent, right at the first check, misconceptions)."""
    found = []
    for step in graded.columns:
        rows = [row for row in counted(graded) if step in row.verdicts]
        if not rows:
            continue
        verdicts = [row.verdicts[step] for row in rows]
        right = sum(verdict.state == RIGHT for verdict in verdicts)
        first = sum(
            answered.first == RIGHT
            for r in rows
            for answered in r.handin.steps
            if answered.name == step
        )
        names = Counter(name for verdict in verdicts for name in verdict.misconceptions)
        wrong = sorted(names.items(), key=lambda each: (-each[1], each[0]))
        share = (200 * right + len(rows)) // (2 * len(rows))
        found.append((step, len(rows), right, share, first, wrong))
    return found


def _feedback(row: Graded, graded: Class, lang: str) -> str:
    titles = GRADING[lang]["columns"]
    cells = row.row(graded.columns, lang)[4 : 4 + len(graded.columns)]
    pairs = zip(graded.columns, cells, strict=True)
    return "; ".join(f"{titles.get(name, name)}: {cell}" for name, cell in pairs if cell != "-")


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """Return lines that a spreadsheet opens without running any cell as a formula."""
    return "".join(",".join(_quoted(harmless(cell)) for cell in row) + "\r\n" for row in rows)


def harmless(cell: str) -> str:
    """Return `cell` with a quote in front where a spreadsheet would run it.

    Examples
    --------
    >>> from lesson.homework.tables import harmless
    >>> harmless("=1+1"), harmless("＝1+1"), harmless("conv1")
    ("'=1+1", "'＝1+1", 'conv1')
    """
    return f"'{cell}" if cell.startswith(FORMULA) and cell != "-" else cell


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r\n') else cell


def as_table(graded: Class, lang: str = "ko") -> str:
    """Return the table in aligned columns, in a language of the pages."""
    titles = GRADING[lang]["columns"]
    rows = [
        [titles.get(key, key) for key in graded.head],
        *(row.row(graded.columns, lang) for row in graded.graded),
    ]
    return aligned(rows)


def as_statistics(graded: Class, lang: str = "ko") -> str:
    """Return the item statistics with a bar for each share, and the misconceptions below it."""
    words, lines = GRADING[lang], []
    for step, students, right, share, first, wrong in statistics(graded):
        said = words["share"].format(right=right, students=students, share=share)
        tries = words["firstTries"].format(first=first)
        name = words["columns"].get(step, step)
        lines.append([name, "=" * (share // 5), said, tries])
        for mistake, count in wrong:
            people = words["people"].format(n=count)
            lines.append(["", "", people, MISTAKES[mistake][lang]])
    return aligned(lines)


def aligned(rows: list[list[str]]) -> str:
    """Return rows in columns as wide as their widest cell."""
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
