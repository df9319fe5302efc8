"""Every page is built to the same plan, in both languages alike."""

import itertools
import re

import pytest
import yaml
from lesson.claims import NOTE, parse

from tests.pages.markdown_pages import (
    DOCS,
    PYTHON,
    fences,
    front_matter,
    headings,
    name,
    pages,
    prose,
)

# What a figure or an exercise says in the reader's language; all else is the same in both.
WORDS = {"caption", "ask", "explain", "text", "why", "title", "label", "alt", "options"}
BOTH = [path for path in pages("en") if (DOCS / "ko" / path.relative_to(DOCS / "en")).exists()]
LESSONS = [path for path in pages() if path.parent.name != "api"]


@pytest.mark.parametrize("path", pages(), ids=name)
def test_page_has_title_and_a_description_of_one_search_result(path):
    settings, _ = front_matter(path.read_text(encoding="utf-8"))
    assert settings.get("title")
    assert 30 <= len(settings.get("description", "")) <= 200
    assert not set(settings["description"]) & set('"<&'), "the templates write it unescaped"


@pytest.mark.parametrize("path", pages(), ids=name)
def test_every_heading_has_an_anchor_of_its_own(path):
    anchors = [(text, anchor) for _, text, anchor in headings(path.read_text(encoding="utf-8"))]
    assert [text for text, anchor in anchors if not anchor] == []
    assert len({anchor for _, anchor in anchors}) == len(anchors)


@pytest.mark.parametrize("path", pages(), ids=name)
def test_headings_descend_one_level_at_a_time_from_one_title(path):
    levels = [level for level, _, _ in headings(path.read_text(encoding="utf-8"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_code_is_short_and_its_comments_are_english(path):
    for fence in fences(path.read_text(encoding="utf-8")):
        if fence.language in PYTHON:
            code = [line for line in fence.text.splitlines() if line.strip()]
            typed = [
                line
                for line in code
                if not fence.text.startswith(">>>") or line[:3] in (">>>", "...")
            ]
            assert len(typed) <= 14, f"block at line {fence.line} has {len(typed)} lines of code"
            comments = re.findall(r"(?:^|\s)#.*", "\n".join(typed))
            assert not re.search("[가-힣]", "".join(comments)), f"block at line {fence.line}"


@pytest.mark.parametrize("path", pages("ko"), ids=name)
def test_korean_pages_are_in_korean_and_polite(path):
    text = re.sub(r"`[^`]*`|\$[^$]*\$", "", prose(path.read_text(encoding="utf-8")))
    if path.parent.name == "api":
        return
    plain = re.findall(r"[^.\n]*(?<![니시])다\.(?=\s|$)", text)
    polite = [s for s in plain if not re.search(r"(?:니다|시다)\.$", s)]
    assert polite == []


@pytest.mark.parametrize("english", BOTH, ids=name)
def test_both_languages_have_the_same_anchors_code_and_figures(english):
    korean = DOCS / "ko" / english.relative_to(DOCS / "en")
    assert skeleton(english) == skeleton(korean)


@pytest.mark.parametrize("english", BOTH, ids=name)
def test_what_an_english_page_claims_its_korean_twin_claims_too(english):
    korean = DOCS / "ko" / english.relative_to(DOCS / "en")
    assert claimed(english) - claimed(korean) == set()


def claimed(path):
    """Return what a page claims, without the words of its language."""
    notes = NOTE.finditer(path.read_text(encoding="utf-8"))
    claims = [c for n in notes if n["kind"] in ("claim", "throughout") for c in parse(n["body"])]
    return {re.sub(r'"(?:ko|en|[^"]*[가-힣 ][^"]*|Sobel)"', '""', c.expression) for c in claims}


def skeleton(path):
    """Return what does not depend on the language of a page."""
    text = path.read_text(encoding="utf-8")
    return {
        "headings": [(level, anchor) for level, _, anchor in headings(text)],
        "fences": [(fence.language, _wordless(fence)) for fence in fences(text)],
        "formulas": re.findall(r"\$\$.*?\$\$", text, re.DOTALL),
    }


def _wordless(fence):
    if fence.language in PYTHON:
        return fence.text
    content = yaml.safe_load(fence.text)
    if not isinstance(content, dict):
        return content
    kept = {key: value for key, value in content.items() if key not in WORDS}
    kept["correct"] = [bool(option.get("correct")) for option in content.get("options", [])]
    return kept
