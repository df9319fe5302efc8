"""What readers type and press: nothing breaks, and what cannot be shown is said."""
# ruff: noqa: E501  (scripts, fences and models stand in one piece)

import json
import random

import pytest
from lesson.figure import render

from cnnlib import shape

NOTE = "id => document.querySelector(`#${id} .cnn-status`).textContent"
SPEC = "id => document.getElementById(id).spec"


def field(page, name, label):
    """Return the text field of a figure's settings, which are opened."""
    page.evaluate("id => { document.querySelector(`#${id} details`).open = true; }", name)
    return page.locator(f"#{name}").get_by_label(label, exact=True)


FIELDS = [
    ("plain", "입력 높이", "5x6"),
    ("plain", "입력 너비", "4, 5"),
    ("plain", "입력 채널", "2 3"),
    ("plain", "출력 채널", "2,3"),
    ("plain", "그룹", "1, 2"),
    ("plain", "스트라이드", "0"),
    ("plain", "패딩", "10"),
    ("plain", "팽창", "두 칸"),
    ("sequence", "입력 길이", "5x6"),
    ("pooled", "입력 높이", "5x6"),
    ("pooled", "창 크기", "1, 2, 3"),
    ("seventy", "행의 수", "2x3"),
    ("mirror", "왼쪽", "1, 2"),
]


@pytest.mark.parametrize(("name", "label", "typed"), FIELDS)
def test_a_value_that_cannot_be_shown_is_put_back_with_a_word(show, name, label, typed):
    page = show(name)
    before, box = page.evaluate(SPEC, name), field(page, name, label)
    shown = box.input_value()
    box.fill(typed)
    box.press("Enter")
    assert box.input_value() == shown
    word = page.locator(f"#{name} .cnn-word:not(:empty)").inner_text()
    assert f"'{typed}'" in word
    assert "정수" in word
    assert page.evaluate(SPEC, name) == before
    box.fill("2" if shown == "3" else "3")
    box.press("Enter")
    assert page.locator(f"#{name} .cnn-word:not(:empty)").count() == 0


def test_a_word_in_a_cell_is_refused_with_a_word(show):
    page = show("plain")
    page.locator('#plain svg[data-role="input"] .c').first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("seven")
    page.keyboard.press("Enter")
    assert "'seven'" in page.evaluate(NOTE, "plain")
    assert page.evaluate(SPEC, "plain")["input"][0][0][0] == 1


def test_opening_and_closing_a_cell_keeps_all_its_decimals(show):
    page = show(body=render("conv2d", "id: fine\ninput: [[0.123456, 1]]\nweight: [[1]]"))
    page.locator('#fine svg[data-role="input"] .c').first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".cnn-edit").input_value() == "0.123456"
    page.keyboard.press("Enter")
    assert page.evaluate(SPEC, "fine")["input"] == [[[0.123456, 1]]]


def test_a_reset_figure_of_a_part_shows_the_part_again(show):
    page = show(
        body=render("image", "id: part\ninput: digit.eight\nmatrix: true\ncrop: [5, 9, 8, 12]")
    )
    texts = (
        "[...document.querySelectorAll('#part .cnn-matrix text')].map((text) => text.textContent)"
    )
    before = page.evaluate(texts)
    assert len(before) == 16
    page.locator("#part").get_by_role("button", name="그림", exact=True).click()
    assert page.evaluate(texts) == []
    page.locator("#part").get_by_role("button", name="처음으로").click()
    assert page.evaluate(texts) == before


CALCULATE = """code => {
  const figure = document.getElementById('network');
  figure.querySelector('textarea').value = code;
  figure.querySelector('.cnn-do').click();
  return figure.querySelector('.cnn-message').textContent;
}"""
MODELS = {
    "nn.Sequential(OrderedDict())": "읽을 계층이 없습니다",
    "nn.Sequential(OrderedDict([1]))": "이 부분을 읽을 수 없습니다",
    "nn.Sequential(OrderedDict([('a', nn.ReLU(), 1)]))": "이 부분을 읽을 수 없습니다",
    "nn.Conv2d(1, 3)": "missing required argument `kernel_size`",
    "nn.MaxPool2d()": "missing required argument `kernel_size`",
    "nn.Sequential(nn.Flatten(), nn.Linear(400))": "missing required argument `out_features`",
    "nn.Conv2d" + "(" * 30_000: "괄호가 닫히지",
    "nn.Conv2d(" + "(" * 15_000 + ")" * 15_000 + ")": "이 부분을 읽을 수 없습니다",
    "x = " + "-" * 20_000 + "1": "이 부분을 읽을 수 없습니다",
    "x = " + "2**" * 8_000 + "1": "이 부분을 읽을 수 없습니다",
}


@pytest.mark.parametrize("code", MODELS, ids=lambda code: code[:24])
def test_a_model_that_cannot_be_read_says_why(show, code):
    assert MODELS[code] in show("network").evaluate(CALCULATE, code)


LARGE = {"입력 높이": "28", "입력 너비": "28", "패딩": "9", "입력 채널": "8", "출력 채널": "8"}


def test_settings_that_would_draw_too_many_cells_are_refused_with_a_word(show):
    page = show("plain")
    for label, value in LARGE.items():
        box = field(page, "plain", label)
        box.fill(value)
        box.press("Enter")
    assert "칸" in page.evaluate(NOTE, "plain")
    assert page.locator("#plain .c").count() <= 6000
    assert page.evaluate(SPEC, "plain")["padding"] == 9


