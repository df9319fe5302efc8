"""Pooling, padding, inner products, pictures, filters and tables: cnnlib's numbers, all of them."""

import base64
import struct
import zlib

import numpy as np
import pytest
from lesson.examples import KERNELS, example
from lesson.figure.filters import apply
from lesson.figure.png import shades
from lesson.figure.text import parsed

import cnnlib
from tests.lesson.drawing import Drawing, cells_of, marked, plane, text_of

RNG = np.random.default_rng(7)


def pixels(uri):
    """Return the grey values of a PNG that the figures write."""
    png = base64.b64decode(uri.removeprefix("data:image/png;base64,"))
    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[33:37])[0]
    rows = np.frombuffer(zlib.decompress(png[41 : 41 + length]), np.uint8)
    return rows.reshape(height, width + 1)[:, 1:]


@pytest.mark.parametrize("mode", ["max", "avg"])
def test_pooling_shows_cnnlibs_numbers_for_random_windows(mode):
    function = {"max": cnnlib.max_pool2d, "avg": cnnlib.avg_pool2d}[mode]
    for _ in range(60):
        kernel, stride = RNG.integers(1, 4, 2).tolist(), RNG.integers(1, 4, 2).tolist()
        padding = [int(RNG.integers(0, k // 2 + 1)) for k in kernel]
        x = RNG.integers(-20, 20, RNG.integers(3, 8, 2))
        out = function(x[None].astype(float), *map(tuple, (kernel, stride, padding)))[0]
        at = [int(RNG.integers(n)) for n in out.shape]
        figure = Drawing("pool2d", input=x.tolist(), kernel_size=kernel, stride=stride,
                         padding=padding, mode=mode, at=at)  # fmt: skip
        np.testing.assert_allclose(figure.numbers("output")[0], out, atol=5e-4)
        shown = parsed(figure.root.find(".//span[@class='cnn-result']/b").text)
        assert shown == pytest.approx(out[tuple(at)], abs=5e-4)


def test_the_largest_cells_of_a_window_are_ringed():
    figure = Drawing("pool2d", input=[[1, 3], [4, 6]], kernel_size=2)
    (svg,) = figure.grids("input")
    assert marked(svg, "best") == {(1, 1)}
    assert len(svg.findall(".//rect[@class='ring']")) == 1


def test_maximum_pooling_is_padded_with_nothing_and_average_pooling_with_zeros():
    for mode, border in (("max", "−∞"), ("avg", "0")):
        figure = Drawing("pool2d", input="index.4x4", kernel_size=2, padding=1, mode=mode)
        (svg,) = figure.grids("input")
        assert cells_of(svg)[0, 0].find("text").text == border


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_padding_shows_the_border_and_the_cell_that_it_comes_from(mode):
    names = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    for _ in range(20):
        x = np.arange(RNG.integers(3, 6) * 4).reshape(-1, 4) + 1
        left, right, top, bottom = RNG.integers(0, 3, 4).tolist()
        padded = np.pad(x, [(top, bottom), (left, right)], mode=names[mode])
        at = [int(RNG.integers(n)) for n in padded.shape]
        sides = [left, right, top, bottom]
        figure = Drawing("pad2d", input=x.tolist(), pad=sides, mode=mode, at=at)
        before, after = figure.grids("input")
        assert plane(before) == x.tolist()
        assert plane(after) == padded.tolist()
        outside = ~np.pad(np.ones_like(x, bool), [(top, bottom), (left, right)])
        assert marked(after, "pad") == set(zip(*map(list, np.nonzero(outside)), strict=True))
        sources = after.findall(".//rect[@class='source']")
        assert len(sources) == (mode != "zeros" or not outside[tuple(at)])


def test_the_inner_product_of_the_lecture_is_seventy():
    figure = Drawing("inner-product", a="inner.a", b="inner.b")
    assert figure.numbers("product") == [[[5, 21], [12, 32]]]
    assert figure.sums() == [([5, 21, 12, 32], 70)]


def test_the_picture_has_the_digits_grey_values():
    figure = Drawing("image", input="digit.eight")
    (image,) = figure.root.iter("image")
    np.testing.assert_array_equal(pixels(image.get("href")), shades(example("digit.eight")))
    assert shades(example("digit.eight")).max() == 255


def test_the_matrix_has_every_number_of_the_digit_or_of_the_crop():
    eight = example("digit.eight")
    for crop in (None, [5, 15, 8, 19]):
        given = {"crop": crop} if crop else {}
        figure = Drawing("image", input="digit.eight", matrix=True, **given)
        svg = figure.root.find(".//svg[@class='cnn-grid cnn-matrix']")
        top, bottom, left, right = crop or (0, 28, 0, 28)
        shown = [int(text.text) for text in svg.findall("text")]
        assert shown == eight[top:bottom, left:right].ravel().tolist()


def test_a_picture_with_negative_values_puts_zero_in_the_middle():
    assert shades(np.array([[-2, 0, 2]])).tolist() == [[0, 128, 255]]


def test_every_filter_shows_its_numbers_and_its_result():
    figure = Drawing("filters", input="digit.eight", kernels=list(KERNELS))
    for shown, (weight, _) in zip(figure.numbers("kernel"), KERNELS.values(), strict=True):
        assert shown == weight
    _, *results = [pixels(image.get("href")) for image in figure.root.iter("image")]
    for shown, name in zip(results, KERNELS, strict=True):
        np.testing.assert_array_equal(shown, shades(apply(example("digit.eight"), name)))


def test_an_own_filter_is_drawn_alone_between_the_picture_and_what_it_makes():
    own = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
    figure = Drawing("filters", input="digit.eight", own=own, kernels=["edge"])
    assert figure.numbers("kernel") == [own]
    before, after = [pixels(image.get("href")) for image in figure.root.iter("image")]
    np.testing.assert_array_equal(before, shades(example("digit.eight")))
    np.testing.assert_array_equal(after, shades(apply(example("digit.eight"), "laplacian")))


def test_blurring_keeps_the_brightness_of_an_even_picture():
    for name in ("identity", "blur", "gaussian", "blur5", "gaussian5", "motion5"):
        out = apply(np.full((9, 9), 7), name)
        np.testing.assert_allclose(out[2:-2, 2:-2], 7)


NETWORK = [
    {"conv1": "Conv2d(1, 3, kernel_size=5)"},
    "ReLU()",
    {"conv2": "nn.Conv2d(3, 10, kernel_size=5)"},
    "ReLU",
    {"flatten": "Flatten()"},
    {"fc1": "Linear(1440, 50)"},
    {"fc2": "Linear(50, 10)"},
]


def test_the_table_shows_the_homeworks_shapes_and_costs():
    figure = Drawing("shapes", input=[10, 1, 20, 20], layers=NETWORK)
    rows = [[text_of(cell) for cell in row] for row in figure.root.iter("tr")]
    shapes = {row[0].split()[0]: row[1] for row in rows}
    assert shapes["conv1"] == "(10, 3, 16, 16)"
    assert shapes["conv2"] == "(10, 10, 12, 12)"
    assert shapes["flatten"] == "(10, 1440)"
    assert [row[2] for row in rows if row[0].startswith("conv")] == ["78", "760"]
    assert rows[-1][2] == f"{78 + 760 + 1441 * 50 + 51 * 10:,}"


@pytest.mark.parametrize("kind", [{"matrix": False}, {"matrix": True}])
def test_no_svg_has_a_plain_href_which_ends_materials_script(kind):
    html = Drawing("image", input="digit.eight", **kind).html
    assert " xlink:href=" in html
    assert " href=" not in html
