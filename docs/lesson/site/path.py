"""The path through the lessons: what comes before and after a page, and how long a lesson takes.

The groups of the navigation that `extra.aside` names by a page of theirs stand beside the path: no
lesson leads into them. A page of the path that ends in a summary is a lesson, and has a number; a
page's own `lesson: true` or `false` has the last word.
"""

import re
from html import escape

PACE = {"ko": 500, "en": 1000}  # characters without spaces that are read in a minute
SECONDS = {"line": 3, "figure": 20, "formula": 10, "exercise": 60, "homework": 600}
CODE = ("python", "pycon")
FENCE = re.compile(r"^```(?P<kind>[\w-]+)[^\n]*\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
FORMULA = re.compile(r"\$\$.+?\$\$", re.DOTALL)
UNREAD = re.compile(r"<!--.*?-->|(?<=\])\([^)\s]*\)|\{[#.:][^}]*\}", re.DOTALL)
QUESTION = re.compile(r"^\*\*(.+?)\*\*$", re.MULTILINE)
PLACE = '<div class="cnn-path"></div>'
WORDS = {
    "ko": {"minutes": "약 {}분"},
    "en": {"minutes": "about {} min"},
}


def minutes(markdown, language):
    """Return about how long a page takes to read and do, in whole minutes.

    Prose counts by its characters, at the pace of `PACE`; a line of code, a figure, a formula and
    an exercise take the seconds of `SECONDS`.

    Examples
    --------
    >>> from lesson.site.path import minutes
    >>> minutes("가나다라마 " * 100, "ko")
    1
    >>> minutes("가나다라마 " * 100 + "\\n```exercise\\nask: a\\n```\\n", "ko")
    2
    """
    seconds = 0
    for fence in FENCE.finditer(markdown):
        kind, lines = fence["kind"], fence["body"].count("\n")
        seconds += SECONDS["line"] * lines if kind in CODE else SECONDS.get(kind, SECONDS["figure"])
    prose = FENCE.sub("", markdown)
    seconds += SECONDS["formula"] * len(FORMULA.findall(prose))
    read = re.sub(r"\s", "", UNREAD.sub("", FORMULA.sub("", prose)))
    return max(1, round((seconds + 60 * len(read) / PACE[language]) / 60))


def walks(nav, aside):
    """Return the pages of the path, then those of each group beside it, as lists."""
    path, others = [], []
    for item in nav.items:
        pages = item.children or [item]
        if kind_of(item, aside):
            others.append(pages)
        else:
            path += pages
    return [path, *others]


def kind_of(item, aside):
    """Return how a group beside the path is listed, "open" or "folded"; None for the path's own."""
    return next(
        (aside[p.file.src_uri] for p in item.children or [] if p.file.src_uri in aside), None
    )


def relink(nav, aside):
    """Let the links to the pages before and after stay within the path, or within a group."""
    for item in nav.items:
        item.folded = kind_of(item, aside) == "folded"
    for pages in walks(nav, aside):
        for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
            page.previous_page, page.next_page = before, after


def number(nav, aside, language):
    """Give each lesson of the path its number, the number of all, and its minutes."""
    lessons = [page for page in walks(nav, aside)[0] if is_lesson(page)]
    for count, page in enumerate(lessons, start=1):
        page.lesson = {
            "name": page.file.src_uri.removesuffix(".md"),
            "number": count,
            "of": len(lessons),
            "minutes": minutes(page.markdown, language),
        }


def show(nav, aside, language):
    """Write the path where the home page leaves room for it: each group, each lesson's question."""
    home = nav.homepage
    if not home or PLACE not in (home.content or ""):
        return
    groups = [item for item in nav.items if item.children and not kind_of(item, aside)]
    listed = "".join(_group(item, language) for item in groups)
    home.content = home.content.replace(PLACE, f'<div class="cnn-path">{listed}</div>')


def _group(item, language):
    pages = "".join(_entry(page, language) for page in item.children)
    return f'<section><p class="cnn-path__group">{escape(item.title)}</p><ul>{pages}</ul></section>'


def _entry(page, language):
    """Return a page of the list: its number, its name, its question and its minutes."""
    lesson = getattr(page, "lesson", None)
    asked = QUESTION.search(page.markdown or "") if lesson else None
    question = f"<span>{_inline(asked[1])}</span>" if asked else ""
    count = lesson["number"] if lesson else "·"
    told = (
        f"<small>{WORDS[language]['minutes'].format(lesson['minutes'])}</small>" if lesson else ""
    )
    return f'<li><b>{count}</b><a href="{page.url}">{escape(page.title)}</a>{told}{question}</li>'


def _inline(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def is_lesson(page):
    """Return whether a page is a lesson."""
    return page.meta.get("lesson", "{#summary}" in (page.markdown or ""))
