"""What the tests of the pages read: a line scanner that shares no code with Sybil or Markdown."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PYTHON = {"python", "py", "pycon", "python3", "py3", "ipython", "pycon3", "doctest"}
SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
# The fences that are drawn by cnnlib, as the site's settings name them.
DRAWN = set(re.findall(r"- name: (\S+)\n +class: ", SETTINGS))
# These fences become sentences or a table; every other becomes an element of its own.
WRITTEN = {
    "benchmark": ".cnn-speed",
    "ledger": ".cnn-ledger",
    "measured": ".cnn-measured",
    "inventory-key": "table",
    "write": ".cnn-task",
    "misconceptions": "table",
}
OPENING = re.compile(
    r"^(?P<prefix>(?:\s*>)*\s*(?:(?:[-*+]|\d+[.)])\s+)?)(?P<fence>`{3,}|~{3,})(?P<info>.*)$"
)
HEADING = re.compile(r"^(?P<level>#{1,6})\s+(?P<text>.*?)(?:\s*\{#(?P<anchor>[\w-]+)[^}]*\})?\s*$")


@dataclass(frozen=True)
class Fence:
    """A fenced block: its language, its text, and the line where it opens (from 1)."""

    language: str
    text: str
    line: int


def pages(language=None):
    """Return the Markdown pages of one language, or of both."""
    return sorted((DOCS / language if language else DOCS).rglob("*.md"))


def name(path):
    """Name a page in a test's id: its path from the repository's root."""
    return path.relative_to(ROOT).as_posix()


def front_matter(text):
    """Return the page's settings, and the rest of its text."""
    if not text.startswith("---\n"):
        return {}, text
    head, rest = text[4:].split("\n---\n", 1)
    return yaml.safe_load(head), rest


def fences(text):
    """Return every fenced block; a shorter fence does not close a longer one."""
    found, opened = [], None
    for number, line in enumerate(text.splitlines(), start=1):
        if opened is None:
            match = OPENING.match(line)
            if match:
                opened, start, lines = match, number, []
            continue
        bare = line.strip().lstrip("> ")
        if set(bare) == {opened["fence"][0]} and len(bare) >= len(opened["fence"]):
            words = re.split(r"[\s{}.]+", opened["info"].strip(" {."))
            found.append(Fence(words[0], "\n".join(lines), start))
            opened = None
        else:
            lines.append(line)
    return found


def prose(text):
    """Return the text without front matter, fences and comments, its lines in place."""
    body = text.split("\n")
    for fence in fences(text):
        for index in range(fence.line - 1, fence.line + fence.text.count("\n") + 2):
            body[index] = ""
    joined = "\n".join(body)
    if joined.startswith("---\n"):
        end = joined.index("\n---\n", 3) + 5
        joined = "\n" * joined.count("\n", 0, end) + joined[end:]
    return re.sub(r"<!--.*?-->", lambda m: "\n" * m[0].count("\n"), joined, flags=re.DOTALL)


def headings(text):
    """Return (level, text, anchor) of every heading outside of fences."""
    found = map(HEADING.match, prose(text).splitlines())
    return [(len(match["level"]), match["text"], match["anchor"]) for match in found if match]
