"""Which numbers of a page's HTML are those of its Markdown, in order: what is said of these is said
of those."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from lesson.accounts.tokens import tokens

# Between two numbers of one literal: 3×3, (10, 3), 28 → 14.
BETWEEN = re.compile(r"[^\w.;:=]{1,3}")
BRACKETS = {"(": ")", "[": "]"}


@dataclass
class Mark:
    """A part of the text at `place` of a page, and the row of the table that is about it."""

    place: int
    start: int
    end: int
    row: int


def put(page, region, said):
    """Mark the numbers of a region of `page`; return the rows that found no place.

    Parameters
    ----------
    page : Page
    region : tuple
    said : list of (str, int or None)
        The numbers of the region's Markdown in order, each with the row that is about it.

    Examples
    --------
    >>> from lesson.asking.page import Page
    >>> from lesson.asking.places import put
    >>> page = Page('<p data-asked="0">From 2 to <b>2,000</b>, by 2.</p>')
    >>> put(page, page.regions[0], [("2", None), ("2,000", 4), ("2", 7), ("3", 8)])
    {8}
    >>> page.html()
    '<p>From 2 to <b><span data-from="4">2,000</span></b>, by <span data-from="7">2</span>.</p>'
    """
    wanted = [(part, row) for text, row in said for *_, part in _parts(text)]
    shown = list(_shown(page, region))
    texts = [[text for text, *_ in each] for each in (wanted, shown)]
    same = SequenceMatcher(None, *texts, autojunk=False)
    marks = [
        Mark(*shown[j + k][1:], wanted[i + k][1])
        for i, j, size in same.get_matching_blocks()
        for k in range(size)
    ]
    left = {row for _, row in wanted} - {mark.row for mark in marks} - {None}
    for mark in _joined(page, [mark for mark in marks if mark.row is not None]):
        page.mark(mark.place, mark.start, mark.end, mark.row)
    return left


def _parts(text):
    """Return (start, end, part) of the parts that HTML has of a number too: 1{,}440 has two."""
    if text.isalpha():
        return [(0, len(text), text.lower())]
    return [(*found.span(), found[0]) for found in re.finditer(r"\d+(?:\.\d+)?", text)]


def _shown(page, region):
    """Yield (part of a number, place of its text, start, end) of all that a region shows."""
    first, last, _ = region
    for place in (each for each in page.texts if first < each < last):
        for token in tokens(_even(page.pieces[place])):
            for start, end, part in _parts(token.text):
                yield part, place, token.start + start, token.start + end


def _even(text):
    """Return a text whose character references, which may have digits, are blanks."""
    return re.sub(r"&#?\w+;", lambda found: " " * len(found[0]), text)


def _joined(page, marks):
    """Return the marks, those of one literal as one, with the brackets around it."""
    joined = []
    for mark in marks:
        last = joined[-1] if joined else None
        near = last and (last.place, last.row) == (mark.place, mark.row)
        if near and BETWEEN.fullmatch(page.pieces[mark.place][last.end : mark.start]):
            last.end = mark.end
        else:
            joined.append(mark)
    for mark in joined:
        text = page.pieces[mark.place]
        if BRACKETS.get(text[mark.start - 1 : mark.start]) == text[mark.end : mark.end + 1]:
            mark.start, mark.end = mark.start - 1, mark.end + 1
    return joined
