"""The lecturer's form: the assignment's link, its QR code, its file, and torch's own refusals."""

import random
import re

import cv2
import numpy as np
import pytest
import torch
from lesson.homework.assignment import read
from lesson.homework.labels import MAKING
from torch import nn

from tests.site.barriers import barriers

KO = MAKING["ko"]

CODES = """async ([site, texts]) => {
  const { qrCode } = await import(`${site}cnn/assignment.js`);
  return texts.map(qrCode);
}"""
REFUSALS = """async ([site, cases]) => {
  const { follow, layersOfCode } = await import(`${site}cnn/assignment.js`);
  return cases.map(([source, input]) => {
    try {
      return follow(input, layersOfCode(source)).at(-1);
    } catch (error) { return error.message; }
  });
}"""

VALUES = """async ([site, texts]) => {
  const { layersOfCode } = await import(`${site}cnn/assignment.js`);
  return texts.map((text) => layersOfCode(`nn.Linear(${text}, 1)`)[0].ins);
}"""


@pytest.fixture
def maker(page, site_url, errors):
    page.goto(f"{site_url}grading/")
    page.wait_for_function("document.querySelector('cnn-assignment')?.words")
    yield page.locator("cnn-assignment")
    assert errors == []


def link(maker):
    return maker.locator(".cnn-assignment__made input").input_value()


def decoded(rows):
    """What a reader of QR codes sees."""
    picture = np.pad(np.where(np.array(rows), 0, 255).astype(np.uint8), 4, constant_values=255)
    return cv2.QRCodeDetector().detectAndDecode(picture.repeat(8, 0).repeat(8, 1))[0]


def test_the_form_starts_with_a_whole_assignment(maker, site_url):
    address, text = link(maker).split("#class=")
    assert address == f"{site_url}homework/"
    assert [step.layer.name for step in read(text).steps_of("")] == [
        "conv1",
        "pool",
        "flatten",
        "fc1",
    ]


def test_a_pasted_network_its_points_and_variants_are_in_the_link(maker, page):
    maker.locator("[name=size]").fill("32")
    maker.locator("[name=code]").fill(
        "nn.Sequential(OrderedDict([('a', nn.Conv2d(1, 8, 3, padding='same')), ('r', nn.ReLU()),\n"
        "('b', nn.AvgPool2d(2)), ('f', nn.Flatten()), ('c', nn.Linear(2048, 10))]))"
    )
    maker.locator("[data-layer=pool]").fill("0")
    maker.locator("[data-layer=fc1]").fill("5")
    maker.locator("[value=own]").check()
    made = read(link(maker).split("#class=")[1])
    assert made.points == (1, 0, 1, 5)
    assert made.varied
    assert [step.after for step in made.steps_of("")] == [(10, 8, 32, 32), (10, 2048), (10, 10)]
    with page.context.expect_page() as opened:
        maker.locator("a").click()
    sheet = opened.value
    sheet.wait_for_function("document.querySelector('cnn-homework')?.words")
    assert sheet.locator("li[data-step]").count() == 3


