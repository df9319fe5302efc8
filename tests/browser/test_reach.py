"""Everyone can use the figures: axe, no script, no shift, weight, speed, swapped-in pages."""
# ruff: noqa: E501  (scripts, fences and models stand in one piece)

import gzip
import re

import pytest

from tests.browser import gallery
from tests.browser.conftest import LIVE
from tests.site.barriers import barriers, contrasts

PAGES = (
    "convolution/",
    "channels/",
    "padding-mode/",
    "pooling/",
    "inner-product/",
    "image/",
    "homework/",
)
SHIFTS = """window.shifts = []; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifts.push([entry.value,
    ...entry.sources.map((source) => source.node?.nodeName + '.' + source.node?.className)]);
}).observe({type: 'layout-shift', buffered: true});"""

STEPPING = ("words-ko", "index", "figures", "exercise")
LESSON_SCRIPTS = (*STEPPING, "pictures", "shapes")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_axe_finds_nothing_in_any_state_and_scheme(show, lang):
    page = show(lang=lang)
    for name, state in gallery.STATES.items():
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'default')")
        page.evaluate(state)
        assert barriers(page, ["article"]) == [], name
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
        assert contrasts(page, ["article"]) == [], name


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_figures_come_to_life(browser, site_url, width):
    """The page settles without the figures' scripts; then they come, and every box stays."""
    context = browser.new_context(viewport={"width": width, "height": 4000})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    held = []
    scripts = re.compile(r"cnn/(figures|pictures|exercise|shapes|homework)\.\w+\.js")
    for path in PAGES:
        page.route(scripts, lambda route: held.append(route))
        page.goto(f"{site_url}{path}", wait_until="load")
        page.wait_for_timeout(700)  # the elements' scripts are asked for after the first paint
        page.evaluate("document.fonts.ready.then(() => { window.shifts = []; })")
        while held:
            held.pop().continue_()
        page.unroute(scripts)  # some ask for others
        page.wait_for_function("!document.querySelector('article :not(:defined)')")
        page.wait_for_timeout(150)
        shifts = page.evaluate("shifts")
        assert sum(value for value, *_ in shifts) < 0.001, (path, shifts)
    context.close()


def test_without_javascript_and_in_print_the_still_figure_stays(browser, site_url, show, page):
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(f"{site_url}convolution/")
    figure = still.locator("cnn-conv").first
    assert figure.locator("svg").count() == 3
    assert still.locator(".cnn-ui").count() == 0
    assert (
        figure.locator("figure").evaluate("e => getComputedStyle(e, '::after').content") == "none"
    )
    context.close()
    show("plain")
    page.emulate_media(media="print")
    assert not page.locator("#plain .cnn-ui").is_visible()
    assert page.locator("#plain svg.cnn-grid").count() == 3


def test_twenty_trips_with_every_figure_awake_leave_nothing_behind(page, site_url, errors):
    """The pages that are left are gone, with their nodes and their listeners."""
    client = page.context.new_cdp_session(page)
    counts = []
    for _ in range(10):
        for path in ("convolution/", "padding/"):
            page.goto(f"{site_url}{path}")
            page.wait_for_function("document.querySelector('cnn-conv')?.values")
            page.keyboard.press("Shift")
            page.wait_for_function("!document.querySelector('cnn-conv:not(.cnn-live)')")
        client.send("HeapProfiler.collectGarbage")
        found = client.send("Memory.getDOMCounters")
        counts.append((found["documents"], found["nodes"], found["jsEventListeners"]))
    assert max(nodes for _, nodes, _ in counts) <= 1.2 * counts[0][1], counts
    assert max(listeners for *_, listeners in counts) <= 1.2 * counts[0][2], counts
    assert errors == []


def test_one_step_of_a_28_by_28_figure_takes_less_than_a_frame(show):
    page = show(body=gallery.big())
    page.evaluate("document.getElementById('big').change({at: [0, 3, 3]}, true)")
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    times = page.evaluate("""async () => {
      const figure = document.getElementById('big'), times = [];
      for (let i = 0; i < 24; i++) {
        const start = performance.now();
        figure.goTo([0, 10 + (i >> 3), 10 + (i % 8)]);
        times.push(performance.now() - start);
        await new Promise(requestAnimationFrame);
      }
      return times.sort((a, b) => a - b);
    }""")
    client.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    assert times[2] < 16, times  # of the fastest: a busy machine is slow, not wrong


def test_all_scripts_of_figures_and_exercises_are_light(built_site):
    """A page that steps through convolutions fetches the first four, which hold the tables."""
    weigh = {
        name: len(gzip.compress(path.read_bytes(), 9))
        for name in LESSON_SCRIPTS
        for path in (built_site / "cnn").glob(f"{name}.*.js")
    }
    assert set(weigh) == set(LESSON_SCRIPTS)
    assert sum(weigh[name] for name in STEPPING) <= 40_000, weigh
    assert sum(weigh.values()) <= 53_000, weigh


SLICES = """const idle = requestIdleCallback, live = () => document.querySelectorAll('.cnn-live').length;
window.woken = [];
window.requestIdleCallback = (run, options) => idle((deadline) => {
  const before = live();
  run(deadline);
  woken.push(live() - before);
}, options);"""


def test_after_a_key_the_figures_wake_one_in_each_idle_slice(page, site_url):
    page.add_init_script(SLICES)
    page.goto(f"{site_url}convolution/")
    page.wait_for_function("!document.querySelector('article :not(:defined)')")
    page.keyboard.press("Shift")
    page.wait_for_function(LIVE)
    woken = page.evaluate("woken")
    assert max(woken) == 1
    assert sum(woken) == page.locator(".cnn-live").count() > 2


def test_a_figure_sleeps_until_the_reader_comes_near_or_takes_the_keyboard(page, site_url):
    live = "document.querySelectorAll('cnn-conv.cnn-live').length"
    page.set_viewport_size({"width": 360, "height": 300})
    page.goto(f"{site_url}convolution/", wait_until="networkidle")
    assert page.evaluate(live) < page.locator("cnn-conv").count()
    assert page.evaluate("[...document.querySelectorAll('cnn-conv')].at(-1).values.output")
    page.keyboard.press("Tab")
    every = page.locator("cnn-conv").count()
    page.wait_for_function(f"{live} === {every}")
