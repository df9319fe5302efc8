"""Numbers that can be asked where they come from: what accounts for them, kept for the reader.

`lesson.accounts` says of every number of a page's Markdown what it is bound to or quoted from. Here
these numbers get, in the finished HTML, elements that name their rows in a table at the page's end:
what holds, and the line of the page's code that made it, or the source. `theme/cnn/numbers` shows
them; without a script, in print and in the search a number is plain text.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from lesson.accounts.cover import account
from lesson.accounts.page import FENCE, PART, read
from lesson.asking.origin import known, origin, read_names, statements
from lesson.asking.page import Page
from lesson.asking.places import put
from lesson.claims import NOTE, pattern
from lesson.tables import WORDS

MARK = re.compile(r"\ufdd0(\d+)\ufdd1")
PLACEHOLDER = re.compile(r"\x02wzxhzdk:(\d+)\x03")
SHOWN = re.compile(r"""\bshown\((["'])([\w-]+)\1\)""")
CODE = re.compile(r"^[ \t]*```.*?^[ \t]*```", re.DOTALL | re.MULTILINE)
TERM = re.compile(r"\s*(?:<!--.*?-->\s*)*^:[ \t]", re.DOTALL | re.MULTILINE)
SITE = re.compile(r"""site\((["'])([\w.]+):([\w.]+)\1\)""")
DRAWN = ("exercise", "caption")  # the words of a fence, which stand in what it draws
# The element that holds a block's words: a fence's stand in a part of what it draws.
WORDED = re.compile(r'^(?:.*?(?=<figcaption|<div class="cnn-exercise__ask"))?<[\w-]+', re.DOTALL)
SPOKEN = ("card", "line", "figure", "quoted", "evaluate")  # the words that the card says
HEAD = "---\n{}\n---\n\n"  # a page's settings, which are read before its text, and may have notes
TITLE = "</h1>"
SWITCH = (
    '<button type="button" class="cnn-asking" role="switch" aria-checked="false" title="{}">'
    "{}</button>"
)


@dataclass(frozen=True)
class Said:
    """What is said of a number: what holds, its expression or nothing, and the number in digits.

    `fence` is the id of the fence that says it, where the expression is about the fence's own keys.
    """

    text: str
    expression: str = ""
    value: str = ""
    fence: str = ""

    def runs(self, names):
        """Whether the reader can evaluate it when the page's code has defined these names."""
        here = self.expression and not self.fence and self.text.endswith(self.expression)
        return bool(here) and read_names(self.expression) <= names


class Notes(Preprocessor):
    """Accounts for the numbers of the page, and puts a mark behind every block."""

    def __init__(self, md, words):
        super().__init__(md)
        self.words = words

    def run(self, lines):
        """Return the lines with the marks."""
        text = "\n".join(lines)
        if not NOTE.search(text):
            return lines
        text = HEAD + text
        page, made, position, said = read(text, self._folder()), "", 0, []
        for block in page.blocks:
            end = _end(text, block, position)
            said += _said(page, block, self.words) if end else []
            if said and end and not TERM.match(text, end):  # a term waits for its definition
                self.md.asked.append(said)
                said = []
                chunk = text[position:end]
                made += f"{chunk}\n\n{_indent(block)}\ufdd0{len(self.md.asked) - 1}\ufdd1\n\n"
                position = end
        return (made + text[position:]).removeprefix(HEAD).split("\n")

    def _folder(self):
        """Return the folder of the page, as far as it is known: links lead from there."""
        resolves = self.md.treeprocessors
        return Path(resolves["relpath"].file.abs_src_path).parent if "relpath" in resolves else None


def _end(text, block, position):
    """Return where a block of a page ends, or None where no mark can stand behind it."""
    if block.kind == "front":
        return None
    start = sum(len(line) + 1 for line in text.split("\n")[: block.line - 1])
    if block.kind in DRAWN:
        return FENCE.match(text, start).end()
    last = block.text.rpartition("\n\n")[2]
    end = max(text.index(last, start) + len(last), position)
    if text[end:].lstrip(" \t").startswith("<!--"):  # a note in the last line of its paragraph
        end = re.compile(r"\n[ \t]*(?:\n|$)|$").search(text, end).start()
    return None if text.count("```", 0, end) % 2 else end


def _indent(block):
    """Return the indentation of a block's last line; a list's is that of its first."""
    line = block.text.split("\n")[0 if block.kind == "list" else -1]
    return "" if block.kind in DRAWN else re.match(r"[ \t]*", line)[0]


def _said(page, block, words):
    """Return (number, what is said of it or None) of a block's numbers."""
    text, claims = block.text.replace("\u2212", "-"), block.claims + page.throughout
    claims = [(each, [*pattern(each.text).finditer(text)]) for each in claims]
    sources = {source: source for _, source in block.quoted} | {"the lecture": words["lecture"]}
    code = [found.span() for found in CODE.finditer(text)]
    asks = text.partition(PART)[0] if block.kind == "exercise" else text
    return [
        (each.token.text, _of(each, claims, sources, block.keys))
        for each in account(page, block)[0]
        if each.token.end <= len(asks)
        and not any(start < each.token.start < end for start, end in code)
    ]


def _of(account, claims, sources, keys):
    """Return what is said of one number; a link needs no more to be said."""
    if account.kind == "quoted" and account.by in sources:
        return Said(sources[account.by])
    for claim, places in claims if account.kind == "bound" else ():
        around = any(
            place.start() <= account.token.start and account.token.end <= place.end()
            for place in places
        )
        if around and claim.expression == account.by:
            expression = SITE.sub(r"lesson.\2.\3", claim.expression)
            literal = "" if "$" in claim.text else re.sub(r"\*\*|`", "", claim.text).strip() + " = "
            own = {*keys, *keys.get("given", {}), "output", "answer"} if keys else set()
            fence = keys.get("id", "") if own & read_names(claim.expression) else ""
            return Said(literal + expression, claim.expression, f"{account.token.value}", fence)
    return None


class Blocks(BlockProcessor):
    """Takes the marks out of the text, and names them in the block above."""

    def test(self, parent, block):
        """Return whether a block is a mark."""
        return bool(MARK.fullmatch(block.strip()))

    def run(self, parent, blocks):
        """Name the block's number in the element that stands above the mark."""
        number = MARK.fullmatch(blocks.pop(0).strip())[1]
        above = self.lastChild(parent)
        above = parent if above is None else above
        stashed = PLACEHOLDER.fullmatch((above.text or "").strip())
        if stashed and not len(above):
            self._name_stashed(int(stashed[1]), number)
        else:
            above.set("data-asked", f"{above.get('data-asked', '')} {number}".strip())

    def _name_stashed(self, place, number):
        """Name it in HTML that is ready, such as a formula's."""
        stash = self.parser.md.htmlStash.rawHtmlBlocks
        stash[place] = WORDED.sub(rf'\g<0> data-asked="{number}"', stash[place], count=1)


class Asked(Postprocessor):
    """Marks the numbers, names the lines that they come from, and adds table and switch."""

    def __init__(self, md, words):
        super().__init__(md)
        self.words = words

    def run(self, text):
        """Return the HTML of a page that can be asked."""
        if "data-asked=" not in text:  # a heading on its way to the list of sections
            return text
        page, rows, runs = Page(text), {}, {}
        code = [
            each
            for number in range(len(page.code))
            for each in statements(number + 1, page.code_text(number))
        ]
        names = known(code)
        reached = {block for *_, blocks in page.regions for block in blocks}
        lost = [said for n, said in enumerate(self.md.asked) if n not in reached]
        self.md.unplaced += [row.text for said in lost for _, row in said if row]
        for region in page.regions:
            above = page.code_above(region[0])
            said = []
            for number, row in (each for block in region[2] for each in self.md.asked[block]):
                place = row and _row(row, code, above)
                said.append((number, place and rows.setdefault(place, len(rows))))
                if row and row.runs(names):
                    runs[place] = len(row.text) - len(row.expression)
            left = put(page, region, said)
            self.md.unplaced += [row for row, number in rows.items() if number in left]
        return self._finish(page, [*rows], runs) if rows else page.html()

    def _finish(self, page, rows, runs):
        for block, line in sorted({place for _, place in rows if isinstance(place, tuple)}):
            page.name_line(block - 1, line, _name((block, line)))
        html = page.html()
        table = {"words": {key: self.words[key] for key in SPOKEN}}
        table["rows"] = [_told(*row, html) for row in rows]
        table["runs"] = [runs.get(row) for row in rows]
        table = json.dumps(table, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")
        asked = self.words["asked"].format(n=html.count(" data-from="))
        switch = SWITCH.format(asked, self.words["show"])
        html = html.replace(TITLE, f"{TITLE}\n{switch}", 1)
        return f'{html}\n<script type="application/json" class="cnn-sources">{table}</script>'


def _row(said, code, above):
    """Return (what holds, where it was made: block and line, a fence's address or nothing)."""
    if not said.expression:
        return said.text, "quoted"
    if said.fence:
        return said.text, f"#{said.fence}"
    statement = origin(said.expression, said.value, code, above)
    return said.text, statement and (statement.block, statement.line)


def _told(text, place, html):
    """Return a row as the script reads it: text, where it leads if anywhere, 1 if it is quoted."""
    if place == "quoted":
        return [text, _link(text, html), 1]
    if isinstance(place, str):
        return [text, place]
    figure = SHOWN.search(text)
    return [text, f"#{_name(place) if place else figure[2]}"] if place or figure else [text]


def _link(source, html):
    """Return where the page's link to a source leads, or None."""
    for address, words in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html):
        if source in re.sub(r"<[^>]*>", "", words):
            return address
    return None


def _name(place):
    block, line = place
    return f"line-{block}-{line}"


class Asking(Extension):
    """Registers the three steps; `md.unplaced` are rows that found no number of the HTML."""

    def __init__(self, **config):
        self.config = {"lang": ["ko", "language of the switch"]}
        super().__init__(**config)

    def extendMarkdown(self, md):
        """Register before fences are read (25), below lists (90), after raw HTML (30)."""
        md.registerExtension(self)
        self.md = md
        self.reset()
        words = WORDS[self.getConfig("lang")]["sources"]
        md.preprocessors.register(Notes(md, words), "cnnlib-asking", 26)
        md.parser.blockprocessors.register(Blocks(md.parser), "cnnlib-asking", 84)
        md.postprocessors.register(Asked(md, words), "cnnlib-asking", 5)

    def reset(self):
        """Forget the page before."""
        self.md.asked, self.md.unplaced = [], []


def makeExtension(**config):
    """Return the Markdown extension."""
    return Asking(**config)
