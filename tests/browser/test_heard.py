"""What the page says beside its text: every name, label and word of figures, exercises and the lab.

heard.ko.txt and heard.en.txt keep it as a screen reader meets it, each line once, numbers as #. The
tables of words are the only source of these words, so that nothing else could notice that one has
become another. A change that is meant is written down, and read in the diff, by

    HEARD=write python3 dev.py test tests/browser/test_heard.py
"""
# ruff: noqa: E501  (models stand in one piece)

import os
import re
from pathlib import Path

import pytest
from lesson.figure import render

from tests.browser import gallery

# A grid is a picture of its rows until the reader comes near; then each row has the names of its cells.
ROWS = re.compile(r"^ *- (?:row .*|'img \".*(?:By rows|행마다): .*)\n", re.MULTILINE)
NUMBERS = re.compile(r"[−-]?\d+(?:[.,]\d+)*")
TUPLES = re.compile(r"#(?:[ ×·+=()/,⌊⌋−-]+#)+")
CODES = ("", "nn.Conv2d(1, 5)", "nn.Conv2d(1, 5, 3, size=2)", "nn.Strange(1)", "x = = 3",
         "nn.Conv2d(a, 5, 3)", "def f(", "class A:\n    def forward(self, x):\n        return self.a(x)",
         "class A:\n    def forward(self, x):\n        if x:\n            pass")  # fmt: skip

VOLUME = "id: volume\ninput: index.3x3x3\nweight: [[[1, 0]], [[0, 2]]]\npadding: 1"


def told(page, place):
    """Return what is heard of a place, with numbers as # and without the names of rows."""
    text = ROWS.sub("", page.locator(place).first.aria_snapshot() + "\n")
    return TUPLES.sub("#", NUMBERS.sub("#", text)).splitlines()


def record(parts):
    """Return (name, lines) parts as one text that has each line once."""
    seen, text = set(), []
    for name, lines in parts:
        new = [line for line in lines if line.strip() not in seen and not seen.add(line.strip())]
        text += [f"[{name}]", *new, ""]
    return "\n".join(text)


def heard(show, lang, site_url):
    """Yield (name, lines): the gallery in its states, models, an exercise, the lab."""
    page = show(lang=lang)
    for name, state in gallery.STATES.items():
        page.evaluate(state)
        yield f"figures, {name}", told(page, "article")
    for code in CODES:
        page.evaluate("code => document.querySelector('cnn-shapes').change({ code })", code)
        yield f"a model: {code!r}", told(page, "cnn-shapes")
    for source in ("draw", "upload"):
        page.locator("#filters select").first.select_option(source)
        yield f"a picture: {source}", told(page, "#filters")
    page.evaluate("document.getElementById('plain').change({ stride: 2, padding: 1 })")
    page.wait_for_function("localStorage.getItem(`cnn:${location.pathname}:plain`)")
    yield "a figure as it was left", told(show("plain", lang=lang), "#plain")
    yield "a link to nowhere", told(show("plain", lang=lang, query="?plain.at=x"), "#plain")
    page = show(lang=lang, body=render("conv3d", VOLUME, lang))
    page.locator("summary").first.click()
    yield "a volume", told(page, "#volume")
    root = site_url + ("en/" if lang == "en" else "")
    page.goto(f"{root}convolution/")
    exercise = page.locator("cnn-exercise").first
    for reply in ("", "?", "3", "4"):
        exercise.locator("input").first.fill(reply)
        exercise.locator("button").first.click()
        yield f"an exercise: {reply}", told(page, "cnn-exercise")
    if lang == "ko":
        yield from of_the_lab(page, site_url)


def of_the_lab(page, site_url):
    """Yield (name, lines) of the digit lab, a Korean page."""
    page.goto(f"{site_url}digit-lab/")
    page.get_by_role("application").focus()
    page.evaluate("document.querySelector('cnn-digit-lab').ready()")
    for key in ("Space", "ArrowRight", "Space", "Delete"):
        page.keyboard.press(key)
        yield f"the digit lab: {key}", told(page, "cnn-digit-lab")
    page.get_by_role("button", name="손글씨 3 불러오기").click()
    page.locator("cnn-digit-lab").get_by_text("답: 3").first.wait_for()
    yield "the digit lab", told(page, "cnn-digit-lab")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_words_are_those_that_were_read(show, lang, site_url):
    file = Path(__file__).with_name(f"heard.{lang}.txt")
    now = record(heard(show, lang, site_url))
    if os.environ.get("HEARD") == "write":
        file.write_text(now, encoding="utf-8")
    assert now == file.read_text(encoding="utf-8")
