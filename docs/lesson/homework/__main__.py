"""The lecturer's command: ``python -m lesson.homework grade PATH... [--csv FILE]``.

``show NUMBER`` shows one student's network, ``scorm ASSIGNMENT`` makes a package of an assignment.

What it prints is Korean, as the pages are, or English with ``--lang en`` and where the console has
no Hangul.
"""

import argparse
import codecs
import sys
from pathlib import Path

from lesson.homework import assignment, tables
from lesson.homework.archive import Entry, collect
from lesson.homework.grade import Class, grade_class
from lesson.homework.handin import parsed, printable
from lesson.homework.labels import GRADING, WHY
from lesson.homework.package import NotBuilt, package
from lesson.homework.steps import code

PLAINER = {"⌊": "floor(", "⌋": ")", "−": "-", "·": "*", "→": "->", "×": "x", "…": "..."}
SITE = Path(__file__).resolve().parents[3] / "site"
MANY = 100  # files, from which on the reading says how far it is


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    lang = speak()
    parser = argparse.ArgumentParser(prog="python -m lesson.homework")
    commands = parser.add_subparsers(dest="command", required=True)
    grading = commands.add_parser("grade", help="grade handed-in files, folders and zip archives")
    grading.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    grading.add_argument("--csv", type=Path, metavar="FILE", help="write the whole table here")
    for name in ("canvas", "moodle", "items"):
        grading.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"write the {name} CSV")
    showing = commands.add_parser("show", help="show the network and answers of a number")
    showing.add_argument("number", help="a student number; '' is the lecture's network")
    packing = commands.add_parser("scorm", help="make a SCORM 1.2 package of an assignment")
    packing.add_argument("assignment", help="its link, its text, or the file saved beside the link")
    packing.add_argument("--to", type=Path, default=Path("homework-scorm.zip"), metavar="FILE")
    packing.add_argument("--site", type=Path, default=SITE, metavar="FOLDER", help="the built site")
    for each in (grading, showing, packing):
        each.add_argument("--lang", choices=sorted(GRADING), default=lang, help=f"({lang})")
    options = parser.parse_args(arguments)
    if options.command == "show":
        return show(options.number, options.lang)
    if options.command == "scorm":
        return pack(options.assignment, options.site, options.to, options.lang)
    wanted = {
        "full": options.csv,
        **{n: getattr(options, n) for n in ("canvas", "moodle", "items")},
    }
    return grade(options.paths, {name: to for name, to in wanted.items() if to}, options.lang)


def speak() -> str:
    """Let the console take any text, and return the language that it can show."""
    codecs.register_error("plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plainer")
    try:
        "가".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return "en"
    return "ko"


def _plainer(error: UnicodeError) -> tuple[str, int]:
    text = error.object[error.start : error.end]
    kept = (PLAINER.get(c, c.encode("ascii", "backslashreplace").decode()) for c in text)
    return "".join(kept), error.end


def show(number: str, lang: str) -> int:
    """Print a number's network and its worked lines."""
    asked = assignment.read("number" if number else "lecture")
    try:
        network = asked.network_of(number)
    except ValueError:
        print(GRADING[lang]["badNumber"], file=sys.stderr)
        return 2
    print(code(network))
    for step in asked.steps_of(number):
        print(f"{step.layer.name:8}{step.worked}")
    return 0


def grade(paths: list[Path], wanted: dict[str, Path], lang: str) -> int:
    """Write the files that are wanted, then print the table, the statistics, the broken files."""
    words = GRADING[lang]
    for path in paths:
        if not path.exists() and not path.is_symlink():
            print(words["missing"].format(path=printable(str(path))), file=sys.stderr)
            return 2
    graded = grade_class(_read(paths))
    status = _write(graded, wanted, lang)
    if graded.graded:
        print(tables.as_table(graded, lang))
        print(f"\n{words['statistics']}\n{tables.as_statistics(graded, lang)}")
        named = {name for *_, wrong in tables.statistics(graded) for name, _ in wrong}
        print("".join(f"\n  {name}: {WHY[name][lang]}" for name in sorted(named)))
    print(words["graded"].format(n=len(graded.graded), m=len(graded.broken)))
    for file, reason in graded.broken:
        print(f"  {file}: {reason.said(lang)}")
    if not graded.graded:
        print(words["none"], file=sys.stderr)
    return status or (0 if graded.graded else 1)


def pack(source: str, site: Path, to: Path, lang: str) -> int:
    """Write an assignment's package; its page speaks the language that the assignment names."""
    words = GRADING[lang]
    try:
        asked = assignment.read(_text_of(source))
        content = package(asked.text, asked.lang or lang, site)
        to.write_bytes(content)
    except NotBuilt:
        print(words["notBuilt"].format(path=printable(str(site))), file=sys.stderr)
    except ValueError:
        print(words["reasons"]["assignment"], file=sys.stderr)
    except OSError:
        print(words["cannotWrite"].format(path=printable(str(to))), file=sys.stderr)
    else:
        print(words["written"].format(path=printable(str(to))))
        return 0
    return 2


def _text_of(source: str) -> str:
    """Return the text of an assignment in its link, in the lecturer's file, or as it is."""
    path = Path(source)
    if source.lower().endswith(".json") and path.is_file():
        content = parsed(path.read_bytes())
        return str(content.get("assignment"))
    return source.rpartition("#class=")[2]


def _read(paths: list[Path]) -> list[Entry]:
    entries: list[Entry] = []
    for path in paths:
        for entry in collect(path):
            entries.append(entry)
            if len(entries) % MANY == 0:
                print(f"... {len(entries)}", file=sys.stderr, flush=True)
    return entries


def _write(graded: Class, wanted: dict[str, Path], lang: str) -> int:
    status = 0
    for name, to in wanted.items():
        more = (lang,) if name == "moodle" else ()
        try:
            to.write_text(tables.PRESETS[name](graded, *more), encoding="utf-8", newline="")
        except OSError:
            print(GRADING[lang]["cannotWrite"].format(path=printable(str(to))), file=sys.stderr)
            status = 2
        else:
            print(GRADING[lang]["written"].format(path=printable(str(to))))
    return status


if __name__ == "__main__":
    sys.exit(main())
