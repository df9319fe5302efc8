"""Readers find the lesson: queries as they are typed, and a search that nothing typed can break."""

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.pages.test_questions import ways

FIELD = "[role=search] input"
LINKS = "[role=search] ol a"
KEPT = Path(__file__).with_name("queries")
# Of each language's queries, how many may miss their page.
MAY_MISS = {"ko": 7, "en": 2}
# Asks the index itself, in the page: thousands of queries take no longer than typing ten.
FIND = """async ([address, queries]) => {
  const { Index } = await import(new URL("cnn/search.js", address).href);
  const answer = await fetch(document.querySelector(".cnn-search").dataset.index);
  const index = new Index(await answer.json());
  return queries.map((query) => index.find(query).map(({ url }) => url));
}"""
ODD = [
    "__proto__", "constructor", "toString", "view(-1)", "[", "(", "\\\\", "*", "+", "a*", "~1",
    "^2", ":", "title:", "-", '"', "\u200b", "\ud55c", "ㅎ", "ㅏㅏ", "😀", "İ", "ß", "１×１", "𝑥",
    "%zz", "<b>", "\x00", "ㄱ" * 500, "가 " * 300,
]  # fmt: skip


def kept(language):
    """Return (query, the pages that answer it) for each query that is kept."""
    lines = (KEPT / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    found = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(query, tuple(pages.split("|"))) for query, pages in found]


def pages_of(urls, most=3):
    """Return the first pages of what was found, each once."""
    return list(dict.fromkeys(url.split("#")[0] for url in urls))[:most]


@pytest.fixture
def ask(page, site_url):
    """Return a function from a language and queries to what each finds, best first."""

    def find(language, queries):
        page.goto(site_url + ("en/" if language == "en" else "") + "convolution/")
        return page.evaluate(FIND, [site_url, list(queries)])

    return find


@pytest.mark.parametrize("language", ["ko", "en"])
def test_queries_find_their_page_among_the_first_three(language, ask):
    queries = kept(language)
    found = ask(language, [query for query, _ in queries])
    missed = {
        query: pages_of(urls)
        for (query, pages), urls in zip(queries, found, strict=True)
        if not any(hit.startswith(pages) for hit in pages_of(urls))
    }
    assert len(missed) <= MAY_MISS[language], missed


def test_a_learners_words_find_the_question_or_its_reason_among_the_first_three(ask):
    lines = (KEPT / "questions.tsv").read_text(encoding="utf-8").splitlines()
    asked = [line.split("\t") for line in lines if not line.startswith("#")]
    reasons = {name: "/#".join(way).replace(".md", "") for name, way in ways().items()}
    found = ask("ko", [query for _, query in asked])
    missed = {
        query: urls[:3]
        for (name, query), urls in zip(asked, found, strict=True)
        if not {f"questions/#{name}", reasons[name]} & set(urls[:3])
    }
    assert missed == {}


def test_the_questions_do_not_stand_before_the_lessons(ask):
    """A lesson that answers a query keeps its place; the questions come after it."""
    queries = [query for query, _ in kept("ko")]
    before = [
        query
        for query, urls in zip(queries, ask("ko", queries), strict=True)
        if urls[0].startswith("questions/")
    ]
    assert before == []


@pytest.mark.parametrize(
    "same",
    [
        ("맥스풀링", "최대 풀링", "max pooling", "최대풀링이란", "MaxPool2d"),
        ("파라미터", "매개변수", "매개변수를", "parameter"),
        ("1x1 합성곱", "1×1 컨볼루션", "pointwise"),
    ],
)
def test_every_name_of_a_term_finds_the_same_page(same, ask):
    assert len({pages_of(urls, 1)[0] for urls in ask("ko", same)}) == 1


def test_a_lesson_stands_before_the_reference(ask):
    for urls in ask("ko", ["convolution", "padding", "dilation", "groups", "stride"]):
        assert not urls[0].startswith("api/")


def test_the_word_of_a_stem_is_marked_whole(page, site_url):
    page.goto(site_url + "convolution/")
    marking = FIND.replace("({ url }) => url", "({ excerpt }) => excerpt")
    [found] = page.evaluate(marking, [site_url, ["패딩 padding"]])
    cut = [
        (piece, after)
        for parts in found
        for (piece, marked), (after, _) in pairwise(parts)
        if marked and piece[-1].isascii() and re.match("[A-Za-z]", after)
    ]
    assert any(marked for parts in found for _, marked in parts)
    assert cut == []


