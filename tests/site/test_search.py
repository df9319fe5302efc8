"""Readers find the lesson: Korean queries as they are typed, with particles and without spaces."""

import pytest

# Query, and the page (or one of the pages) that must be among the first five found.
QUERIES = {
    "합성곱": "convolution/",
    "교차상관": "convolution/",
    "필터에서": ("convolution/", "dilation/", "layers/"),
    "패딩이란": "padding/",
    "제로 패딩": "padding/",
    "패딩은": "padding/",
    "스트라이드": "stride/",
    "스트라이드를": "stride/",
    "출력크기": ("stride/", "shape/"),
    "출력 크기 공식": "stride/",
    "내적": "inner-product/",
    "내적이란": "inner-product/",
    "프로베니우스": "inner-product/",
    "채널": "channels/",
    "채널을": "channels/",
    "특징맵": "convolution/",
    "수용영역": "pooling/",
    "수용 영역": "pooling/",
    "풀링": "pooling/",
    "최대 풀링": "pooling/",
    "팽창": "dilation/",
    "dilation": "dilation/",
    "그룹": "groups/",
    "groups": "groups/",
    "변수": "conv2d/",
    "매개변수": "conv2d/",
    "reflect": "padding-mode/",
    "형상": "shape/",
    "평탄화": "homework-answers/",
    "1440": "homework-answers/",
    "mat1 and mat2": "homework",
    "편향": "conv2d/",
}


@pytest.fixture(scope="module")
def search(browser, site_url):
    """Return a function from a query to the pages found, best first."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(site_url + "layers/")
    box = tab.locator("input.md-search__input")
    box.click()

    def find(query):
        box.fill("")
        box.press("End")
        tab.wait_for_function("!document.querySelector('.md-search-result__item')")
        box.fill(query)
        box.press("End")
        tab.wait_for_selector(".md-search-result__item > a", timeout=5000)
        links = tab.locator(".md-search-result__item > a").evaluate_all(
            "all => all.map(a => a.href)"
        )
        found = [link.removeprefix(site_url).split("#")[0].split("?")[0] for link in links]
        return list(dict.fromkeys(found))

    yield find
    context.close()


def test_most_queries_find_their_lesson_among_the_first_five(search):
    found = {query: search(query)[:5] for query in QUERIES}
    missed = {
        query: found[query]
        for query, page in QUERIES.items()
        if not any(hit.startswith(page) for hit in found[query])
    }
    assert missed == {}


def test_the_search_is_fetched_when_it_is_opened(page, site_url):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(site_url)
    page.wait_for_load_state("networkidle")
    assert not [url for url in fetched if "search" in url]
    with page.expect_request(lambda request: request.url.endswith("search_index.json")):
        page.locator("input.md-search__input").click()


def test_each_language_searches_its_own_pages(page, site_url):
    page.goto(site_url + "en/")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").fill("convolution")
    page.locator("input.md-search__input").press("End")
    page.wait_for_selector(".md-search-result__item > a")
    links = page.locator(".md-search-result__item > a").evaluate_all("all => all.map(a => a.href)")
    assert links
    assert all(link.startswith(site_url + "en/") for link in links)
