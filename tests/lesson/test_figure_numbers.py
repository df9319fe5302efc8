"""Every number in a convolution figure is the one that cnnlib computes."""

import numpy as np
import pytest
from lesson.fences.error import FenceError

import cnnlib
from tests.lesson.drawing import Drawing, cells_of, marked, text_of

MODES = ["zeros", "zeros", "reflect", "replicate", "circular"]


def random_spec(rng, rank):
    """Return a spec that may combine everything, remainders of the stride included."""
    groups = int(rng.choice([1, 1, 1, 2, 3]))
    depth, filters = int(rng.integers(1, 3)), int(groups * rng.integers(1, 3))
    kernel = [int(k) for k in rng.integers(1, 4, rank)]
    dilation = [int(d) for d in rng.integers(1, 3, rank)]
    size = [int(n) for n in rng.integers(3, 8, rank)]
    spec = {
        "input": rng.integers(-9, 10, (depth * groups, *size)).tolist(),
        "weight": rng.integers(-3, 4, (filters, depth, *kernel)).tolist(),
        "bias": rng.integers(-9, 10, filters).tolist() if rng.random() < 0.5 else None,
        "stride": [int(s) for s in rng.integers(1, 4, rank)],
        "padding": [int(p) for p in rng.integers(0, 3, rank)],
        "dilation": dilation,
        "groups": groups,
        "padding_mode": str(rng.choice(MODES)),
        "flip": bool(rng.random() < 0.3),
    }
    if rng.random() < 0.15:
        spec |= {"padding": "same", "stride": 1}
    return {key: value for key, value in spec.items() if value is not None}


def computed(kind, spec):
    """Return cnnlib's output for a spec, and the filter as it lies on the input."""
    weight = np.array(spec["weight"], float)
    if spec["flip"]:
        weight = np.flip(weight, tuple(range(2, weight.ndim)))
    rest = {key: spec[key] for key in ("stride", "padding", "dilation", "groups", "padding_mode")}
    rest = {key: tuple(v) if isinstance(v, list) else v for key, v in rest.items()}
    bias = np.array(spec["bias"], float) if "bias" in spec else None
    return getattr(cnnlib, kind)(np.array(spec["input"], float), weight, bias, **rest), weight


def draw(rng, kind):
    """Return a random figure that is possible, its spec and cnnlib's numbers for it."""
    while True:
        spec = random_spec(rng, int(kind[4]))
        try:
            output, weight = computed(kind, spec)
        except ValueError:
            with pytest.raises(FenceError):
                Drawing(kind, **spec)
            continue
        spec["at"] = [int(rng.integers(n)) for n in output.shape]
        return Drawing(kind, **spec), spec, output, weight


def tall(array, axes):
    """Return planes with two axes: a sequence is an image of height 1."""
    return array.reshape(*array.shape[:axes], -1, array.shape[-1])


@pytest.fixture(scope="module", params=["conv1d", "conv2d"])
def figures(request):
    rng = np.random.default_rng(int(request.param[4]))
    return [(request.param, *draw(rng, request.param)) for _ in range(150)]


def test_output_planes_show_what_cnnlib_computes(figures):
    for _, figure, _, output, _ in figures:
        assert figure.numbers("output") == tall(output, 1).tolist()


def test_input_planes_show_the_input_with_its_border_in_every_mode(figures):
    for kind, figure, spec, _, _ in figures:
        x, pads = np.array(spec["input"]), spec["padding"]
        if pads == "same":
            kernel = np.shape(spec["weight"])[2:]
            pairs = cnnlib.shape.same_padding(kernel, tuple(spec["dilation"]))
        else:
            pairs = [(p, p) for p in pads]
        mode = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
        padded = np.pad(x, [(0, 0), *pairs], mode=mode[spec["padding_mode"]])
        assert figure.numbers("input") == tall(padded, 1).tolist(), kind


def test_filter_planes_show_the_filter_as_it_lies_on_the_input(figures):
    for _, figure, spec, _, weight in figures:
        assert figure.numbers("kernel") == tall(weight, 2)[spec["at"][0]].tolist()


def test_a_flipped_figure_also_shows_the_filter_as_it_was_given(figures):
    for _, figure, spec, _, _ in figures:
        if spec["flip"]:
            given = tall(np.array(spec["weight"]), 2)[spec["at"][0]].tolist()
            first = given if len(given) == 1 and len(spec["weight"]) == 1 else given[:1]
            assert figure.numbers("filter")[: len(first)] == first


