r"""Formulas as MathML, made when the site is built: no script in the page.

``$x_i$`` stands in a line; a paragraph of its own that starts and ends with ``$$`` is a block,
which scrolls sideways when it is wider than the page, and takes the focus so that keys scroll it.
``\$`` is a dollar sign.
"""

import re

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from math_core import LatexError, LatexToMathML
from pymdownx.superfences import SuperFencesException

from lesson.source import where

BLOCK = re.compile(r"^\$\$(?P<tex>.+?)\$\$\s*$", re.DOTALL)
INLINE = r"(?<![\\$])\$(?![\s$])(?P<tex>[^$\n]+?)(?<![\s\\])\$(?!\d)(?P<particle>[가-힣]*)"
STYLED = re.compile(r'style="([^"]*)"')
CELLS = {
    "text-align:left": "math-left",
    "text-align:right": "math-right",
    "padding-left:0": "math-close",
    "padding-right:0": "math-open",
    "padding-left:1em": "math-apart",
}
LABELS = {"ko": "수식", "en": "Formula"}


def mathml(tex, *, display):
    """Return the ``<math>`` element for `tex`, left out of the search index.

    Raises
    ------
    ValueError
        `tex` is not a formula that the converter knows; the message is the converter's.

    Examples
    --------
    >>> from lesson.mathml import mathml
    >>> mathml("x_i", display=False)
    '<math data-search-exclude="true"><msub><mi>x</mi><mi>i</mi></msub></math>'
    >>> mathml(r"x_{i", display=False)
    Traceback (most recent call last):
        ...
    ValueError: `x_{i` is not a formula: Expected closing token "}", but reached end of input.
    """
    try:
        html = LatexToMathML(fancy_error=False).convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        reason = re.sub(r"^\d+:\s*", "", str(error))
        raise ValueError(f"`{tex.strip()}` is not a formula: {reason}") from None
    html = STYLED.sub(_classes, html)
    return html.replace("<math", '<math data-search-exclude="true"', 1)


def _classes(styled):
    """Return the cell's style as classes of page.css: the policy allows no style attribute."""
    names = [name for each, name in CELLS.items() if each in styled[1].replace(" ", "")]
    return f'class="{" ".join(names)}"'


def _convert(md, tex, *, display):
    """As `mathml`, with page and line in the error, which stops the build."""
    try:
        return mathml(tex, display=display)
    except ValueError as error:
        raise SuperFencesException(f"{where(md, tex)}: {error}") from None


class _Block(BlockProcessor):
    """A block that starts with ``$$``, up to the block that ends with ``$$``."""

    def __init__(self, parser, lang):
        super().__init__(parser)
        self.lang = lang

    def test(self, parent, block):
        return block.startswith("$$")

    def run(self, parent, blocks):
        block = blocks.pop(0)
        while blocks and not BLOCK.match(block):
            block += "\n\n" + blocks.pop(0)
        found = BLOCK.match(block)
        if not found:
            place = where(self.parser.md, block)
            raise SuperFencesException(f"{place}: a formula starts with $$ but never ends")
        html = _convert(self.parser.md, found["tex"], display=True)
        label = LABELS[self.lang]
        self.parser.parseBlocks(
            parent,
            [
                self.parser.md.htmlStash.store(
                    f'<div class="math" role="group" aria-label="{label}" tabindex="0">{html}</div>'
                )
            ],
        )


class _Inline(InlineProcessor):
    """``$…$`` in a line of text, and the Korean particle after it, in one line."""

    def handleMatch(self, found, data):
        html = _convert(self.md, found["tex"], display=False)
        if found["particle"]:
            html = f'<span class="cnn-whole">{html}{found["particle"]}</span>'
        return self.md.htmlStash.store(html), found.start(0), found.end(0)


class MathML(Extension):
    """Markdown extension for formulas."""

    def __init__(self, **config):
        self.config = {"lang": ["ko", "language of the label that a screen reader hears"]}
        super().__init__(**config)

    def extendMarkdown(self, md):
        """Register before escapes (180) and emphasis are read, after code spans (190)."""
        md.ESCAPED_CHARS.append("$")
        md.parser.blockprocessors.register(
            _Block(md.parser, self.getConfig("lang")), "cnnlib-math", 175
        )
        md.inlinePatterns.register(_Inline(INLINE, md), "cnnlib-math", 185)


def makeExtension(**config):
    """Return the Markdown extension."""
    return MathML(**config)
