"""A cell that stands open: its code runs, is kept, and shows figures that move."""

import pytest

from tests.browser.waiting import FIRST
from tests.site.barriers import barriers

HEAD = "from lesson.show import show\n"

pytestmark = pytest.mark.usefixtures("python")


@pytest.fixture
def cell(watched_phone, site_url):
    """The open cell of the playground, on a phone."""
    page, page.home = watched_phone, site_url
    page.goto(site_url + "playground/")
    page.locator(".cnn-cell textarea").wait_for()
    return page.locator(".cnn-cell")


def run(cell, code=None, agree=False):
    if code is not None:
        cell.locator("textarea").fill(code)
    cell.locator("button.cnn-run").click()
    if agree:
        cell.page.get_by_role("button", name="받아서 실행").click()
    cell.locator(".cnn-ran__said", has_text="밀리초").wait_for(timeout=FIRST)
    return cell.locator(".cnn-ran__said").text_content()


def test_the_cell_shows_what_it_prints_and_a_figure_that_moves(cell):
    page = cell.page
    assert "실행했습니다." in run(cell, agree=True)
    assert cell.locator(".cnn-ran pre").text_content().startswith("[[4 3 4]")
    figure = cell.locator(".cnn-ran cnn-conv")
    figure.get_by_role("button", name="다음").click()
    assert "출력 0행 1열" in figure.text_content()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_figures_follow_the_code_and_impossible_ones_are_explained(cell):
    pool = HEAD + "show('pool2d', input=[[1, 2], [3, 9]], kernel_size={})\n"
    run(cell, pool.format(2), agree=True)
    assert cell.locator("cnn-pool").get_attribute("id") == "code-1-1"
    assert "9" in cell.locator("cnn-pool").text_content()
    cell.locator("textarea").fill(pool.format(3))
    cell.locator("button.cnn-run").click()
    cell.locator(".cnn-ran__said", has_text="오류가 나서").wait_for(timeout=FIRST)
    assert "`kernel_size` must fit" in cell.locator(".cnn-ran pre").first.text_content()
    assert cell.locator("cnn-pool").count() == 0


def test_what_was_written_is_kept_and_a_link_comes_before_it(cell):
    page = cell.page
    cell.locator("textarea").fill("1 + 2")
    page.reload()
    assert cell.locator("textarea").input_value() == "1 + 2"
    page.goto(page.home + "playground/?code-1.text='3%20%2B%204")
    cell.locator("textarea").wait_for()
    assert cell.locator("textarea").input_value() == "3 + 4"
    assert cell.locator(".cnn-ran pre").count() == 0


def test_markup_that_code_sends_is_a_drawing_and_nothing_else(cell):
    page = cell.page
    code = (
        HEAD
        + "import lesson.show as s\n"
        + (
            "s.drawn = lambda lang: ['<figure onclick=x()><script>x()</script><iframe></iframe>"
            "<a href=//example.org>a</a><b style=color:red>b</b></figure>']\n"
        )
    )
    run(cell, code, agree=True)
    left = cell.locator(".cnn-ran figure").evaluate("each => each.outerHTML")
    assert left == '<figure id="code-1-1"><b>b</b></figure>'
    assert page.locator(".cnn-ran :is(script, iframe, a)").count() == 0
