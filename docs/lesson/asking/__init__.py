"""Numbers that can be asked where they come from: claims, kept for the reader.

`lesson.claims` says how a claim is written and checks it. Here every claimed literal gets, in the
finished HTML, an element that names its entries in a table at the page's end: the expression, and
the line of the page's code that made it. `theme/cnn/numbers` shows them; without a script, in print
and in the search a number is plain text.
"""

import json
import re

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from lesson.asking.origin import origin, statements
from lesson.asking.page import Page
from lesson.asking.places import put
from lesson.claims import COMMENT, parse
from lesson.tables import WORDS

MARK = re.compile(r"^\ufdd0(\d+)\ufdd1$", re.MULTILINE)
PLACEHOLDER = re.compile(r"\x02wzxhzdk:(\d+)\x03")
SITE = re.compile(r"""site\((["'])([\w.]+):([\w.]+)\1\)""")
TITLE = "</h1>"
SWITCH = (
    '<button type="button" class="cnn-asking" role="switch" aria-checked="false" title="{}">'
    "{}</button>"
)


class Comments(Preprocessor):
    """Puts a mark where a comment with claims ends its block, and keeps the claims."""

    def run(self, lines):
        """Return the lines with the marks."""
        text = "\n".join(lines)
        for found in reversed([*COMMENT.finditer(text)]):
            rest = text[found.end() :]
            end = re.search(r"\n[ \t]*(?:\n|$)|$", rest).start()
            indent = re.match(r"[ \t]*", text[: found.start()].rpartition("\n")[2])[0]
            number = len(self.md.claimed)
            self.md.claimed.append(parse(found["body"]))
            mark = f"\n\n{indent}\ufdd0{number}\ufdd1\n\n"
            text = text[: found.start()] + rest[:end] + mark + rest[end:]
        return text.split("\n")


class Blocks(BlockProcessor):
    """Takes the marks out of the text, and names them in the block above."""

    def test(self, parent, block):
        """Return whether a block is a mark."""
        return bool(MARK.fullmatch(block.strip()))

    def run(self, parent, blocks):
        """Name the comment in the element that stands above it."""
        number = MARK.fullmatch(blocks.pop(0).strip())[1]
        above = self.lastChild(parent)
        above = parent if above is None else above
        stashed = PLACEHOLDER.fullmatch((above.text or "").strip())
        if stashed and not len(above):
            self._name_stashed(int(stashed[1]), number)
        else:
            above.set("data-claims", f"{above.get('data-claims', '')} {number}".strip())

    def _name_stashed(self, place, number):
        """Name it in HTML that is ready, such as a formula's."""
        stash = self.parser.md.htmlStash.rawHtmlBlocks
        stash[place] = re.sub(r"^<[\w-]+", rf'\g<0> data-claims="{number}"', stash[place], count=1)


class Asked(Postprocessor):
    """Marks the numbers, names the lines that they come from, and adds table and switch."""

    def __init__(self, md, lang):
        super().__init__(md)
        self.lang = lang

    def run(self, text):
        """Return the HTML of a page that can be asked."""
        if not self.md.claimed:
            return text
        page, table = Page(text), []
        code = [
            each
            for number in range(len(page.code))
            for each in statements(number + 1, page.code_text(number))
        ]
        for region in sorted(page.regions, key=lambda region: region[1] - region[0]):
            above = page.code_above(region[0])
            for literal, claims in _by_literal(self.md.claimed, region).items():
                entries = [_entry(claim, origin(claim, code, above), table) for claim in claims]
                if not put(page, region, literal, entries):
                    self.md.unplaced.append(literal)
        return self._finish(page, table, code) if table else text

    def _finish(self, page, table, code):
        lines = {place for _, place in table if place}
        for block, line in sorted(lines):
            page.name_line(block - 1, line, _name((block, line)))
        rows = [[expression, *([_name(place)] if place else [])] for expression, place in table]
        said = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")
        words, places = WORDS[self.lang]["frame"]["sources"], page.html().count(" data-from=")
        switch = SWITCH.format(words["asked"].format(n=places), words["show"])
        html = page.html().replace(TITLE, f"{TITLE}\n{switch}", 1)
        return f'{html}\n<script type="application/json" class="cnn-sources">{said}</script>'


def _by_literal(claimed, region):
    """Return the claims of a region by their literals, the longest literal first."""
    claims = [claim for number in region[2] for claim in claimed[number]]
    literals = sorted(dict.fromkeys(claim.text for claim in claims), key=len, reverse=True)
    return {text: [claim for claim in claims if claim.text == text] for text in literals}


def _entry(claim, statement, table):
    """Return the number of a claim's row in `table`, where it stands once."""
    row = (
        SITE.sub(r"lesson.\2.\3", claim.expression),
        statement and (statement.block, statement.line),
    )
    if row not in table:
        table.append(row)
    return table.index(row)


def _name(place):
    block, line = place
    return f"line-{block}-{line}"


class Asking(Extension):
    """Registers the three steps; `md.unplaced` are the literals that no block shows."""

    def __init__(self, **config):
        self.config = {"lang": ["ko", "language of the switch"]}
        super().__init__(**config)

    def extendMarkdown(self, md):
        """Register before claims are stripped (22), below lists (90), after raw HTML (30)."""
        md.registerExtension(self)
        self.md = md
        self.reset()
        md.preprocessors.register(Comments(md), "cnnlib-asking", 23)
        md.parser.blockprocessors.register(Blocks(md.parser), "cnnlib-asking", 84)
        md.postprocessors.register(Asked(md, self.getConfig("lang")), "cnnlib-asking", 5)

    def reset(self):
        """Forget the page before."""
        self.md.claimed, self.md.unplaced = [], []


def makeExtension(**config):
    """Return the Markdown extension."""
    return Asking(**config)
