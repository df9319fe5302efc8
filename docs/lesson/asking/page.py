"""A page's HTML taken apart into texts and tags, so that some of them can be marked.

Which texts are marked is decided in `places`; here is where the texts, the blocks whose numbers are
accounted for and the blocks of code are, and how all is put together again.
"""

import re
from collections import defaultdict
from html import unescape

TAG = re.compile(r"(<(?:!--.*?--|(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>)", re.DOTALL)
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
ASKED = re.compile(r' data-asked="([\d ]+)"')
SPOKEN = re.compile(r'class="[^"]*\blanguage-(?:python|pycon|py)\b')
VOID = {"br", "hr", "img", "input", "col", "wbr", "source", "link", "meta"}
# A number that is all that one of these holds needs no element of its own.
WHOLE = {"code", "strong", "em", "mn"}
SILENT = {"pre", "svg", "script", "style", "button", "select", "textarea", "annotation"}


class Page:
    """The HTML in pieces: texts at even places, tags at odd ones.

    Attributes
    ----------
    texts : dict
        Place of a text in which a number may stand -> places of the tags that are open there.
    regions : list
        (first place, last place, numbers of the blocks) of every element with such blocks.
    code : list
        (first place, place behind the last) of the texts of every block of Python.

    Examples
    --------
    >>> from lesson.asking.page import Page
    >>> page = Page('<p data-asked="0">It is <em>70</em>.</p>')
    >>> page.regions
    [(1, 7, [0])]
    >>> page.mark(4, 0, 2, 2)
    >>> page.html()
    '<p>It is <em data-from="2">70</em>.</p>'
    """

    def __init__(self, html):
        self.pieces = TAG.split(html)
        self.texts, self.regions, self.code = {}, [], []
        self.marks = defaultdict(list)  # place of a text -> (start, end, row of the table)
        self.named = {}  # place of a tag -> row about all that it holds
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
        if asked := ASKED.search(tag):
            self.regions.append((opening, place, [int(each) for each in asked[1].split()]))
            self.pieces[opening] = ASKED.sub("", tag)
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

    def mark(self, place, start, end, row):
        """Say of a part of the text at `place` that row `row` of the table is about it."""
        if self._is_whole(place, start, end):
            self.named[place - 1] = row
        else:
            self.marks[place].append((start, end, row))

    def _is_whole(self, place, start, end):
        """Whether a part is all that the element around it holds, and the element can be marked."""
        return (
            end - start == len(self.pieces[place])
            and self.texts[place][-1:] == (place - 1,)
            and self.name(place - 1) in WHOLE
            and self.pieces[place + 1].startswith("</")
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
        for place, row in self.named.items():
            pieces[place] = f'{pieces[place].removesuffix(">")} data-from="{row}">'
        for place, marks in self.marks.items():
            pieces[place] = _marked(pieces[place], marks)
        return "".join(pieces)


def _marked(text, marks):
    """Return a text with an element around each part that `marks` name."""
    for start, end, row in sorted(marks, reverse=True):
        text = f'{text[:start]}<span data-from="{row}">{text[start:end]}</span>{text[end:]}'
    return text
