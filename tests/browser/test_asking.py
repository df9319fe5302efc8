"""Readers ask numbers where they come from: by pointer, finger and keys, and without them."""

import pytest

from tests.browser.waiting import FIRST
from tests.site.barriers import barriers

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
NUMBER = "article [data-from]"
STOP = "article [aria-description]"
CARD = ".cnn-source:popover-open"
WORDS = {
    "": {"switch": "수의 출처 보기", "card": "이 수의 출처", "lost": "받지 못했"},
    "en/": {
        "switch": "Show where",
        "card": "Where this number comes from",
        "lost": "did not arrive",
    },
}
SEVENTY = "70 = inner_product(A, B)"
FOCUSED = "document.activeElement"


@pytest.fixture
def phone(new_tab):
    """A page as a phone shows it."""
    return new_tab(**PHONE)


@pytest.fixture
def lesson(page, site_url, errors):
    """The lesson on the inner product; afterwards nothing has gone wrong."""
    page.goto(site_url + "inner-product/")
    yield page
    assert errors == []


def seventy(page):
    """Return the first 70 of the lesson."""
    return page.locator(NUMBER).get_by_text("70", exact=True).first


def switch(page):
    return page.get_by_role("switch")


def test_a_number_looks_like_the_text_around_it(lesson):
    alike = """number => ['color', 'fontWeight', 'textDecorationLine', 'cursor'].every(
      key => getComputedStyle(number)[key] === getComputedStyle(number.parentElement)[key])"""
    lesson.mouse.move(0, 0)
    assert all(number.evaluate(alike) for number in lesson.locator(NUMBER).all())


def test_a_number_that_is_pointed_at_shows_its_expression_and_leads_to_its_line(lesson):
    seventy(lesson).hover()
    card = lesson.locator(CARD)
    card.wait_for()
    assert card.locator("> code").inner_text() == SEVENTY
    card.get_by_role("link").click()
    assert lesson.evaluate("document.querySelector(':target').textContent") == (
        ">>> print(inner_product(A, B))"
    )
    assert lesson.locator(":target").evaluate("line => line.closest('.highlight') !== null")
    box = lesson.locator(":target").bounding_box()
    assert 100 < box["y"] < 600
    assert not card.is_visible()


def test_the_card_stays_while_the_pointer_is_in_it_and_goes_with_the_pointer(lesson):
    seventy(lesson).hover()
    card = lesson.locator(CARD)
    card.wait_for()
    card.hover()
    lesson.wait_for_timeout(400)
    assert card.is_visible()
    lesson.mouse.move(2, 2)
    card.wait_for(state="hidden")


def test_a_pointer_that_passes_by_opens_nothing(lesson):
    seventy(lesson).hover()
    card = lesson.locator(CARD)
    card.wait_for()
    box = seventy(lesson).bounding_box()
    lesson.mouse.move(2, 2)
    card.wait_for(state="hidden")
    lesson.evaluate("document.addEventListener('toggle', () => { window.opened = true; }, true)")
    for step in range(-40, 41, 8):
        lesson.mouse.move(box["x"] + step, box["y"] + 5)
    lesson.wait_for_timeout(500)
    assert lesson.evaluate("window.opened") is None


def test_a_click_keeps_the_card_until_escape_or_a_click_elsewhere(lesson):
    card = lesson.locator(CARD)
    for close in (
        lambda: lesson.keyboard.press("Escape"),
        lambda: lesson.mouse.click(3, 400),
        lambda: seventy(lesson).click(),
    ):
        seventy(lesson).click()
        lesson.mouse.move(2, 300)
        lesson.wait_for_timeout(400)
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


def test_while_the_switch_is_off_no_number_takes_the_focus(lesson):
    seventy(lesson).hover()
    lesson.locator(CARD).wait_for()
    assert lesson.locator(f"{STOP}, {NUMBER}[tabindex]").count() == 0


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


def underlined(page):
    """Return how many numbers are marked for the eye."""
    return page.evaluate(
        """() => [...document.querySelectorAll('article [data-from]')].filter(
          (number) => getComputedStyle(number).textDecorationStyle === 'dotted').length"""
    )


