"""Numbers of the prose: each of two digits and more is claimed, or stands in the page's own code,
figures or formulas, which are computed or compared."""

import re

import pytest
from lesson.claims import COMMENT, parse

from tests.pages.markdown_pages import fences, front_matter, name, pages, prose

# Reference pages quote what others wrote; their numbers are the sources'.
LESSONS = [
    p for p in pages() if p.parent.name != "api" and p.stem not in ("corrections", "glossary")
]
# What is not a quantity: names of pages and layers, link targets, code spans, years, versions.
NOT_QUANTITIES = (
    r"\]\([^)]*\)",
    r"\{[^}\n]*\}",
    r"<[^>\n]*>",
    r"https?://\S+",
    r"`[^`\n]*`",
    r"\b(?:19|20)\d\d(?:년|\b)",
    r"\bv?\d+\.\d+\.\d+\b",
    r"\bIEEE \d+|\barXiv:\S+",
    r"§\s*\d+(?:\.\d+)*|\d+(?:\.\d+)*(?:절|장|쪽|번)",
    r"[Ss]ection \d+(?:\.\d+)*|#\d+",
    r"CS\d+n?|SCORM \d\.\d",
    r"\d+분(?:쯤)?(?= )|about \d+ minutes",  # how long a page takes
    r"(?m)^\| *\d+ *\|",
)
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?!\w*[A-Za-z])")


def plain(number):
    """Return a number without its thousands separators."""
    return number.replace(",", "")


def backed(text):
    """Return every number that the page's claims, code, figures and formulas hold."""
    claims = [claim.text for body in COMMENT.findall(text) for claim in parse(body)]
    formulas = re.findall(r"\$[^$]+\$", text)
    blocks = [fence.text for fence in fences(text)]
    return {
        plain(n)
        for part in [*claims, *formulas, *blocks]
        for n in re.findall(r"[\d,]*\.?\d+", part)
    }


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_every_number_of_the_prose_is_backed(path):
    text = path.read_text(encoding="utf-8")
    body = prose(text)
    for pattern in NOT_QUANTITIES:
        body = re.sub(pattern, " ", body)
    body = re.sub(r"\$[^$]+\$", " ", body)
    found = {plain(n) for n in NUMBER.findall(body) if len(re.sub(r"\D", "", n)) > 1}
    assert found - backed(text) == set()


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_every_number_of_the_description_stands_in_the_page(path):
    text = path.read_text(encoding="utf-8")
    settings, body = front_matter(text)
    found = {n for n in NUMBER.findall(settings["description"]) if len(n) > 1}
    assert {n for n in found if plain(n) not in plain(body)} == set()