def test_all_filters_stand_beside_several_output_channels(figures):
    for _, figure, _, _, weight in figures:
        if len(weight) > 1:
            planes = [plane for filter_ in tall(weight, 2).tolist() for plane in filter_]
            assert figure.numbers("filter")[-len(planes) :] == planes


def test_the_arithmetic_adds_up_to_the_shown_cell(figures):
    for _, figure, spec, output, weight in figures:
        *partials, (terms, value) = figure.sums()
        assert sum(terms) == value == output[tuple(spec["at"])]
        if weight.shape[1] > 1:
            assert [value for _, value in partials] == terms[: weight.shape[1]]
            assert all(sum(products) == value for products, value in partials)


def test_marked_cells_times_the_filter_give_the_shown_cell(figures):
    for _, figure, spec, output, weight in figures:
        o = spec["at"][0]
        total = spec["bias"][o] if "bias" in spec else 0
        read = [svg for svg in figure.grids("input") if marked(svg, "tap")]
        kernels = tall(weight, 2)[o]
        assert len(read) == len(kernels)
        for svg, kernel in zip(read, kernels, strict=True):
            cells = cells_of(svg)
            taps = [float(cells[p].find("text").text.replace("−", "-")) for p in
                    sorted(marked(svg, "tap"))]  # fmt: skip
            total += np.dot(taps, kernel.ravel())
        assert total == output[tuple(spec["at"])]


def test_the_shown_output_cell_is_the_marked_one(figures):
    for _, figure, spec, _, _ in figures:
        o, *cell = spec["at"]
        shown = {n: marked(svg, "on") for n, svg in enumerate(figure.grids("output"))}
        assert shown.pop(o) == {tuple([0, *cell][-2:])}
        assert not any(shown.values())


def test_cells_marked_unread_are_exactly_those_that_change_nothing(figures):
    for kind, figure, spec, _, weight in figures[::10]:
        if spec["padding_mode"] != "zeros" or spec["padding"] == "same":
            continue
        svg = figure.grids("input")[0]
        unread = marked(svg, "unread") - marked(svg, "pad")
        top, left = [0, *spec["padding"]][-2:]
        ones = {**spec, "weight": np.ones_like(weight).tolist()}
        before, _ = computed(kind, ones)
        x = np.array(spec["input"])
        for r, c in sorted(set(cells_of(svg)) - marked(svg, "pad")):
            place = (0, c - left) if x.ndim == 2 else (0, r - top, c - left)
            changed = x.copy()
            changed[place] += 1
            after, _ = computed(kind, {**ones, "input": changed.tolist()})
            assert np.array_equal(before, after) == ((r, c) in unread)


def test_dots_mark_the_positions_that_a_stride_takes_and_skips():
    figure = Drawing("conv2d", input="index.6x6", weight="kernel.edge", stride=2)
    (svg,) = figure.grids("input")
    styles = [dot.get("class") for dot in svg.findall("circle")]
    assert styles == ["taken", "skipped", "taken", "skipped"] * 2
    assert marked(svg, "unread") == {(5, n) for n in range(6)} | {(n, 5) for n in range(6)}


def test_the_lecture_example_shows_four_and_then_three():
    for at, value in (([0, 0], 4), ([0, 1], 3)):
        figure = Drawing("conv2d", input="lecture.input", weight="lecture.weight", at=at)
        assert figure.sums()[-1][1] == value
        assert figure.numbers("output") == [[[4, 3, 4], [2, 4, 3], [2, 3, 4]]]


def test_without_a_shown_cell_there_is_no_arithmetic_and_no_window():
    figure = Drawing("conv2d", input="index.3x3", weight="asymmetric.2x2", at=None)
    assert not figure.sums()
    assert not marked(figure.grids("input")[0], "tap")


def test_terms_that_read_the_border_are_marked():
    figure = Drawing("conv2d", input="index.3x3", weight="kernel.edge", padding=1, at=[0, 0])
    terms = figure.root.findall(".//span[@class='cnn-term cnn-from-pad']")
    assert [text_of(term) for term in terms] == ["0·(−1)"] * 5
