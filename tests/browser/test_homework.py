"""The worksheet and the grading page: the networks of cnnlib, kept writing, one page handed in."""

import csv
import io
import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lesson.homework.check import check
from lesson.homework.grade import HEAD, as_csv, grade_folder
from lesson.homework.handin import FORMAT, read, seal
from lesson.homework.labels import GRADING, WORDS
from lesson.homework.steps import code, steps
from lesson.homework.variant import LECTURE, normalise, variant
from lesson.homework.worksheet import NAMES
from lesson.misconception import TEXTS

NUMBERS = [str(20260000 + 7 * i) for i in range(9000)] + [f"C{i:05}" for i in range(1000)]
KO = WORDS["ko"]

NETWORKS = """async ([site, numbers]) => {
  const net = await import(`${site}cnn/homework.js`);
  return numbers.map((number) => JSON.stringify(net.variant(number)));
}"""

STEPS = """async ([site, numbers]) => {
  const net = await import(`${site}cnn/homework.js`);
  return numbers.map((number) => {
    const network = net.variant(number);
    return [net.code(network), net.steps(network).map((step) => [step.after, step.blanks,
      step.filled, step.worked, step.code, net.misconceptions(step)])];
  });
}"""

CHECKS = """async ([site, cases]) => {
  const net = await import(`${site}cnn/homework.js`);
  return cases.map(([number, i, reply, earlier]) => {
    const { state, names } = net.check(net.steps(net.variant(number))[i], reply, earlier);
    return [state, names];
  });
}"""


@pytest.fixture
def worksheet(page, site_url, errors):
    page.goto(f"{site_url}homework/")
    page.wait_for_function("!!customElements.get('cnn-homework')")
    yield page.locator("cnn-homework")
    assert errors == []


def fill(worksheet, number="", name="가나다", replies=None):
    """Choose a network and fill in the right shapes, but those in `replies`."""
    worksheet.locator("[name=name]").fill(name)
    worksheet.locator("[name=number]").fill(number)
    worksheet.get_by_role("button", name=KO["make"]).click()
    for step in steps(variant(normalise(number))):
        item = worksheet.locator(f"#step-{step.layer.name}")
        item.locator("[name=reply]").fill((replies or {}).get(step.layer.name, str(step.after)))
        item.locator("[type=submit]").click()


def download(page, button, folder):
    with page.expect_download() as started:
        button.click()
    path = Path(folder) / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_ten_thousand_numbers_have_cnnlibs_networks_in_the_browser(page, site_url):
    page.goto(site_url)
    found = [json.loads(text) for text in page.evaluate(NETWORKS, [site_url, NUMBERS])]
    wrong = [n for n, got in zip(NUMBERS, found, strict=True)
             if got != json.loads(json.dumps(asdict(variant(n))))]  # fmt: skip
    assert wrong == []


def test_shapes_formulas_and_misconceptions_are_cnnlibs(page, site_url):
    page.goto(site_url)
    numbers = ["", *NUMBERS[::12]]
    found = page.evaluate(STEPS, [site_url, numbers])
    for number, (source, rows) in zip(numbers, found, strict=True):
        network = variant(number)
        assert source == code(network)
        mine = [[s.after, s.blanks, s.filled, s.worked, s.code, s.misconceptions()]
                for s in steps(network)]  # fmt: skip
        assert rows == json.loads(json.dumps(mine)), number


def test_replies_are_judged_as_cnnlib_judges_them(page, site_url):
    replies = ["", " ", "(10, 3, 16, 16)", "10x3x15x15", "torch.Size([10, 10, 11, 11])", "16",
               "10, 1210", "10 1440", "1/2", "１０，１４４０", "-1", "1e3",
               "x", "(10, 10, 12.5, 12.5)", "9" * 80]  # fmt: skip
    cases = [("", i, reply, earlier) for i in range(5) for reply in replies
             for earlier in (None, *replies)]  # fmt: skip
    page.goto(site_url)
    rows = steps(LECTURE)
    wanted = [check(rows[i], reply, earlier) for _, i, reply, earlier in cases]
    found = page.evaluate(CHECKS, [site_url, cases])
    differ = [case for case, got, want in zip(cases, found, wanted, strict=True)
              if got != [want.state, list(want.misconceptions)]]  # fmt: skip
    assert differ == []


@pytest.mark.parametrize("number", ["", "20260001"])
def test_each_misconception_is_named_in_the_page(worksheet, number):
    fill(worksheet, number)
    for step in steps(variant(number)):
        item = worksheet.locator(f"#step-{step.layer.name}")
        for name, wrong in step.misconceptions():
            said = item.evaluate(
                """(item, [reply, i]) => {
                  item.querySelector('[name=reply]').value = reply;
                  document.querySelector('cnn-homework').check(i);
                  return item.querySelector('[role=status]').textContent;
                }""",
                [str(wrong), [s.layer for s in steps(variant(number))].index(step.layer)],
            )
            assert TEXTS[name]["ko"] in said


