"""Opens pages of the built site, and puts figures into them as the site's own would stand."""

import pytest

from tests.browser import gallery
from tests.browser.worksheet import opened
from tests.site.built import soup

LIVE = """() => [...document.querySelectorAll('article [spec]:has(> figure.cnn-figure)')]
  .every((element) => element.classList.contains('cnn-live'))"""


class Watched:
    """A browser whose pages may be polled: Playwright waits for a condition by evaluating text.

    The site's policy refuses that; tests/site keeps to the policy.
    """

    def __init__(self, browser):
        self.browser = browser

    def __getattr__(self, name):
        return getattr(self.browser, name)

    def new_context(self, **named):
        return self.browser.new_context(bypass_csp=True, **named)


@pytest.fixture(scope="session")
def browser(browser):
    """Return the browser with pages that a test can wait in."""
    return Watched(browser)


@pytest.fixture
def errors(page):
    """What the page has complained about; a test that does not expect any checks at its end."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: said.type == "error" and found.append(said.text))
    return found


@pytest.fixture
def python(built_site):
    """Skip where the site was built without Python; CI refuses such a build."""
    if not soup(built_site / "convolution" / "index.html").select("[name=cnn-run]"):
        pytest.skip("the site was built without Python: no source of its files was reached")


@pytest.fixture
def watched_phone(browser):
    """A page on a phone with a store of its own; it fails the test that makes it complain."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.broken = []
    page.on("pageerror", lambda error: page.broken.append(str(error)))
    page.on("console", lambda said: said.type == "error" and page.broken.append(said.text))
    yield page
    assert page.broken == []
    context.close()


@pytest.fixture
def stage(page, site_url, built_site, staged):
    """Open a page whose article is some HTML, in a lesson's place."""

    def open_with(html, lang="ko", query=""):
        root = "en/" if lang == "en" else ""
        lesson = (built_site / root / "convolution" / "index.html").read_text(encoding="utf-8")
        staged[f"/{root}stage/"] = lesson_with(html, lesson)
        page.goto(f"{site_url}{root}stage/{query}")
        page.wait_for_function("!document.querySelector('article :not(:defined)')")
        return page

    return open_with


@pytest.fixture
def show(stage, errors):
    """Show figures of the gallery; afterwards nothing has gone wrong."""

    def open_with(*names, lang="ko", body=None, query=""):
        page = stage(body or gallery.html(*names, lang=lang), lang, query)
        page.keyboard.press("Shift")  # the first key brings every figure to life, one by one
        page.wait_for_function(LIVE)
        return page

    yield open_with
    assert errors == []


def lesson_with(html, lesson):
    """Return the page of a lesson with some HTML in the place of its text."""
    start, end = lesson.index("<article"), lesson.index("</article>")
    return f"{lesson[:start]}<article class='md-typeset'><h1>Figures</h1>{html}{lesson[end:]}"


@pytest.fixture
def worksheet(page, site_url, errors):
    yield opened(page, f"{site_url}homework/")
    assert errors == []


@pytest.fixture
def asked(page, site_url, errors):
    """Open the lesson on the inner product, to ask its numbers; nothing may go wrong."""
    page.goto(site_url + "inner-product/")
    yield page
    assert errors == []
