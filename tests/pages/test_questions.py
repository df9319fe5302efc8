"""Every question of the page leads to a place that shows why, with an example that is run."""

import re

import pytest

from tests.pages.markdown_pages import DOCS, DRAWN, PYTHON, fences, headings, prose

KO = DOCS / "ko"
PAGE = (KO / "questions.md").read_text(encoding="utf-8")
ENTRY = re.compile(
    r"^### (?P<text>.+?) \{#(?P<anchor>q-[\w-]+)\}\n(?P<body>.*?)(?=^##|\Z)", re.M | re.S
)
WAY = re.compile(r"^→ \[[^\]]+\]\((?P<page>[\w-]+\.md)#(?P<anchor>[\w-]+)\)$", re.M)
ENTRIES = {found["anchor"]: found for found in ENTRY.finditer(PAGE)}
ASKED = (DOCS.parent / "tests" / "site" / "queries" / "questions.tsv").read_text(encoding="utf-8")
SHOWS = PYTHON | DRAWN


def ways():
    """Return {entry: (page, anchor)} of the place that each question leads to."""
    return {
        name: WAY.search(entry["body"]).group("page", "anchor") for name, entry in ENTRIES.items()
    }


def section(page, anchor):
    """Return the section of a page that begins at an anchor, to the next heading of its level."""
    text = (KO / page).read_text(encoding="utf-8")
    [(level, title)] = [(n, t) for n, t, a in headings(text) if a == anchor]
    start = text.index(f"{'#' * level} {title} {{#{anchor}}}")
    end = re.compile(rf"^#{{1,{level}}} ", re.M).search(text, start + 1)
    return text[start : end.start() if end else len(text)]


def test_the_page_has_every_question_once():
    assert len(ENTRIES) == 32
    assert set(ENTRIES) == {line.split("\t")[0] for line in ASKED.splitlines() if line[0] != "#"}
    assert len(re.findall(r"^### ", PAGE, re.M)) == len(ENTRIES)


@pytest.mark.parametrize("name", ENTRIES)
def test_a_question_is_asked_and_answered_in_a_few_lines(name):
    text, body = ENTRIES[name]["text"], prose(ENTRIES[name]["body"])
    assert re.search(r"나요\?|가요\?|일까요\?|죠\?", text), text
    answer = re.sub(r"<!--.*?-->", "", body, flags=re.S).split("→")[0].strip()
    assert 20 <= len(answer) <= 180, (len(answer), answer)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_place_that_a_question_leads_to_shows_an_example_that_is_run(name):
    found = {fence.language for fence in fences(section(*ways()[name]))}
    assert found & SHOWS, found
