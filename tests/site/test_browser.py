"""Every page in a real browser: quiet, light, complete without other hosts, open to everybody."""

import pytest

from tests.site.barriers import barriers, contrasts
from tests.site.built import page_addresses
from tests.site.server import served
from tests.site.whole import lay_out

# The English API pages hold the very text of the Korean ones.
ADDRESSES = [a for a in page_addresses() if not a.startswith("en/api/") or a == "en/api/"]
# Bytes that a first visit may load, compressed as a server would: of any page, of the first lesson.
LIMIT = 110_000
OWN_LIMIT = {"convolution/": 100_000, "en/convolution/": 100_000}
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def server(built_site):
    """Return the site's address and what the server has sent."""
    with served(built_site) as (url, sent):
        yield url, sent


@pytest.fixture
def tab(browser):
    """A page of a fresh browser; `problems` and `requests` fill as it goes."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True)
    page = context.new_page()
    page.problems, page.requests = [], []
    page.on("console", lambda m: m.type in ("error", "warning") and page.problems.append(m.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda request: page.requests.append(request.url))
    yield page
    context.close()


@pytest.mark.parametrize("address", [*ADDRESSES, "404.html", "en/404.html"], ids=str)
def test_page_is_quiet_and_light_stays_at_home_and_has_no_barrier(address, tab, server):
    url, sent = server
    sent.clear()
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(url + address)
    tab.wait_for_load_state("networkidle")
    assert sum(sent.values()) <= OWN_LIMIT.get(address, LIMIT), heaviest(sent)
    lay_out(tab)  # what is too wide far below would not be seen
    for width in (360, 320):
        tab.set_viewport_size({"width": width, "height": 780})
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
    assert barriers(tab) == []
    tab.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert contrasts(tab) == []
    assert tab.problems == []
    assert [each for each in tab.requests if not each.startswith((url, "data:", "blob:"))] == []


def heaviest(sent):
    """Return what weighs most of what the server has sent."""
    return sorted(sent.items(), key=lambda item: -item[1])[:8]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("document.querySelectorAll('article p')[3].style.color = '#999'", "color-contrast"),
        ("document.querySelector('article pre code').style.background = '#888'", "color-contrast"),
        (
            "document.querySelector('article p a').style.textDecoration = 'none'",
            "link-in-text-block",
        ),
        ("document.querySelector('article a').setAttribute('role', 'sofa')", "aria-roles"),
        ("document.querySelector('h2').append(document.createElement('button'))", "button-name"),
    ],
)
def test_a_barrier_that_is_put_up_is_found(change, rule, tab, site_url):
    tab.goto(site_url + "convolution/")
    tab.wait_for_selector(".cnn-copy")
    tab.evaluate(change)
    assert rule in {name for name, _ in barriers(tab)}


def test_the_site_works_under_a_path(tab, built_site):
    with served(built_site, "/some/where/") as (url, _):
        for address in ("", "convolution/", "en/convolution/", "api/shape/"):
            tab.goto(url + address)
            tab.wait_for_load_state("networkidle")
        assert tab.problems == []
        tab.locator("header a[hreflang]").click()
        tab.wait_for_url(url + "en/api/shape/")
        tab.locator("header a[hreflang]").click()
        tab.wait_for_url(url + "api/shape/")
    assert {request.split("/some/where/")[0] for request in tab.requests} == {url[:-12].rstrip("/")}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_reader_can_change_the_scheme_and_it_stays(scheme, tab, site_url):
    tab.emulate_media(color_scheme=scheme)
    tab.goto(site_url)
    assert shown_scheme(tab) == scheme
    tab.locator(".cnn-scheme").click()
    assert shown_scheme(tab) != scheme
    tab.reload()
    assert shown_scheme(tab) != scheme


def shown_scheme(tab):
    """Return which scheme the page shows."""
    name = tab.evaluate("document.body.dataset.mdColorScheme")
    return {"default": "light", "slate": "dark"}[name]


def test_the_text_is_there_without_scripts(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "convolution/")
    assert page.locator("cnn-conv svg").first.is_visible()
    assert page.locator("math").first.is_visible()
    assert page.locator("details").first.is_visible()
    context.close()


def test_brackets_are_drawn_with_the_font_of_the_site(tab, site_url):
    tab.goto(site_url + "inner-product/")
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate("document.fonts.check('16px \"STIX Two Math subset\"')")
    matrix = tab.locator("math mtable").first.bounding_box()
    bracket = tab.locator("math mo:has(+ mtable)").first.bounding_box()
    assert bracket["height"] >= 0.9 * matrix["height"]


def test_a_printed_page_leaves_the_frame_out(tab, site_url):
    tab.goto(site_url + "convolution/")
    tab.emulate_media(media="print")
    for part in (".md-header", ".md-footer", ".md-sidebar--primary"):
        assert not tab.locator(part).first.is_visible()
    assert tab.locator("cnn-conv svg").first.is_visible()
