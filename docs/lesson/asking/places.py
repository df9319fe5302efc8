"""Where in a claimed block its literals stand, and which of several places a claim means."""

import re
from collections import defaultdict
from dataclasses import dataclass
from html import escape

# A number that is all that one of these holds needs no element of its own.
WHOLE = {"code", "strong", "em", "mn"}


@dataclass(frozen=True)
class Place:
    """One place of a literal: the text and the part of it; no part stands for all of its element.

    `formula` is the tag of the formula around it, `side` how many of its equals signs stand before.
    """

    text: int
    span: tuple[int, int] | None
    link: bool = False
    formula: int | None = None
    side: int = 0


def put(page, region, literal, entries):
    """Mark where `literal` stands in a region of `page`; return whether it does.

    `entries` are what is said of it: one each for as many places, or all of them at every place.
    What is no single number of a formula marks the whole formula.

    Examples
    --------
    >>> from lesson.asking.page import Page
    >>> from lesson.asking.places import put
    >>> page = Page('<p data-claims="0">Widths 2 and 12, Conv2d.</p>')
    >>> put(page, page.regions[0], "2", [5]), put(page, page.regions[0], "3", [6])
    (True, False)
    >>> page.html()
    '<p>Widths <span data-from="5">2</span> and 12, Conv2d.</p>'
    """
    found = list(_places(page, region, literal))
    if len(found) != len(entries):
        found = _meant(found)
    found = found or list(_formulas(page, region, literal))
    each = [[one] for one in entries] if len(found) == len(entries) else [entries] * len(found)
    for place, said in zip(found, each, strict=True):
        page.mark(place.text, place.span, said)
    return bool(found)


def _places(page, region, literal):
    """Yield the places of a literal that have no mark yet."""
    pattern = _pattern(literal)
    for text, inside in _within(page, region):
        formula = _tag(page, inside, "math")
        if formula is not None and page.name(inside[-1]) != "mn":
            continue
        for match in pattern.finditer(_plain(page.pieces[text])):
            if page.is_marked(text, match.span()):
                continue
            yield Place(
                text,
                None if _is_whole(page, text, inside, match) else match.span(),
                _tag(page, inside, "a") is not None,
                formula,
                0 if formula is None else page.pieces[formula:text].count("="),
            )


def _meant(found):
    """Return the places that a claim can mean: text rather than links, results of formulas."""
    found = [each for each in found if not each.link] or found
    sides = defaultdict(list)
    for each in found:
        sides[each.formula].append(each.side)
    written = None in sides
    return [
        each
        for each in found
        if each.formula is None
        or (each.side == max(sides[each.formula]) and (each.side or not written))
    ]


def _formulas(page, region, literal):
    """Yield the formulas of a region that a literal of several parts stands in."""
    wanted, said = _pattern(literal.replace(" ", "")), defaultdict(str)
    for text, inside in _within(page, region):
        formula = _tag(page, inside, "math")
        if formula is not None:
            said[formula] += "".join(_plain(page.pieces[text]).split())
    return (Place(tag + 1, None) for tag, text in said.items() if wanted.search(text))


def _within(page, region):
    """Return (text, open tags) for the texts of a region."""
    first, last, _ = region
    return [(text, inside) for text, inside in page.texts.items() if first < text < last]


def _tag(page, inside, name):
    """Return the outermost open tag of a name, or None."""
    return next((each for each in inside if page.name(each) == name), None)


def _is_whole(page, text, inside, match):
    """Whether a match is all that the element around it holds, and the element can be marked."""
    return (
        match.group() == _plain(page.pieces[text])
        and bool(inside)
        and inside[-1] == text - 1
        and page.name(text - 1) in WHOLE
        and page.pieces[text + 1].startswith("</")
    )


def _pattern(literal):
    """Return where a literal stands that is no part of a longer number, word or name."""
    text = re.escape(escape(_plain(literal), quote=False))
    before = r"(?<![^\W\d_])" if literal[0].isalpha() else r"(?<![A-Za-z_\d.])(?<!\d,)"
    after = "" if literal[-1].isalpha() else r"(?!,?\d|\.\d)"
    return re.compile(before + text + after)


def _plain(text):
    return text.replace("\u2212", "-")
