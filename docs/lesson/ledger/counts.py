"""Count what accounts for the numbers of every page of a language."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lesson.accounts.cover import KINDS, account
from lesson.accounts.page import read
from lesson.accounts.tokens import tokens

DOCS = Path(__file__).parents[2]
SETTINGS = {"ko": "mkdocs.yml", "en": "mkdocs.en.yml"}


@dataclass
class Counted:
    """One page: its name and title, how many numbers of each kind, and what it excuses itself."""

    name: str
    title: str
    kinds: Counter = field(default_factory=Counter)
    groups: Counter = field(default_factory=Counter)
    excused: list[tuple[str, str]] = field(default_factory=list)


def pages(lang):
    """Return every page that says a number, in the order of the site."""
    paths = [path for name in _order(lang) if (path := DOCS / lang / name).is_file()]
    counted = [_counted(path, lang, path.stat().st_mtime_ns) for path in paths]
    return [each for each in counted if sum(each.kinds.values())]


def totals(counted):
    """Return the sums over pages, by kind."""
    return sum((each.kinds for each in counted), Counter(dict.fromkeys(KINDS, 0)))


def _order(lang):
    """Return the names of the pages in the order of the navigation."""
    settings = (DOCS.parent / SETTINGS[lang]).read_text(encoding="utf-8")
    return re.findall(r"[\w/-]+\.md\b", settings[settings.index("\nnav:") :])


@cache
def _counted(path, lang, changed):
    """Count one page; `changed` is when it was written, so that it is counted again."""
    text = path.read_text(encoding="utf-8")
    page = read(text, path.parent)
    found = Counted(path.relative_to(DOCS / lang).as_posix(), _title(text))
    found.kinds["computed"] = len(tokens(page.outputs))
    for block in page.blocks:
        found.excused += block.excused
        for each in account(page, block)[0]:
            found.kinds[each.kind] += 1
            if each.kind == "excused":
                found.groups[each.by] += 1
    return found


def _title(text):
    return re.search(r"^title: (.+)$", text, re.M)[1]
