"""What is written on the sheet: kept, never mixed, resumed elsewhere, handed in."""

import pytest
from lesson.homework.handin import read
from lesson.homework.labels import WORDS

from tests.browser.worksheet import answer, download, opened, reply_of, said, solve, who
from tests.lesson.handins import handin as handed
from tests.lesson.handins import packed

KO = WORDS["ko"]


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
    assert (
        download(page, worksheet.locator("[data-do=json]"), tmp_path).name
        == "homework-lecture.json"
    )


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
    assert [reply_of(worksheet, step) for step in ("conv1", "conv2")] == [
        "from the other tab",
        "from this tab",
    ]


def test_what_is_kept_can_be_seen_and_erased(worksheet, page):
    who(worksheet, "1", "<b>가</b>")
    answer(worksheet, {"conv1": "16"})
    box = worksheet.locator(".cnn-homework__kept")
    box.locator("summary").click()
    box.get_by_text("<b>가</b> 1").wait_for()  # the list is made when the box has opened
    erase = box.locator("li button").last
    erase.click()
    assert page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('cnn-homework:'))")
    erase.click()
    assert KO["keptNone"] in box.inner_text()
    assert reply_of(worksheet) == ""
    assert not page.evaluate(
        "Object.keys(localStorage).some((key) => key.startsWith('cnn-homework:'))"
    )


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
    assert (reply_of(worksheet), worksheet.locator("[name=number]").input_value()) == (
        "29x8x27x27",
        "20260001",
    )
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


def test_nothing_is_sent_anywhere(worksheet, page, tmp_path):
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    who(worksheet, "2026-0001")
    solve(worksheet, "lecture")
    download(page, worksheet.locator("[data-do=json]"), tmp_path)
    assert [url for url in sent if not url.startswith(("data:", "blob:"))] == []
