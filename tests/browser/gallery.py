"""Figures of every kind, as fences, put into a page of the site."""
# ruff: noqa: E501  (scripts, fences and models stand in one piece)

from lesson.figure import render

PLANES = "[[[1, 2, 0], [0, 1, 3], [2, 0, 1]], [[0, 1, 1], [2, 0, 1], [1, 1, 0]]]"

FENCES = {
    "plain": ("conv2d", "input: lecture.input\nweight: lecture.weight\nat: [0, 0]\ncaption: 한 문장."),
    "strided": ("conv2d", "input: index.6x6\nweight: [[1, 0], [0, 2]]\nstride: 3\npadding: 1\nat: [1, 0]"),
    "planes": (
        "conv2d",
        f"input: {PLANES}\nweight: [[[[1, 0], [0, 2]], [[0, 1], [1, 0]]], [[[0, 1], [0, 0]], [[0, 0], [1, 0]]]]\n"
        "bias: [0, 10]\nat: [1, 0, 0]",
    ),
    "grouped": ("conv2d", f"input: {PLANES}\nweight: [[[[1, 0], [0, 2]]], [[[0, 1], [1, 0]]]]\ngroups: 2"),
    "apart": ("conv2d", "input: lecture.input\nweight: [[1, 2], [3, 4]]\ndilation: 2\nflip: true"),
    "sequence": ("conv1d", "input: [0, 1, 2, 3, 4, 5, 6, 7]\nweight: [1, 0, 2]\nstride: 2\nat: [0, 2]"),
    "to-input": (
        "conv2d-grad",
        "wrt: input\ninput: lecture.input\nweight: asymmetric.3x3\ngrad_output: [[1, 0], [-1, 2]]\n"
        "stride: 2\nat: [1, 1]\ncaption: 한 문장.",
    ),
    "to-weight": (
        "conv2d-grad",
        "wrt: weight\ninput: index.6x6\nweight: [[[[1, 0], [0, 2]]], [[[0, 1], [1, 0]]]]\nstride: 3\n"
        "dilation: 2\npadding: 1\nat: [1, 0, 1]",
    ),
    "to-groups": (
        "conv2d-grad",
        f"wrt: input\ninput: {PLANES}\nweight: [[[[1, 0], [0, 2]]], [[[0, 1], [1, 0]]]]\ngroups: 2",
    ),
    "transposed": (
        "conv-transpose2d",
        "input: [[1, 2], [3, 4]]\nweight: asymmetric.2x2\nstride: 2\noutput_padding: 1\nat: [1, 2]",
    ),
    "upwards": (
        "conv-transpose1d",
        "input: [[1, 2, 3], [4, 5, 6]]\nweight: [[[1, 2, 1]], [[0, 1, 0]]]\nbias: [5]\nstride: 2\npadding: 1\n"
        "at: [0, 3]",
    ),
    "seventy": ("inner-product", "a: [[1, 3], [2, 4]]\nb: [[5, 7], [6, 8]]"),
    "pooled": ("pool2d", "input: index.5x5\nkernel_size: 2\nmode: max\nat: [0, 1]"),
    "mirror": ("pad2d", "input: index.3x3\npadding: 2\nmode: reflect"),
    "eight": ("image", "input: digit.eight"),
    "matrix": ("image", "input: digit.eight\nmatrix: true"),
    "filters": ("filters", "input: digit.eight\nkernels: [edge, blur, gaussian5]"),
    "own": ("filters", "input: digit.eight\nkernels: [edge, sharpen]\nown: [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]"),
    "network": (
        "shapes",
        "input: [10, 1, 20, 20]\nlayers:\n  - conv1: Conv2d(1, 3, kernel_size=5)\n  - relu1: ReLU()\n"
        "  - flatten: Flatten()\n  - fc1: Linear(768, 50)",
    ),
}  # fmt: skip

# What a script makes of all of them, one state after the other.
STATES = {
    "at rest": "",
    "open": "document.querySelectorAll('details').forEach((each) => { each.open = true; });",
    "term by term": "document.querySelectorAll('cnn-conv').forEach((each) => each.change({term: 1}, true));",
    "refused": "document.querySelectorAll('cnn-conv').forEach((each) => each.change({dilation: 9}));"
    "document.querySelector('cnn-pad').change({pad: [9, 9, 9, 9]});"
    "document.querySelector('cnn-shapes').change({input: [10, 2, 20, 20]});",
}

BIG = "input: digit.eight\nweight: lecture.weight\npadding: 1\nat: [0, 0]"


def html(*names, lang="ko"):
    """Return the HTML of the named figures, all of them by default."""
    fences = [(name, *FENCES[name]) for name in names or FENCES]
    return "".join(render(kind, f"id: {name}\n{body}", lang) for name, kind, body in fences)


def big():
    """Return a figure of 28×28 cells."""
    return render("conv2d", f"id: big\n{BIG}", "ko")
