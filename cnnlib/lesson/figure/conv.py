"""Convolution figures: one channel as input, filter and output side by side; several as planes."""

from cnnlib.lesson.figure.correlation import compute
from cnnlib.lesson.figure.frame import (
    common_size,
    element,
    legend,
    line,
    panel,
    products,
    result,
    row,
    spoken,
)
from cnnlib.lesson.figure.svg import PHONE, Grid, Outline, draw
from cnnlib.lesson.figure.text import escape, factor, number, size

GROUPS = "ABCDEFGH"
SMALL = (28, 13)  # cell and font of the filters beside the shown one, px


def render(kind, data, words):
    """Return the figure of a ``conv1d`` or ``conv2d`` fence."""
    spec, c = compute(kind, data)
    o = c.at[0] if c.at else 0
    inputs = [input_grid(c, words, n) for n in range(len(c.padded))]
    kernels = [kernel_grid(c, words, o, k) for k in range(c.weight.shape[1])]
    outputs = [output_grid(c, words, n) for n in range(len(c.output))]
    sizes = common_size(*inputs, *kernels, *outputs)
    parts = single if len(inputs) == len(outputs) == 1 else planes
    body = parts(c, words, inputs, kernels, outputs, sizes)
    spec = {**spec, "lang": words.lang}
    return element(spec, [*body, legend(words, *signs(c))], spec["caption"])


def single(c, words, inputs, kernels, outputs, sizes):
    """Return input ⋆ filter = output, and the sum of the shown cell."""
    shown = [
        panel(words, words("input"), shape_of(c, c.input), draw(inputs[0], sizes), role="input"),
        *kernel_panels(c, words, 0, kernels, sizes, sign="⋆"),
        panel(
            words, words("output"), shape_of(c, c.output), draw(outputs[0], sizes),
            role="output", sign="=",
        ),
    ]  # fmt: skip
    return [row(*shown), *arithmetic(c, words)]


def planes(c, words, inputs, kernels, outputs, sizes):
    """Return a row for each input channel, the sum over channels, the output channels."""
    o = c.at[0] if c.at else 0
    parts = []
    for channel, grid in enumerate(inputs):
        read = channel in c.channels(o)
        label = words("input_channel", channel) + group_label(c, words, channel, len(inputs))
        look = group_style(c, channel, len(inputs)) + ("" if read else " cnn-not-read")
        first = panel(
            words, label, shape_of(c, c.input), draw(grid, sizes), role="input", style=look
        )
        if not read:
            parts.append(row(first, f'<p class="cnn-note">{words("not_read")}</p>'))
            continue
        k = channel - c.channels(o)[0]
        shown = kernel_panels(c, words, k, kernels, sizes, sign="⋆")
        parts.append(row(first, *shown, partial(c, words, k), style=" cnn-channel"))
    parts += arithmetic(c, words)
    parts.append(output_row(c, words, outputs, sizes))
    if len(c.weight) > 1:
        parts.append(all_kernels(c, words, o))
    return parts


def kernel_panels(c, words, k, kernels, sizes, sign):
    """Return the filter's plane; with `flip` the filter as given, then turned."""
    o = c.at[0] if c.at else 0
    many = len(c.weight) > 1 or c.weight.shape[1] > 1
    name = words("kernel_channel", o, c.channels(o)[k]) if many else words("kernel")
    style = group_style(c, o, len(c.weight))
    shape = shape_of(c, c.weight)
    if not c.flip:
        drawing = draw(kernels[k], sizes)
        return [panel(words, name, shape, drawing, role="kernel", sign=sign, style=style)]
    given = Grid(texts(c.weight[o, k]), "filter", "", channel=k)
    given.label = spoken(words, f"{name} {shape}", given.texts)
    turned = words("turned")
    return [
        panel(words, name, shape, draw(given, sizes), role="kernel", sign="∗", style=style),
        panel(words, turned, "", draw(kernels[k], sizes), role="kernel", sign="→", style=style),
    ]


def output_row(c, words, outputs, sizes):
    """Return all output channels side by side."""
    return row(
        *(
            panel(
                words, words("output_channel", n) + group_label(c, words, n, len(outputs)),
                shape_of(c, c.output), draw(grid, sizes), role="output",
                style=group_style(c, n, len(outputs)),
            )
            for n, grid in enumerate(outputs)
        ),
        style=" cnn-outputs",
    )  # fmt: skip


def all_kernels(c, words, shown):
    """Return every filter, small: one for each output channel."""
    groups = []
    for o, filter_ in enumerate(c.turned):
        grids = [Grid(texts(plane), "filter", "", channel=k) for k, plane in enumerate(filter_)]
        for k, grid in enumerate(grids):
            name = words("kernel_channel", o, c.channels(o)[k])
            grid.label = spoken(words, name, grid.texts)
        here = f' <span class="cnn-here">{words("shown")}</span>' if o == shown and c.at else ""
        planes_ = "".join(draw(grid, min(SMALL, common_size(grid))) for grid in grids)
        shape = size(filter_.shape if c.rank == 2 else (filter_.shape[0], filter_.shape[2]))
        bias = "" if c.bias is None else f" · {words('bias')} {number(c.bias[o])}"
        label = words("kernel_number", o) + group_label(c, words, o, len(c.turned))
        groups.append(
            f'<div class="cnn-panel cnn-is-kernel{group_style(c, o, len(c.turned))}">'
            f'<div class="cnn-label">{escape(label)} <b>{shape}</b>{escape(bias)}{here}</div>'
            f'<div class="cnn-planes">{planes_}</div></div>'
        )
    head = words("all_kernels", len(c.turned))
    return f'<p class="cnn-title">{head}</p>' + row(*groups, style=" cnn-filters-row")


