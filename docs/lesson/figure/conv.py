"""Convolution figures: one channel as input, filter and output side by side; several as planes.

A volume's slices are drawn as channels are: each that the window reads has its plane of the filter.
"""

from lesson.figure.correlation import compute
from lesson.figure.frame import element, legend, line, panel, products, row
from lesson.figure.planes import (
    input_grid,
    kernel_grid,
    name_of_input,
    name_of_kernel,
    name_of_output,
    output_grid,
    part,
    shape_of,
)
from lesson.figure.svg import cell_size, draw
from lesson.figure.text import escape, factor, number, size
from lesson.tables import SIZES

GROUPS = "ABCDEFGH"
SMALL = tuple(SIZES["grid"]["small"])  # cell and font of the filters beside the shown one, px


def render(kind, data, words):
    """Return the figure of a ``conv1d``, ``conv2d`` or ``conv3d`` fence."""
    return figure(*compute(kind, data), words)


def figure(spec, c, words):
    """Return the figure of a spec and its numbers."""
    parts = single if len(c.padded) == len(c.output) == 1 else planes
    spec = {**spec, "lang": words.lang}
    return element(spec, [*parts(c, words), legend(words, *signs(c))], spec["caption"])


def single(c, words):
    """Return input ⋆ filter = output, and the sum of the shown cell."""
    grids = input_grid(c, words, 0), kernel_grid(c, words, 0, 0), output_grid(c, words, 0)
    given = [_given(c, words, 0, 0)] if c.flip else []
    sizes = cell_size(*grids, *given)
    shown = [
        _input_panel(c, words, grids[0], sizes, words("input")),
        *_kernel_panels(c, words, 0, 0, sizes),
        panel(
            words, words("output"), shape_of(c, words, c.output), draw(grids[2], sizes),
            role="output", sign="=",
        ),
    ]  # fmt: skip
    return [row(*shown), *arithmetic(c, words)]


def planes(c, words):
    """Return each channel times its plane of the filter, the sum, outputs and all filters."""
    o = c.at[0] if c.at else 0
    inputs = [input_grid(c, words, n) for n in range(len(c.padded))]
    outputs = [output_grid(c, words, n) for n in range(len(c.output))]
    kernels = [kernel_grid(c, words, c.filter(o), k) for k in range(c.weight.shape[1])]
    sizes = cell_size(*inputs[:1], *kernels[:1], *outputs)
    rows = [_channel(c, words, n, o, grid, sizes) for n, grid in enumerate(inputs)]
    parts = [_boxed(c, words, rows, o) if c.groups > 1 else "".join(rows), *arithmetic(c, words)]
    if c.rank == 3:
        parts.insert(0, sizes_of(c, words))
    parts.append(
        row(*(_output_panel(c, words, grid, sizes) for grid in outputs), style=" cnn-outputs")
    )
    return [*parts, all_kernels(c, words, o)] if len(c.weight) > 1 else parts


def sizes_of(c, words):
    """Return the sizes of the whole volume, the filter and the result."""
    whole = size(c.input.shape)
    if c.bordered:
        whole += " " + words("withPadding", shape=size(c.padded.shape))
    told = words(
        "volume", input=whole, kernel=size(c.weight.shape[1:]), output=size(c.output.shape)
    )
    return f'<p class="cnn-note">{told}</p>'


def _channel(c, words, channel, o, grid, sizes):
    """Return one input channel, the filter's plane for it, and their inner product."""
    first = _input_panel(c, words, grid, sizes, name_of_input(c, words, channel))
    if channel not in c.channels(o):
        return first if c.rank < 3 else row(first)
    k = c.channels(o).index(channel)
    kernels = _kernel_panels(c, words, c.filter(o), k, sizes)
    return row(first, *kernels, partial(c, words, k), style=" cnn-channel")


def _boxed(c, words, rows, o):
    """Return the channels' rows by groups, each in a frame with its name."""
    depth, boxes = c.weight.shape[1], []
    for group in range(c.groups):
        inside = rows[group * depth : (group + 1) * depth]
        read = group * depth in c.channels(o)
        told = "" if read else f' <span class="cnn-note">{words("notRead")}</span>'
        body = "".join(inside) if read else row(*inside)
        boxes.append(
            f'<div class="cnn-group{_group_style(group)}{"" if read else " cnn-not-read"}">'
            f'<div class="cnn-name">{_group_name(words, group)}{told}</div>{body}</div>'
        )
    return "".join(boxes)


def _input_panel(c, words, grid, sizes, name):
    shape = shape_of(c, words, c.input)
    if c.framed:
        shape += " " + words("withPadding", shape=shape_of(c, words, c.padded))
    return panel(words, name, shape, draw(grid, sizes), role="input")


