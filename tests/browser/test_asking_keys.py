"""By keys, and for who hears the page, copies or prints it: a number says where it comes from."""

import pytest

from tests.browser.asking import CARD, FOCUSED, STOP, WORDS, on, switch, underlined
from tests.site.barriers import barriers


def test_tab_reaches_one_number_of_a_block_and_arrows_the_others(asked):
    on(asked)
    stops = asked.locator(f"{STOP}[tabindex='0']")
    blocks = stops.evaluate_all(
        "all => new Set(all.map((n) => n.closest('p, li, table, .math'))).size"
    )
    assert stops.count() == blocks < asked.locator(STOP).count()
    order = asked.locator(STOP)
    here = f"[...document.querySelectorAll('{STOP}')].indexOf({FOCUSED})"
    assert asked.evaluate(here) == 0
    for _ in range(order.count() + 1):
        asked.keyboard.press("ArrowRight")
    assert asked.evaluate(here) == order.count() - 1
    asked.keyboard.press("ArrowUp")
    assert asked.evaluate(here) == order.count() - 2
    assert stops.count() == blocks


def test_a_number_in_focus_shows_its_card_and_keys_lead_in_and_out(asked):
    on(asked)
    card = asked.locator(CARD)
    card.wait_for()
    first = asked.evaluate_handle(FOCUSED)
    assert asked.evaluate("n => n.textContent", first) in card.inner_text()
    asked.keyboard.press("Escape")
    assert not card.is_visible()
    asked.keyboard.press("Enter")
    assert asked.evaluate(f"{FOCUSED}.matches('.cnn-source')")
    asked.keyboard.press("Tab")
    assert asked.evaluate(f"{FOCUSED}.matches('.cnn-source a')")
    asked.keyboard.press("Escape")
    assert not card.is_visible()
    assert asked.evaluate(f"n => n === {FOCUSED}", first)
    asked.keyboard.press(" ")
    inside = card.locator("a, button").count()
    for _ in range(1 + inside):
        assert asked.evaluate(f"{FOCUSED}.matches('.cnn-source, .cnn-source *')")
        asked.keyboard.press("Tab")
    assert not asked.evaluate(f"{FOCUSED}.matches('.cnn-source, .cnn-source *')")
    assert asked.evaluate(
        f"n => Boolean(n.compareDocumentPosition({FOCUSED}) & Node.DOCUMENT_POSITION_FOLLOWING)",
        first,
    )
    asked.keyboard.press("Shift+Tab")
    assert asked.evaluate(f"n => n === {FOCUSED}", first)


def test_the_next_number_in_focus_takes_the_card_over(asked):
    on(asked)
    card = asked.locator(CARD)
    for _ in range(3):
        asked.keyboard.press("ArrowDown")
        asked.wait_for_timeout(100)
        said = asked.evaluate(f"{FOCUSED}.ariaDescription").partition(": ")[2]
        assert said.split("; ") == card.locator("> code").all_inner_texts()
    assert asked.locator(".cnn-source").count() == 1


def test_a_formula_stays_one_and_answers_for_all_of_its_numbers(asked):
    on(asked)
    formula = asked.locator("math", has=asked.locator("mn[data-from]")).first
    numbers = formula.locator("[data-from]").all_text_contents()
    assert len(numbers) > 1
    assert formula.get_attribute("role") is None
    formula.evaluate("formula => formula.focus({ focusVisible: true })")
    card = asked.locator(CARD)
    card.wait_for()
    said = [text.split(" = ")[0] for text in card.locator("> code").all_inner_texts()]
    assert said == numbers
    asked.keyboard.press("Escape")
    asked.mouse.move(2, 2)
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


def test_a_printed_page_has_plain_numbers(asked):
    on(asked)
    asked.locator(CARD).wait_for()
    asked.emulate_media(media="print")
    assert underlined(asked) == 0
    assert not asked.locator(CARD).is_visible()
    assert not switch(asked).is_visible()


def test_copied_text_is_the_text(asked):
    on(asked)
    paragraph = asked.locator("p", has=asked.locator("[data-from]")).first
    said = paragraph.evaluate(
        "p => { getSelection().selectAllChildren(p); return getSelection().toString(); }"
    )
    assert said == paragraph.evaluate("p => p.textContent")
