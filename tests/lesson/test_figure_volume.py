"""Every number in the figure of a volume is the one that cnnlib computes."""

import numpy as np
import pytest
from lesson.fences.error import FenceError

import cnnlib
from tests.lesson.drawing import Drawing, cells_of, marked, text_of

MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
PLAIN = {"input": np.arange(27).reshape(3, 3, 3).tolist(), "weight": np.ones((2, 2, 2)).tolist()}


def random_spec(rng):
    """Return a volume, one filter, and everything that may stand beside them."""
    same = rng.random() < 0.15
    spec = {
        "input": rng.integers(-9, 10, rng.integers(2, 6, 3)).tolist(),
        "weight": rng.integers(-3, 4, rng.integers(1, 4, 3)).tolist(),
        "stride": [1, 1, 1] if same else rng.integers(1, 4, 3).tolist(),
        "padding": "same" if same else rng.integers(0, 3, 3).tolist(),
        "dilation": rng.integers(1, 3, 3).tolist(),
        "padding_mode": str(rng.choice(list(MODES))),
    }
    return spec | ({"bias": [int(rng.integers(-9, 10))]} if rng.random() < 0.5 else {})


def computed(spec):
    """Return what `cnnlib.conv3d` makes of a spec."""
    x, w = (np.array(spec[key], float)[None] for key in ("input", "weight"))
    bias = np.array(spec["bias"], float) if "bias" in spec else None
    rest = {key: spec[key] for key in ("stride", "padding", "dilation", "padding_mode")}
    rest = {key: tuple(v) if isinstance(v, list) else v for key, v in rest.items()}
    return cnnlib.conv3d(x, w[None], bias, **rest)[0]


def padded(spec):
    """Return the volume with its border, as NumPy pads it, and where the border lies."""
    pads = spec["padding"]
    if pads == "same":
        kernel = np.shape(spec["weight"])
        pads = cnnlib.shape.same_padding(kernel, tuple(spec["dilation"]))
    pads = [p if isinstance(p, tuple) else (p, p) for p in pads]
    border = np.pad(np.zeros(np.shape(spec["input"]), bool), pads, constant_values=True)
    return np.pad(np.array(spec["input"]), pads, mode=MODES[spec["padding_mode"]]), border


def draw(rng):
    """Return a random figure that is possible, its spec and cnnlib's numbers for it."""
    while True:
        spec = random_spec(rng)
        try:
            output = computed(spec)
        except ValueError:
            with pytest.raises(FenceError):
                Drawing("conv3d", **spec)
            continue
        spec["at"] = [int(rng.integers(n)) for n in output.shape]
        return Drawing("conv3d", **spec), spec, output


@pytest.fixture(scope="module")
def figures():
    rng = np.random.default_rng(3)
    return [draw(rng) for _ in range(150)]


def test_output_slices_show_what_cnnlib_computes(figures):
    for figure, _, output in figures:
        assert figure.numbers("output") == output.tolist()


def test_input_slices_show_the_volume_with_its_border_in_every_mode(figures):
    for figure, spec, _ in figures:
        volume, border = padded(spec)
        assert figure.numbers("input") == volume.tolist()
        drawn = [marked(svg, "pad") for svg in figure.grids("input")]
        assert drawn == [set(map(tuple, np.argwhere(plane).tolist())) for plane in border]


def test_filter_slices_show_the_filter_beside_the_slices_that_it_meets(figures):
    for figure, spec, _ in figures:
        assert figure.numbers("kernel") == spec["weight"]
        start, step = spec["at"][0] * spec["stride"][0], spec["dilation"][0]
        met = [n for n, svg in enumerate(figure.grids("input")) if marked(svg, "tap")]
        assert met == [start + k * step for k in range(len(spec["weight"]))]


def test_marked_cells_times_the_filter_give_the_shown_cell(figures):
    for figure, spec, output in figures:
        total, kernels = spec.get("bias", [0])[0], iter(spec["weight"])
        for svg in figure.grids("input"):
            if places := sorted(marked(svg, "tap")):
                cells = cells_of(svg)
                taps = [float(cells[p].find("text").text.replace("−", "-")) for p in places]
                total += np.dot(taps, np.ravel(next(kernels)))
        assert total == output[tuple(spec["at"])]


def test_the_arithmetic_adds_up_to_the_shown_cell(figures):
    for figure, spec, output in figures:
        *partials, (terms, value) = figure.sums()
        assert sum(terms) == value == output[tuple(spec["at"])]
        if len(spec["weight"]) > 1:
            assert [value for _, value in partials] == terms[: len(spec["weight"])]
            assert all(sum(products) == value for products, value in partials)


def test_the_shown_output_cell_is_the_marked_one(figures):
    for figure, spec, _ in figures:
        d, *cell = spec["at"]
        shown = [marked(svg, "on") for svg in figure.grids("output")]
        assert shown.pop(d) == {tuple(cell)}
        assert not any(shown)


def test_cells_marked_unread_are_exactly_those_that_change_nothing(figures):
    for figure, spec, _ in figures[::5]:
        if spec["padding_mode"] != "zeros":
            continue
        _, border = padded(spec)
        ones = {**spec, "weight": np.ones(np.shape(spec["weight"])).tolist()}
        before, x = computed(ones), np.array(spec["input"])
        corner = np.argwhere(~border)[0]
        for d, svg in enumerate(figure.grids("input")):
            for r, c in sorted(set(cells_of(svg)) - marked(svg, "pad")):
                changed = x.copy()
                changed[tuple(np.array([d, r, c]) - corner)] += 1
                same = np.array_equal(before, computed({**ones, "input": changed.tolist()}))
                assert same == ((r, c) in marked(svg, "unread"))


def test_the_figure_says_the_sizes_of_volume_filter_and_result():
    figure = Drawing("conv3d", **PLAIN, padding=[1, 0, 0])
    told = text_of(figure.root.find(".//p[@class='cnn-note']"))
    assert told == "입력 3×3×3 (패딩 포함 5×3×3) ⋆ 필터 2×2×2 = 출력 4×2×2 (장×행×열)"


def test_the_sum_is_that_of_the_shown_slice_row_and_column():
    figure = Drawing("conv3d", "en", **PLAIN, at=[1, 0, 1])
    *_, shown = figure.root.findall(".//span[@class='cnn-head']")
    assert shown.text == "Output slice 1, row 0, column 1 ="


def test_slices_are_numbered_from_the_first_that_is_no_padding():
    figure = Drawing("conv3d", **PLAIN, padding=[1, 0, 0])
    said = [svg.get("aria-label").split(" 3×3")[0] for svg in figure.grids("input")]
    assert said == ["입력 패딩 장", "입력 0번 장", "입력 1번 장", "입력 2번 장", "입력 패딩 장"]


def test_the_element_is_one_that_no_script_upgrades():
    figure = Drawing("conv3d", **PLAIN)
    assert figure.root.tag == "cnn-volume"
    assert figure.spec["at"] == [0, 0, 0, 0]
