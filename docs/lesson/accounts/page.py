"""Read a page into blocks: what a reader sees, beside what the author says of its numbers."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import yaml

from lesson.claims import NOTE, Claim, parse, split

FENCE = re.compile(
    r"^(?P<mark>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=mark)`*[ \t]*$", re.M | re.S
)
CODE = re.compile(r"\s*\{?\.?(?:python|py|pycon)\b")
LISTED = re.compile(r"(?:[-*+]|\d+\.)\s|\s{2,}\S|:   ")
SEPARATOR = " — "
PART = "\n\f"  # between the texts of a fence


@dataclass
class Block:
    """One paragraph, list, table, heading, formula, front matter or fence of words."""

    kind: str
    text: str
    line: int
    claims: list[Claim] = field(default_factory=list)
    quoted: list[tuple[str, str]] = field(default_factory=list)
    excused: list[tuple[str, str]] = field(default_factory=list)
    keys: dict = field(default_factory=dict)
    items: int = 0


@dataclass
class Page:
    """The blocks of a page, its code, and what holds throughout."""

    blocks: list[Block]
    code: str
    outputs: str
    throughout: list[Claim]
    folder: Path | None = None


def read(text, folder=None):
    """Return the page that a Markdown text says; its links lead from `folder`.

    Raises
    ------
    ValueError
        A note is malformed, or stands where no block is above it.
    """
    blocks, throughout, code = [], [], []
    for line, chunk in _chunks(text):
        fence = FENCE.match(chunk)
        if fence and CODE.match(fence["info"]):
            code.append(fence["body"])
        elif fence:
            blocks += _drawn(fence, line)
        elif chunk.startswith("<!--"):
            _note(chunk, line, blocks, throughout)
        elif chunk.startswith("---\n"):
            settings = yaml.safe_load(chunk.strip("-\n"))
            words = "\n".join(str(settings.get(key, "")) for key in ("title", "description"))
            blocks.append(Block("front", words, line))
        elif blocks and blocks[-1].kind == "list" and LISTED.match(chunk):
            blocks[-1].text += "\n\n" + chunk
        else:
            blocks.append(Block(_kind(chunk), chunk, line))
    for above, below in pairwise(blocks):
        if above.kind == "heading" and below.kind == "list":
            above.items = len(re.findall(r"^(?:[-*+]|\d+\.) ", below.text, re.M))
    joined = "\n".join(code)
    return Page(blocks, joined, _outputs(joined), throughout, folder)


def _chunks(text):
    """Yield (line, chunk): a fence whole, and what stands between blank lines or comments."""
    position = 0
    for fence in [*FENCE.finditer(text), None]:
        end = fence.start() if fence else len(text)
        parts = re.finditer(
            r"<!--.*?-->|(?:(?!<!--)\S|[ \t]+(?=(?!<!--)\S))(?:(?!\n\s*\n|<!--).)*",
            text[position:end],
            re.S,
        )
        for part in parts:
            yield text.count("\n", 0, position + part.start()) + 1, part[0]
        if fence:
            yield text.count("\n", 0, end) + 1, fence[0]
            position = fence.end()


def _kind(chunk):
    if chunk.startswith("#"):
        return "heading"
    if chunk.startswith("$$"):
        return "formula"
    if chunk.startswith("|"):
        return "table"
    return "list" if LISTED.match(chunk) else "prose"


def _drawn(fence, line):
    """Return the block of a figure's or an exercise's words, where it has any."""
    keys = yaml.safe_load(fence["body"]) or {}
    if not isinstance(keys, dict):
        return []
    words = [keys.get(name, "") for name in ("caption", "ask", "explain")]
    for option in keys.get("options", ()):
        words += [str(option["text"]), option["why"]]
    kind = "exercise" if fence["info"].strip() == "exercise" else "caption"
    return [Block(kind, PART.join(w.strip() for w in words if w), line, keys=keys)]


def _note(chunk, line, blocks, throughout):
    note = NOTE.fullmatch(chunk)
    if not note:
        return
    if note["kind"] == "throughout":
        throughout += parse(note["body"])
        return
    if not blocks:
        raise ValueError(f"line {line}: no block stands above this note")
    if note["kind"] == "claim":
        blocks[-1].claims += parse(note["body"])
        return
    for part in split(note["body"]):
        literals, mark, source = part.partition(SEPARATOR)
        if not mark:
            raise ValueError(
                f"line {line}: a note must be `literals{SEPARATOR}source`, got {part!r}"
            )
        said = [each.strip().strip("\"'") for each in split(literals, ", ")]
        getattr(blocks[-1], note["kind"]).extend((each, source.strip()) for each in said)


def _outputs(code):
    """Return what the code's sessions print: all lines after a statement's."""
    typed = ">>>" in code
    lines = [line for line in code.splitlines() if typed and not re.match(r"(?:>>>|\.\.\.)", line)]
    return "\n".join(lines)
