"""Everyone can use the figures: axe, no script, no shift, weight, speed, swapped-in pages."""
# ruff: noqa: E501  (scripts, fences and models stand in one piece)

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import gallery

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

STEPPING = ("index.js", "figures.js", "exercise.js")
LESSON_SCRIPTS = (*STEPPING, "pictures.js", "shapes.js")

STATES = {
    "at rest": "",
    "open": "document.querySelectorAll('details').forEach((each) => { each.open = true; });",
    "term by term": "document.querySelectorAll('cnn-conv').forEach((each) => each.change({term: 1}, true));",
    "refused": "document.querySelectorAll('cnn-conv').forEach((each) => each.change({dilation: 9}));"
    "document.querySelector('cnn-pad').change({pad: [9, 9, 9, 9]});"
    "document.querySelector('cnn-shapes').change({input: [10, 2, 20, 20]});",
}


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_axe_finds_nothing_in_any_state(show, scheme, lang):
    page = show(lang=lang)
    page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
    for name, state in STATES.items():
        page.evaluate(state)
        found = Axe().run(page, context={"include": [["article"]]}).response["violations"]
        told = [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]
        assert told == [], name


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_figures_come_to_life(browser, site_url, width):
    """The page settles without the figures' scripts; then they come, and every box stays."""
    context = browser.new_context(viewport={"width": width, "height": 4000})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    held = []
    page.route(
        re.compile("cnn/(figures|pictures|exercise|shapes|homework).js"),
        lambda route: held.append(route),
    )
    for path in PAGES:
        page.goto(f"{site_url}{path}", wait_until="load")
        page.wait_for_timeout(700)  # Material's own script settles
        page.evaluate("document.fonts.ready.then(() => { window.shifts = []; })")
        while held:
            held.pop().continue_()
        page.wait_for_function("!document.querySelector('article :not(:defined)')")
        page.wait_for_timeout(150)
        shifts = page.evaluate("shifts")
        assert sum(value for value, *_ in shifts) < 0.001, (path, shifts)
    context.close()


def test_the_living_figure_draws_what_the_still_one_drew(browser, site_url):
    """Boxes and texts of every drawing of the gallery, before and after the script."""
    seen = """() => [...document.querySelectorAll('article .cnn-figure svg:not(.cnn-icon) :is(rect, text, circle)')]
      .filter((e) => !e.closest('.cnn-ui') && e.getAttribute('visibility') !== 'hidden' && !e.matches('.n'))
      .map((e) => { const box = e.getBoundingClientRect(), from = e.closest('figure').getBoundingClientRect();
        return [e.closest('figure').parentNode.id, e.nodeName, e.textContent,
          ...[box.x - from.x, box.y - from.y, box.width].map(Math.round)].join(); }).sort()"""
    drawings = []
    for script in (False, True):
        context = browser.new_context(java_script_enabled=True)
        page = context.new_page()
        page.goto(f"{site_url}glossary/")
        page.evaluate(
            "html => { document.querySelector('article').innerHTML = html; }", gallery.html()
        )
        if script:
            page.evaluate("document.dispatchEvent(new Event('cnn:added'))")
            page.wait_for_function("!document.querySelector('article :not(:defined)')")
        drawings.append(page.evaluate(seen))
        context.close()
    still, living = drawings
    assert len(still) > 1000
    assert sorted(set(still) ^ set(living)) == []


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


def test_figures_come_to_life_on_a_page_that_is_swapped_in(page, site_url, errors):
    page.goto(f"{site_url}convolution/")
    page.evaluate("window.sameDocument = true")
    page.locator("article a[href*='padding']").first.click()
    page.wait_for_url("**/padding/**")
    page.wait_for_function("""() => {
      document.querySelector('cnn-conv')?.scrollIntoView();
      return document.querySelector('cnn-conv.cnn-live');
    }""")
    page.locator("cnn-conv.cnn-live").first.get_by_role("button", name="다음 칸").click()
    assert page.evaluate("window.sameDocument")
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
    assert times[len(times) // 2] < 16, times


@pytest.mark.parametrize("edition", ["", "en"])
def test_all_scripts_of_figures_and_exercises_are_light(built_site, edition):
    """A page that steps through convolutions fetches the first three, which hold the tables."""
    weigh = {
        name: len(gzip.compress((built_site / edition / "cnn" / name).read_bytes(), 9))
        for name in LESSON_SCRIPTS
    }
    assert sum(weigh[name] for name in STEPPING) <= 34_000, weigh
    assert sum(weigh.values()) <= 46_000, weigh


def test_a_figure_sleeps_until_the_reader_comes_near_or_takes_the_keyboard(page, site_url):
    live = "document.querySelectorAll('cnn-conv.cnn-live').length"
    page.set_viewport_size({"width": 360, "height": 300})
    page.goto(f"{site_url}convolution/", wait_until="networkidle")
    assert page.evaluate(live) < page.locator("cnn-conv").count()
    assert page.evaluate("[...document.querySelectorAll('cnn-conv')].at(-1).values.output")
    page.keyboard.press("Tab")
    every = page.locator("cnn-conv").count()
    page.wait_for_function(f"{live} === {every}")
