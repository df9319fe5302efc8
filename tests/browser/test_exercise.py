"""Exercises in the page: checked, explained, kept, and usable by keyboard, finger and reader."""

import pytest
from lesson.exercise import read, render
from lesson.misconception import TEXTS
from playwright.sync_api import expect

from tests.lesson.written import RIGHT
from tests.site.barriers import barriers

PAGES = ("", "inner-product/", "convolution/", "padding/", "stride/", "channels/", "pooling/",
         "layers/", "conv2d/", "dilation/", "groups/", "padding-mode/", "shape/",
         "homework-answers/", "homework-errors/", "why-cnn/", "image/", "fully-connected/", "cost/",
         "real-networks/", "blocks/", "backward/", "learning/", "transposed/", "overlap/",
         "en/convolution/")  # fmt: skip

SIZE = """{id: size, kind: output-size, ask: "?", given: {input: 8, kernel_size: 3, stride: 2}}"""
SHAPE = """{id: shape, kind: output-shape, ask: "?",
            given: {input: [10, 1, 20, 20], out_channels: 3, kernel_size: 5}}"""
FLAT = """{id: flat, kind: flatten, ask: "?", given: {shape: [10, 10, 12, 12], start_dim: 1}}"""
GRID = """{id: grid, kind: output, ask: "?",
           given: {input: [[1, 2, 0], [0, 1, 3], [2, 0, 1]], weight: [[1, 0], [2, -1]]}}"""
CHOICE = """{id: choice, kind: choice, ask: "?", options: [
              {text: one, why: because}, {text: two, why: exactly, correct: true}]}"""

FILL = """element => {
  // Gives every exercise its right answer, then every wrong one; returns what was not said.
  const {spec} = element, silent = [];
  const write = answer => element.fields.forEach((field, i) => {
    if (spec.form === 'choice') field.checked = Number(field.value) === answer;
    else field.value = String(spec.form === 'shape' ? `(${answer.join(', ')})`
      : spec.form === 'grid' ? answer.flat()[i] : answer);
  });
  write(spec.answer);
  element.check();
  if (element.dataset.verdict !== 'right') silent.push(['right', spec.answer]);
  for (const [answer, why] of spec.wrong) {
    write(answer);
    element.check();
    const said = element.verdict.textContent;
    if (element.dataset.verdict !== 'wrong' || !said.includes(why)) silent.push([answer, why]);
  }
  return silent;
}"""


@pytest.fixture
def put(stage, errors):
    """Show exercises, given as fences."""

    def open_with(*fences, lang="ko"):
        return stage("".join(render(read(fence, lang)) for fence in fences), lang)

    yield open_with
    assert errors == []


def verdict(page, kind=None):
    said = page.locator("cnn-exercise [role=status]")
    if kind:
        assert page.locator("cnn-exercise").get_attribute("data-verdict") == kind
    return said.text_content()


@pytest.mark.parametrize("address", PAGES)
def test_every_exercise_of_the_site_knows_its_answer_and_each_misconception(
    page, site_url, address
):
    page.goto(site_url + address)
    page.wait_for_function("!document.querySelector('cnn-exercise:not(:defined)')")
    for exercise in page.locator("cnn-exercise").all():
        assert exercise.evaluate(FILL) == []


def test_a_wrong_answer_is_met_with_its_misconception_and_a_right_one_with_praise(put):
    page = put(SIZE)
    field = page.get_by_label("답", exact=True)
    field.fill("3.5")
    field.press("Enter")
    assert TEXTS["no-floor"]["ko"] in verdict(page, "wrong")
    assert field.get_attribute("aria-invalid") == "true"
    field.fill("3")
    page.get_by_role("button", name="확인").click()
    assert verdict(page, "right") == "맞았습니다."


@pytest.mark.parametrize("text", ["three", "3, 3", "1.2.3", "<b>3</b>", "3;alert(1)", "--3"])
def test_what_cannot_be_read_is_said_and_stays(put, text):
    page = put(SIZE)
    field = page.get_by_label("답", exact=True)
    field.fill(text)
    field.press("Enter")
    assert "읽을 수 없습니다" in verdict(page, "unread")
    assert field.input_value() == text


def test_a_shape_may_be_written_in_every_way_that_the_homework_reads(put):
    page = put(SHAPE)
    for text in RIGHT:
        page.get_by_label("답").fill(text)
        page.get_by_role("button", name="확인").click()
        assert verdict(page, "right"), text


def test_a_comma_inside_a_number_is_read_and_the_likelier_mistake_named(put):
    page = put(FLAT)
    for text, said in (("10, 1,440", "right"), ("1,440", "wrong"), ("10, 1,439", "wrong")):
        page.get_by_label("답").fill(text)
        page.get_by_role("button", name="확인").click()
        assert verdict(page, said)
    page.get_by_label("답").fill("1,440")
    page.get_by_role("button", name="확인").click()
    assert "배치" in verdict(page, "wrong")


WRITTEN = {"1,440": 1440, "−3": -3, "7/2": 3.5, "(4)": 4, "３칸": 3, " 2.50 ": 2.5,
           "1,44": None, "": None, "1e3": None, "0x10": None, "1/0": None}  # fmt: skip


def test_numbers_are_read_as_people_write_them(page, site_url):
    page.goto(site_url)
    read_all = f"all => import('{site_url}cnn/index.js').then((m) => all.map(m.readNumber))"
    assert dict(zip(WRITTEN, page.evaluate(read_all, list(WRITTEN)), strict=True)) == WRITTEN


