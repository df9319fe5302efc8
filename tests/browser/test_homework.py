"""The worksheet: who, which network, checked steps, kept writing, one file and one page handed in."""

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lesson.homework.assignment import read as assignment
from lesson.homework.check import check
from lesson.homework.handin import read
from lesson.homework.labels import WHY, WORDS
from lesson.homework.steps import code
from lesson.homework.variant import variant

from tests.lesson.handins import CLASS, packed
from tests.lesson.handins import handin as handed
from tests.lesson.test_homework_reading import RIGHT, TYPICAL

NUMBERS = [str(20260000 + 7 * i) for i in range(9000)] + [f"C{i:05}" for i in range(1000)]
KO = WORDS["ko"]

NETWORKS = """async ([site, numbers]) => {
  const net = await import(`${site}cnn/homework.js`);
  return numbers.map((number) => JSON.stringify(net.variant(number)));
}"""

STEPS = """async ([site, cases]) => {
  const net = await import(`${site}cnn/homework.js`);
  return cases.map(([text, number]) => {
    const asked = net.readAssignment(text), network = net.networkOf(asked, number);
    return [network, net.code(network), net.stepsOf(asked, network).map((step) => [step.after,
      step.blanks, step.filled, step.worked, step.code, step.start, net.misconceptions(step)])];
  });
}"""

CHECKS = """async ([site, cases]) => {
  const net = await import(`${site}cnn/homework.js`), asked = net.readAssignment("lecture");
  const steps = net.stepsOf(asked, net.networkOf(asked, ""));
  return cases.map(([i, reply, earlier]) => {
    const { state, names } = net.check(steps[i], reply, earlier);
    return [state, names];
  });
}"""


def opened(page, address):
    page.goto(address)
    page.wait_for_function("document.querySelector('cnn-homework')?.words")
    return page.locator("cnn-homework")


@pytest.fixture
def worksheet(page, site_url, errors):
    yield opened(page, f"{site_url}homework/")
    assert errors == []


def who(worksheet, number="", name="가나다"):
    worksheet.locator("[name=name]").fill(name)
    worksheet.locator("[name=number]").fill(number)
    worksheet.locator("[name=number]").blur()


def answer(worksheet, replies):
    for step, reply in replies.items():
        item = worksheet.locator(f"#step-{step}")
        item.locator("[name=reply]").fill(reply)
        item.locator("[type=submit]").click()


def solve(worksheet, text, number="", replies=None):
    steps = assignment(text).steps_of(number)
    answer(worksheet, {s.layer.name: str(s.after) for s in steps} | (replies or {}))


def reply_of(worksheet, step="conv1"):
    return worksheet.locator(f"#step-{step} [name=reply]").input_value()


def said(worksheet):
    return worksheet.locator(".cnn-homework__which").text_content()


def download(page, button, folder):
    with page.expect_download() as started:
        button.click()
    path = Path(folder) / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_ten_thousand_numbers_have_the_commands_networks_in_the_browser(page, site_url):
    page.goto(site_url)
    found = [json.loads(text) for text in page.evaluate(NETWORKS, [site_url, NUMBERS])]
    wrong = [n for n, got in zip(NUMBERS, found, strict=True)
             if got != json.loads(json.dumps(asdict(variant(n))))]  # fmt: skip
    assert wrong == []


def test_shapes_formulas_and_misconceptions_are_the_commands(page, site_url):
    page.goto(site_url)
    average = "c1.en.one.4-3-28.c8k3s2p1_a3s1p1_f_l20_l10.0-0-2-0-3"
    cases = [["lecture", ""], *(["number", n] for n in NUMBERS[::25]),
             *([CLASS, n] for n in NUMBERS[::100]), [average, ""]]  # fmt: skip
    for (text, number), found in zip(cases, page.evaluate(STEPS, [site_url, cases]), strict=True):
        asked = assignment(text)
        network = asked.network_of(number)
        mine = [asdict(network), code(network),
                [[s.after, s.blanks, s.filled, s.worked, s.code, s.start, s.misconceptions()]
                 for s in asked.steps_of(number)]]  # fmt: skip
        assert found == json.loads(json.dumps(mine)), (text, number)


def test_replies_are_judged_as_the_command_judges_them(page, site_url):
    replies = [*RIGHT, *(reply for _, reply in TYPICAL), "", "약 16", "1e3", "10, 1,440", "9" * 80, "(3, 16, 16)"]
    before = [None, "(10, 3, 16, 16)", "(3, 16, 16)", "(10, 3, 15, 15)", "(10, 16, 16, 3)", "?"]
    cases = [[i, reply, earlier] for i in range(5) for reply in replies for earlier in before]
    page.goto(site_url)
    rows = assignment("lecture").steps_of("")
    wanted = [check(rows[i], reply, earlier) for i, reply, earlier in cases]
    found = page.evaluate(CHECKS, [site_url, cases])
    differ = [case for case, got, want in zip(cases, found, wanted, strict=True)
              if got != [want.state, list(want.misconceptions)]]  # fmt: skip
    assert differ == []


