"""Still and living figures: the same in all text and geometry, whatever the reader has done."""

import json
import re
from pathlib import Path

import pytest
import yaml
from lesson.figure import RENDER, render

from tests.browser import gallery
from tests.browser.conftest import LIVE
from tests.pages.markdown_pages import fences, pages
from tests.site.whole import lay_out

DUMP = Path(__file__).with_name("dump.js").read_text(encoding="utf-8")
FILL = "html => { document.querySelector('article').innerHTML = html; }"
WAKE = "document.dispatchEvent(new Event('cnn:added'))"
TOLERANCE = 0.3  # px: where in a line a word begins depends on how it came there
LEFT_OUT = {"kind", "lang", "term", "shown"}
CHANGES = {
    "conv1d": [{"stride": 3}, {"padding": 2, "at": [0, 1]}, {"bias": [5], "at": None}],
    "conv2d": [
        {"stride": [2, 1]},
        {"padding": 2, "dilation": 2, "at": [0, 0, 1]},
        {"padding": 1, "padding_mode": "replicate", "flip": True},
        {"at": None},
    ],
    "conv3d": [{"padding": 1, "at": [0, 1, 0, 1]}, {"padding": [1, 0, 0], "stride": [2, 1, 1]}],
    "conv2d-grad": [{"dilation": [1, 1], "at": [0, 1, 0]}, {"at": None}],
    "conv-transpose1d": [{"stride": [3], "at": [0, 1]}, {"output_padding": [1], "at": None}],
    "conv-transpose2d": [{"padding": [1, 0], "stride": [3, 2], "at": [0, 1, 1]}, {"at": None}],
    "pool2d": [{"mode": "avg", "at": [0, 0]}, {"padding": [1, 1], "kernel_size": [2, 2]}],
    "pad2d": [{"pad": [2, 0, 1, 1], "mode": "replicate", "at": [0, 0]}, {"mode": "zeros"}],
    "inner-product": [{"a": [[0.0625, -0.0625]], "b": [[1, 1]]}],
    "image": [{"matrix": True}, {"matrix": False}],
    "filters": [{"shown": ["blur", "edge5"]}],
    "shapes": [{"input": [2, 1, 28, 28], "code": "c: Conv2d(1, 5, kernel_size=3)"}],
}


CHANGE = """wanted => Object.fromEntries(Object.entries(wanted).flatMap(([name, changes]) => {
  const figure = document.getElementById(name);
  figure.change(changes);
  const { at } = figure.values;              // moved inside, where the output has shrunk
  return figure.result ? [[name, { ...figure.spec, ...(at ? { at } : {}) }]] : [];
}))"""


def figures(lang):
    """Yield (name, kind, fence) of every figure of every page, and of the gallery."""
    for path in pages(lang):
        for fence in fences(path.read_text(encoding="utf-8")):
            if fence.language in RENDER:
                yield f"{path.stem}-{fence.line}", fence.language, fence.text
    for name, (kind, body) in gallery.FENCES.items():
        yield f"gallery-{name}", kind, f"id: {name}\n{body}"


def drawn(figures, lang):
    """Return the still figures, each under its own name."""
    return "".join(
        re.sub('id="[^"]*"', f'id="{name}"', render(kind, text, lang), count=1)
        for name, kind, text in figures
    )


def differences(one, other):
    """Return what two dumps of figures show differently, the first of each figure."""
    found = {}
    for name, lines in one.items():
        pairs = zip(lines, other[name], strict=False)
        first = next(((a, b) for a, b in pairs if not alike(a, b)), None)
        if first or len(lines) != len(other[name]):
            found[name] = first or (len(lines), len(other[name]))
    return found


def alike(a, b):
    """Return whether two lines of a dump say the same, and their boxes lie in the same place."""
    if a[0] == "text" or len(a) != len(b):
        return a == b
    return a[0] == b[0] and all(abs(x - y) <= TOLERANCE for x, y in zip(a[1:], b[1:], strict=True))