def test_without_storage_the_switch_still_switches(page, site_url, errors):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    )
    page.goto(site_url + "inner-product/")
    switch(page).click()
    page.locator("article.cnn-asks").wait_for()
    assert page.get_by_role("status").get_by_text("이 페이지에서만").is_visible()
    assert errors == []


def on(page):
    """Turn the switch on by keys, and lead the focus to the first number."""
    switch(page).focus()
    page.keyboard.press("Enter")
    page.locator("article.cnn-asks").wait_for()
    while not page.evaluate(f"{FOCUSED}.matches('article [aria-description]')"):
        page.keyboard.press("Tab")


def test_tab_reaches_one_number_of_a_block_and_arrows_the_others(lesson):
    on(lesson)
    stops = lesson.locator(f"{STOP}[tabindex='0']")
    blocks = stops.evaluate_all(
        "all => new Set(all.map((n) => n.closest('p, li, table, .math'))).size"
    )
    assert stops.count() == blocks < lesson.locator(STOP).count()
    order = lesson.locator(STOP)
    here = f"[...document.querySelectorAll('{STOP}')].indexOf({FOCUSED})"
    assert lesson.evaluate(here) == 0
    for _ in range(order.count() + 1):
        lesson.keyboard.press("ArrowRight")
    assert lesson.evaluate(here) == order.count() - 1
    lesson.keyboard.press("ArrowUp")
    assert lesson.evaluate(here) == order.count() - 2
    assert stops.count() == blocks


def test_a_number_in_focus_shows_its_card_and_keys_lead_in_and_out(lesson):
    on(lesson)
    card = lesson.locator(CARD)
    card.wait_for()
    first = lesson.evaluate_handle(FOCUSED)
    assert lesson.evaluate("n => n.textContent", first) in card.inner_text()
    lesson.keyboard.press("Escape")
    assert not card.is_visible()
    lesson.keyboard.press("Enter")
    assert lesson.evaluate(f"{FOCUSED}.matches('.cnn-source')")
    lesson.keyboard.press("Tab")
    assert lesson.evaluate(f"{FOCUSED}.matches('.cnn-source a')")
    lesson.keyboard.press("Escape")
    assert not card.is_visible()
    assert lesson.evaluate(f"n => n === {FOCUSED}", first)
    lesson.keyboard.press(" ")
    inside = card.locator("a, button").count()
    for _ in range(1 + inside):
        assert lesson.evaluate(f"{FOCUSED}.matches('.cnn-source, .cnn-source *')")
        lesson.keyboard.press("Tab")
    assert not lesson.evaluate(f"{FOCUSED}.matches('.cnn-source, .cnn-source *')")
    assert lesson.evaluate(
        f"n => Boolean(n.compareDocumentPosition({FOCUSED}) & Node.DOCUMENT_POSITION_FOLLOWING)",
        first,
    )
    lesson.keyboard.press("Shift+Tab")
    assert lesson.evaluate(f"n => n === {FOCUSED}", first)


def test_the_next_number_in_focus_takes_the_card_over(lesson):
    on(lesson)
    card = lesson.locator(CARD)
    for _ in range(3):
        lesson.keyboard.press("ArrowDown")
        lesson.wait_for_timeout(100)
        said = lesson.evaluate(f"{FOCUSED}.ariaDescription").partition(": ")[2]
        assert said.split("; ") == card.locator("> code").all_inner_texts()
    assert lesson.locator(".cnn-source").count() == 1


def test_a_formula_stays_one_and_answers_for_all_of_its_numbers(lesson):
    on(lesson)
    formula = lesson.locator("math", has=lesson.locator("mn[data-from]")).first
    numbers = formula.locator("[data-from]").all_text_contents()
    assert len(numbers) > 1
    assert formula.get_attribute("role") is None
    formula.evaluate("formula => formula.focus({ focusVisible: true })")
    card = lesson.locator(CARD)
    card.wait_for()
    said = [text.split(" = ")[0] for text in card.locator("> code").all_inner_texts()]
    assert said == numbers
    lesson.keyboard.press("Escape")
    lesson.mouse.move(2, 2)
    formula.locator("[data-from]").last.hover()
    card.wait_for()
    assert card.locator("> code").count() == 1