def test_the_number_is_handed_in_whatever_network_was_solved(worksheet, page, tmp_path):
    solve(worksheet, "lecture")
    who(worksheet, "2026-0001")
    assert reply_of(worksheet) == "(10, 3, 16, 16)"
    path = download(page, worksheet.locator("[data-do=json]"), tmp_path)
    assert path.name == "homework-2026-0001.json"
    found = read(path.read_bytes())
    assert (found.assignment.text, found.number, found.name) == ("lecture", "2026-0001", "가나다")
    assert {step.first for step in found.steps} == {"right"}
    assert found.doubts == ()


def test_switching_the_network_loses_nothing(worksheet):
    who(worksheet, "20260001")
    answer(worksheet, {"conv1": "10x3x16x16"})
    worksheet.locator("[value=number]").check()
    assert said(worksheet).startswith(KO["ownOf"].format(number="20260001"))
    answer(worksheet, {"conv1": "29x8x27x27"})
    worksheet.locator("[value=lecture]").check()
    assert reply_of(worksheet) == "10x3x16x16"
    worksheet.locator("[value=number]").check()
    assert reply_of(worksheet) == "29x8x27x27"


@pytest.mark.parametrize(("number", "key"), [("", "needNumber"), ("학번", "badNumber")])
def test_without_a_fit_number_there_is_no_own_network_and_it_is_said(worksheet, number, key):
    who(worksheet, number)
    worksheet.locator("[value=number]").check()
    assert said(worksheet) == KO[key]
    assert not worksheet.locator(".cnn-homework__sheet").is_visible()


def test_export_says_first_what_is_missing(worksheet, page, tmp_path):
    answer(worksheet, {"conv1": "10x3x16x16"})
    worksheet.locator("[data-do=json]").click()
    text = worksheet.locator(".cnn-homework__said").text_content()
    assert all(word in text for word in (KO["name"], KO["number"], "conv2", KO["flatten"], "fc2"))
    assert "conv1" not in text
    assert download(page, worksheet.locator("[data-do=json]"), tmp_path).name == "homework-lecture.json"


def test_two_students_on_one_computer_mix_nothing(worksheet, page):
    who(worksheet, "1", "가")
    answer(worksheet, {"conv1": "(1, 1)"})
    worksheet.locator("[name=name]").fill("나")
    who(worksheet, "2", "나")
    assert reply_of(worksheet) == ""
    answer(worksheet, {"conv1": "(2, 2)"})
    worksheet.locator("[data-do=fresh]").click()
    assert worksheet.locator("[name=name]").input_value() == ""
    who(worksheet, "1", "")
    assert (reply_of(worksheet), worksheet.locator("[name=name]").input_value()) == ("(1, 1)", "가")
    page.reload()
    page.wait_for_function("document.querySelector('cnn-homework').words")
    assert reply_of(worksheet) == "(1, 1)"


def test_two_tabs_keep_what_both_write(worksheet, page, context, site_url):
    who(worksheet, "1")
    other = opened(context.new_page(), f"{site_url}homework/")
    other.locator("#step-conv1 [name=reply]").fill("from the other tab")
    worksheet.locator("#step-conv2 [name=reply]").fill("from this tab")
    page.wait_for_function("document.querySelector('#step-conv1 [name=reply]').value")
    page.reload()
    page.wait_for_function("document.querySelector('cnn-homework').words")
    assert [reply_of(worksheet, step) for step in ("conv1", "conv2")] == ["from the other tab", "from this tab"]


def test_what_is_kept_can_be_seen_and_erased(worksheet, page):
    who(worksheet, "1", "<b>가</b>")
    answer(worksheet, {"conv1": "16"})
    box = worksheet.locator(".cnn-homework__kept")
    box.locator("summary").click()
    assert "<b>가</b> 1" in box.inner_text()
    erase = box.locator("li button").last
    erase.click()
    assert page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('cnn-homework:'))")
    erase.click()
    assert KO["keptNone"] in box.inner_text()
    assert reply_of(worksheet) == ""
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('cnn-homework:'))")


def test_a_browser_that_keeps_nothing_is_said(page, site_url, errors):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
    worksheet = opened(page, f"{site_url}homework/")
    assert worksheet.locator(".cnn-homework__lost").is_visible()
    answer(worksheet, {"conv1": "10x3x16x16"})
    assert errors == []


def test_a_file_is_resumed_on_another_device(worksheet, page, tmp_path):
    path = tmp_path / "homework.json"
    path.write_bytes(packed(handed("20260001", {"conv1": "29x8x27x27"}, name="가")))
    worksheet.locator("[type=file]").set_input_files(path)
    page.wait_for_function("document.querySelector('#step-pool')")
    assert (reply_of(worksheet), worksheet.locator("[name=number]").input_value()) == ("29x8x27x27", "20260001")
    answer(worksheet, {"conv1": "mine"})
    worksheet.locator("[type=file]").set_input_files(path)
    assert reply_of(worksheet) == "mine"
    assert worksheet.locator(".cnn-homework__said").text_content() == KO["overwrite"]
    worksheet.locator("[type=file]").set_input_files(path)
    page.wait_for_function("document.querySelector('#step-conv1 [name=reply]').value !== 'mine'")


