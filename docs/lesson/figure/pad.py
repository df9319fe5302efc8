"""Padding figures: what stands in the border, and the input cell that it comes from."""

import numpy as np

import cnnlib
from lesson.fences.error import FenceError
from lesson.figure import fields
from lesson.figure.fields import Field
from lesson.figure.frame import element, legend, panel, row, spoken
from lesson.figure.svg import EDGE, Grid, Outline, cell_size, draw
from lesson.figure.text import escape, fixed, number, plain, size

FIELDS = {
    **fields.COMMON,
    "input": Field(fields.numbers(2)),
    "padding": Field(fields.whole_or_list(), None),
    "pad": Field(fields.whole_or_list(), None),
    "mode": Field(fields.one_of("zeros", "constant", "reflect", "replicate", "circular"), "zeros"),
    "value": Field(fields.whole, 0),
    "at": Field(fields.place, None),
}


def render(kind, data, words):
    """Return the figure of a ``pad2d`` fence."""
    values = fields.read(kind, data, FIELDS)
    x, sides = values["input"], _sides(values)
    padded, source = _pad(x, sides, values)
    mode = "constant" if values["mode"] == "zeros" else values["mode"]
    at = values["at"] or ([0, 0] if mode != "constant" and padded.shape != x.shape else None)
    grid = _grid(words, x, padded, sides)
    note, signs = "", ["pad"]
    if at is not None:
        note = _mark(words, grid, tuple(at), sides, source, x.shape)
        signs += ["source"] * (mode != "constant")
    before = Grid(_texts(x), "input", spoken(words, f"{words('input')} {size(x.shape)}", _texts(x)))
    sizes = cell_size(before, grid)
    if at is not None and mode != "constant":
        grid.over = _arrow(sizes[0], at, source, sides)
    drawing = draw(grid, sizes)
    spec = {
        "kind": kind, "id": values["id"], "input": plain(x), "pad": sides, "mode": values["mode"],
        "value": values["value"], "at": at, "caption": values["caption"], "lang": words.lang,
    }  # fmt: skip
    panels = row(
        panel(
            words, words("input"), size(x.shape),
            draw(before, sizes), role="input",
        ),
        panel(words, words("padded"), size(padded.shape), drawing, role="input", sign="→"),
    )  # fmt: skip
    return element(spec, [panels, note, legend(words, *signs)], values["caption"])


def _sides(values):
    """Return [left, right, top, bottom], F.pad's order."""
    if (values["pad"] is None) == (values["padding"] is None):
        raise FenceError("give `padding` (int, or [rows, columns]) or `pad`, not both or neither")
    if values["pad"] is not None:
        return fields.per_axis("pad", values["pad"], 4)
    rows, columns = fields.per_axis("padding", values["padding"], 2)
    return [columns, columns, rows, rows]


def _pad(x, sides, values):
    """Return the padded plane, and for each of its cells the number of the input cell in it."""
    mode = "constant" if values["mode"] == "zeros" else values["mode"]
    names = np.arange(x.size, dtype=float).reshape(1, *x.shape)
    fill = values["value"] if mode == "constant" else None
    try:
        padded = cnnlib.pad(x[None].astype(float), sides, mode, fill)[0]
        source = cnnlib.pad(names, sides, mode, None if mode != "constant" else -1)[0]
    except (ValueError, TypeError) as error:
        raise FenceError(str(error)) from None
    return padded, source.astype(int)


def _texts(plane):
    return [[number(value) for value in line] for line in plane]


def _grid(words, x, padded, sides):
    left, _, top, _ = sides
    label = spoken(words, f"{words('padded')} {size(padded.shape)}", _texts(padded))
    grid = Grid(_texts(padded), "input", label, channel=1, signed=True)
    for r, c in np.ndindex(padded.shape):
        if not (top <= r < top + x.shape[0] and left <= c < left + x.shape[1]):
            grid.styles[r, c] = "pad"
    return grid


def _mark(words, grid, at, sides, source, shape):
    """Mark the shown cell and its source; return the sentence that says so."""
    if len(at) != 2 or not (0 <= at[0] < source.shape[0] and 0 <= at[1] < source.shape[1]):
        fields.refuse("at", "name a cell of the padded input", list(at), f"padded {source.shape}")
    grid.outlines.append(Outline(*at, 1, 1, "win"))
    value = grid.texts[at[0]][at[1]]
    if source[at] < 0:
        told = words("fromConstant", r=at[0], c=at[1], v=value)
    else:
        i, j = divmod(int(source[at]), shape[1])
        grid.outlines.append(Outline(i + sides[2], j + sides[0], 1, 1, "source"))
        told = words("fromSource", r=at[0], c=at[1], v=value, i=i, j=j)
    return f'<p class="cnn-sum">{escape(told)}</p>'


def _arrow(cell, at, source, sides):
    """Return the line from the source cell to the shown one, ending in a dot."""
    width = source.shape[1] - sides[0] - sides[1]
    i, j = divmod(int(source[tuple(at)]), width)
    if (i + sides[2], j + sides[0]) == tuple(at):
        return ""

    def edge(r, c, toward):
        y, x = EDGE + (r + 0.5) * cell, EDGE + (c + 0.5) * cell
        step = np.array([toward[0] - r, toward[1] - c], float)
        step *= 0.36 * cell / np.abs(step).max()
        return x + step[1], y + step[0]

    x1, y1 = edge(i + sides[2], j + sides[0], at)
    x2, y2 = edge(*at, (i + sides[2], j + sides[0]))
    line = f'<path class="arrow" d="M{_short(x1)} {_short(y1)}L{_short(x2)} {_short(y2)}"/>'
    dot = f'<circle class="taken" cx="{_short(x2)}" cy="{_short(y2)}" r="3.5"/>'
    return line + dot


def _short(place):
    """Return a place on the drawing with at most two decimals."""
    return f"{fixed(place, 2):g}"
