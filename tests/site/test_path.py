"""The path through the lessons: every lesson says where it stands, and leads to the next one."""

import json
import re
from itertools import pairwise

import pytest
from lesson.site import path

from tests.pages.markdown_pages import DOCS, front_matter
from tests.site.built import soup, target

KEPT = "JSON.parse(localStorage.getItem('cnn:path'))"
NEXT = re.compile(r"^\*\*다음\*\*: \[[^\]]+\]\(([\w/-]+)\.(?:md|py)\)", re.MULTILINE)
ASIDE = ("glossary", "benchmark", "grading", "corrections", "ledger", "api")
LONGEST = 16  # minutes; a sitting is about fifteen


def page_of(site, name):
    return site / name / "index.html" if name else site / "index.html"


def walk(site):
    """Return the pages that the links to the next page lead through, from the home page on."""
    found, here = [], page_of(site, "")
    while True:
        link = soup(here).select_one(".md-footer__link--next")
        if not link:
            return found
        here, _ = target(site, here, link["href"])
        found.append(here.parent.relative_to(site).as_posix())


def lessons(site):
    """Return what each lesson of the Korean edition says of itself, by its name."""
    return {
        name: line.text
        for name in walk(site)
        if (line := soup(page_of(site, name)).select_one(".cnn-lesson"))
    }


def test_the_next_page_of_a_lesson_is_the_one_that_its_text_announces(built_site):
    order = walk(built_site)
    for before, after in pairwise(order):
        source = DOCS / "ko" / f"{before}.md"
        said = NEXT.findall(source.read_text(encoding="utf-8")) if source.exists() else []
        assert said in ([], [after]), before


def test_no_lesson_leads_to_a_lecturers_page_or_to_the_reference(built_site):
    assert [name for name in walk(built_site) if name.startswith(ASIDE)] == []
    assert walk(built_site)[0] == "why-cnn"


def test_the_lessons_are_counted_without_a_gap(built_site):
    told = [list(map(int, re.findall(r"\d+", text))) for text in lessons(built_site).values()]
    assert [number for number, *_ in told] == list(range(1, len(told) + 1))
    assert {of for _, of, _ in told} == {len(told)}
    assert len(told) >= 22


def test_the_minutes_are_those_of_the_rule_and_no_lesson_is_too_long(built_site):
    for name, told in lessons(built_site).items():
        _, text = front_matter((DOCS / "ko" / f"{name}.md").read_text(encoding="utf-8"))
        said = int(re.search(r"약 (\d+)분", told)[1])
        assert said == path.minutes(text, "ko")
        assert said <= LONGEST, name


def test_every_part_of_a_page_takes_time():
    prose = "가" * 500
    one = path.minutes(prose, "ko")
    assert one == 1
    for more in ("```exercise\nask: 가\n```\n", "```python\n" + "x\n" * 20 + "```\n"):
        assert path.minutes(f"{prose}\n\n{more}", "ko") == 2
    assert path.minutes("<!-- claim: 1 == x -->" * 200, "ko") == 1


def test_the_home_page_lists_the_path_with_each_lessons_question(built_site):
    home = soup(page_of(built_site, ""))
    listed = [link["href"].strip("/") for link in home.select(".cnn-path a")]
    assert listed == walk(built_site)
    entries = home.select(".cnn-path li:has(small)")
    assert len(entries) == len(lessons(built_site))
    assert all(entry.select_one("span").text.strip().endswith("?") for entry in entries[:17])


def test_lecturers_and_reference_are_folded_away_from_the_students(built_site):
    nav = soup(page_of(built_site, "padding")).select_one(".cnn-nav")
    folded = [link["href"] for link in nav.select("details a")]
    assert any("grading" in link for link in folded)
    assert any("api/conv/" in link for link in folded)
    assert not any("stride" in link for link in folded)


def read_to_the_end(page, address, minutes=30):
    page.goto(address)
    page.evaluate(f"performance.now = () => {minutes} * 60000")
    page.locator("#summary").scroll_into_view_if_needed()


