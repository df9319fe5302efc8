"""A convolution run backward, live: stepping, pointing and changing reach the right arrays."""

import numpy as np

from tests.browser.test_stepper import button, cell, total, values
from tests.lesson import adjoints


def spec(page, figure):
    return page.evaluate("id => document.getElementById(id).spec", figure)


def typed(page, place, number):
    """Type a number into a cell."""
    place.focus()
    page.keyboard.press("Enter")
    page.keyboard.type(number)
    page.keyboard.press("Enter")


def test_a_gradient_is_stepped_through_and_told_in_its_own_words(show):
    page = show("to-input")
    button(page, "to-input", "처음 칸").click()
    assert (values(page, "to-input")["at"], total(page, "to-input")) == ([0, 0, 0], "1")
    slider = page.locator("#to-input .cnn-slider")
    slider.focus()
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "입력의 기울기 (4, 4) 값은 −2"
    button(page, "to-input", "한 항씩").click()
    assert page.locator("#to-input .cnn-term.is-now").count() == 1


def test_a_gradient_of_the_output_shows_the_inputs_that_it_is_added_to(show):
    page = show("to-input")
    cell(page, "to-input", "input", 2, 2).hover()
    assert page.locator("#to-input .c.fed").count() == 9
    told = page.locator("#to-input .cnn-status")
    assert "출력의 기울기 (0, 0) 칸은 입력의 기울기 9칸에" in told.inner_text()
    cell(page, "to-input", "input", 3, 3).hover()
    assert page.locator("#to-input .c.fed").count() == 0


def test_the_planes_edit_the_gradient_and_the_filter_as_it_was_given(show):
    page = show("to-input")
    typed(page, cell(page, "to-input", "input", 2, 2), "5")
    typed(page, cell(page, "to-input", "filter", 0, 0), "7")
    assert spec(page, "to-input")["grad_output"] == [[[5, 0], [-1, 2]]]
    assert spec(page, "to-input")["weight"][0][0] == [[7, 0, 0], [0, 2, 0], [0, 0, -1]]
    assert values(page, "to-input")["output"][0][0][0] == 35
    typed(page, cell(page, "to-input", "input", 3, 3), "9")
    assert spec(page, "to-input")["grad_output"] == [[[5, 0], [-1, 2]]]


def test_the_planes_of_a_filters_gradient_edit_the_input_and_the_gradient(show):
    page = show("to-weight")
    typed(page, cell(page, "to-weight", "kernel", 0, 1), "4")
    typed(page, cell(page, "to-weight", "input", 1, 1), "6")
    assert spec(page, "to-weight")["grad_output"][1][0] == [1, 4]
    assert spec(page, "to-weight")["input"][0][0][0] == 6


def test_any_number_of_a_gathered_filter_is_written_where_it_stands(show):
    page, found = show("transposed"), 0
    for case in adjoints.many(60, seed=15):
        want = adjoints.computed(case)
        if want["error"] or case.get("wrt") == "weight":
            continue
        rank = len(case["stride"])
        depth, *taps = np.shape(case["weight"])[1:]
        index = [depth * case["groups"] - 1, 0, *(size - 1 for size in taps)][: rank + 2]
        got = page.evaluate(
            """([spec, index]) => {
              const figure = document.getElementById("transposed");
              figure.spec = { ...spec, at: null };
              figure.write("weight", index, 77);
              return [figure.spec.weight, figure.values];
            }""",
            [case, index],
        )
        changed, shown = {**case, "weight": got[0]}, got[1]
        assert np.array(shown["weight"])[tuple(index)] == 77
        assert (np.array(got[0]) != np.array(case["weight"])).sum() <= 1
        assert np.allclose(shown["output"], adjoints.computed(changed)["output"])
        found += 1
    assert found > 20


def test_a_larger_stride_takes_the_gradients_that_there_are_then(show):
    page = show("to-weight")
    page.locator("#to-weight summary").click()
    button(page, "to-weight", "스트라이드 줄이기").click()
    shown = spec(page, "to-weight")
    assert (shown["stride"], np.shape(shown["grad_output"])) == ([2, 2], (2, 3, 3))
    assert values(page, "to-weight")["error"] is None


def test_a_filter_that_does_not_fit_is_refused_and_taken_back(show):
    page = show("to-input")
    page.locator("#to-input summary").click()
    for _ in range(2):
        button(page, "to-input", "팽창 늘리기").click()
    assert values(page, "to-input")["error"].startswith("`weight` must fit")
    button(page, "to-input", "처음으로").click()
    assert values(page, "to-input")["error"] is None


def test_what_output_padding_may_be_is_said(show):
    page = show("transposed")
    page.locator("#transposed summary").click()
    button(page, "transposed", "한쪽에 더하는 칸 늘리기").click()
    why = page.locator("#transposed .cnn-law")
    assert "스트라이드나 팽창보다 작아야" in why.inner_text()
    button(page, "transposed", "스트라이드 늘리기").click()
    assert values(page, "transposed")["shapes"]["output"] == [1, 7, 7]
    assert "(2 − 1)·3 − 2·0 + 1·(2 − 1) + 2 + 1 = 7" in why.inner_text()
