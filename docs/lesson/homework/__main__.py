"""The lecturer's command: ``python -m lesson.homework grade FOLDER [--csv FILE]``.

What it prints is Korean, as the pages are, or English with ``--lang en``.
"""

import argparse
import sys
from pathlib import Path

from lesson import misconception
from lesson.homework.grade import Graded, as_csv, as_table, grade_folder
from lesson.homework.labels import GRADING
from lesson.homework.steps import code, steps
from lesson.homework.variant import variant


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m lesson.homework")
    commands = parser.add_subparsers(dest="command", required=True)
    grading = commands.add_parser("grade", help="grade a folder of handed-in JSON files")
    grading.add_argument("folder", type=Path)
    grading.add_argument("--csv", type=Path, metavar="FILE", help="write the table here too")
    grading.add_argument("--lang", choices=sorted(GRADING), default="ko", help="language (ko)")
    showing = commands.add_parser("show", help="show the network and answers of a number")
    showing.add_argument("number", help="a student number; '' is the lecture's network")
    options = parser.parse_args(arguments)
    try:
        if options.command == "show":
            return show(options.number)
        return grade(options.folder, options.csv, options.lang)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def show(number: str) -> int:
    """Print a number's network and its worked lines."""
    network = variant(number)
    print(code(network))
    for step in steps(network):
        print(f"{step.layer.name:8}{step.worked}")
    return 0


def grade(folder: Path, out: Path | None, lang: str) -> int:
    """Print the table, its misconceptions and the broken files; write the CSV if wanted."""
    graded, broken = grade_folder(folder)
    print(as_table(graded, lang))
    print("".join(f"\n  {n}: {misconception.TEXTS[n][lang]}" for n in named(graded)))
    print(GRADING[lang]["graded"].format(n=len(graded), m=len(broken)))
    for file, reason in broken:
        print(f"  {file}: {reason.said(lang)}")
    if out:
        out.write_text(as_csv(graded), encoding="utf-8-sig", newline="")
    return 0


def named(graded: list[Graded]) -> list[str]:
    """Return the misconceptions that the table names, each once."""
    verdicts = (verdict for row in graded for verdict in row.verdicts.values())
    return sorted({name for verdict in verdicts for name in verdict.misconceptions})


if __name__ == "__main__":
    sys.exit(main())