def test_layers_are_added_by_buttons(maker):
    maker.locator("[name=code]").fill("")
    for kind in ("conv", "pool", "flatten", "linear"):
        maker.locator(f"[data-add={kind}]").click()
    assert [step.after for step in read(link(maker).split("#class=")[1]).steps_of("")] == [
        (10, 8, 26, 26),
        (10, 8, 13, 13),
        (10, 1352),
        (10, 10),
    ]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("nn.Conv2d(1, 2, 3, groups=2)", KO["misfit"]["plain"].format(detail="Conv2d")),
        ("nn.Conv2d(1, 2, (3, 5))", KO["misfit"]["square"].format(detail="kernel_size")),
        ("nn.Linear(28, 5)", KO["misfit"]["flatten"].format(detail="fc1")),
        ("nn.Conv3d(1, 2, 3)", KO["misfit"]["layer"].format(detail="Conv3d")),
        ("nn.ReLU()", KO["misfit"]["layers"]),
        ("<img src=x onerror=alert(1)>", KO["unreadable"].split("{")[0]),
        (
            "nn.Conv2d(3, 2, 3)",
            "Given groups=1, weight of size [2, 3, 3, 3], expected input[10, 1, 28, 28]",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_reason(maker, code, said):
    maker.locator("[name=code]").fill(code)
    assert said in maker.locator(".cnn-assignment__why").inner_text()
    assert not maker.locator(".cnn-assignment__made").is_visible()


MISFITS = [
    ("nn.Sequential(nn.Flatten(), nn.Conv2d(3, 5, 3))", (2, 3, 8, 8)),
    ("nn.Conv2d(4, 5, 3)", (2, 3, 8, 8)),
    ("nn.Conv2d(3, 5, 9, padding=1)", (2, 3, 4, 4)),
    ("nn.Sequential(nn.Flatten(), nn.MaxPool2d(2))", (2, 3, 8, 8)),
    ("nn.Sequential(nn.Flatten(), nn.AvgPool2d(2))", (2, 3, 8, 8)),
    ("nn.MaxPool2d(2, padding=2)", (2, 3, 8, 8)),
    ("nn.AvgPool2d(4)", (2, 3, 2, 2)),
    ("nn.MaxPool2d(9, stride=1, padding=1)", (2, 3, 2, 2)),
    ("nn.Linear(5, 2)", (2, 3, 4, 4)),
    ("nn.Sequential(nn.Flatten(), nn.Linear(5, 2))", (2, 3, 4, 4)),
    ("nn.Sequential(nn.Conv2d(3, 5, 3), nn.Flatten(), nn.Linear(20, 2))", (2, 3, 4, 4)),
]


def test_networks_that_do_not_fit_are_refused_in_torchs_words(page, site_url):
    page.goto(site_url)
    found = page.evaluate(REFUSALS, [site_url, MISFITS])
    for (source, input_shape), got in zip(MISFITS, found, strict=True):
        try:
            wanted = list(eval(source, {"nn": nn})(torch.zeros(input_shape)).shape)
        except (RuntimeError, IndexError) as error:
            wanted = str(error)
        assert got == wanted, source


def expression(rng, depth=3):
    """Return a random expression of Python, as a network's code might have it."""
    if not depth or rng.random() < 0.2:
        return str(rng.randrange(1, 8))
    left, right = expression(rng, depth - 1), expression(rng, depth - 1)
    op = rng.choice(["+", "-", "*", "//", "/", "%", "**"])
    return rng.choice([f"{left} {op} {right}", f"({left} {op} {right})", f"-{left} {op} {right}"])


def test_a_number_in_a_networks_code_is_what_python_makes_of_it(page, site_url):
    rng, wanted = random.Random(1), {}
    while len(wanted) < 300:
        text = expression(rng)
        try:
            value = eval(re.sub(r"\d", r"\g<0>.0", text))  # JavaScript has no other numbers
        except ArithmeticError:
            continue
        if not isinstance(value, complex) and abs(value) < 2**50:
            wanted[text] = value
    page.goto(site_url)
    found = page.evaluate(VALUES, [site_url, list(wanted)])
    assert dict(zip(wanted, found, strict=True)) == pytest.approx(wanted, rel=1e-12)


def test_a_reader_of_qr_codes_reads_every_size(page, site_url):
    page.goto(site_url)
    texts = [
        "a",
        "https://example.org/homework/#class=c1.ko.own.10-1-20.f.1",
        *("ab" * n for n in (20, 60, 100, 150)),
    ]
    codes = page.evaluate(CODES, [site_url, texts])
    assert [decoded(rows) for rows in codes] == texts
    assert len({len(rows) for rows in codes}) == len(texts)


def test_the_correction_of_a_qr_code_is_the_standards(page, site_url):
    """The worked example of ISO/IEC 18004, annex I: 01234567 in version 1-M."""
    page.goto(site_url)
    data = [16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17]
    found = page.evaluate(
        "async ([site, data]) => (await import(`${site}cnn/assignment.js`)).correction(data, 10)",
        [site_url, data],
    )
    assert found == [165, 36, 212, 193, 237, 54, 199, 135, 44, 85]


def test_the_code_in_the_page_holds_the_link(maker):
    rows = maker.locator("path").evaluate("""path => {
      const size = path.ownerSVGElement.viewBox.baseVal.width - 8;
      const rows = Array.from({ length: size }, () => Array(size).fill(false));
      const dark = path.getAttribute('d').matchAll(/M(\\d+) (\\d+)/g);
      for (const [, x, y] of dark) rows[y - 4][x - 4] = true;
      return rows;
    }""")
    assert decoded(rows) == link(maker)


def test_the_form_is_open_to_everybody_and_fits_a_phone(maker, page):
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(page, ["article"]) == []