@pytest.fixture(params=["ko", "en"])
def still(request, page, site_url, errors):
    """Every figure in a page of the site, asleep: (page, language, what the figures show)."""
    lang = request.param
    page.goto(f"{site_url}{'en/' if lang == 'en' else ''}convolution/")
    page.evaluate(FILL, drawn(figures(lang), lang))
    page.evaluate("document.fonts.ready")
    lay_out(page)
    yield page, lang, dump(page)
    assert errors == []


def dump(page, names=None):
    """Return what the figures of a page show: {name: lines}."""
    return json.loads(page.evaluate(DUMP, names))


def wake(page):
    page.evaluate(WAKE)
    page.wait_for_function("!document.querySelector('article :not(:defined)')")
    page.keyboard.press("Shift")
    page.wait_for_function(LIVE)


def test_a_figure_comes_to_life_in_the_very_nodes_that_python_drew(still):
    """Nothing is drawn again: every node is there still, and shows what it showed."""
    page, _, before = still
    nodes = "[...document.querySelectorAll('article .cnn-figure *:not(.cnn-ui, .cnn-ui *)')]"
    count = page.evaluate(f"{nodes}.map((node) => {{ node.python = true; }}).length")
    wake(page)
    assert len(before) > len(gallery.FENCES)
    assert page.evaluate(f"{nodes}.filter((node) => node.python).length") == count
    assert differences(before, dump(page)) == {}


def test_a_figure_drawn_anew_is_the_one_that_python_drew(still):
    page, _, before = still
    wake(page)
    page.evaluate("document.querySelectorAll('article > *').forEach((each) => each.update())")
    assert differences(before, dump(page)) == {}


def test_after_a_change_a_figure_is_what_python_draws_of_its_spec_and_after_reset_the_first(still):
    page, lang, before = still
    wake(page)
    kinds, compared = {name: kind for name, kind, _ in figures(lang)}, 0
    for turn in range(max(map(len, CHANGES.values()))):
        turned = {name: CHANGES[kind][turn] for name, kind in kinds.items() if CHANGES[kind][turn:]}
        specs = page.evaluate(CHANGE, turned)
        living = dump(page, list(specs))
        changed = [(name, spec["kind"], fence_of(spec)) for name, spec in specs.items()]
        python = dump_of(page, drawn(changed, lang))
        assert differences(python, living) == {}, turn
        compared += len(python)
        page.evaluate("document.querySelectorAll('article > *').forEach((each) => each.reset())")
        first = {name: before[name] for name in turned}
        assert differences(first, dump(page, list(turned))) == {}, turn
    assert compared > len(before)


def dump_of(page, html):
    """Return what still figures show in a page like `page`."""
    other = page.context.new_page()
    other.goto(page.url.partition("?")[0])
    other.evaluate(FILL, html)
    lay_out(other)
    found = dump(other)
    other.close()
    return found


def fence_of(spec):
    """Return the fence that a living figure's spec comes from."""
    kind = spec["kind"]
    left_out = LEFT_OUT | ({"groups", "flip"} if kind == "conv3d" else set())
    values = {key: value for key, value in spec.items() if key not in left_out}
    values = {key: value for key, value in values.items() if value is not None or key == "at"}
    if kind == "filters":
        values["kernels"] = spec.get("shown") or [each["name"] for each in spec["kernels"]]
    if kind == "shapes":
        lines = [": ".join(each) for each in spec["layers"]]
        lines = values.pop("code", "\n".join(lines)).splitlines()
        values["layers"] = [dict([line.split(": ", 1)]) for line in lines]
    return yaml.safe_dump(json.loads(json.dumps(values)), allow_unicode=True)


@pytest.mark.parametrize("value", [0.0625, -0.0625, 0.1875, 1.0005, 2.5, -1e-9])
def test_both_round_a_tie_away_from_zero(show, value):
    """A tie is where Python's own rounding and JavaScript's differ."""
    spec = f"id: tie\na: [{value:.10f}]\nb: [1]"
    page = show(body=render("inner-product", spec))
    before = page.locator("#tie .cnn-sum").inner_text()
    page.evaluate("document.getElementById('tie').update()")
    assert page.locator("#tie .cnn-sum").inner_text() == before
