"""What a student does on the sheet."""

from pathlib import Path

from lesson.homework.assignment import read as assignment


def opened(page, address):
    page.goto(address)
    page.wait_for_function("document.querySelector('cnn-homework')?.words")
    return page.locator("cnn-homework")


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
