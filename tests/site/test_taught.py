"""No lesson uses a word, a symbol or an argument before the lesson that teaches it."""

import copy
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.site.built import soup, target
from tests.site.test_path import lessons, page_of

TABLE = yaml.safe_load(Path(__file__).with_name("taught.yaml").read_text(encoding="utf-8"))
TAUGHT, ALLOWED = TABLE["lessons"], TABLE["allowed"]
ORDER = list(TAUGHT)
POINTS_ON = re.compile(r"(?:다음|출처):")  # what comes next, and titles of papers


def read(article, leads_to):
    """Return (text, symbols) that an article uses; `leads_to` names the lesson behind a link.

    A link to a later lesson points there and uses nothing.
    """
    article = copy.copy(article)
    for line in article.find_all("p"):
        if POINTS_ON.match(line.get_text()):
            line.decompose()
    for link in article.find_all("a", href=True):
        if leads_to(link["href"]):
            link.decompose()
    symbols = {letter.get_text() for letter in article.select("math mi")}
    for formula in article.find_all("math"):
        formula.decompose()
    text = article.get_text()
    for each in ALLOWED:
        if "lesson" not in each:
            text = re.sub(each["word"], "", text)
    return text, symbols


@cache
def used(site, name):
    """Return what a lesson's page uses."""
    place = page_of(site, name)

    def leads_to(link):
        if re.match(r"\w+:|#", link):
            return False
        other = target(site, place, link)[0].parent.relative_to(site).as_posix()
        later = other in ORDER and ORDER.index(other) > ORDER.index(name)
        return later or other in ("corrections", "glossary")

    return read(soup(place).find("article"), leads_to)


def too_early(name, text, symbols):
    """Return what a lesson uses of later lessons, each with the lesson that teaches it."""
    allowed = {(each["lesson"], each["symbol"]) for each in ALLOWED if "lesson" in each}
    later = ORDER[ORDER.index(name) + 1 :]
    words = [(word, lesson) for lesson in later for word in TAUGHT[lesson].get("words", [])]
    letters = [(letter, lesson) for lesson in later for letter in TAUGHT[lesson].get("symbols", [])]
    return [each for each in words if re.search(each[0], text)] + [
        each for each in letters if each[0] in symbols and (name, each[0]) not in allowed
    ]


def test_the_table_has_the_lessons_of_the_path_in_their_order(built_site):
    assert list(lessons(built_site)) == ORDER


@pytest.mark.parametrize("name", ORDER)
def test_a_lesson_uses_what_came_before_it_alone(built_site, name):
    assert too_early(name, *used(built_site, name)) == []


@pytest.mark.parametrize("name", ORDER)
def test_a_lesson_says_what_it_teaches(built_site, name):
    text, symbols = used(built_site, name)
    assert [word for word in TAUGHT[name].get("words", []) if not re.search(word, text)] == []
    assert set(TAUGHT[name].get("symbols", [])) <= symbols


def test_what_is_allowed_is_still_needed(built_site):
    for each in ALLOWED:
        assert each["reason"]
        if "lesson" in each:
            assert each["symbol"] in used(built_site, each["lesson"])[1]


def test_a_word_a_symbol_and_an_argument_before_their_lesson_are_noticed():
    assert too_early("padding", "스트라이드를 바꿉니다", set()) == [("스트라이드", "stride")]
    assert too_early("padding", "conv2d(x, w, groups=2)", {"D"}) == [
        (r"\bgroups\b", "groups"),
        ("D", "dilation"),
    ]
    assert too_early("cost", "스트라이드, groups", {"D"}) == []