def test_the_names_in_the_page_are_all_that_a_network_can_need():
    found = {name for number in ["", *map(str, range(500))] for step in steps(variant(number))
             for name, _ in step.misconceptions()}  # fmt: skip
    assert found == set(NAMES)


def test_three_hints_lead_to_the_worked_line(worksheet):
    item = worksheet.locator("#step-flatten")
    hints = item.locator(".cnn-exercise__hints > p:visible")
    for shown in (1, 2, 3, 3):
        item.get_by_role("button", name=KO["hint"]).click()
        assert hints.count() == shown
    assert hints.all_text_contents() == [
        KO["rule"]["flatten"], "10 · 12 · 12 = ?", "10 · 12 · 12 = 1440 → (10, 1440)"
    ]  # fmt: skip


def test_wrong_blanks_are_marked(worksheet):
    item = worksheet.locator("#step-conv1")
    values = ("20", "0", "5", "2", "16")
    for field, value in zip(item.locator("[name=blank]").all(), values, strict=True):
        field.fill(value)
    item.locator("[name=reply]").fill("10x3x16x16")
    item.locator("[type=submit]").click()
    assert KO["blanksWrong"] in item.locator("[role=status]").text_content()
    assert item.locator("[name=blank][aria-invalid=true]").count() == 1


def test_everything_written_is_kept_for_each_network(worksheet, page):
    fill(worksheet, "2026-0001", replies={"conv1": "29x8x27x27"})
    worksheet.locator("#step-conv1 textarea").fill("30 + 2 − 5\n= 27")
    worksheet.locator("#step-pool [data-do=hint]").click()
    page.reload()
    page.wait_for_function("document.querySelector('cnn-homework').words")
    assert worksheet.locator("[name=number]").input_value() == "2026-0001"
    assert worksheet.locator("#step-conv1 [name=reply]").input_value() == "29x8x27x27"
    assert worksheet.locator("#step-conv1 textarea").input_value() == "30 + 2 − 5\n= 27"
    assert worksheet.locator("#step-pool .cnn-exercise__hints > p:visible").count() == 1
    worksheet.locator("[name=number]").fill("")
    worksheet.get_by_role("button", name=KO["make"]).click()
    assert worksheet.locator("#step-conv1 [name=reply]").input_value() == ""
    assert worksheet.locator("li[data-step]").count() == 5


def test_what_is_no_student_number_changes_nothing(worksheet):
    worksheet.locator("[name=number]").fill("<img src=x>")
    worksheet.get_by_role("button", name=KO["make"]).click()
    assert worksheet.locator(".cnn-homework__which").text_content() == KO["badNumber"]
    assert worksheet.locator("li[data-step]").count() == 5


def test_the_file_that_is_handed_in_is_graded_as_it_was_checked(worksheet, page, tmp_path):
    name = '<b>"가나다"</b>\u2028=1'
    fill(worksheet, "2026-0001", name, {"conv2": "(29, 18, 7, 7)"})
    worksheet.locator("#step-conv1 textarea").fill("입력은 30 → 28 🙂\n</script>")
    path = download(page, worksheet.locator("[data-do=json]"), tmp_path)
    assert path.name == "homework-20260001.json"
    handin = read(path.read_bytes())
    assert (handin.number, handin.name, handin.doubts) == ("20260001", name, ())
    graded, _ = grade_folder(tmp_path)
    assert graded[0].row()[6:12] == ["right", "right",
        "no-floor or kernel-not-subtracted: (29, 18, 7, 7)", "right", "right", "right"]  # fmt: skip


def test_the_print_is_one_a4_page_with_all_that_was_written(worksheet, page, tmp_path):
    fill(worksheet, "2026-0001", "홍길동")
    for text in worksheet.locator("textarea").all():
        text.fill("높이와 너비를 따로 구합니다. " * 20)
    page.evaluate("() => { window.print = () => {}; }")
    worksheet.locator("[data-do=print]").click()
    sheet = page.locator(".cnn-sheet")
    words = sheet.text_content()
    assert all(word in words for word in ("홍길동", "20260001", KO["title"], "Conv2d(1, 8"))
    assert words.count("높이와 너비를") == 6 * 20
    assert KO["cut"] not in words
    inside = """svg => [...svg.querySelectorAll('text')].every((text) => {
      const {x, y, width, height} = text.getBBox();
      return x >= 0 && y >= 0 && x + width <= 794 && y + height <= 1123;
    })"""
    page.emulate_media(media="print")
    assert sheet.evaluate(inside)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert (round(width), round(height)) == (595, 842)
    assert sheet.count() == 0  # gone when the printing is done