def test_a_caption_says_that_it_is_about_the_first_figure_once_the_window_has_moved(show):
    page = show("plain")
    caption = page.locator("#plain figcaption")
    before = caption.inner_text()
    page.locator("#plain").get_by_role("button", name="다음 칸").click()
    assert caption.inner_text() == f"[처음 그림의 설명] {before}"
    page.locator("#plain").get_by_role("button", name="처음으로").click()
    assert caption.inner_text() == before


def test_a_volume_is_stepped_through_slice_by_slice(show):
    page = show(body=render("conv3d", "id: cube\ninput: index.3x3x3\nweight: [[[1, 0]], [[0, 2]]]"))
    next_cell = page.locator("#cube").get_by_role("button", name="다음 칸")
    for _ in range(6):
        next_cell.click()
    values, spec = page.evaluate("[cube.values, cube.spec]")
    assert spec["at"] == [0, 1, 0, 0]
    assert "출력 1번 장 0행 0열" in page.locator("#cube .cnn-sum:not(.cnn-partial)").inner_text()
    assert page.locator("#cube .cnn-channel").count() == 2
    assert page.locator("#cube .cnn-sum:not(.cnn-partial) b").inner_text() == str(
        values["output"][0][1][0][0]
    )


LAWS = [
    ({"stride": 2, "padding": 1}, ["높이 · 너비"]),
    ({"stride": [2, 1], "padding": [0, 2], "dilation": [1, 2]}, ["높이", "너비"]),
    ({"padding": "same", "dilation": 1}, ["높이 · 너비"]),
]


@pytest.mark.parametrize(("settings", "names"), LAWS)
def test_the_law_under_a_figure_is_the_library_s_with_its_numbers(show, settings, names):
    page = show("plain")
    page.evaluate("changes => document.getElementById('plain').change(changes)", settings)
    spec = page.evaluate(SPEC, "plain")
    axes = {key: two(spec[key]) for key in ("stride", "dilation")}
    pad = [1, 1] if spec["padding"] == "same" else two(spec["padding"])
    lines = page.locator("#plain .cnn-law p").all_inner_texts()
    for axis, name in enumerate(names):
        stride, dilation, p = axes["stride"][axis], axes["dilation"][axis], pad[axis]
        size = shape.conv_output_size(5, 3, stride, p, dilation)
        room = 5 + 2 * p - dilation * 2 - 1
        assert lines[axis] == (
            f"{name} ⌊(5 + 2·{p} − {dilation}·(3 − 1) − 1) / {stride}⌋ + 1 "
            f"= ⌊{room} / {stride}⌋ + 1 = {size}"
        )


def test_the_law_names_both_sides_of_an_uneven_border(show):
    page = show(
        body=render("conv2d", "id: even\ninput: index.3x4\nweight: [[1, 2], [3, 4]]\npadding: same")
    )
    assert "⌊(3 + (0 + 1) − 1·(2 − 1) − 1) / 1⌋ + 1" in page.locator("#even .cnn-law").inner_text()


def two(value):
    return value if isinstance(value, list) else [value, value]


def test_without_its_script_a_figure_stays_and_says_why_it_does_not_move(page, site_url):
    page.route("**/cnn/figures*.js", lambda route: route.abort())
    page.goto(f"{site_url}convolution/")
    page.wait_for_selector("cnn-conv .cnn-unreached")
    assert (
        "스크립트를 받지 못했습니다" in page.locator("cnn-conv .cnn-unreached").first.inner_text()
    )
    assert page.locator("cnn-conv svg .c").count() > 30


TYPED = [
    "",
    " ",
    "3",
    "5x6",
    "1e9",
    "-1",
    "٣",
    "same",
    "'",
    "1,2,3,4",
    "999999",
    "nan",
    "<b>",
    "2 2",
    "7.5",
    "，",
    "3×3",
]


@pytest.mark.parametrize(
    "name", ["plain", "planes", "sequence", "seventy", "pooled", "mirror", "network"]
)
def test_whatever_is_typed_toggled_and_pressed_a_figure_goes_on(show, page, name):
    """Random hands on every control, then a reload: no error, and the same figure again."""
    rng, show_again = random.Random(name), show
    show(name)
    page.evaluate(
        "id => document.querySelectorAll(`#${id} details`).forEach((each) => { each.open = true; })",
        name,
    )
    for _ in range(60):
        page.evaluate(
            """([id, pick, typed]) => {
              const controls = [...document.querySelectorAll(`#${id} :is(input, select, button, textarea)`)]
                .filter((each) => !each.disabled && each.type !== 'file' && !each.matches('.cnn-play'));
              const control = controls[Math.floor(pick * controls.length)];
              if (control.matches('button, [type=checkbox]')) return control.click();
              if (control.matches('select')) control.selectedIndex = Math.floor(pick * 97) % control.length;
              else control.value = control.type === 'range' ? Math.floor(pick * 9) : typed;
              control.dispatchEvent(new Event('input', { bubbles: true }));
              control.dispatchEvent(new Event('change', { bubbles: true }));
            }""",
            [name, rng.random(), rng.choice(TYPED)],
        )
        assert not page.locator(f"#{name} figure").inner_text().count("NaN")
    left = page.evaluate(
        "id => { const figure = document.getElementById(id); figure.save(); return [figure.spec, figure.values]; }",
        name,
    )
    query = page.evaluate("location.search")
    show_again(name, query=query)
    again = page.evaluate(
        "id => { const figure = document.getElementById(id); return [figure.spec, figure.values]; }",
        name,
    )
    assert json.dumps(again, sort_keys=True) == json.dumps(left, sort_keys=True)
