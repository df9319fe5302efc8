"""The worksheet: the command's networks and verdicts, hints, a class's link, a phone."""

import json
import re
from dataclasses import asdict

import pytest
from lesson.homework.assignment import read as assignment
from lesson.homework.check import check
from lesson.homework.labels import WHY, WORDS
from lesson.homework.steps import code
from lesson.homework.variant import variant

from tests.browser.worksheet import answer, opened, said, solve, who
from tests.lesson.handins import CLASS
from tests.lesson.test_homework_reading import RIGHT, TYPICAL
from tests.site.barriers import barriers

NUMBERS = [str(20260000 + 7 * i) for i in range(9000)] + [f"C{i:05}" for i in range(1000)]
KO = WORDS["ko"]

# What comes back in thousands comes back as one text: Playwright takes lists over value by value.
NETWORKS = """async ([site, numbers]) => {
  const net = await import(`${site}cnn/homework.js`);
  return JSON.stringify(numbers.map((number) => net.variant(number)));
}"""

STEPS = """async ([site, cases]) => {
  const net = await import(`${site}cnn/homework.js`);
  return JSON.stringify(cases.map(([text, number]) => {
    const asked = net.readAssignment(text), network = net.networkOf(asked, number);
    return [network, net.code(network), net.stepsOf(asked, network).map((step) => [step.after,
      step.blanks, step.filled, step.worked, step.code, step.start, net.misconceptions(step)])];
  }));
}"""

CHECKS = """async ([site, cases]) => {
  const net = await import(`${site}cnn/homework.js`), asked = net.readAssignment("lecture");
  const steps = net.stepsOf(asked, net.networkOf(asked, ""));
  return JSON.stringify(cases.map(([i, reply, earlier]) => {
    const { state, names } = net.check(steps[i], reply, earlier);
    return [state, names];
  }));
}"""


def test_ten_thousand_numbers_have_the_commands_networks_in_the_browser(page, site_url):
    page.goto(site_url)
    found = json.loads(page.evaluate(NETWORKS, [site_url, NUMBERS]))
    wrong = [
        n
        for n, got in zip(NUMBERS, found, strict=True)
        if got != json.loads(json.dumps(asdict(variant(n))))
    ]
    assert wrong == []


def test_shapes_formulas_and_misconceptions_are_the_commands(page, site_url):
    page.goto(site_url)
    average = "c1.en.one.4-3-28.c8k3s2p1_a3s1p1_f_l20_l10.0-0-2-0-3"
    cases = [
        ["lecture", ""],
        *(["number", n] for n in NUMBERS[::25]),
        *([CLASS, n] for n in NUMBERS[::100]),
        [average, ""],
    ]
    answers = json.loads(page.evaluate(STEPS, [site_url, cases]))
    for (text, number), found in zip(cases, answers, strict=True):
        asked = assignment(text)
        network = asked.network_of(number)
        mine = [
            asdict(network),
            code(network),
            [
                [s.after, s.blanks, s.filled, s.worked, s.code, s.start, s.misconceptions()]
                for s in asked.steps_of(number)
            ],
        ]
        assert found == json.loads(json.dumps(mine)), (text, number)


def test_replies_are_judged_as_the_command_judges_them(page, site_url):
    replies = [
        *RIGHT,
        *(reply for _, reply in TYPICAL),
        "",
        "약 16",
        "1e3",
        "10, 1,440",
        "9" * 80,
        "(3, 16, 16)",
    ]
    before = [None, "(10, 3, 16, 16)", "(3, 16, 16)", "(10, 3, 15, 15)", "(10, 16, 16, 3)", "?"]
    cases = [[i, reply, earlier] for i in range(5) for reply in replies for earlier in before]
    page.goto(site_url)
    rows = assignment("lecture").steps_of("")
    wanted = [check(rows[i], reply, earlier) for i, reply, earlier in cases]
    found = json.loads(page.evaluate(CHECKS, [site_url, cases]))
    differ = [
        case
        for case, got, want in zip(cases, found, wanted, strict=True)
        if got != [want.state, list(want.misconceptions)]
    ]
    assert differ == []


def test_working_may_be_written_after_checking(worksheet):
    answer(worksheet, {"conv1": "10x3x16x16"})
    worksheet.locator("#step-conv1 textarea").fill("20 − 5 + 1")
    assert worksheet.locator("#step-conv1").get_attribute("data-verdict") == "right"


@pytest.mark.parametrize(
    ("step", "reply"), [("conv1", "16x16"), ("conv1", "7680"), ("flatten", "(1440, 10)")]
)
def test_the_reason_is_said_in_the_page(worksheet, step, reply):
    answer(worksheet, {step: reply})
    assert (
        WHY[TYPICAL[step, reply]]["ko"]
        in worksheet.locator(f"#step-{step} [role=status]").text_content()
    )


def test_the_hints_show_the_way_and_the_solution_comes_when_asked_for(worksheet):
    item = worksheet.locator("#step-flatten")
    hint, fold = item.locator("[data-do=hint]"), item.locator("details")
    for shown in (1, 2, 3):
        hint.click()
        assert item.locator(".cnn-exercise__hints > p:visible").count() == shown
        assert "1440" not in item.locator("form").inner_text()
    assert hint.text_content() == KO["hintLast"]
    assert not fold.get_attribute("open")
    hint.click()
    assert "10 · 12 · 12 = 1440" in fold.inner_text()
    # That the fold is open is told after the click has returned.
    worksheet.page.wait_for_function(
        "document.querySelector('cnn-homework').questions[2].state.hints === 4"
    )