def test_no_text_makes_an_error(ask):
    made = random.Random(10)
    letters = [chr(made.randrange(32, 0x2FFF)) for _ in range(200)] + list("합성곱 필터 conv2d_(*)")
    texts = ["".join(made.choices(letters, k=made.randrange(1, 40))) for _ in range(300)]
    assert len(ask("ko", ODD + texts)) == len(ODD) + 300


def test_enter_opens_the_best_section(page, site_url):
    page.goto(site_url)
    page.locator(FIELD).fill("깊이별 합성곱")
    page.locator(LINKS).first.wait_for()
    best = page.locator(LINKS).first.evaluate("link => link.href")
    assert "#" in best
    page.locator(FIELD).press("Enter")
    page.wait_for_url(best)


def entered(page, site_url, withheld):
    """Ask for the stride with Enter while a file does not arrive; return its requests."""
    held = []
    page.route(withheld, lambda route: held.append(route))
    page.goto(site_url)
    page.locator(FIELD).fill("스트라이드")
    page.locator(FIELD).press("Enter")
    return held


def test_enter_that_comes_before_the_index_waits_for_it(page, site_url):
    held = entered(page, site_url, "**/search-ko.*.json")
    page.locator("[role=search] [role=status]", has_text="받고 있습니다").wait_for()
    held.pop().continue_()
    page.wait_for_url("**/stride/**")


def test_enter_that_comes_before_the_script_waits_for_it(page, site_url):
    held = entered(page, site_url, "**/cnn/search.*.js")
    while not held:  # the page fetches it when the field is first used
        page.wait_for_timeout(20)
    held.pop().continue_()
    page.wait_for_url("**/stride/**")


def test_keys_lead_from_the_field_through_the_results_and_back(page, site_url):
    page.goto(site_url)
    page.keyboard.press("/")
    page.keyboard.type("padding")
    page.locator(LINKS).nth(1).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement"
    assert page.locator(LINKS).nth(1).evaluate(f"link => link === {focused}")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(f"{focused}.name") == "query"
    page.keyboard.press("Escape")
    assert not page.locator("[role=search] ol").is_visible()


def test_a_phone_shows_the_field_by_a_button(new_tab, site_url):
    page = new_tab(viewport={"width": 390, "height": 800}, has_touch=True)
    page.goto(site_url)
    assert not page.locator(FIELD).is_visible()
    page.get_by_role("button", name="검색 열기").tap()
    page.keyboard.insert_text("패딩")
    page.locator(LINKS).first.tap()
    page.wait_for_url("**/padding/**")


def test_the_search_is_fetched_when_it_is_opened(page, site_url):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(site_url)
    page.wait_for_load_state("networkidle")
    assert not [url for url in fetched if "search" in url]
    with page.expect_request(lambda request: "search-ko." in request.url):
        page.locator(FIELD).focus()


def test_what_does_not_arrive_is_said_and_asked_for_again(page, site_url):
    page.route("**/search-ko.*.json", lambda route: route.abort())
    page.goto(site_url)
    page.locator(FIELD).fill("패딩")
    page.locator("[role=search] [role=status]", has_text="받지 못했습니다").wait_for()
    page.unroute("**/search-ko.*.json")
    page.locator(FIELD).fill("패딩이란")
    page.locator(LINKS).first.wait_for()


def test_each_language_searches_its_own_pages(page, site_url):
    page.goto(site_url + "en/")
    page.locator(FIELD).fill("convolution")
    page.locator(LINKS).first.wait_for()
    links = page.locator(LINKS).evaluate_all("all => all.map((link) => link.href)")
    assert all(link.startswith(site_url + "en/") for link in links)


def test_nothing_typed_becomes_markup(page, site_url):
    page.goto(site_url)
    page.locator(FIELD).fill("<img src=x onerror=alert(1)> 합성곱")
    page.locator(LINKS).first.wait_for()
    assert page.locator("[role=search] img").count() == 0