def test_a_file_that_is_no_hand_in_changes_nothing(worksheet, page, tmp_path):
    (tmp_path / "a.json").write_bytes(b"[" * 60000)
    answer(worksheet, {"conv1": "16"})
    worksheet.locator("[type=file]").set_input_files(tmp_path / "a.json")
    page.wait_for_function("document.querySelector('.cnn-homework__said').textContent")
    assert reply_of(worksheet) == "16"


def test_working_may_be_written_after_checking(worksheet):
    answer(worksheet, {"conv1": "10x3x16x16"})
    worksheet.locator("#step-conv1 textarea").fill("20 − 5 + 1")
    assert worksheet.locator("#step-conv1").get_attribute("data-verdict") == "right"


@pytest.mark.parametrize(("step", "reply"), [("conv1", "16x16"), ("conv1", "7680"), ("flatten", "(1440, 10)")])
def test_the_reason_is_said_in_the_page(worksheet, step, reply):
    answer(worksheet, {step: reply})
    assert WHY[TYPICAL[step, reply]]["ko"] in worksheet.locator(f"#step-{step} [role=status]").text_content()


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
    assert worksheet.evaluate("it => it.questions[2].state.hints") == 4


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
    for field, value in zip(item.locator("[name=blank]").all(), ("20", "0", "5", "2", "16"), strict=True):
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
    assert worksheet.locator(".cnn-homework__code").text_content() == code(assignment(CLASS).network_of("20260001"))
    solve(worksheet, CLASS, "20260001")
    assert worksheet.locator("[data-verdict=right]").count() == 5
    assert KO["points"].format(n=2) in worksheet.locator("#step-conv1 h3").inner_text()
    assert errors == []


def test_a_broken_link_is_said_and_shows_the_lectures_sheet(page, site_url):
    worksheet = opened(page, f"{site_url}homework/#class=c1.ko.one.10-1-3.c6k5s1p0.1")
    assert said(worksheet) == KO["linkBroken"]
    assert worksheet.locator("li[data-step]").count() == 5


def test_the_print_is_one_a4_page_with_all_that_was_written(worksheet, page):
    who(worksheet, "2026-0001", "홍길동")
    solve(worksheet, "lecture")
    for text in worksheet.locator("textarea").all():
        text.fill("높이와 너비를 따로 구합니다. " * 20)
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    worksheet.locator("[data-do=print]").click()
    sheet = page.locator(".cnn-sheet")
    words = sheet.text_content()
    assert all(word in words for word in ("홍길동", "2026-0001", KO["title"], "Conv2d(1, 3"))
    assert words.count("높이와 너비를") == 5 * 20
    page.emulate_media(media="print")
    inside = """svg => [...svg.querySelectorAll('text')].every((text) => {
      const {x, y, width, height} = text.getBBox();
      return x >= 0 && y >= 0 && x + width <= 794 && y + height <= 1123;
    })"""
    assert sheet.evaluate(inside)
    page.pdf(prefer_css_page_size=True)
    assert sheet.count() == 0  # gone when the printing is done


def test_a_browser_that_does_not_print_says_so_and_keeps_no_hidden_sheet(worksheet, page):
    who(worksheet, "1")
    solve(worksheet, "lecture")
    page.evaluate("window.print = () => {}")
    for _ in range(2):
        worksheet.locator("[data-do=print]").click()
    page.wait_for_function("!document.querySelector('.cnn-sheet')")
    assert worksheet.locator(".cnn-homework__said").text_content() == KO["noPrint"]


def test_the_picture_is_the_page_in_black_on_white(worksheet, page, tmp_path):
    who(worksheet, "1", "홍길동 \u0007<svg onload=alert(1)>")
    solve(worksheet, "lecture")
    data = download(page, worksheet.locator("[data-do=png]"), tmp_path).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (1588, 2246)


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
      .filter((node) => node.offsetHeight < 44 || node.offsetWidth < 44).map((node) => node.outerHTML)""")
    assert small == []
    found = Axe().run(page, context="article").response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


def test_a_formula_fits_a_phone_between_its_two_parts(page, site_url):
    page.set_viewport_size({"width": 360, "height": 640})
    worksheet = opened(page, f"{site_url}homework/")
    edge = worksheet.locator("#step-conv1").bounding_box()
    for part in worksheet.locator("#step-conv1 .cnn-homework__part").all():
        box = part.bounding_box()
        assert box["x"] + box["width"] <= edge["x"] + edge["width"]
        assert box["height"] < 80


def test_nothing_is_sent_anywhere(worksheet, page, tmp_path):
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    who(worksheet, "2026-0001")
    solve(worksheet, "lecture")
    download(page, worksheet.locator("[data-do=json]"), tmp_path)
    assert [url for url in sent if not url.startswith(("data:", "blob:"))] == []


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
