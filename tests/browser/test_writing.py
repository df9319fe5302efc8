"""A function that the reader writes is judged in the page, and kept."""

import pytest
from lesson.coding.judge import texts
from lesson.coding.tasks import TASKS

from tests.browser.waiting import FIRST
from tests.site.barriers import barriers

SAID = texts()["tasks"]["four-loops"]["wrong"]
FLIPPED = TASKS["four-loops"].solution.replace("* w[u, v]", "* w[-1 - u, -1 - v]")

pytestmark = pytest.mark.usefixtures("python")


@pytest.fixture
def task(watched_phone, site_url):
    """The task of the convolution lesson, on a phone whose reader has agreed to the download."""
    page, page.home = watched_phone, site_url
    page.goto(site_url + "convolution/")
    return page.locator("#task-four-loops")


def begun(task):
    task.get_by_role("button", name="직접 짜기").click()
    task.locator("textarea").wait_for()
    return task.locator("textarea")


def judged(task, code, agree=False):
    """Write code, ask for the judge, and return what it says."""
    task.locator("textarea").fill(code)
    task.get_by_role("button", name="확인").click()
    if agree:
        task.page.get_by_role("button", name="받아서 실행").click()
    task.locator("[data-judged]").wait_for(timeout=FIRST)
    return task.locator(".cnn-ran__said").text_content()


def test_a_known_mistake_is_named_and_the_right_function_is_kept(task):
    page, area = task.page, begun(task)
    assert area.input_value() == TASKS["four-loops"].starter
    assert judged(task, FLIPPED, agree=True) == SAID["flipped_kernel"]["ko"]
    assert task.locator(".cnn-ran pre").count() == 3
    assert task.locator("[data-judged=wrong]").count() == 1
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert not task.locator(".cnn-task__done").is_visible()
    assert "맞았습니다" in judged(task, TASKS["four-loops"].solution)
    assert task.locator(".cnn-task__done").is_visible()
    assert judged(task, FLIPPED) == SAID["flipped_kernel"]["ko"]  # and takes nothing away
    task.locator("textarea").fill(TASKS["four-loops"].solution)
    page.reload()
    task.locator(".cnn-task__done").wait_for()
    assert begun(task).input_value() == TASKS["four-loops"].solution
    task.get_by_role("button", name="처음 코드로").click()
    assert task.locator("textarea").input_value() == TASKS["four-loops"].starter
    page.reload()
    task.locator(".cnn-task__done").wait_for()
    assert begun(task).input_value() == TASKS["four-loops"].starter


def test_errors_are_explained_and_an_endless_loop_is_stopped(task):
    begun(task)
    said = judged(task, "def cross_correlate(x, w):\n    return y\n", agree=True)
    assert "y" in said
    assert "NameError: name 'y' is not defined" in task.locator(".cnn-ran pre").first.text_content()
    task.locator("textarea").fill("def cross_correlate(x, w):\n    while True:\n        pass\n")
    assert task.locator("[data-judged]").count() == 0
    check = task.locator(".cnn-ran__tools .cnn-do")
    check.click()
    task.get_by_role("button", name="중지").wait_for()
    task.locator(".cnn-ran__said", has_text="확인하는 중").wait_for(timeout=FIRST)
    check.click()
    task.locator(".cnn-ran__said", has_text="중지했습니다").wait_for()
    assert "맞았습니다" in judged(task, TASKS["four-loops"].solution)


def test_a_task_does_not_need_the_blocks_of_its_page_nor_change_them(task):
    page = task.page
    begun(task)
    judged(task, TASKS["four-loops"].solution, agree=True)
    assert page.locator(".highlight[data-run] + .cnn-ran").count() == 0
    page.locator("button.cnn-run").first.click()
    page.locator(".highlight[data-run] + .cnn-ran .cnn-ran__said", has_text="밀리초").wait_for(
        timeout=FIRST
    )


def test_tasks_speak_english_on_english_pages(task):
    page = task.page
    page.goto(page.home + "en/convolution/")
    task.get_by_role("button", name="Write it").click()
    task.locator("textarea").fill(FLIPPED)
    task.locator("textarea").press("Control+Enter")
    page.get_by_role("button", name="Fetch and run").click()
    task.locator("[data-judged]").wait_for(timeout=FIRST)
    assert task.locator(".cnn-ran__said").text_content() == SAID["flipped_kernel"]["en"]
