"""Stepping, playing, pointing and changing, by mouse, keyboard and touch."""
# ruff: noqa: E501  (scripts, fences and models stand in one piece)

import pytest

CELL = '#{} svg[data-role="{}"][data-channel="{}"] .c[data-r="{}"][data-c="{}"]'


def cell(page, figure, role, r, c, channel=0):
    return page.locator(CELL.format(figure, role, channel, r, c))


def values(page, figure):
    return page.evaluate("id => document.getElementById(id).values", figure)


def button(page, figure, name):
    return page.locator(f"#{figure}").get_by_role("button", name=name, exact=True)


def total(page, figure):
    return page.locator(f"#{figure} .cnn-figure > .cnn-sum .cnn-result b").inner_text()


def test_buttons_step_through_the_output(show):
    page = show("plain")
    assert (values(page, "plain")["at"], total(page, "plain")) == ([0, 0, 0], "4")
    button(page, "plain", "다음 칸").click()
    assert (values(page, "plain")["at"], total(page, "plain")) == ([0, 0, 1], "3")
    button(page, "plain", "마지막 칸").click()
    assert (values(page, "plain")["at"], total(page, "plain")) == ([0, 2, 2], "4")
    button(page, "plain", "앞 칸").click()
    button(page, "plain", "처음 칸").click()
    assert values(page, "plain")["at"] == [0, 0, 0]


def test_the_keyboard_steps_on_the_slider_and_in_the_output(show):
    page = show("plain")
    slider = page.locator("#plain .cnn-slider")
    slider.focus()
    page.keyboard.press("End")
    assert values(page, "plain")["at"] == [0, 2, 2]
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert values(page, "plain")["at"] == [0, 0, 1]
    assert slider.get_attribute("aria-valuetext") == "출력 (0, 1) 값은 3"
    cell(page, "plain", "output", 0, 1).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert values(page, "plain")["at"] == [0, 1, 0]
    assert page.locator("#plain [aria-live]").inner_text() == "출력 (1, 0) 값은 2"


def test_space_plays_and_stops_at_the_last_cell(show, context):
    page = show("sequence")
    context.clock.install()
    page.locator("#sequence .cnn-buttons button").first.click()
    cell(page, "sequence", "output", 0, 0).focus()
    page.keyboard.press(" ")
    context.clock.run_for(1000)
    assert values(page, "sequence")["at"] == [0, 2]
    context.clock.run_for(3000)
    assert button(page, "sequence", "재생").is_visible()


def test_nothing_plays_by_itself_with_reduced_motion(show, page, context):
    page.emulate_media(reduced_motion="reduce")
    show("plain")
    context.clock.install()
    button(page, "plain", "재생").click()
    context.clock.run_for(5000)
    assert values(page, "plain")["at"] == [0, 0, 1]
    moving = (
        "[...document.querySelectorAll('article *')].filter((e) => e.getAnimations().length).length"
    )
    assert page.evaluate(moving) == 0


def test_term_by_term_marks_the_current_product_and_the_sum_so_far(show):
    page = show("plain")
    button(page, "plain", "한 항씩").click()
    for _ in range(2):
        button(page, "plain", "다음 칸").click()
    assert page.locator("#plain .cnn-term.is-now").inner_text() == "1·1"
    assert page.locator("#plain .cnn-term.is-later").count() == 6
    assert total(page, "plain") == "2"
    assert page.locator("#plain .now").count() == 2


@pytest.mark.parametrize(("place", "fed"), [((0, 0), 1), ((0, 2), 3), ((2, 2), 9)])
def test_an_input_cell_shows_the_outputs_that_it_feeds(show, place, fed):
    page = show("plain")
    cell(page, "plain", "input", *place).hover()
    assert page.locator("#plain .c.fed").count() == fed
    assert f"출력 {fed}칸" in page.locator("#plain .cnn-status").inner_text()


def test_an_output_cell_shows_its_window_while_it_is_pointed_at(show):
    page = show("plain")
    cell(page, "plain", "output", 2, 2).hover()
    taps = page.locator("#plain .c.tap").evaluate_all(
        "cells => cells.map((c) => [+c.dataset.r, +c.dataset.c])"
    )
    assert taps == [[r, c] for r in (2, 3, 4) for c in (2, 3, 4)]
    page.mouse.move(0, 0)
    assert cell(page, "plain", "input", 0, 0).get_attribute("class") == "c tap"
    assert values(page, "plain")["at"] == [0, 0, 0]


def test_a_number_is_edited_by_keyboard_and_the_focus_stays(show):
    page = show("plain")
    cell(page, "plain", "input", 0, 0).focus()
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    assert values(page, "plain")["output"][0][0][0] == 8
    page.keyboard.press("Enter")
    page.keyboard.type("-2")
    page.keyboard.press("Escape")
    assert values(page, "plain")["input"][0][0][0] == 5
    assert page.evaluate("document.activeElement.dataset.r") == "0"


