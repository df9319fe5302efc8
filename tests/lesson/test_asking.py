"""Numbers of the pages can be asked, all that are bound, and the pages say what they said."""

import re
from functools import cache

import markdown
import pytest
from bs4 import BeautifulSoup
from lesson.accounts.cover import account
from lesson.accounts.page import PART, read
from lesson.claims import NOTE
from lesson.site.search import sections

from tests.lesson.asked import OWN, converter, made, rows
from tests.pages.markdown_pages import DOCS, DRAWN, front_matter, name, pages

NOTED = [path for path in pages() if NOTE.search(path.read_text(encoding="utf-8"))]
BOTH = [path for path in NOTED if path.is_relative_to(DOCS / "en")]


@cache
def page(path):
    """Return a page's HTML, parsed, and the rows that found no place."""
    return made(front_matter(path.read_text(encoding="utf-8"))[1])


def undrawn(path):
    """Return a page's Markdown without figures and exercises, which take their time."""
    text = front_matter(path.read_text(encoding="utf-8"))[1]
    drawn = "|".join(DRAWN)
    return re.sub(
        rf"^```(?:{drawn})\n.*?^```\n(?:\s*<!--(?! throughout).*?-->)*", "", text, flags=re.S | re.M
    )


def test_the_table_is_no_markup():
    text = "It is 4.\n\n<!-- claim: 4 == len('</script><b>') -->"
    soup, _ = made(text)
    assert soup.find("b") is None
    assert rows(soup) == [["4 = len('</script><b>')"]]


def test_a_page_without_claims_has_no_switch():
    soup, _ = made("# Title {#title}\n\nIt is 4.\n")
    assert soup.find("button") is None
    assert soup.find("script") is None


def test_a_number_is_marked_as_an_element_only_where_it_is_all_of_it():
    text = "Code `70`, code `x = 71`.\n\n<!-- claim: 70, 71 == a, b -->"
    assert [tag.name for tag in made(text)[0].select("[data-from]")] == ["code", "span"]


def test_the_list_of_sections_has_the_headings_alone():
    md = converter()
    md.convert("# Why 70 {#why-70}\n\n<!-- claim: 70 == a -->\n\n## Then 5 {#then-5}\n\nSo.")
    [title] = md.toc_tokens
    assert (title["name"], [each["name"] for each in title["children"]]) == ("Why 70", ["Then 5"])
    assert "data-from" not in md.toc


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_switch_speaks_the_language_of_the_page(lang):
    md = markdown.Markdown(
        extensions=list(OWN), extension_configs={**OWN, "lesson.asking": {"lang": lang}}
    )
    html = md.convert("# Title {#title}\n\nIt is 4, 5.\n\n<!-- claim: 4, 5 == a, b -->")
    switch = BeautifulSoup(html, "html.parser").select_one("h1 + button[role=switch]")
    assert bool(re.search("[가-힣]", switch.get_text())) == (lang == "ko")
    assert "2" in switch["title"]


@pytest.mark.parametrize("path", NOTED, ids=name)
def test_every_number_that_is_bound_by_a_claim_can_be_asked(path):
    soup, unplaced = page(path)
    assert unplaced == []
    table = rows(soup)
    assert {int(tag["data-from"]) for tag in soup.select("[data-from]")} == set(range(len(table)))
    source = read(path.read_text(encoding="utf-8"), path.parent)
    claims = [claim for block in source.blocks for claim in block.claims] + source.throughout
    bound = {claim.expression for claim in claims} & {
        each.by
        for block in source.blocks
        if block.kind != "front"
        for each in account(source, block)[0]
        if block.kind != "exercise" or each.token.end <= len(block.text.partition(PART)[0])
    }
    said = "\n".join(text for text, *_ in table) + "\n"
    assert [each for each in bound if f"{each}\n" not in said and "site(" not in each] == []


@pytest.mark.parametrize("path", NOTED, ids=name)
def test_what_a_number_leads_to_is_there_once(path):
    soup, _ = page(path)
    for _, *leads in rows(soup):
        if (leads or [None])[0] and leads[0].startswith("#line-"):
            assert len(soup.find_all(id=leads[0][1:])) == 1


@pytest.mark.parametrize("path", NOTED, ids=name)
def test_what_a_page_says_stays_as_it_was(path):
    """The text is the same without the extension, for readers, for a copy and for the search."""
    text = undrawn(path)
    asked, plain = converter().convert(text), converter(without=["lesson.asking"]).convert(text)
    assert sections(asked) == sections(plain)
    soup = BeautifulSoup(asked, "html.parser")
    for added in soup.select("script.cnn-sources, .cnn-asking"):
        added.decompose()
    assert soup.get_text().split() == BeautifulSoup(plain, "html.parser").get_text().split()


@pytest.mark.parametrize("english", BOTH, ids=name)
def test_both_languages_lead_to_the_same_lines(english):
    korean = DOCS / "ko" / english.relative_to(DOCS / "en")
    english, korean = (
        {tuple(lead) for _, *lead in rows(page(each)[0])} for each in (english, korean)
    )
    assert english == korean