def test_a_hint_tells_no_other_questions_answer(worksheet):
    item = worksheet.locator("#step-conv2")
    for _ in range(2):
        item.locator("[data-do=hint]").click()
    assert "16" not in item.locator("[data-slot=filled]").text_content()
    answer(worksheet, {"conv1": "10x3x16x16"})
    assert "(16 +" in item.locator("[data-slot=filled]").text_content()


def test_no_answer_stands_on_the_page_before_it_is_asked_for(page, worksheet):
    shown = page.locator("article").inner_text()
    assert not re.search(r"1440|1,440|16, 16|12, 12", shown)


def test_wrong_blanks_are_marked(worksheet):
    item = worksheet.locator("#step-conv1")
    for field, value in zip(
        item.locator("[name=blank]").all(), ("20", "0", "5", "2", "16"), strict=True
    ):
        field.fill(value)
    answer(worksheet, {"conv1": "10x3x16x16"})
    assert KO["blanksWrong"] in item.locator("[role=status]").text_content()
    assert item.locator("[name=blank][aria-invalid=true]").count() == 1
    letters = item.locator(".cnn-homework__blank i").all_text_contents()
    assert letters == ["H", "P", "K", "S", "out"]


def test_a_class_opens_its_own_sheet_from_a_link(page, site_url, errors):
    worksheet = opened(page, f"{site_url}homework/#class={CLASS}")
    who(worksheet, "20260001")
    steps = assignment(CLASS).steps_of("20260001")
    assert worksheet.locator("li[data-step]").count() == len(steps) == 5
    assert worksheet.locator(".cnn-homework__code").text_content() == code(
        assignment(CLASS).network_of("20260001")
    )
    solve(worksheet, CLASS, "20260001")
    assert worksheet.locator("[data-verdict=right]").count() == 5
    assert KO["points"].format(n=2) in worksheet.locator("#step-conv1 h3").inner_text()
    assert errors == []


def test_a_broken_link_is_said_and_shows_the_lectures_sheet(page, site_url):
    worksheet = opened(page, f"{site_url}homework/#class=c1.ko.one.10-1-3.c6k5s1p0.1")
    assert said(worksheet) == KO["linkBroken"]
    assert worksheet.locator("li[data-step]").count() == 5


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_has_every_control_in_reach_of_a_finger(page, site_url, width, scheme):
    page.set_viewport_size({"width": width, "height": 640})
    page.emulate_media(color_scheme=scheme)
    worksheet = opened(page, f"{site_url}homework/")
    who(worksheet, "20260001")
    worksheet.locator("[value=number]").check()
    for button in worksheet.locator("[data-do=hint], li [type=submit]").all():
        button.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = worksheet.evaluate("""it => [...it.querySelectorAll('button, input, textarea, summary')]
      .filter((node) => node.offsetParent).map((node) => node.closest('label:has([type])') ?? node)
      .filter((node) => node.offsetHeight < 44 || node.offsetWidth < 44)
      .map((node) => node.outerHTML)""")
    assert small == []
    assert barriers(page, ["article"]) == []


def test_no_button_covers_anything_of_the_sheet_on_a_phone(page, site_url):
    page.set_viewport_size({"width": 360, "height": 640})
    worksheet = opened(page, f"{site_url}homework/")
    who(worksheet, "20260001")
    worksheet.locator("[value=number]").check()
    covered = worksheet.evaluate("""sheet => {
      const box = (node) => node.getBoundingClientRect(), meets = (a, b) => a.left < b.right
        && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      const all = (query) => [...sheet.querySelectorAll(query)];
      const shown = (query) => all(query).filter((each) => each.offsetParent);
      const whole = 'pre, input, textarea, legend, h3, summary, p';
      return shown('button').flatMap((button) => shown(whole)
        .filter((node) => !node.contains(button) && meets(box(button), box(node)))
        .map((node) => [button.textContent, node.outerHTML.slice(0, 80)]));
    }""")
    assert covered == []


def test_the_homework_is_on_the_first_screen_of_the_home_page(page, site_url):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site_url)
    link = page.get_by_role("link", name="과제 풀기")
    assert link.get_attribute("href") == "homework/"
    box = link.bounding_box()
    assert box["y"] + box["height"] <= 844


def test_the_sheet_stands_at_the_top_of_its_page(page, site_url):
    page.set_viewport_size({"width": 360, "height": 640})
    worksheet = opened(page, f"{site_url}homework/")
    assert worksheet.bounding_box()["y"] < 640


def test_a_formula_fits_a_phone_between_its_two_parts(page, site_url):
    page.set_viewport_size({"width": 360, "height": 640})
    worksheet = opened(page, f"{site_url}homework/")
    edge = worksheet.locator("#step-conv1").bounding_box()
    for part in worksheet.locator("#step-conv1 .cnn-homework__part").all():
        box = part.bounding_box()
        assert box["x"] + box["width"] <= edge["x"] + edge["width"]
        assert box["height"] < 80
    letters = worksheet.locator("#step-conv1 .cnn-homework__blank i:visible").all_text_contents()
    assert letters == ["H", "P", "K", "S", "out"]


def test_without_scripts_the_questions_and_worked_answers_are_there(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}homework/")
    item = page.locator("#step-flatten")
    assert not item.locator("form").is_visible()
    item.locator("summary").click()
    assert "10 · 12 · 12 = 1440 → (10, 1440)" in item.locator("details").inner_text()
    assert page.locator(".cnn-homework__off").is_visible()
    context.close()