def test_a_kernel_number_is_edited_by_pressing_its_cell_twice(show):
    page = show("plain")
    for _ in range(2):
        cell(page, "plain", "kernel", 1, 1).click()
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    assert values(page, "plain")["output"][0][0][0] == 13


def test_flipping_edits_the_given_kernel_and_turns_it(show):
    page = show("apart")
    cell(page, "apart", "filter", 0, 0).focus()
    page.keyboard.type("9\n")
    assert values(page, "apart")["weight"][0][0][0][0] == 9
    assert values(page, "apart")["kernel"][0][0][1][1] == 9


def test_every_setting_changes_the_figure(show):
    page = show("plain")
    page.locator("#plain summary").click()
    for name, size in (("스트라이드", [1, 2, 2]), ("패딩", [1, 3, 3]), ("팽창", [1, 2, 2])):
        button(page, "plain", f"{name} 늘리기").click()
        assert values(page, "plain")["shapes"]["output"] == size
    button(page, "plain", "same").click()
    assert "스트라이드가 1일 때만" in page.locator("#plain .cnn-law").inner_text()
    assert "`padding` must not be 'same'" in values(page, "plain")["error"]
    button(page, "plain", "스트라이드 줄이기").click()
    assert values(page, "plain")["shapes"]["output"] == [1, 5, 5]
    button(page, "plain", "출력 채널 늘리기").click()
    page.locator("#plain").get_by_label("편향", exact=True).check()
    assert values(page, "plain")["bias"] == [1, 1]
    page.locator("#plain").get_by_label("필터를 180° 돌리기").check()
    page.locator("#plain select").select_option("circular")
    assert values(page, "plain")["shapes"]["output"] == [2, 5, 5]
    button(page, "plain", "처음으로").click()
    assert values(page, "plain")["output"] == [[[4, 3, 4], [2, 4, 3], [2, 3, 4]]]


def test_a_kernel_that_does_not_fit_is_refused_in_cnnlibs_words(show):
    page = show("plain")
    page.locator("#plain summary").click()
    page.get_by_label("필터 크기", exact=True).fill("7")
    page.keyboard.press("Enter")
    law = page.locator("#plain .cnn-law").inner_text()
    assert "놓을 자리가 없습니다" in law
    assert (
        "`weight` must fit in the padded input, got kernel_size 7; dilation*(kernel_size - 1) + 1 = 7 > 5"
        in law
    )


def test_another_output_channel_brings_its_own_filter(show):
    page = show("planes")
    button(page, "planes", "처음 칸").click()
    assert "출력 채널 0" in page.locator("#planes .cnn-figure > .cnn-sum").inner_text()
    kernel = page.locator('#planes svg[data-role="kernel"][data-channel="0"] .c')
    assert kernel.all_text_contents() == list("1002")


def test_a_finger_steps_edits_and_sets_at_360_pixels(browser, site_url):
    from tests.browser import gallery

    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{site_url}padding-mode/")
    page.evaluate(
        "html => { document.querySelector('article').innerHTML = html; document.dispatchEvent(new Event('cnn:added')); }",
        gallery.html("plain", "pooled"),
    )
    page.wait_for_function("!document.querySelector('article :not(:defined)')")
    button(page, "plain", "다음 칸").tap()
    cell(page, "plain", "output", 1, 1).tap()
    assert values(page, "plain")["at"] == [0, 1, 1]
    cell(page, "plain", "input", 4, 4).tap()
    assert page.locator("#plain .c.fed").count() == 1
    cell(page, "plain", "input", 4, 4).tap()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    assert values(page, "plain")["output"][0][2][2] == 11
    cell(page, "pooled", "output", 0, 0).tap()
    assert values(page, "pooled")["at"] == [0, 0]
    small = """[...document.querySelectorAll('.cnn-ui :is(button, input, select, summary)')]
      .filter((e) => e.checkVisibility()).map((e) => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
      .filter(([, box]) => box.height < 44 || box.width < 44).map(([html]) => html)"""
    for summary in page.locator(".cnn-ui summary").all():
        summary.tap()
    assert [
        html for html in page.evaluate(small) if "checkbox" not in html and "cnn-number" not in html
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_pooling_padding_and_products_step_too(show):
    page = show("pooled", "mirror", "seventy", "eight")
    button(page, "pooled", "다음 칸").click()
    assert total(page, "pooled") == "31"
    cell(page, "mirror", "input", 0, 0, channel=1).focus()
    page.keyboard.press("ArrowRight")
    assert "입력 2행 1열에서 가져온 값" in page.locator("#mirror .cnn-sum").inner_text()
    button(page, "seventy", "처음 칸").click()
    button(page, "seventy", "다음 칸").click()
    assert total(page, "seventy") == "26"
    page.locator("#eight").get_by_role("button", name="숫자").click()
    assert page.locator("#eight .cnn-matrix text").count() == 784
    page.locator("#eight .cnn-box").focus()
    page.keyboard.press("ArrowRight")
    assert values(page, "eight")["value"] == values(page, "eight")["input"][14][15]
