"""The chooser: one table, read from the shapes alone."""

import csv
from pathlib import Path

import pytest

from cnnlib.fast.table import TABLE as STRATEGIES
from cnnlib.fast.table import Layer, choose
from cnnlib.geometry import Geometry

TABLE = Path(__file__).parents[3] / "benchmarks" / "layers.csv"
CHOSEN = {
    "toy_5x5_k3": "tiny",
    "lenet_c3": "tiny",
    "mnist128_c1": "im2col",
    "alexnet_c1_k11s4": "im2col",
    "vgg_c3_256x56": "winograd",
    "vgg_c5_512x14": "tiny",
    "res18_l1_64x56": "winograd",
    "res18_l2_down_s2": "im2col",
    "res50_1x1_256-64": "tiny",
    "mbn_dw_32x112": "shifts",
    "mbn_dw_64x112_s2": "shifts",
    "mbn_dw_512x14_b8": "depthwise",
    "resnext_128x56_g32": "offsets",
    "k31_8x128": "fft",
    "img2048_k63": "fft",
}

# The gradients' ways where they are not the last of the table.
SCATTERED = "mnist128_c1 alexnet_c1_k11s4 vgg_c5_512x14 res18_l2_down_s2"
BACKWARD = {
    "input": dict.fromkeys(SCATTERED.split(), "scattered"),
    "weight": {
        "res50_1x1_256-64": "pointwise",
    },
}


def numbers(name):
    with TABLE.open() as table:
        row = next(row for row in csv.reader(table) if row[0] == name)
    n, c, h, w, o, kh, kw, s, p, d, g = map(int, row[1:])
    return Geometry((h, w), (kh, kw), (s, s), ((p, p), (p, p)), (d, d), g), (n, c // g, o // g)


@pytest.mark.parametrize("name", CHOSEN)
def test_known_layers_get_a_strategy_that_was_measured_among_the_best(name):
    assert choose("output", *numbers(name)) == CHOSEN[name]


@pytest.mark.parametrize("total", BACKWARD)
@pytest.mark.parametrize("name", CHOSEN)
def test_known_gradients_get_theirs(name, total):
    last = list(STRATEGIES[total])[-1]
    assert choose(total, *numbers(name)) == BACKWARD[total].get(name, last)


@pytest.mark.parametrize("total", STRATEGIES)
@pytest.mark.parametrize("name", CHOSEN)
def test_exact_stays_with_the_definitions_own_products(name, total):
    exact = {way for way, strategy in STRATEGIES[total].items() if strategy.exact}
    if total != "input":
        assert choose(total, *numbers(name), "exact") in exact


@pytest.mark.parametrize("total", STRATEGIES)
def test_the_last_strategy_of_each_sum_fits_always(total):
    last = list(STRATEGIES[total].values())[-1]
    for name in CHOSEN:
        g, planes = numbers(name)
        assert last.fits(Layer(g, *planes))


def test_exact_leaves_out_what_transforms_and_what_adds_products_with_zero():
    exact = {
        total: {name for name, way in ways.items() if way.exact}
        for total, ways in STRATEGIES.items()
    }
    assert exact == {
        "output": {"tiny", "offsets", "im2col"},
        "input": {"scattered"},
        "weight": {"lowered", "pointwise"},
    }


@pytest.mark.parametrize("total", STRATEGIES)
@pytest.mark.parametrize("name", CHOSEN)
def test_a_chosen_strategy_is_a_possible_one(name, total):
    g, planes = numbers(name)
    assert STRATEGIES[total][choose(total, g, planes)].fits(Layer(g, *planes))
