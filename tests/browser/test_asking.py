"""Readers ask numbers where they come from: by pointer and finger, and without either."""

import pytest

from tests.browser.asking import CARD, NUMBER, SEVENTY, STOP, WORDS, seventy, switch, underlined
from tests.browser.waiting import FIRST
from tests.site.barriers import barriers

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def phone(new_tab):
    """A page as a phone shows it."""
    return new_tab(**PHONE)


def test_a_number_looks_like_the_text_around_it(asked):
    alike = """number => ['color', 'fontWeight', 'textDecorationLine', 'cursor'].every(
      key => getComputedStyle(number)[key] === getComputedStyle(number.parentElement)[key])"""
    asked.mouse.move(0, 0)
    assert all(number.evaluate(alike) for number in asked.locator(NUMBER).all())


def test_a_number_that_is_pointed_at_shows_its_expression_and_leads_to_its_line(asked):
    seventy(asked).hover()
    card = asked.locator(CARD)
    card.wait_for()
    assert card.locator("> code").inner_text() == SEVENTY
    card.get_by_role("link").click()
    assert asked.evaluate("document.querySelector(':target').textContent") == (
        ">>> print(inner_product(A, B))"
    )
    assert asked.locator(":target").evaluate("line => line.closest('.highlight') !== null")
    box = asked.locator(":target").bounding_box()
    assert 100 < box["y"] < 600
    assert not card.is_visible()


def test_the_card_stays_while_the_pointer_is_in_it_and_goes_with_the_pointer(asked):
    seventy(asked).hover()
    card = asked.locator(CARD)
    card.wait_for()
    card.hover()
    asked.wait_for_timeout(400)
    assert card.is_visible()
    asked.mouse.move(2, 2)
    card.wait_for(state="hidden")


def test_a_pointer_that_passes_by_opens_nothing(asked):
    seventy(asked).hover()
    card = asked.locator(CARD)
    card.wait_for()
    box = seventy(asked).bounding_box()
    asked.mouse.move(2, 2)
    card.wait_for(state="hidden")
    asked.evaluate("document.addEventListener('toggle', () => { window.opened = true; }, true)")
    for step in range(-40, 41, 8):
        asked.mouse.move(box["x"] + step, box["y"] + 5)
    asked.wait_for_timeout(500)
    assert asked.evaluate("window.opened") is None


def test_a_click_keeps_the_card_until_escape_or_a_click_elsewhere(asked):
    card = asked.locator(CARD)
    for close in (
        lambda: asked.keyboard.press("Escape"),
        lambda: asked.mouse.click(3, 400),
        lambda: seventy(asked).click(),
    ):
        seventy(asked).click()
        asked.mouse.move(2, 300)
        asked.wait_for_timeout(400)
        assert card.is_visible()
        close()
        card.wait_for(state="hidden")


def test_a_tap_opens_a_card_within_the_screen_and_a_tap_elsewhere_closes_it(phone, site_url):
    phone.goto(site_url + "inner-product/")
    for number in phone.locator(f"{NUMBER}:not(a *)").all():
        number.scroll_into_view_if_needed()
        number.tap()
        card = phone.locator(CARD)
        card.wait_for()
        box, own = card.bounding_box(), number.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] >= own["y"] + own["height"] or box["y"] + box["height"] <= own["y"]
        for link in card.get_by_role("link").all():
            assert link.bounding_box()["height"] >= 43.5
        phone.touchscreen.tap(5, 100)
        card.wait_for(state="hidden")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_switch_is_large_enough_for_a_finger(phone, site_url):
    phone.goto(site_url + "inner-product/")
    assert switch(phone).bounding_box()["height"] >= 43.5


def test_while_the_switch_is_off_no_number_takes_the_focus(asked):
    seventy(asked).hover()
    asked.locator(CARD).wait_for()
    assert asked.locator(f"{STOP}, {NUMBER}[tabindex]").count() == 0


@pytest.mark.parametrize("root", WORDS)
def test_the_switch_shows_all_numbers_and_is_remembered(root, page, site_url, errors):
    page.goto(f"{site_url}{root}convolution/")
    found = switch(page)
    assert found.get_attribute("aria-checked") == "false"
    assert WORDS[root]["switch"] in found.inner_text()
    assert str(page.locator(NUMBER).count()) in found.get_attribute("title")
    found.click()
    page.locator("article.cnn-asks").wait_for()
    assert underlined(page) == page.locator(NUMBER).count()
    page.goto(f"{site_url}{root}homework/")
    page.locator("article.cnn-asks").wait_for()
    assert switch(page).get_attribute("aria-checked") == "true"
    switch(page).click()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert underlined(page) == 0
    assert errors == []


