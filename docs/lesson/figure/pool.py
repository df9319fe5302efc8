"""Pooling figures: the window, and its largest value or its average."""

import numpy as np

import cnnlib
from lesson.fences.error import FenceError
from lesson.figure import fields
from lesson.figure.fields import Field
from lesson.figure.frame import element, legend, line, panel, row, spoken
from lesson.figure.svg import Grid, Outline, cell_size, draw
from lesson.figure.text import factor, number, plain, size

FIELDS = {
    **fields.COMMON,
    "input": Field(fields.numbers(2)),
    "kernel_size": Field(fields.whole_or_list()),
    "stride": Field(fields.whole_or_list(), None),
    "padding": Field(fields.whole_or_list(), 0),
    "mode": Field(fields.one_of("max", "avg"), "max"),
    "at": Field(fields.place, (0, 0)),
}


def render(kind, data, words):
    """Return the figure of a ``pool2d`` fence."""
    spec = read(kind, data)
    x, pooled = np.array(spec["input"], float), pool(spec)
    at = _place(spec["at"], pooled.shape)
    spec = {**spec, "at": at and list(at), "lang": words.lang}
    grids = [input_grid(spec, words), _output_grid(words, pooled, at)]
    sizes = cell_size(*grids)
    panels = row(
        panel(words, words("input"), size(x.shape), draw(grids[0], sizes), role="input"),
        panel(
            words, words("output"), size(pooled.shape), draw(grids[1], sizes),
            role="output", sign="→",
        ),
    )  # fmt: skip
    body = [panels, *([_sum(spec, words, pooled[at])] if at else [])]
    return element(spec, [*body, legend(words, *_signs(spec, grids[0]))], spec["caption"])


def read(kind, data):
    """Return the spec, one int an axis."""
    values = fields.read(kind, data, FIELDS)
    if values["stride"] is None:
        values["stride"] = values["kernel_size"]
    axes = {
        key: fields.per_axis(key, values[key], 2) for key in ("kernel_size", "stride", "padding")
    }
    return {"kind": kind, **values, **axes, "input": plain(values["input"])}


def pool(spec):
    """Return the pooled plane, computed by cnnlib."""
    function = {"max": cnnlib.max_pool2d, "avg": cnnlib.avg_pool2d}[spec["mode"]]
    axes = (tuple(spec[key]) for key in ("kernel_size", "stride", "padding"))
    try:
        return function(np.array(spec["input"], float)[None], *axes)[0]
    except (ValueError, TypeError) as error:
        raise FenceError(str(error)) from None


def _place(at, shape):
    if at is None:
        return None
    if len(at) != 2 or not (at[0] < shape[0] and at[1] < shape[1] and min(at) >= 0):
        fields.refuse("at", "name a cell of the output", list(at), f"output {shape}")
    return tuple(at)


def padded(spec):
    """Return the plane with its border: zeros for an average, nothing (-inf) for a maximum."""
    top, left = spec["padding"]
    value = 0 if spec["mode"] == "avg" else -np.inf
    return np.pad(np.array(spec["input"], float), ((top, top), (left, left)), constant_values=value)


def window(spec):
    """Return the rows and columns of the padded plane under the shown window."""
    starts = [a * s for a, s in zip(spec["at"], spec["stride"], strict=True)]
    return [range(start, start + k) for start, k in zip(starts, spec["kernel_size"], strict=True)]


def input_grid(spec, words):
    """Return the input with border, window, largest cell and cells that no window reads."""
    plane = padded(spec)
    texts = [["−∞" if np.isinf(v) else number(v) for v in line_] for line_ in plane]
    shape = size(np.shape(spec["input"]))
    grid = Grid(texts, "input", spoken(words, f"{words('input')} {shape}", texts))
    unread = [_unread(spec, plane.shape, axis) for axis in (0, 1)]
    for r, c in np.ndindex(plane.shape):
        styles = ["pad"] * _outside(spec, r, c)
        styles += ["unread"] * (r in unread[0] or c in unread[1])
        if styles:
            grid.styles[r, c] = " ".join(styles)
    if spec["at"]:
        _mark(spec, grid, plane)
    return grid


def _mark(spec, grid, plane):
    rows, columns = window(spec)
    best = max(plane[r, c] for r in rows for c in columns)
    for r in rows:
        for c in columns:
            won = spec["mode"] == "max" and plane[r, c] == best
            if won:
                grid.outlines.append(Outline(r, c, 1, 1, "ring"))
            if won or spec["mode"] == "avg":
                look = "best" if won else "tap"
                grid.styles[r, c] = f"{grid.styles.get((r, c), '')} {look}".strip()
    grid.outlines.append(Outline(rows[0], columns[0], len(rows), len(columns), "win"))


def _outside(spec, r, c):
    (top, left), (height, width) = spec["padding"], np.shape(spec["input"])
    return not (top <= r < top + height and left <= c < left + width)


def _unread(spec, shape, axis):
    """Return the positions on an axis that no window reads."""
    kernel, stride = spec["kernel_size"][axis], spec["stride"][axis]
    starts = range(0, shape[axis] - kernel + 1, stride)
    return set(range(shape[axis])) - {s + k for s in starts for k in range(kernel)}


def _output_grid(words, pooled, at):
    texts = [[number(value) for value in line_] for line_ in pooled]
    label = spoken(words, f"{words('output')} {size(pooled.shape)}", texts)
    grid = Grid(texts, "output", label, signed=True)
    if at:
        grid.styles[at] = "on"
        grid.outlines.append(Outline(*at, 1, 1, "win"))
    return grid


def _sum(spec, words, value):
    rows, columns = window(spec)
    plane = padded(spec)
    cells = [plane[r, c] for r in rows for c in columns]
    if spec["mode"] == "max":
        inside = [number(v) for v in cells if not np.isinf(v)]
        terms = f"max({', '.join(_term(v) for v in inside)})"
    else:
        added = " + ".join(_term(factor(v)) for v in cells)
        terms = f"({added}) / {len(cells)}"
    head = words("outputCell", r=spec["at"][0], c=spec["at"][1])
    return line(f"{head} =", terms, value)


def _term(shown):
    return f'<span class="cnn-term">{shown}</span>'


def _signs(spec, grid):
    used = ["pad"] * (max(spec["padding"]) > 0)
    used += ["largest"] * (spec["mode"] == "max" and bool(spec["at"]))
    used += ["unread"] * any("unread" in style for style in grid.styles.values())
    return used
