"""Pictures made of numbers: as pixels, as the matrix of their values, or a part of it."""

import numpy as np

from lesson.figure import fields
from lesson.figure.fields import Field
from lesson.figure.frame import element, panel, row, spoken
from lesson.figure.png import data_uri, shades
from lesson.figure.svg import EDGE
from lesson.figure.text import escape, number, plain, size
from lesson.tables import SIZES

FIELDS = {
    **fields.COMMON,
    "input": Field(fields.numbers(2)),
    "matrix": Field(fields.flag, False),
    "crop": Field(fields.place, None),
}
SIZE = SIZES["picture"]
CELL, FONT = SIZE["cell"], SIZE["font"]  # of a matrix, px: three digits just fit
SPOKEN = SIZE["spoken"]  # the most numbers that a screen reader is given in one go


def render(kind, data, words):
    """Return the figure of an ``image`` fence."""
    values = fields.read(kind, data, FIELDS)
    pixels, crop = values["input"], _crop(values["crop"], values["input"].shape)
    parts = []
    if not values["matrix"] or crop:
        drawing = picture(words, pixels, frame=crop)
        parts.append(panel(words, words("input"), size(pixels.shape), drawing, role="input"))
    if values["matrix"]:
        top, bottom, left, right = crop or (0, pixels.shape[0], 0, pixels.shape[1])
        part = pixels[top:bottom, left:right]
        name = (
            words("crop", top=top, bottom=bottom - 1, left=left, right=right - 1)
            if crop
            else words("matrixName")
        )
        drawing = matrix(words, name, part, shades(pixels)[top:bottom, left:right])
        parts.append(panel(words, name, size(part.shape), drawing, role="input"))
    spec = {
        "kind": kind, "id": values["id"], "input": plain(pixels), "matrix": values["matrix"],
        "crop": crop and list(crop), "caption": values["caption"], "lang": words.lang,
    }  # fmt: skip
    return element(spec, [row(*parts, style=" cnn-pictures")], values["caption"])


def _crop(crop, shape):
    """Return (top, bottom, left, right), the ends left out, checked against the picture."""
    if crop is None:
        return None
    rule = "be [top, bottom, left, right] inside the picture"
    if len(crop) != 4:
        fields.refuse("crop", rule, crop)
    top, bottom, left, right = crop
    if not (0 <= top < bottom <= shape[0] and 0 <= left < right <= shape[1]):
        fields.refuse("crop", rule, crop, f"picture {shape}")
    return tuple(crop)


def picture(words, pixels, *, frame=None, width=SIZE["whole"], label=None):
    """Return the pixels as a drawing with sharp edges; `frame` outlines a part."""
    scale = max(1, width // pixels.shape[1])
    across, down = scale * pixels.shape[1], scale * pixels.shape[0]
    ink = int(np.count_nonzero(pixels))
    label = label or words(
        "pictureOf",
        shape=size(pixels.shape),
        least=number(pixels.min()),
        most=number(pixels.max()),
        ink=ink,
    )
    outline = ""
    if frame:
        top, bottom, left, right = frame
        outline = (
            f'<rect class="win" x="{EDGE + scale * left}" y="{EDGE + scale * top}" '
            f'width="{scale * (right - left)}" height="{scale * (bottom - top)}"/>'
        )
    mesh = f'<path class="mesh" d="{_mesh(pixels.shape, scale)}"/>' if scale >= SIZE["mesh"] else ""
    return (
        f'<svg class="cnn-picture" data-role="input" role="img" aria-label="{escape(label)}" '
        f'width="{across + 2 * EDGE}" height="{down + 2 * EDGE}" '
        f'viewBox="0 0 {across + 2 * EDGE} {down + 2 * EDGE}">'
        f"{_image(across, down, shades(pixels))}"
        f"{mesh}{outline}</svg>"
    )


def _image(width, height, grey):
    """Return the grey levels as one stretched image.

    It says ``xlink:href``: for every ``[href]`` of a page as served, Material's instant navigation
    assigns ``element.href``, which an SVG element refuses with a TypeError that ends the script.
    """
    return (
        f'<image x="{EDGE}" y="{EDGE}" width="{width}" height="{height}" '
        f'xlink:href="{data_uri(grey)}"/>'
    )


def _mesh(shape, scale):
    """Return the thin lines between the pixels."""
    height, width = shape[0] * scale, shape[1] * scale
    down = "".join(f"M{EDGE + i * scale} {EDGE}v{height}" for i in range(1, shape[1]))
    return down + "".join(f"M{EDGE} {EDGE + i * scale}h{width}" for i in range(1, shape[0]))


def matrix(words, name, values, grey):
    """Return the numbers, each on its own grey."""
    height, width = (n * CELL for n in values.shape)
    texts = [[number(value) for value in line] for line in values]
    label = f"{name} {size(values.shape)}"
    if values.size <= SPOKEN:
        label = spoken(words, label, texts)
    cells = "".join(
        f'<text class="{"k" if grey[r, c] > 127 else "w"}" x="{EDGE + (c + 0.5) * CELL:g}" '
        f'y="{EDGE + (r + 0.5) * CELL:g}">{text}</text>'
        for r, line in enumerate(texts)
        for c, text in enumerate(line)
    )
    return (
        f'<svg class="cnn-grid cnn-matrix" data-role="input" role="img" '
        f'aria-label="{escape(label)}" width="{width + 2 * EDGE}" height="{height + 2 * EDGE}" '
        f'viewBox="0 0 {width + 2 * EDGE} {height + 2 * EDGE}" font-size="{FONT}">'
        f"{_image(width, height, grey)}"
        f'<path class="mesh" d="{_mesh(values.shape, CELL)}"/>{cells}</svg>'
    )
