"""A page's HTML taken apart into texts and tags, so that some of them can be marked.

What a text says is found in `places`; here is where the texts, the claimed blocks and the blocks of
code are, and how all is put together again.
"""

import re
from collections import defaultdict
from html import unescape

TAG = re.compile(r"(<(?:!--.*?--|(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>)", re.DOTALL)
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
CLAIMS = re.compile(r' data-claims="([\d ]+)"')
SPOKEN = re.compile(r'class="[^"]*\blanguage-(?:python|pycon|py)\b')
VOID = {"br", "hr", "img", "input", "col", "wbr", "source", "link", "meta"}
SILENT = {"pre", "svg", "script", "style", "button", "select", "textarea", "annotation"}


class Page:
    """The HTML in pieces: texts at even places, tags at odd ones.

    Attributes
    ----------
    texts : dict
        Place of a text in which a number may stand -> places of the tags that are open there.
    regions : list
        (first place, last place, numbers of the comments) of every claimed block.
    code : list
        (first place, place behind the last) of the texts of every block of Python.

    Examples
    --------
    >>> from lesson.asking.page import Page
    >>> page = Page('<p data-claims="0">It is <em>70</em>.</p>')
    >>> page.regions
    [(1, 7, [0])]
    >>> page.mark(4, None, [2])
    >>> page.html()
    '<p>It is <em data-from="2">70</em>.</p>'
    """

    def __init__(self, html):
        self.pieces = TAG.split(html)
        self.texts, self.regions, self.code = {}, [], []
        self.marks = defaultdict(list)  # place of a text -> (start, end, what is said of it)
        self.named = defaultdict(list)  # place of a tag -> what is said of all that it holds
        stack = []
        for place, piece in enumerate(self.pieces):
            if place % 2:
                self._tag(place, piece, stack)
            elif not any(self.name(each) in SILENT for each in stack):
                self.texts[place] = tuple(stack)

    def _tag(self, place, piece, stack):
        name = self.name(place)
        if not name or name in VOID or piece.endswith("/>"):
            return
        if not piece.startswith("</"):
            stack.append(place)
            return
        while stack:
            opening = stack.pop()
            self._closed(opening, place, stack)
            if self.name(opening) == name:
                return

    def _closed(self, opening, place, stack):
        tag = self.pieces[opening]
        if claims := CLAIMS.search(tag):
            self.regions.append((opening, place, [int(each) for each in claims[1].split()]))
            self.pieces[opening] = CLAIMS.sub("", tag)
        above = [self.pieces[each] for each in stack[-2:]]
        if self.name(opening) == "code" and len(above) == 2 and SPOKEN.search(above[0]):
            self.code.append((opening + 1, place))

    def name(self, place):
        """Return the name of the tag at `place`."""
        found = NAME.match(self.pieces[place])
        return found[1].lower() if found else ""

    def code_text(self, number):
        """Return the text of a block of code, the first of which is number 0."""
        start, end = self.code[number]
        return unescape("".join(self.pieces[start:end:2]))

    def code_above(self, place):
        """Return how many blocks of code stand above `place`."""
        return sum(end < place for _, end in self.code)

    def mark(self, place, span, said):
        """Mark a part of the text at `place`, or without a span all of the element that it is."""
        if span:
            self.marks[place].append((*span, said))
        else:
            self.named[place - 1] += said

    def is_marked(self, place, span):
        """Return whether a part of the text at `place` has a mark, or lies in one."""
        start, end = span
        marks = self.marks[place]
        return place - 1 in self.named or any(
            start < last and first < end for first, last, _ in marks
        )

    def name_line(self, number, line, name):
        """Give a line of a block of code an id; its Python counts lines from 1."""
        start, end = self.code[number]
        lines = "".join(self.pieces[start:end]).split("\n")
        lines[line - 1] = f'<span id="{name}">{lines[line - 1]}</span>'
        self.pieces[start:end] = ["\n".join(lines), *[""] * (end - start - 1)]

    def html(self):
        """Return the HTML with all marks."""
        pieces = list(self.pieces)
        for place, said in self.named.items():
            pieces[place] = f"{pieces[place].removesuffix('>')}{_from(said)}>"
        for place, marks in self.marks.items():
            pieces[place] = _marked(pieces[place], marks)
        return "".join(pieces)


def _from(said):
    return f' data-from="{" ".join(map(str, dict.fromkeys(said)))}"'


def _marked(text, marks):
    """Return a text with an element around each part that `marks` name."""
    for start, end, said in sorted(marks, reverse=True):
        text = f"{text[:start]}<span{_from(said)}>{text[start:end]}</span>{text[end:]}"
    return text