def test_a_lesson_read_to_its_summary_is_done_everywhere(page, site_url):
    read_to_the_end(page, site_url + "padding/")
    mark = page.locator(".cnn-nav a[aria-current=page] .cnn-done")
    mark.wait_for(state="attached")
    assert mark.get_attribute("aria-label") == "읽음"
    page.goto(site_url)
    page.locator(".cnn-path a[href='padding/'] .cnn-done").wait_for()
    assert page.locator(".cnn-path .cnn-done").count() == 1
    page.get_by_role("link", name="이어서: 제로 패딩").wait_for()


def test_who_leaps_to_the_summary_has_not_read_the_lesson(page, site_url):
    page.goto(site_url + "padding/#summary")
    page.wait_for_timeout(500)
    assert page.evaluate(KEPT) == {"last": "padding", "done": []}


def test_what_is_kept_of_the_path_is_forgotten_on_request(page, site_url):
    read_to_the_end(page, site_url + "padding/")
    page.locator(".cnn-nav .cnn-done").first.wait_for(state="attached")
    page.goto(site_url)
    page.get_by_role("button", name="기록 지우기").click()
    assert page.evaluate("localStorage.getItem('cnn:path')") is None
    assert page.locator(".cnn-done, .cnn-resume").count() == 0


@pytest.mark.parametrize("kept", ["[", "null", "7", '{"done": "x"}', '{"last": 3, "done": {}}'])
def test_a_spoilt_record_breaks_nothing(page, site_url, kept):
    failed = []
    page.on("pageerror", lambda error: failed.append(error))
    page.add_init_script(f"localStorage.setItem('cnn:path', {json.dumps(kept)})")
    page.goto(site_url)
    page.locator("cnn-filters.cnn-live").wait_for()
    page.goto(site_url + "stride/")
    page.wait_for_load_state("networkidle")
    assert failed == []


def test_the_homework_is_done_when_all_of_it_is_right(page, site_url):
    page.goto(site_url + "homework/")
    page.locator("cnn-homework:defined [name=reply]").first.wait_for()
    answers = ["10x3x16x16", "10x10x12x12", "10x1440", "10x50", "10x10"]
    for question, answer in zip(page.locator("cnn-homework li form").all(), answers, strict=True):
        question.locator("[name=reply]").fill(answer)
        assert "homework" not in page.evaluate(KEPT)["done"]
        question.locator("[name=reply]").press("Enter")
        question.locator("xpath=ancestor::li[@data-verdict='right']").wait_for()
    page.locator(".cnn-nav li > a[href='./'] .cnn-done").wait_for(state="attached")
    assert page.evaluate(KEPT)["done"] == ["homework"]


def test_the_filter_of_the_home_page_is_the_readers(page, site_url):
    page.goto(site_url)
    figure = page.locator("cnn-filters.cnn-live")
    figure.wait_for()
    before = figure.evaluate("figure => figure.values.outputs.own")
    figure.get_by_role("button", name="테두리").click()
    assert figure.evaluate("figure => figure.values.outputs.own") != before
    figure.locator(".cnn-kernel .c").nth(4).click()
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    assert figure.evaluate("figure => figure.spec.own[1][1]") == 0


@pytest.mark.parametrize("size", [(390, 800), (1440, 900), (1920, 1000)])
def test_the_first_screen_has_the_question_the_ways_and_something_to_touch(browser, site_url, size):
    context = browser.new_context(viewport=dict(zip(("width", "height"), size, strict=True)))
    page = context.new_page()
    page.goto(site_url)
    page.locator("cnn-filters.cnn-live").wait_for()
    seen = (
        ".cnn-home__say strong",
        "a[href='why-cnn/'].md-button",
        "a[href='homework/'].md-button",
        ".cnn-try .cnn-is-kernel",
        ".cnn-home .cnn-chip",
    )
    for part in seen:
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= size[1], part
    context.close()
