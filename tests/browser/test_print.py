"""Pages on paper: handouts of at most six sheets, with room to write or with the answers."""

import re

import pytest
from lesson.tables import WORDS

from tests.browser.worksheet import answer, opened
from tests.pages.markdown_pages import DOCS

KO = WORDS["ko"]["frame"]
MOST = 6  # sheets of A4
LESSONS = [
    ("" if lang == "ko" else "en/") + path.stem + "/"
    for lang in ("ko", "en")
    for path in sorted((DOCS / lang).glob("*.md"))
    if "{#summary}" in path.read_text(encoding="utf-8")
]
OPENS = "print = () => { dispatchEvent(new Event('beforeprint')); }"


def hand_out(page, mode, window=OPENS):
    """Choose a handout in the menu, and leave the page as it lies before the print window."""
    page.evaluate(f"() => {{ {window} }}")
    menu = page.locator(".cnn-print")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    menu.get_by_text(KO[mode] if "/en/" not in page.url else WORDS["en"]["frame"][mode]).click()


def sheets(page):
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def shown(locator):
    return sum(each.is_visible() for each in locator.all())


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_takes_at_most_six_sheets_of_paper(page, site_url, lesson):
    page.goto(site_url + lesson)
    page.locator(".cnn-print").wait_for()
    for mode in ("blank", "answers"):
        hand_out(page, mode)
        assert page.evaluate("document.documentElement.dataset.print") == mode
        assert sheets(page) <= MOST
        page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_figures_that_were_never_reached_are_whole_on_paper(page, site_url):
    page.set_viewport_size({"width": 688, "height": 400})  # the width of the paper
    page.goto(f"{site_url}convolution/")
    page.emulate_media(media="print")
    assert page.locator(".cnn-figure").count() > 3
    assert page.evaluate(  # be they asleep or awake
        """() => [...document.querySelectorAll('.cnn-figure')].every((figure) => {
          const outer = figure.getBoundingClientRect();
          const { content, display } = getComputedStyle(figure, '::after');
          return (content === 'none' || display === 'none')
            && figure.scrollWidth === figure.clientWidth
            && [...figure.querySelectorAll('svg:not(.cnn-ui svg)')].every((svg) => {
              const inner = svg.getBoundingClientRect();
              return inner.height && inner.left >= outer.left - 1 && inner.right <= outer.right + 1
                && inner.bottom <= outer.bottom + 1;
            });
        })"""
    )


def test_a_handout_to_write_on_shows_no_answer_and_what_was_typed_neither(page, site_url):
    page.goto(f"{site_url}stride/")
    exercise = page.locator("cnn-exercise:has(input[name=answer]:not([type=radio]))").first
    exercise.locator("[name=answer]").first.fill("7")
    exercise.locator("summary").click()
    hand_out(page, "blank")
    page.emulate_media(media="print")
    assert shown(page.locator("cnn-exercise details, cnn-exercise button, .cnn-print")) == 0
    field = exercise.locator("[name=answer]").first
    assert field.evaluate("field => getComputedStyle(field).color") == "rgba(0, 0, 0, 0)"
    room = "form => parseFloat(getComputedStyle(form, '::after').height)"
    assert exercise.locator("form").evaluate(room) > 60
    assert shown(page.locator(".cnn-exercise__option")) > 2


def test_a_handout_with_answers_unfolds_them_and_folds_them_again(page, site_url):
    page.goto(f"{site_url}stride/")
    folds = page.locator("cnn-exercise details")
    folds.nth(1).locator("summary").click()
    before = folds.evaluate_all("all => all.map((fold) => fold.open)")
    hand_out(page, "answers")
    page.emulate_media(media="print")
    assert shown(page.locator("cnn-exercise details p, cnn-exercise details li")) > 4
    assert folds.evaluate_all("all => all.every((fold) => fold.open)")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folds.evaluate_all("all => all.map((fold) => fold.open)") == before
    assert page.evaluate("'print' in document.documentElement.dataset") is False


def test_the_sheet_is_a_handout_too_and_printing_is_no_look_at_the_answers(page, site_url):
    sheet = opened(page, f"{site_url}homework/")
    answer(sheet, {"conv1": "secret"})
    hand_out(page, "blank")
    page.emulate_media(media="print")
    fields = "#step-conv1 :is([name=blank], [name=working], [name=reply])"
    assert shown(sheet.locator(fields)) == 7
    colour = "fields => fields.map((field) => getComputedStyle(field).color)"
    assert set(sheet.locator(fields).evaluate_all(colour)) == {"rgba(0, 0, 0, 0)"}
    hidden = "cnn-homework :is(details, button, .cnn-homework__out), cnn-homework ~ *"
    assert shown(page.locator(hidden)) == 0
    assert sheets(page) == 2
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    hand_out(page, "answers")
    page.emulate_media(media="print")
    assert shown(sheet.locator("[data-slot=answer]")) == 5
    assert shown(sheet.locator("form")) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.evaluate("new Promise((done) => setTimeout(done, 50))")  # a fold tells late that it opened
    assert sheet.evaluate("sheet => sheet.questions.every(({ state }) => state.hints === 0)")


def test_the_menu_is_reached_by_keyboard(page, site_url):
    page.goto(f"{site_url}stride/")
    page.evaluate(f"() => {{ {OPENS} }}")
    page.locator(".cnn-print summary").focus()
    for key in ("Enter", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("document.documentElement.dataset.print") == "answers"


def test_a_browser_that_prints_nothing_says_so_and_changes_nothing(page, site_url):
    page.goto(f"{site_url}stride/")
    hand_out(page, "answers", window="print = () => {};")
    page.locator(".cnn-print").get_by_text(KO["noPrint"]).wait_for()
    assert page.locator("cnn-exercise details[open]").count() == 0
    assert page.evaluate("'print' in document.documentElement.dataset") is False


def test_a_page_without_questions_has_no_menu(page, site_url):
    page.goto(f"{site_url}glossary/")
    page.wait_for_function("document.querySelector('.cnn-copy, article')")
    assert page.locator(".cnn-print").count() == 0


def test_a_task_hands_out_its_first_lines_and_its_solution_with_the_answers(page, site_url):
    page.goto(f"{site_url}stride/")
    page.locator(".cnn-print").wait_for()
    task = page.locator("#task-strided")
    for mode, solutions in (("blank", 0), ("answers", 1)):
        hand_out(page, mode)
        page.emulate_media(media="print")
        assert shown(task.locator("> .highlight")) == 1
        assert shown(task.locator("details .highlight")) == solutions
        assert shown(task.locator("summary, button")) == 0
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
