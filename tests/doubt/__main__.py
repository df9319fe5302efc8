"""Doubt: change one thing at a time, and report what no test notices.

    python3 dev.py doubt                     a sample of a minute or two, as CI takes it
    python3 dev.py doubt --each 100          a hundred changes of each kind
    python3 dev.py doubt --all --keep FILE   every change; FILE keeps the figures and the survivors

FILE keeps, of the kinds that were not tried, what it says. The site's ledger shows
docs/lesson/data/doubt.json.

    page, script, module ──► every change it could suffer ──► a sample, drawn by the commit
                                                                      │
       a copy of the repository ◄── one change is made ◄──────────────┘
              │
       the nearest tests, then all that could see it: one fails, or the change has survived

The commit is the seed, so each commit is doubted differently, and the same commit alike. A
survivor is a hole in the tests, or it changes nothing that anyone could see: equal.yaml says which
and why, and they are tried and counted all the same.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import Queue

import yaml
from lesson.ledger import share

from tests.doubt import of_code, of_pages, of_scripts
from tests.doubt.worker import ROOT, Worker

SEEN = ("output", "prose", "word", "formula", "caption", "exercise", "figure", "label")
KINDS = (*SEEN, "script", "kernel")
# Of what a reader sees, and of kernels and scripts.
LIMITS = {kind: 0.98 if kind in SEEN else 0.95 for kind in KINDS}
# How many of each kind CI tries: a page takes a second, a script the building of the site.
SAMPLE = dict.fromkeys(SEEN, 4) | {"label": 0, "script": 0, "kernel": 3}
# A few dozen tries cannot prove 98 %; they show when much less is true.
ALARM = 0.85
TALLY = ("changed", "noticed", "equal")


def main(arguments=None):
    """Doubt as the command line says; return 1 when too much survives."""
    options = read(arguments)
    seed = options.seed or commit()
    possible = all_changes(seed)
    drawn = sample(possible, options, random.Random(seed))
    print(f"{len(drawn)} changes, drawn by {seed}", flush=True)
    noticed = try_all(drawn, options.workers)
    entries = [entry(change) for change, seen in noticed if not seen]
    kinds = tally(noticed, entries)
    print(report(kinds))
    if options.keep:
        keep(options.keep, kinds, entries, Counter(change.kind for change in possible), seed)
    alarm = ALARM if not (options.all or options.each or options.kind) else None
    return int(too_many(kinds, alarm))


def read(arguments):
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="dev.py doubt", description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every change")
    parser.add_argument("--each", type=int, metavar="N", help="N changes of each kind")
    parser.add_argument("--kind", action="append", choices=KINDS, help="this kind only")
    parser.add_argument("--path", default="", help="only files whose path contains this")
    parser.add_argument("--seed", help="draw by this instead of the commit")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write figures and survivors")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="side by side")
    return parser.parse_args(arguments)


def commit():
    """Return what the commit is called, or a word where there is none."""
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()[:12] or "no commit"


def all_changes(seed):
    """Return every change that the repository could suffer, in one order."""
    rng = random.Random(f"digits {seed}")
    found = []
    for pattern, make in (
        ("docs/*/**/*.md", lambda path, text: of_pages.changes(path, text, rng)),
        ("docs/lesson/tables/words.*.json", lambda path, text: of_scripts.words(path, text, rng)),
        ("docs/theme/cnn/core/*.js", of_scripts.changes),
        ("cnnlib/**/*.py", of_code.changes),
    ):
        for file in sorted(ROOT.glob(pattern)):
            path = file.relative_to(ROOT).as_posix()
            found += make(path, file.read_text(encoding="utf-8"))
    return found


def sample(changes, options, rng):
    """Draw the changes that are tried."""
    wanted = [
        change
        for change in changes
        if (not options.kind or change.kind in options.kind) and options.path in change.path
    ]
    if options.all:
        return wanted
    drawn = []
    for kind in KINDS:
        of_kind = [change for change in wanted if change.kind == kind]
        count = options.each or (12 if options.kind else SAMPLE[kind])
        drawn += rng.sample(of_kind, min(count, len(of_kind)))
    return drawn


def try_all(changes, workers):
    """Return [(change, whether a test noticed it)], tried side by side."""
    with tempfile.TemporaryDirectory(prefix="doubt-") as folder:
        free = Queue()
        for number in range(max(1, min(workers, len(changes)))):
            free.put(Worker(Path(folder, str(number))))

        def one(change):
            worker = free.get()
            try:
                seen = worker.notices(change)
            finally:
                free.put(worker)
            if seen:
                print(".", end="", flush=True)
            else:
                said = "{kind} survived: {place}  {line}  {why}".format(**entry(change))
                print(f"\n{said}", flush=True)
            return change, seen

        with ThreadPoolExecutor(free.qsize()) as pool:
            done = list(pool.map(one, changes))
        while not free.empty():
            free.get().close()
    return done


def source(change):
    """Return the text of the file that a change is about."""
    return (ROOT / change.path).read_text(encoding="utf-8")


def tally(noticed, survivors):
    """Return how many changes of each kind were tried, noticed, and shown to change nothing."""
    tried = Counter(change.kind for change, _ in noticed)
    seen = Counter(change.kind for change, seen in noticed if seen)
    equal = Counter(each["kind"] for each in survivors if each["why"])
    return {
        kind: {"changed": tried[kind], "noticed": seen[kind], "equal": equal[kind]}
        for kind in KINDS
        if tried[kind]
    }


def keep(file, kinds, survivors, possible, seed):
    """Write what a doubt found into a file; the kinds that were not tried stay as they are."""
    kept = json.loads(file.read_text("utf-8")) if file.exists() else {"kinds": {}, "survivors": []}
    for kind, row in kinds.items():
        kept["kinds"][kind] = {"commit": seed, "possible": possible[kind], **row}
    others = [each for each in kept["survivors"] if each["kind"] not in kinds]
    told = {
        "kinds": {kind: kept["kinds"][kind] for kind in KINDS if kind in kept["kinds"]},
        "survivors": sorted(others + survivors, key=lambda each: KINDS.index(each["kind"])),
    }
    text = json.dumps(told, ensure_ascii=False, indent=2)
    file.write_text(text + "\n", encoding="utf-8")


def report(kinds):
    """Return the table of a tally."""
    rows = [
        f"{kind:<9}{row['changed']:>6} changed, {row['equal']} of them nothing, {row['noticed']} "
        f"noticed: {share(row):.1%} (at least {LIMITS[kind]:.0%})"
        for kind, row in kinds.items()
    ]
    return "\n".join(rows)


def entry(change):
    """Return what is kept of a survivor: where it is, and why it changes nothing, if known."""
    place, line = change.place(source(change))
    known = (
        why
        for path, pattern, why in reasons()
        if path.fullmatch(change.path) and pattern.search(line)
    )
    return {"kind": change.kind, "place": place, "line": line, "why": next(known, "")}


@cache
def reasons():
    """Return [(path, line, why)] of the changes that are shown to change nothing."""
    rows = yaml.safe_load((Path(__file__).parent / "equal.yaml").read_text(encoding="utf-8"))
    return [(re.compile(row["path"]), re.compile(row["line"]), row["why"]) for row in rows]


def too_many(kinds, alarm):
    """Return whether a kind stays below its limit, or all of a sample below the alarm."""
    if alarm:
        return share({key: sum(row[key] for row in kinds.values()) for key in TALLY}) < alarm
    return any(share(row) < LIMITS[kind] for kind, row in kinds.items())


if __name__ == "__main__":
    sys.exit(main())
