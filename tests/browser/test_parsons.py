"""Lines put in order in a browser: judged as running them judges, by keys, by touch."""

from itertools import permutations

import pytest
from lesson.parsons import PUZZLES, WORDS

from tests.lesson.test_parsons import IDS, right_orders
from tests.site.barriers import barriers

KO = WORDS["ko"]
JUDGED = """async ([site, orders]) => {
  const { problem, rightOrders } = await import(`${site}cnn/parsons.js`);
  return [orders.map((lines) => problem(lines) === null), rightOrders(orders[0])];
}"""


@pytest.fixture
def parsons(page, site_url, errors):
    page.goto(f"{site_url}check/")
    page.locator("cnn-parsons [data-do=check]").wait_for()
    yield page.locator("cnn-parsons")
    assert errors == []


@pytest.mark.parametrize("puzzle", PUZZLES, ids=IDS)
def test_every_order_is_judged_as_running_it_judges(page, site_url, puzzle):
    orders = list(permutations(puzzle["lines"]))
    page.goto(site_url)
    judged, many = page.evaluate(JUDGED, [site_url, orders])
    right = right_orders(puzzle)
    assert {order for order, fits in zip(orders, judged, strict=True) if fits} == right
    assert many == len(right)


def shown(parsons, puzzle, order):
    lines = [puzzle["lines"][i] for i in order]
    parsons.evaluate("(element, [id, lines]) => element.show(id, lines)", [puzzle["id"], lines])


def test_what_is_wrong_is_explained(page, parsons):
    puzzle = PUZZLES[0]
    for order, said in (
        ((0, 1, 2, 3, 5, 4), KO["missing"].format(n=5, name="v")),
        ((1, 0, 2, 3, 4, 5), KO["inside"].format(n=2)),
        ((5, 0, 1, 2, 3, 4), KO["missing"].split(".")[0].format(n=1, name="y")),
        ((0, 4, 3, 2, 1, 5), KO["others"].format(n=24)),
    ):
        shown(parsons, puzzle, order)
        parsons.locator("[data-do=check]").click()
        assert said in parsons.locator("[role=status]").text_content()


def test_a_line_is_moved_by_keys_and_keeps_the_focus(page, parsons):
    shown(parsons, PUZZLES[4], (0, 1, 3, 2))
    parsons.locator("li").nth(3).locator("[data-do=up]").focus()
    page.keyboard.press("Enter")
    assert parsons.locator("li code").all_text_contents() == PUZZLES[4]["lines"]
    assert KO["up"].format(line="3. ") in page.evaluate("document.activeElement.ariaLabel")
    parsons.locator("[data-do=check]").press("Enter")
    assert parsons.get_attribute("data-verdict") == "right"


def test_a_puzzle_starts_wrong_and_mixes_again(page, parsons):
    for puzzle in IDS * 3:
        parsons.locator("select").select_option(puzzle)
        parsons.locator("[data-do=check]").click()
        assert parsons.get_attribute("data-verdict") == "wrong"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_moves_lines_by_touch(browser, site_url, scheme):
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(f"{site_url}check/")
    parsons = page.locator("cnn-parsons")
    parsons.locator("[data-do=check]").wait_for()
    before = parsons.locator("li code").all_text_contents()
    parsons.locator("li").first.locator("[data-do=down]").tap()
    after = parsons.locator("li code").all_text_contents()
    assert after == [before[1], before[0], *before[2:]]
    box = parsons.locator("[data-do=down]").first.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_without_a_script_the_answer_is_folded(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}check/")
    assert page.get_by_text(KO["noScript"]).is_visible()
    page.locator("cnn-parsons summary").first.click()
    assert page.locator("cnn-parsons pre").first.is_visible()
    context.close()