def test_without_storage_the_switch_still_switches(page, site_url, errors):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    )
    page.goto(site_url + "inner-product/")
    switch(page).click()
    page.locator("article.cnn-asks").wait_for()
    assert page.get_by_role("status").get_by_text("이 페이지에서만").is_visible()
    assert errors == []


def test_without_script_numbers_are_plain_and_nothing_promises_more(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "inner-product/")
    assert not page.locator(".cnn-asking").is_visible()
    assert "inner_product(A, B)" not in page.locator("article > p").all_inner_texts()
    assert page.locator("article").inner_text().count("70") > 1
    context.close()


def test_selecting_a_number_opens_nothing(asked):
    seventy(asked).scroll_into_view_if_needed()
    box = seventy(asked).bounding_box()
    asked.mouse.move(box["x"], box["y"] + 5)
    asked.mouse.down()
    asked.mouse.move(box["x"] + box["width"] - 1, box["y"] + 5, steps=3)
    asked.mouse.up()
    asked.mouse.move(2, 2)
    asked.wait_for_timeout(400)
    assert asked.evaluate("getSelection().toString()")
    assert not asked.locator(CARD).is_visible()


def test_the_script_comes_with_the_first_question(page, site_url):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(site_url + "inner-product/")
    page.wait_for_load_state("networkidle")
    came = {"numbers", "sources-inner-product-index"}
    assert not came & {url.rpartition("/")[2].split(".")[0] for url in fetched}
    seventy(page).hover()
    page.locator(CARD).wait_for()
    assert came <= {url.rpartition("/")[2].split(".")[0] for url in fetched}


def test_a_quoted_number_names_its_source(page, site_url, errors):
    page.goto(site_url + "corrections/")
    number = page.evaluate(
        """async () => {
          const answer = await fetch(document.querySelector('.cnn-sources').dataset.at);
          return (await answer.json()).rows.findIndex(([, , quoted]) => quoted);
        }"""
    )
    page.locator(f"article [data-from='{number}']").first.hover()
    assert page.locator(f"{CARD} > p").inner_text() == "인용한 곳: 강의 자료"
    assert errors == []


@pytest.mark.parametrize("root", WORDS)
def test_a_script_that_does_not_arrive_is_said_and_asked_for_again(root, page, site_url):
    page.route("**/numbers.*.js", lambda route: route.abort())
    page.goto(f"{site_url}{root}convolution/")
    switch(page).click()
    page.get_by_role("status").get_by_text(WORDS[root]["lost"]).wait_for()
    assert switch(page).get_attribute("aria-checked") == "false"
    page.unroute("**/numbers.*.js")
    switch(page).click()
    page.locator("article.cnn-asks").wait_for()


@pytest.mark.usefixtures("python")
def test_a_number_is_evaluated_and_changed_under_its_paragraph(asked):
    evaluate = asked.get_by_role("button", name="여기서 계산하기")
    seventy(asked).click()
    evaluate.click()
    assert not asked.locator(CARD).is_visible()
    cell = asked.locator(".cnn-asked")
    assert cell.locator("textarea").input_value() == "inner_product(A, B)"
    below = seventy(asked).evaluate(
        "number => number.closest('article > *').nextElementSibling.className"
    )
    assert below == "cnn-asked"
    asked.get_by_role("button", name="받아서 실행").click()
    said = cell.locator(".cnn-ran__said", has_text="밀리초")
    said.wait_for(timeout=FIRST)
    assert "70" in cell.locator(".cnn-ran pre").text_content()
    assert cell.get_by_role("button", name="코드 링크 복사").count() == 0
    cell.locator("textarea").fill("inner_product(A, 2 * B)")
    cell.locator("button.cnn-run").click()
    cell.locator(".cnn-ran pre", has_text="140").wait_for()
    assert barriers(asked) == []
    seventy(asked).click()
    evaluate.click()
    cell.locator(".cnn-ran pre", has_text="70").wait_for()
    assert cell.count() == 1


@pytest.mark.usefixtures("python")
def test_a_quoted_number_or_one_of_a_figure_is_not_evaluated_here(asked):
    table = asked.evaluate(
        """async () => (await fetch(document.querySelector('.cnn-sources').dataset.at)).json()"""
    )
    assert {type(start) for start in table["runs"]} == {int, type(None)}
    for row, start in zip(table["rows"], table["runs"], strict=True):
        assert start is None or len(row) < 3
    number = table["runs"].index(None)
    asked.wait_for_load_state("networkidle")  # nothing moves under the click any more
    asked.locator(f"article [data-from='{number}']").first.click()
    asked.locator(CARD).wait_for()
    assert asked.get_by_role("button", name="여기서 계산하기").count() == 0
