"""Every number in a figure that runs a convolution backward is cnnlib's, and torch's."""

import random

import numpy as np
import pytest
from lesson.fences.error import FenceError

from tests.lesson import adjoints
from tests.lesson.drawing import Drawing, cells_of, marked
from tests.lesson.test_figure_numbers import tall

COUNT = 1000


def drawn(spec, **more):
    return Drawing(spec["kind"], **{
        key: value for key, value in {**spec, **more}.items() if key != "kind" and value is not None
    })  # fmt: skip


@pytest.fixture(scope="module")
def figures():
    """Every random figure that is possible: (figure, spec, cnnlib's numbers)."""
    rng, found = random.Random(1), []
    for spec in adjoints.many(COUNT * 3 // 2, seed=13):
        want = adjoints.computed(spec)
        if want["error"]:
            with pytest.raises(FenceError) as refusal:
                drawn(spec)
            assert str(refusal.value) == want["error"]
            continue
        output = np.array(want["output"])
        spec["at"] = [rng.randrange(n) for n in output.shape]
        found.append((drawn(spec), spec, output))
    assert len(found) >= COUNT
    return found


def test_the_result_is_cnnlibs_and_torchs(figures):
    for figure, spec, output in figures:
        assert figure.numbers("output") == tall(output, 1).tolist(), spec
        assert np.array_equal(adjoints.by_torch(spec), output), spec


def test_the_arithmetic_adds_up_to_the_shown_cell(figures):
    for figure, spec, output in figures:
        *partials, (terms, value) = figure.sums()
        assert sum(terms) == value == output[tuple(spec["at"])], spec
        assert all(sum(products) == part for products, part in partials), spec


def test_marked_cells_times_the_planes_beside_them_give_the_shown_cell(figures):
    for figure, spec, output in figures:
        read = [svg for svg in figure.grids("input") if marked(svg, "tap")]
        total = spec["bias"][spec["at"][0]] if spec.get("bias") else 0
        for svg, plane in zip(read, figure.numbers("kernel"), strict=True):
            cells = cells_of(svg)
            taps = [cells[place].find("text").text for place in sorted(marked(svg, "tap"))]
            total += np.dot([float(tap.replace("−", "-")) for tap in taps], np.ravel(plane))
        assert total == output[tuple(spec["at"])], spec


def test_every_zero_that_nobody_gave_is_marked(figures):
    for figure, spec, _ in figures:
        given = (
            spec["input"] if "wrt" not in spec or spec["wrt"] == "weight" else spec["grad_output"]
        )
        if given is None or np.any(np.array(given) == 0):
            continue
        for svg in figure.grids("input"):
            zeros = {
                place for place, cell in cells_of(svg).items() if cell.find("text").text == "0"
            }
            assert zeros == marked(svg, "pad"), spec


def test_the_filter_that_lies_on_the_gradients_is_the_one_given_turned(figures):
    for figure, spec, _ in figures:
        if spec.get("wrt") != "weight":
            given = figure.numbers("filter")[: len(figure.numbers("kernel"))]
            if len(figure.numbers("output")) == len(figure.numbers("input")) == 1:
                assert np.array_equal(np.flip(given, (1, 2)), figure.numbers("kernel")), spec


def test_a_stride_sets_gradients_apart_and_becomes_the_dilation_of_the_weights_sum():
    common = {"input": "lecture.input", "weight": "asymmetric.3x3", "stride": 2,
              "grad_output": [[1, 2], [3, 4]], "at": [0, 0]}  # fmt: skip
    spread = Drawing("conv2d-grad", wrt="input", **common).numbers("input")[0]
    assert [row[2:5] for row in spread[2:5]] == [[1, 0, 2], [0, 0, 0], [3, 0, 4]]
    (svg,) = Drawing("conv2d-grad", wrt="weight", **common).grids("input")
    assert marked(svg, "tap") == {(0, 0), (0, 2), (2, 0), (2, 2)}


def test_without_a_gradient_of_the_output_every_output_counts_once():
    figure = Drawing("conv2d-grad", wrt="weight", input="lecture.input", weight="lecture.weight")
    assert figure.spec["grad_output"] == [[[1, 1, 1]] * 3]
