"""A page's code runs in it: asked first, stopped at once, brought back, without network too."""

import pytest

from tests.browser.waiting import FIRST
from tests.site.barriers import barriers

RUN = {"ko": "실행", "en": "Run"}
SAME = ("기록된 출력과 같습니다", "The same as recorded")
# In what the text area and its coloured copy differ, where letters would come to lie apart.
ALIKE = """() => {
  const [area, copy] = ['textarea', '.cnn-writing code'].map((each) =>
    document.querySelector(each));
  const of = (each, name) => getComputedStyle(each)[name];
  const names = ['fontFamily', 'fontSize', 'lineHeight', 'letterSpacing', 'paddingLeft',
    'paddingTop', 'tabSize', 'whiteSpace'];
  const apart = names.filter((name) => of(area, name) !== of(copy, name));
  const [one, two] = [area, copy].map((each) => each.getBoundingClientRect());
  return [...apart, ...['x', 'y'].filter((side) => Math.abs(one[side] - two[side]) > 0.5)];
}"""
# What a run needs; the cache is filled with all of it at once.
KEPT = ["pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "pyodide-lock", "python_stdlib",
        "numpy.zip", "lessons.", "worker."]  # fmt: skip

pytestmark = pytest.mark.usefixtures("python")


@pytest.fixture
def lesson(watched_phone, site_url):
    """A lesson on a phone, which reports what breaks the policy or goes wrong."""
    page, page.site = watched_phone, site_url
    page.goto(site_url + "convolution/")
    page.wait_for_selector("button.cnn-run")
    return page


def runs(page, number, agree=True):
    """Press the run button of a block; the first time agree to the download."""
    button = page.locator("button.cnn-run").nth(number)
    button.click()
    if agree:
        page.get_by_role("button", name="받아서 실행").click()
    return button


def said(page, number):
    """Return the line under the block that has a button of this number."""
    block = page.locator(".highlight:has(> button.cnn-run)").nth(number)
    return block.locator("xpath=following-sibling::div[1]").locator(".cnn-ran__said")


def settled(page, number, words):
    page.wait_for_function(
        "([n, words]) => [...document.querySelectorAll('.highlight:has(> button.cnn-run)')][n]"
        ".nextElementSibling?.querySelector('.cnn-ran__said')?.textContent.includes(words)",
        arg=[number, words],
        timeout=FIRST,
    )


def write(page, number, code):
    """Put other code in a block that has run."""
    block = page.locator(".highlight:has(> button.cnn-run)").nth(number)
    if not block.locator("textarea").count():
        block.locator("xpath=following-sibling::div[1]").get_by_role(
            "button", name="고치기"
        ).click()
    block.locator("textarea").fill(code)


def test_nothing_is_fetched_before_the_reader_agrees(lesson):
    asked = []
    lesson.on("request", lambda request: asked.append(request.url))
    runs(lesson, 2, agree=False)
    box = lesson.get_by_role("group", name="실행 준비")
    assert "MB" in box.inner_text()
    assert lesson.evaluate("document.activeElement.textContent") == "받아서 실행"
    lesson.keyboard.press("Escape")
    box.wait_for(state="detached")
    assert lesson.evaluate("document.activeElement.className") == "cnn-run"
    assert not [url for url in asked if "python" in url or "lessons" in url]


def test_a_block_runs_after_those_above_it_and_says_that_it_is_the_same(lesson):
    runs(lesson, 2)
    settled(lesson, 2, SAME[0])
    assert "출력은 없습니다" in said(lesson, 0).inner_text()
    assert said(lesson, 2).get_attribute("role") == "status"
    assert lesson.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    lesson.reload()
    lesson.wait_for_selector("button.cnn-run")
    runs(lesson, 0, agree=False)  # the choice is remembered
    settled(lesson, 0, "출력은 없습니다")


def test_changed_code_shows_both_outputs_its_error_and_comes_back(lesson):
    runs(lesson, 2)
    settled(lesson, 2, SAME[0])
    write(lesson, 2, "output = by_loops(image, kernel)\noutput[3, 3]")
    runs(lesson, 2, agree=False)
    settled(lesson, 2, "다릅니다")
    pair = lesson.locator(".cnn-ran__pair").inner_text()
    assert "IndexError: index 3 is out of bounds" in pair
    assert "array([[4, 3, 4]," in pair  # what was recorded stays in sight
    assert "크기가 3인 축" in lesson.locator(".cnn-ran__why").inner_text()
    area = lesson.locator("textarea")
    assert lesson.evaluate(ALIKE) == []
    assert barriers(lesson) == []
    area.press("Control+End")
    area.press("Tab")
    assert area.input_value().endswith("    ")
    area.press("Escape")
    area.press("Tab")
    assert lesson.evaluate("document.activeElement.tagName") != "TEXTAREA"
    area.fill("output = by_loops(image, kernel) * 2")
    runs(lesson, 3, agree=False)  # what was written above runs first
    settled(lesson, 3, SAME[0])
    assert "다릅니다" in said(lesson, 2).inner_text()
    lesson.get_by_role("button", name="처음 코드로").click()
    runs(lesson, 2, agree=False)
    settled(lesson, 2, SAME[0])