@pytest.mark.parametrize("root", WORDS)
def test_a_screen_reader_hears_that_a_number_has_a_source(root, page, site_url):
    page.goto(f"{site_url}{root}convolution/")
    on(page)
    number = page.get_by_role("button", name="4", exact=True).first
    assert number.get_attribute("aria-description") == f"{WORDS[root]['card']}: 4 = output[0, 0]"
    number.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name=WORDS[root]["card"]).is_visible()
    assert barriers(page) == []


def test_a_printed_page_has_plain_numbers(lesson):
    on(lesson)
    lesson.locator(CARD).wait_for()
    lesson.emulate_media(media="print")
    assert underlined(lesson) == 0
    assert not lesson.locator(CARD).is_visible()
    assert not switch(lesson).is_visible()


def test_without_script_numbers_are_plain_and_nothing_promises_more(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "inner-product/")
    assert not page.locator(".cnn-asking").is_visible()
    assert "inner_product(A, B)" not in page.locator("article > p").all_inner_texts()
    assert page.locator("article").inner_text().count("70") > 1
    context.close()


def test_copied_text_is_the_text(lesson):
    on(lesson)
    paragraph = lesson.locator("p", has=lesson.locator("[data-from]")).first
    said = paragraph.evaluate(
        "p => { getSelection().selectAllChildren(p); return getSelection().toString(); }"
    )
    assert said == paragraph.evaluate("p => p.textContent")


def test_selecting_a_number_opens_nothing(lesson):
    seventy(lesson).scroll_into_view_if_needed()
    box = seventy(lesson).bounding_box()
    lesson.mouse.move(box["x"], box["y"] + 5)
    lesson.mouse.down()
    lesson.mouse.move(box["x"] + box["width"] - 1, box["y"] + 5, steps=3)
    lesson.mouse.up()
    lesson.mouse.move(2, 2)
    lesson.wait_for_timeout(400)
    assert lesson.evaluate("getSelection().toString()")
    assert not lesson.locator(CARD).is_visible()


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
def test_a_number_is_evaluated_and_changed_under_its_paragraph(lesson):
    evaluate = lesson.get_by_role("button", name="여기서 계산하기")
    seventy(lesson).click()
    evaluate.click()
    assert not lesson.locator(CARD).is_visible()
    cell = lesson.locator(".cnn-asked")
    assert cell.locator("textarea").input_value() == "inner_product(A, B)"
    below = seventy(lesson).evaluate(
        "number => number.closest('article > *').nextElementSibling.className"
    )
    assert below == "cnn-asked"
    lesson.get_by_role("button", name="받아서 실행").click()
    said = cell.locator(".cnn-ran__said", has_text="밀리초")
    said.wait_for(timeout=FIRST)
    assert "70" in cell.locator(".cnn-ran pre").text_content()
    assert cell.get_by_role("button", name="코드 링크 복사").count() == 0
    cell.locator("textarea").fill("inner_product(A, 2 * B)")
    cell.locator("button.cnn-run").click()
    cell.locator(".cnn-ran pre", has_text="140").wait_for()
    assert barriers(lesson) == []
    seventy(lesson).click()
    evaluate.click()
    cell.locator(".cnn-ran pre", has_text="70").wait_for()
    assert cell.count() == 1


@pytest.mark.usefixtures("python")
def test_a_quoted_number_or_one_of_a_figure_is_not_evaluated_here(lesson):
    table = lesson.evaluate(
        """async () => (await fetch(document.querySelector('.cnn-sources').dataset.at)).json()"""
    )
    assert {type(start) for start in table["runs"]} == {int, type(None)}
    for row, start in zip(table["rows"], table["runs"], strict=True):
        assert start is None or len(row) < 3
    number = table["runs"].index(None)
    lesson.wait_for_load_state("networkidle")  # nothing moves under the click any more
    lesson.locator(f"article [data-from='{number}']").first.click()
    lesson.locator(CARD).wait_for()
    assert lesson.get_by_role("button", name="여기서 계산하기").count() == 0