def test_hints_come_one_by_one_and_the_last_is_the_worked_answer(put):
    page = put(SIZE)
    hint, shown = (
        page.get_by_role("button", name="힌트"),
        page.locator(".cnn-exercise__hints > div:visible"),
    )
    assert shown.count() == 0
    hint.click()
    expect(shown).to_have_count(1)
    hint.click()
    assert shown.count() == 2
    assert not page.locator("cnn-exercise details").get_attribute("open")
    hint.click()
    assert page.locator("cnn-exercise details[open]").is_visible()


def test_what_was_written_is_kept_and_can_be_cleared(page, site_url, errors):
    page.goto(f"{site_url}convolution/")
    exercise = page.locator("#second-sum")
    exercise.locator("input").fill("12")
    exercise.get_by_role("button", name="힌트").click()
    exercise.get_by_role("button", name="확인").click()
    page.reload()
    expect(exercise.locator("input")).to_have_value("12")
    assert TEXTS["added-not-multiplied"]["ko"] in exercise.locator("[role=status]").text_content()
    expect(exercise.locator(".cnn-exercise__hints > div:visible")).to_have_count(1)
    exercise.get_by_role("button", name="지우기").click()
    assert exercise.locator("input").input_value() == ""
    page.reload()
    page.wait_for_function("!!customElements.get('cnn-exercise')")
    assert exercise.locator("input").input_value() == ""
    assert errors == []


@pytest.mark.parametrize("kept", ["{", "[]", '{"reply":"x"}', '{"reply":[1,{}],"hints":"9e9"}'])
def test_nonsense_in_the_storage_does_no_harm(page, site_url, errors, kept):
    page.goto(f"{site_url}convolution/")
    page.evaluate("t => localStorage.setItem(`cnn:${location.pathname}:second-sum`, t)", kept)
    page.reload()
    page.wait_for_function("!!customElements.get('cnn-exercise')")
    page.locator("#second-sum input").fill("3")
    page.locator("#second-sum input").press("Enter")
    assert page.locator("#second-sum").get_attribute("data-verdict") == "right"
    assert errors == []


def test_a_matrix_is_filled_in_with_the_arrow_keys(put):
    page = put(GRID)
    page.locator("[name=answer]").first.focus()
    for key in ("0", "ArrowRight", "1", "ArrowDown", "7", "ArrowLeft", "ArrowLeft", "4"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    assert verdict(page, "wrong") == "아직 아닙니다. 틀린 칸이 1개 있습니다."
    assert page.locator("[aria-invalid=true]").get_attribute("aria-label") == "1행 1열"


def test_a_choice_says_why(put):
    page = put(CHOICE)
    page.get_by_role("button", name="확인").click()
    assert "먼저 하나를 골라" in verdict(page)
    page.get_by_label("one").check()
    page.get_by_role("button", name="확인").click()
    assert verdict(page, "wrong") == "아직 아닙니다. because"
    page.get_by_label("two").check()
    assert verdict(page) == ""
    page.get_by_role("button", name="확인").click()
    assert verdict(page, "right") == "맞았습니다. exactly"


def test_words_are_in_the_pages_language(put):
    page = put(SIZE, lang="en")
    page.get_by_label("Answer", exact=True).fill("4")
    page.get_by_role("button", name="Check").click()
    assert TEXTS["no-floor"]["en"] in verdict(page, "wrong")


def test_markup_in_an_answer_stays_text(put):
    page = put(CHOICE.replace("because", "\"<img src=x onerror=document.title='!'>\""))
    page.get_by_label("one").check()
    page.get_by_role("button", name="확인").click()
    assert page.locator("cnn-exercise img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_of_an_exercise_has_an_accessibility_violation(put, page, scheme):
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme=scheme)
    put(SIZE, SHAPE, GRID, CHOICE)
    for exercise in page.locator("cnn-exercise").all():
        for field in exercise.locator("input:not([type=radio])").all():
            field.fill("9")
        for _ in range(3):
            for button in exercise.locator("[data-do=hint]").all():
                button.click()
        for radio in exercise.locator("[type=radio]").all():
            radio.check()
        exercise.locator("[type=submit]").click()
    assert barriers(page, ["article"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_target_is_at_least_44_pixels(put, page):
    page.set_viewport_size({"width": 360, "height": 740})
    put(SIZE, GRID, CHOICE)
    targets = "button, summary, label.cnn-exercise__option, input:not([type=radio])"
    boxes = [
        target.bounding_box() for target in page.locator("cnn-exercise").locator(targets).all()
    ]
    assert min(box["height"] for box in boxes) >= 44
    assert min(box["width"] for box in boxes) >= 44


def test_without_scripts_the_question_and_the_worked_answer_are_there(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}convolution/")
    exercise = page.locator("#second-sum")
    assert not exercise.locator("form").is_visible()
    exercise.locator("summary").click()
    assert "1·1 + 1·0 + 0·1" in exercise.locator("details").text_content()
    context.close()


def test_the_script_moves_nothing_when_it_starts(page, site_url):
    page.goto(f"{site_url}convolution/")
    page.wait_for_function("!!customElements.get('cnn-exercise')")
    height = "document.querySelector('#second-sum').offsetHeight"
    alive = page.evaluate(height)
    page.route("**/cnn/*.js", lambda route: route.abort())
    page.reload()
    assert page.evaluate(height) == alive
