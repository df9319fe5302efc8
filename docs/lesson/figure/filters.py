"""Image filters: one picture through classic filters, each filter's numbers beside its result.

With ``own`` the picture goes through one filter alone, whose numbers are the reader's to change;
the classic ones are then what a button sets them to.
"""

import numpy as np

import cnnlib
from lesson.examples import KERNELS
from lesson.figure import fields
from lesson.figure.fields import Field
from lesson.figure.frame import element, panel, row, spoken
from lesson.figure.picture import picture
from lesson.figure.svg import Grid, draw
from lesson.figure.text import escape, number, plain, size, whole
from lesson.tables import SIZES

CARD = SIZES["card"]  # cells, fonts and pictures, px; a large filter has smaller ones


def _names(key, value):
    if not isinstance(value, list) or not value or any(name not in KERNELS for name in value):
        fields.refuse(key, f"be a list of {', '.join(KERNELS)}", value)
    return value


def _square(key, value):
    own = fields.numbers(2)(key, value)
    if own.shape not in ((3, 3), (5, 5)):
        fields.refuse(key, "be 3×3 or 5×5", value)
    return own


FIELDS = {
    **fields.COMMON,
    "input": Field(fields.numbers(2)),
    "own": Field(_square, None),
    "kernels": Field(_names, ["edge", "vertical", "horizontal", "blur", "sharpen", "gaussian5"]),
}


def render(kind, data, words):
    """Return the figure of a ``filters`` fence."""
    values = fields.read(kind, data, FIELDS)
    pixels, own = values["input"], values["own"]
    first = panel(
        words, words("input"), size(pixels.shape), picture(words, pixels, width=CARD["width"]),
        role="input",
    )  # fmt: skip
    spec = {
        "kind": kind, "id": values["id"], "input": plain(pixels),
        "kernels": [
            {"name": name, "weight": KERNELS[name].weight, "divisor": KERNELS[name].divisor}
            for name in values["kernels"]
        ],
        "caption": values["caption"], "lang": words.lang,
        **({} if own is None else {"own": plain(own)}),
    }  # fmt: skip
    if own is not None:
        return element(
            spec, [row(first, *_tried(words, pixels, own), style=" cnn-try")], values["caption"]
        )
    cards = [_card(words, pixels, name) for name in values["kernels"]]
    body = [row(first), row(*cards, style=" cnn-cards")]
    return element(spec, body, values["caption"])


def apply(pixels, name):
    """Return the picture through the filter, as large as before (zeros around it)."""
    weight, divisor = KERNELS[name]
    return _through(pixels, np.array(weight, float) / divisor)


def _through(pixels, weight):
    weight = np.asarray(weight, float)[None, None]
    return cnnlib.conv2d(pixels[None].astype(float), weight, padding="same")[0]


def _tried(words, pixels, own):
    """Return the panels of the reader's own filter and of its result."""
    shape, out = size(own.shape), _through(pixels, own)
    texts = [[number(value) for value in line] for line in own]
    grid = Grid(texts, "kernel", spoken(words, f"{words('own')} {shape}", texts))
    told = words("range", a=number(whole(out.min())), b=number(whole(out.max())))
    drawing = picture(
        words, out, width=CARD["width"], label=f"{words('result')}: {words('own')}. {told}"
    )
    return (
        panel(words, words("kernel"), shape, draw(grid, CARD["tryCell"]), role="kernel", sign="⋆"),
        panel(words, told, "", drawing, role="output", sign="="),
    )


def _card(words, pixels, name):
    weight, divisor = KERNELS[name]
    texts = [[number(value) for value in line] for line in weight]
    title = words(f"filters.{name}") + (f" {words('divided', n=divisor)}" if divisor > 1 else "")
    grid = Grid(texts, "kernel", spoken(words, f"{title} {size(np.shape(weight))}", texts))
    large = len(weight) > 3
    cell, width = (
        (CARD["largeCell"], CARD["largeWidth"]) if large else (CARD["cell"], CARD["width"])
    )
    out = apply(pixels, name)
    told = words("range", a=number(whole(out.min())), b=number(whole(out.max())))
    label = f"{words('result')}: {title}. {told}"
    drawing = picture(words, out, width=width, label=label)
    shape = size(np.shape(weight)) + (f" {words('divided', n=divisor)}" if divisor > 1 else "")
    return (
        f'<div class="cnn-card"><div class="cnn-name">{escape(words(f"filters.{name}"))}</div>'
        + panel(words, words("kernel"), shape, draw(grid, cell), role="kernel")
        + panel(words, told, "", drawing, role="output", sign="→")
        + "</div>"
    )