def _kernel_panels(c, words, o, k, sizes):
    """Return the filter's plane; with `flip` the filter as given, then turned."""
    name = words("filter", o=o) if len(c.weight) > 1 else words("kernel")
    if c.rank == 3:
        name = name_of_kernel(c, words, o, k)
    drawing = draw(kernel_grid(c, words, o, k), sizes)
    shape = shape_of(c, words, c.weight)
    if not c.flip:
        return [panel(words, name, shape, drawing, role="kernel", sign="⋆")]
    given = draw(_given(c, words, o, k), sizes)
    return [
        panel(words, name, shape, given, role="kernel", sign="∗"),
        panel(words, words("turned"), "", drawing, role="kernel", sign="→"),
    ]


def _given(c, words, o, k):
    """Return the filter's plane as the reader wrote it, before it is turned."""
    return kernel_grid(c, words, o, k, plane=c.weight[o, k])


def _output_panel(c, words, grid, sizes):
    o, style = grid.channel, ""
    name = name_of_output(c, words, o)
    if c.groups > 1:
        group = o // (len(c.weight) // c.groups)
        name += f" ({_group_name(words, group)})"
        style = f" cnn-group{_group_style(group)}"
    drawing = draw(grid, sizes)
    return panel(words, name, shape_of(c, words, c.output), drawing, role="output", style=style)


def all_kernels(c, words, shown):
    """Return every filter, small: one for each output channel."""
    panels = []
    for o, filter_ in enumerate(c.turned):
        grids = [kernel_grid(c, words, o, k) for k in range(len(filter_))]
        for grid in grids:
            grid.role = "filter"
        drawn = "".join(draw(grid, min(SMALL, cell_size(grid))) for grid in grids)
        here = f' <span class="cnn-here">{words("here")}</span>' if o == shown and c.at else ""
        shape = size(filter_.shape if c.rank == 2 else (filter_.shape[0], filter_.shape[2]))
        label, style = words("filter", o=o), ""
        if c.groups > 1:
            group = o // (len(c.weight) // c.groups)
            label += f" ({_group_name(words, group)})"
            style = f" cnn-group{_group_style(group)}"
        bias = "" if c.bias is None else f", {words('bias')} {number(c.bias[o])}"
        panels.append(
            f'<div class="cnn-panel cnn-is-kernel{style}">'
            f'<div class="cnn-label">{escape(label)} <b>{shape}</b>{escape(bias)}{here}</div>'
            f'<div class="cnn-planes">{drawn}</div></div>'
        )
    title = words("allKernels", n=len(c.turned))
    return f'<p class="cnn-title">{title}</p>' + row(*panels, style=" cnn-all")


def arithmetic(c, words):
    """Return the shown cell's sum written out, or nothing if no cell is shown."""
    if not c.at:
        return []
    o, *cell = c.at
    head = (
        words("outputCell", r=cell[0], c=cell[1]) if c.rank > 1 else words("outputCell1", c=cell[1])
    )
    if c.rank == 3:
        head = words("outputCell3", o=o, r=cell[0], c=cell[1])
    elif len(c.output) > 1:
        head = f"{name_of_output(c, words, o)}, {head}"
    depth = c.weight.shape[1]
    if depth == 1:
        terms = _products(c, 0)
    else:
        terms = " + ".join(_term(factor(c.partial(k))) for k in range(depth))
    if c.bias is not None:
        name = f'<span class="cnn-bias">{words("bias")}</span>'
        terms += " + " + _term(f"{name} {factor(c.bias[c.filter(o)])}")
    return [line(f"{head} =", terms, c.output[c.at])]


def partial(c, words, k):
    """Return the inner product of one channel, written out."""
    if not c.at or c.weight.shape[1] == 1:
        return ""
    head = part(c, words, c.channels(c.at[0])[k])
    return line(f"{head}:", _products(c, k), c.partial(k), " cnn-partial")


def _products(c, k):
    terms = c.terms(k)
    border = {n for n, (_, _, outside) in enumerate(terms) if outside}
    return products([(x, w) for x, w, _ in terms], border, first=k * len(terms))


def _term(html):
    return f'<span class="cnn-term">{html}</span>'


def _group_name(words, group):
    return words("group", g=GROUPS[group] if group < len(GROUPS) else group)


def _group_style(group):
    return f" cnn-group-{group % 4}"


def signs(c):
    """Return the keys of the legend: only what the drawing uses."""
    used = []
    if c.bordered:
        used.append("pad")
    if c.at and max(c.dilation) > 1:
        used.append("tap")
    if max(c.stride) > 1:
        used.append("taken")
        if not all(c.starts(0)) or not all(c.starts(1)):
            used.append("skipped")
    if c.unread(0) or c.unread(1) or any(map(c.is_unread, range(len(c.padded)))):
        used.append("unread")
    return used
