"""Opens pages of the built site, and puts figures into them as the site's own would stand."""

import pytest

from tests.browser import gallery
from tests.browser.worksheet import opened

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
def show(page, site_url, errors):
    """Show figures of the gallery in a real page of the site; afterwards nothing has gone wrong."""

    def open_with(*names, lang="ko", body=None, query=""):
        page.goto(f"{site_url}{'en/' if lang == 'en' else ''}convolution/{query}")
        page.evaluate(
            """html => {
              document.querySelector('article').innerHTML = `<h1>Figures</h1>${html}`;
              document.dispatchEvent(new Event('cnn:added'));
            }""",
            body or gallery.html(*names, lang=lang),
        )
        page.wait_for_function("!document.querySelector('article :not(:defined)')")
        page.keyboard.press("Shift")  # the first key brings every figure to life, one by one
        page.wait_for_function(LIVE)
        return page

    yield open_with
    assert errors == []


@pytest.fixture
def worksheet(page, site_url, errors):
    yield opened(page, f"{site_url}homework/")
    assert errors == []
