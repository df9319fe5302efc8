"""The grids of a convolution figure: one plane of input, filter or output, with its marks."""

from lesson.figure.frame import spoken
from lesson.figure.svg import Grid, Outline
from lesson.figure.text import number, size


def input_grid(c, words, channel):
    """Return the padded input plane: border, taps, window, skipped and unread cells marked."""
    plane = c.padded[channel]
    grid = Grid(texts(plane), "input", "", channel=channel)
    name = name_of_input(c, words, channel) if len(c.padded) > 1 else words("input")
    name += f" {shape_of(c, words, c.input)}"
    if c.framed:
        name += " " + words("withPadding", shape=shape_of(c, words, c.padded))
    grid.label = spoken(words, name, grid.texts)
    unread = c.unread(0), c.unread(1)
    for r, line in enumerate(grid.texts):
        for col in range(len(line)):
            styles = ["pad"] * c.is_padding(channel, r, col)
            read = not c.is_unread(channel) and r not in unread[0] and col not in unread[1]
            styles += [] if read else ["unread"]
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
    taps = texts(c.turned[c.filter(o), c.channels(o).index(channel)])
    room = grid.longest <= 2
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


def kernel_grid(c, words, o, k, plane=None):
    """Return the filter's plane as it lies on the input, or the one that is given."""
    shown = texts(c.turned[o, k] if plane is None else plane)
    role = "kernel" if plane is None else "filter"
    grid = Grid(shown, role, "", channel=k, signed=True)
    name = name_of_kernel(c, words, o, k)
    if c.flip and plane is None:
        name = f"{words('turned')}: {name}"
    grid.label = spoken(words, f"{name} {shape_of(c, words, c.weight)}", grid.texts)
    return grid


def name_of_kernel(c, words, o, k):
    """Return the name of a filter's plane: its numbers only where there are several."""
    if c.rank == 3:
        return words("kernelSlice", k=k) if c.weight.shape[1] > 1 else words("kernel")
    if c.weight.shape[1] > 1 or len(c.weight) > 1:
        return words("kernelChannel", o=o, c=c.channels(o)[k])
    return words("kernel")


def output_grid(c, words, o):
    """Return an output plane, the shown cell marked."""
    alone = len(c.padded) == len(c.output) == 1
    grid = Grid(texts(c.output[o]), "output", "", channel=o, signed=alone)
    name = name_of_output(c, words, o)
    grid.label = spoken(words, f"{name} {shape_of(c, words, c.output)}", grid.texts)
    if c.at and c.at[0] == o:
        grid.styles[c.at[1:]] = "on"
        grid.outlines.append(Outline(*c.at[1:], 1, 1, "win"))
    return grid


def name_of_input(c, words, channel):
    """Return the name of an input channel, or of a slice: padding slices have no number."""
    if c.rank < 3:
        return words("inputChannel", c=channel)
    return words("inputSlice", part=part(c, words, channel))


def name_of_output(c, words, o):
    """Return the name of an output channel or slice, numbered where there are several."""
    if len(c.output) == 1:
        return words("output")
    return words("outputChannel", o=o) if c.rank < 3 else words("outputSlice", o=o)


def part(c, words, channel):
    """Return which part of the input it is: a channel, a slice, a slice of padding."""
    if c.rank < 3:
        return words("channel", c=channel)
    if c.is_border(channel):
        return words("paddingSlice")
    return words("slice", c=channel - c.depth[1][0])


def texts(plane):
    """Return the plane's numbers as shown."""
    return [[number(value) for value in line] for line in plane]


def shape_of(c, words, array):
    """Return ``5×5``, or for a sequence its length."""
    return size(array.shape[-2:]) if c.rank > 1 else words("lengthOf", n=array.shape[-1])