def input_grid(c, words, channel):
    """Return the padded input plane: border, taps, window, skipped and unread cells marked."""
    plane = c.padded[channel]
    grid = Grid(texts(plane), "input", "", channel=channel)
    name = f"{words('input_channel', channel) if len(c.input) > 1 else words('input')}"
    name += f" {shape_of(c, c.input)}"
    if any(sum(pair) for pair in c.pads):
        name += f", {words('padded')} {size(plane.shape[2 - c.rank:])}"
    grid.label = spoken(words, name, grid.texts)
    unread = [c.unread(axis) for axis in (0, 1)]
    for r, line_ in enumerate(grid.texts):
        for col in range(len(line_)):
            styles = ["pad"] * c.is_padding(r, col)
            styles += ["unread"] * (r in unread[0] or col in unread[1])
            if styles:
                grid.styles[r, col] = " ".join(styles)
    if max(c.stride) > 1:
        grid.rails = (c.starts(0), c.starts(1))
    if c.at and channel in c.channels(c.at[0]):
        _mark_window(c, grid, channel)
    return grid


def _mark_window(c, grid, channel):
    """Mark the cells that the shown window reads, each with its factor, and its outline."""
    o, i, j = c.at
    rows, columns = c.positions(0)[i], c.positions(1)[j]
    taps = texts(c.turned[o, channel - c.channels(o)[0]])
    room = grid.columns * 40 <= PHONE and grid.longest <= 2
    for y, r in enumerate(rows):
        for x, col in enumerate(columns):
            grid.styles[r, col] = f"{grid.styles.get((r, col), '')} tap".strip()
            if room and len(taps[y][x]) <= 2:
                grid.notes[r, col] = f"×{taps[y][x]}"
            if max(c.dilation) > 1:
                grid.outlines.append(Outline(r, col, 1, 1, "win one"))
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    look = "win wide" if max(c.dilation) > 1 else "win"
    grid.outlines.append(Outline(rows[0], columns[0], height, width, look))


def kernel_grid(c, words, o, k):
    """Return the filter's plane as it lies on the input."""
    grid = Grid(texts(c.turned[o, k]), "kernel", "", channel=k)
    name = words("turned") if c.flip else words("kernel")
    if c.weight.shape[1] > 1 or len(c.weight) > 1:
        name = words("kernel_channel", o, c.channels(o)[k])
    grid.label = spoken(words, f"{name} {shape_of(c, c.weight)}", grid.texts)
    return grid


def output_grid(c, words, o):
    """Return an output plane, the shown cell marked."""
    grid = Grid(texts(c.output[o]), "output", "", channel=o)
    name = words("output_channel", o) if len(c.output) > 1 else words("output")
    grid.label = spoken(words, f"{name} {shape_of(c, c.output)}", grid.texts)
    if c.at and c.at[0] == o:
        grid.styles[c.at[1:]] = "on"
        grid.outlines.append(Outline(*c.at[1:], 1, 1, "win"))
    return grid


def arithmetic(c, words):
    """Return the shown cell's sum written out, or nothing if no cell is shown."""
    if not c.at:
        return []
    o, *cell = c.at
    head = words("cell_2", *cell) if c.rank == 2 else words("cell_1", cell[1])
    if len(c.output) > 1:
        head = f"{words('output_channel', o)}, {head}"
    depth, value = c.weight.shape[1], c.output[c.at]
    if depth == 1:
        terms = _products(c, 0)
    else:
        terms = " + ".join(
            f'<span class="cnn-term">{factor(c.partial(k))}</span>' for k in range(depth)
        )
    if c.bias is not None:
        bias = f'<span class="cnn-bias">{words("bias")}</span> {factor(c.bias[o])}'
        terms += f' + <span class="cnn-term">{bias}</span>'
    return [line(f"{head} =", terms, value)]


def partial(c, words, k):
    """Return the inner product of one channel, written out."""
    if not c.at or c.weight.shape[1] == 1:
        return ""
    head = words("channel", c.channels(c.at[0])[k])
    return (
        f'<p class="cnn-sum cnn-partial"><span class="cnn-head">{head}:</span> '
        f"{_products(c, k)} {result(c.partial(k))}</p>"
    )


def _products(c, k):
    terms = c.terms(k)
    border = {n for n, (_, _, outside) in enumerate(terms) if outside}
    return products([(x, w) for x, w, _ in terms], border)


def signs(c):
    """Return the keys of the legend: only what the drawing uses."""
    used = []
    if any(sum(pair) for pair in c.pads):
        used.append("legend_pad")
    if c.at and max(c.dilation) > 1:
        used.append("legend_tap")
    if max(c.stride) > 1:
        used.append("legend_taken")
        if not all(c.starts(0)) or not all(c.starts(1)):
            used.append("legend_skipped")
    if c.unread(0) or c.unread(1):
        used.append("legend_unread")
    return used


def texts(plane):
    """Return the plane's numbers as shown."""
    return [[number(value) for value in line_] for line_ in plane]


def shape_of(c, array):
    """Return the last axes of the array's shape, as many as the convolution has."""
    return size(array.shape[-c.rank :])


def group_of(c, channel, channels):
    """Return the group's number of a channel."""
    return channel // (channels // c.groups)


def group_label(c, words, channel, channels):
    """Return the group's name in brackets, or nothing without groups."""
    if c.groups == 1:
        return ""
    return f" ({words('group', GROUPS[group_of(c, channel, channels) % len(GROUPS)])})"


def group_style(c, channel, channels):
    """Return the class that gives a group its colour, or nothing without groups."""
    return "" if c.groups == 1 else f" cnn-group cnn-group-{group_of(c, channel, channels) % 4}"