def test_even_the_longest_working_stays_on_the_page(worksheet, page):
    fill(worksheet, "2026-0001", "홍" * 60)
    for text in worksheet.locator("textarea").all():
        text.fill("가\n" * 250)
    last = worksheet.evaluate("it => Number([...it.sheet().querySelectorAll('text')].at(-1)"
                              ".getAttribute('y'))")  # fmt: skip
    assert last < 1123 - 40
    assert KO["cut"] in worksheet.evaluate("it => it.sheet().textContent")


def test_the_picture_is_the_page_in_black_on_white(worksheet, page, tmp_path):
    fill(worksheet, "", "홍길동 \u0007<svg onload=alert(1)>")
    path = download(page, worksheet.locator("[data-do=png]"), tmp_path)
    assert path.name == "homework-lecture.png"
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (1588, 2246)
    assert len(data) > 30_000


def hostile(folder):
    """A class's folder: good, doubtful, broken and hostile files."""

    def hand_in(number, name, wrong=None, /, **changes):
        network = variant(number)
        rows = [{"name": s.layer.name, "reply": (wrong or {}).get(s.layer.name, str(s.after)),
                 "working": "", "blanks": "", "hints": 1, "checks": 2}
                for s in steps(network)]  # fmt: skip
        flat = [str(value) for row in rows for value in row.values()]
        content = {"format": FORMAT, "number": number, "name": name, "date": "2026-11-23",
                   "network": asdict(network), "steps": rows,
                   "seal": seal([FORMAT, number, name, "2026-11-23", *flat])}  # fmt: skip
        return json.dumps({**content, **changes}).encode()

    files = {
        "one.json": hand_in("1", "가"), "two.json": hand_in("1", "가"),
        "wrong.json": hand_in("2", "=1+1", {"conv1": "(1, 2)", "fc2": "?\u202e\n"}),
        "markup.json": hand_in("3", "<img src=x onerror=document.title='!'>", {"conv1": "<b>"}),
        "edited.json": hand_in("4", "나", seal="0"), "other.json": hand_in("5", "나", network={}),
        "lecture.json": hand_in("", "다", {"conv1": "(10, 3, 15, 15)", "conv2": "10 10 11 11"}),
        "broken.json": b"{", "list.json": b"[]", "binary.json": b"\xff\xfe", "notes.txt": b"hello",
        "huge.json": b" " * 70000, "short.json": hand_in("6", "라", steps=[]),
        "path.json": hand_in("7", "라", number="../../x"), "deep.json": b"[" * 60000,
        "count.json": hand_in("8", "라").replace(b'"hints": 1', b'"hints": 1e999'),
    }  # fmt: skip
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [str(folder / name) for name in files]


def test_the_browser_grades_a_folder_as_the_command_does(page, site_url, errors, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    page.goto(f"{site_url}grading/")
    page.wait_for_function("!!customElements.get('cnn-grading')")
    page.locator("cnn-grading input").set_input_files(hostile(folder))
    page.locator("cnn-grading table").wait_for()
    graded, broken = grade_folder(folder)
    assert (len(graded), len(broken)) == (7, 9)
    found = download(page, page.locator("cnn-grading button"), tmp_path)
    assert list(csv.reader(io.StringIO(found.read_text("utf-8-sig")))) == list(
        csv.reader(io.StringIO(as_csv(graded)))
    )
    listed = page.locator("cnn-grading li").all_text_contents()
    assert listed == [f"{name} {reason.said('ko')}" for name, reason in broken]
    shown = [[cell.text_content() for cell in line.locator("th, td").all()]
             for line in page.locator("cnn-grading tr").all()]  # fmt: skip
    columns = GRADING["ko"]["columns"]
    assert shown == [[columns.get(key, key) for key in HEAD], *(row.row("ko") for row in graded)]
    assert page.locator("cnn-grading img, cnn-grading b").count() == 0
    assert page.title() != "!"
    assert Axe().run(page, context="article").response["violations"] == []
    assert errors == []


def test_nothing_is_sent_anywhere(worksheet, page, site_url, tmp_path):
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    fill(worksheet, "2026-0001")
    download(page, worksheet.locator("[data-do=json]"), tmp_path)
    download(page, worksheet.locator("[data-do=png]"), tmp_path)
    assert [url for url in sent if not url.startswith(("data:", "blob:"))] == []


@pytest.mark.parametrize("address", ["homework/", "grading/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation_on_a_phone(page, site_url, address, scheme):
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme=scheme)
    page.goto(site_url + address)
    for button in page.locator("cnn-homework [data-do=hint], cnn-homework li [type=submit]").all():
        button.click()
    found = Axe().run(page, context="article").response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


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


def test_the_worksheet_has_the_same_words_in_english():
    assert WORDS["en"].keys() == WORDS["ko"].keys()
    assert WORDS["en"]["states"].keys() == WORDS["ko"]["states"].keys()