def test_an_endless_loop_stops_at_once_and_the_session_comes_back(lesson):
    runs(lesson, 2)
    settled(lesson, 2, SAME[0])
    write(lesson, 2, "while True:\n    pass")
    button = runs(lesson, 2, agree=False)
    settled(lesson, 2, "실행하는 중")
    assert button.inner_text() == "중지"
    # Counted in turns of the page, not in time: stopping waits for nobody; a busy machine is slow.
    turns = button.evaluate("""async (button) => {
      const line = button.parentElement.nextElementSibling.querySelector('.cnn-ran__said');
      let turns = 0;
      button.click();
      for (; !line.textContent.startsWith('중지') && turns < 1000; turns++) {
        await new Promise((done) => setTimeout(done));
      }
      return turns;
    }""")
    assert turns < 10
    assert button.inner_text() == RUN["ko"]
    write(lesson, 2, "by_loops(image, kernel)[0, 1]")
    runs(lesson, 2, agree=False)
    settled(lesson, 2, "다릅니다")
    assert "np.int64(3)" in lesson.locator(".cnn-ran__pair").inner_text()


def test_too_much_output_and_too_much_memory_are_said(lesson):
    runs(lesson, 0)
    settled(lesson, 0, "출력은 없습니다")
    write(lesson, 0, "while True:\n    print('again')")
    runs(lesson, 0, agree=False)
    lesson.wait_for_selector("text=20000자를 넘어", timeout=FIRST)
    write(lesson, 0, "import numpy as np\n[np.empty(2**30, np.int8) for i in range(9)]")
    runs(lesson, 0, agree=False)
    lesson.wait_for_selector("text=MemoryError", timeout=FIRST)


def test_a_run_that_does_not_end_is_ended(lesson):
    lesson.clock.install()
    runs(lesson, 0)
    settled(lesson, 0, "출력은 없습니다")
    write(lesson, 0, "while True:\n    pass")
    runs(lesson, 0, agree=False)
    settled(lesson, 0, "실행하는 중")
    lesson.clock.fast_forward(21_000)
    settled(lesson, 0, "20초가 지나도")


def test_a_block_pressed_while_another_runs_has_its_turn(lesson):
    runs(lesson, 1)
    runs(lesson, 2, agree=False)
    settled(lesson, 2, SAME[0])


def test_python_that_does_not_arrive_is_said_and_asked_for_again(lesson):
    lesson.context.route("**/pyodide.asm.wasm", lambda route: route.abort())
    runs(lesson, 0)
    settled(lesson, 0, "받지 못했습니다")
    lesson.context.unroute("**/pyodide.asm.wasm")
    runs(lesson, 0, agree=False)
    settled(lesson, 0, "출력은 없습니다")
    lesson.broken.clear()  # the browser says itself that a file was not reached


def test_a_link_carries_code_that_runs_when_the_reader_says_so(lesson):
    lesson.context.grant_permissions(["clipboard-read", "clipboard-write"])
    runs(lesson, 0)
    settled(lesson, 0, "출력은 없습니다")
    write(lesson, 0, "print('</textarea>')\nx = 3 + 4; x")
    lesson.get_by_role("button", name="코드 링크 복사").click()
    lesson.wait_for_selector("text=복사했습니다")
    lesson.goto(lesson.evaluate("navigator.clipboard.readText()"))
    area = lesson.locator("textarea")
    area.wait_for()
    assert area.input_value() == "print('</textarea>')\nx = 3 + 4; x"
    assert said(lesson, 0).inner_text() == ""
    runs(lesson, 0, agree=False)
    settled(lesson, 0, "실행했습니다")
    assert "</textarea>\n7" in lesson.locator(".cnn-ran__pair").inner_text()


def everything_is_kept(page):
    """Wait until the cache grows no more: the page's own files come beside Python's."""
    count, now = -1, 0
    while count != now:
        count = now
        page.wait_for_timeout(1000)
        now = page.evaluate("caches.open('cnn-run').then(async (all) => (await all.keys()).length)")


def test_a_second_visit_runs_without_network(lesson):
    runs(lesson, 2)
    settled(lesson, 2, SAME[0])
    lesson.wait_for_function(
        """async (names) => {
          const kept = (await (await caches.open('cnn-run')).keys()).map(({ url }) => url);
          const there = (name) => kept.some((url) => url.split('/').at(-1).startsWith(name));
          return names.every(there) && navigator.serviceWorker.controller;
        }""",
        arg=KEPT,
        timeout=FIRST,
    )
    everything_is_kept(lesson)
    lesson.context.set_offline(True)
    lesson.goto(lesson.site + "convolution/")
    lesson.wait_for_selector("button.cnn-run")
    runs(lesson, 2, agree=False)
    settled(lesson, 2, SAME[0])
    lesson.context.set_offline(False)


def test_the_english_page_runs_in_english(lesson):
    lesson.goto(lesson.site + "en/convolution/")
    lesson.wait_for_selector("button.cnn-run")
    lesson.locator("button.cnn-run").nth(2).click()
    lesson.get_by_role("button", name="Fetch and run").click()
    settled(lesson, 2, SAME[1])


def test_a_block_that_needs_what_is_absent_says_so_and_has_no_button(lesson):
    label = lesson.locator("span.cnn-run").first
    assert label.text_content() == "SciPy: 기록된 출력"
    assert "convolve2d" in label.locator("xpath=..").text_content()


@pytest.mark.parametrize("lang", RUN)
def test_every_block_can_be_run_or_says_why_not(lang, page, site_url):
    page.goto(site_url + ("" if lang == "ko" else "en/") + "convolution/")
    page.wait_for_selector("button.cnn-run")
    blocks = page.locator("article .highlight:is(.language-python, .language-pycon)").count()
    buttons = page.get_by_role("button", name=RUN[lang], exact=True).count()
    assert buttons + page.locator("span.cnn-run").count() == blocks
    target = page.locator("button.cnn-run").first.bounding_box()
    assert min(target["width"], target["height"]) >= 44
    page.locator("button.cnn-run").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("group").get_by_role("button").first.wait_for()
