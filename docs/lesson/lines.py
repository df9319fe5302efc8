"""Where a line of text may not end: before a Korean particle, and inside a short piece of code.

``word-break: keep-all`` keeps Hangul words whole. After a bracket or a code it still lets a line
end, and 이라고 would begin the next one: a word joiner, which no one sees, holds them together.
"""

import re
from html import unescape

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

JOINER = "\u2060"
LOOSE = re.compile(r"(?<=[)\]])(?=[가-힣])")
SYLLABLE = re.compile("[가-힣]")
TAG = re.compile(r"<[^>]*>")
BREAK = re.compile(r"[\s/-]")
APART = {"pre", "code", "h1", "h2", "h3", "h4", "h5", "h6"}
SHORT = 16  # characters; a phone's line has room for more than twice as many


class _Lines(Treeprocessor):
    """Joins and marks the words of paragraphs, lists and tables."""

    def run(self, root):
        """Change the texts of `root` in place."""
        if root.tag not in APART:
            root.text = joined(root.text)
        for child in root:
            if child.tag == "code" and root.tag != "pre":
                shown = self._shown(child)
                if len(shown) <= SHORT and BREAK.search(shown):
                    child.set("class", "cnn-whole")
            self.run(child)
            if root.tag not in APART:
                child.tail = joined(child.tail, after=child)

    def _shown(self, code):
        """Return what a reader sees of a piece of code, which may be kept aside, highlighted."""
        stash = self.md.htmlStash.rawHtmlBlocks
        aside = HTML_PLACEHOLDER_RE.sub(lambda found: stash[int(found[1])], code.text or "")
        return unescape(TAG.sub("", aside))


def joined(text, after=None):
    """Return `text` with a joiner before each loose particle; it may stand after an element.

    Examples
    --------
    >>> from lesson.lines import JOINER, joined
    >>> joined("창(window)이라고 (부릅니다).").split(JOINER)
    ['창(window)', '이라고 (부릅니다).']
    """
    if not text:
        return text
    closed = after is not None and (after.tag == "code" or "".join(after.itertext()).endswith(")"))
    return (JOINER if closed and SYLLABLE.match(text) else "") + LOOSE.sub(JOINER, text)


class Lines(Extension):
    """Markdown extension for lines that end where they may.

    >>> from markdown import markdown
    >>> from lesson.lines import Lines
    >>> each = ["pymdownx.inlinehilite", Lines()]
    >>> print(markdown("`x`, `(3, 3)`, `(2, 1, 28, 28, 28)`", extensions=each))
    <p><code>x</code>, <code class="cnn-whole">(3, 3)</code>, <code>(2, 1, 28, 28, 28)</code></p>
    """

    def extendMarkdown(self, md):
        """Register after everything inline (20) and before headings are listed (5)."""
        md.treeprocessors.register(_Lines(md), "cnnlib-lines", 15)


def makeExtension(**config):
    """Return the Markdown extension."""
    return Lines(**config)
