"""The chooser: one table, read from the shapes alone."""

import csv
from pathlib import Path

import pytest

from cnnlib.fast import choose
from cnnlib.fast.correlate import STRATEGIES, plan

TABLE = Path(__file__).parents[3] / "benchmarks" / "layers.csv"
CHOSEN = {
    "toy_5x5_k3": "tiny",
    "lenet_c3": "tiny",
    "mnist128_c1": "im2col",
    "alexnet_c1_k11s4": "slopes",
    "alexnet_c2_k5": "winograd",
    "vgg_c3_256x56": "winograd",
    "resnet_stem_k7s2": "slopes",
    "res18_l2_down_s2": "im2col",
    "res50_1x1_256-64": "pointwise",
    "mbn_dw_32x112": "bands",
    "mbn_dw_64x112_s2": "shifts",
    "mbn_dw_512x14_b8": "depthwise",
    "resnext_128x56_g32": "bands",
    "dilated2_256x33": "winograd",
    "k31_8x128": "fft",
    "img2048_k3": "bands",
    "img2048_k63": "fft",
}


def numbers(name):
    with TABLE.open() as table:
        row = next(row for row in csv.reader(table) if row[0] == name)
    n, c, h, w, o, kh, kw, s, p, d, g = map(int, row[1:])
    return (n, c, h, w), (o, c // g, kh, kw), (s, s), ((p, p), (p, p)), (d, d), g


@pytest.mark.parametrize("name", CHOSEN)
def test_known_layers_get_the_strategy_that_was_measured_best(name):
    assert plan(*numbers(name), "auto")[0] == CHOSEN[name]


@pytest.mark.parametrize("name", CHOSEN)
def test_exact_stays_with_the_definitions_own_products(name):
    assert plan(*numbers(name), "exact")[0] in choose.EXACT


def test_every_rule_names_a_strategy_and_the_last_one_always_holds():
    assert {name for name, _ in choose.RULES} == set(STRATEGIES)
    assert choose.RULES[-1][0] == "im2col"
    assert choose.RULES[-1][1](None)


def test_exact_leaves_out_what_transforms():
    assert set(STRATEGIES) - choose.EXACT == {"winograd", "slopes", "fft"}


@pytest.mark.parametrize("name", CHOSEN)
def test_a_chosen_strategy_is_a_possible_one(name):
    x, w, stride, padding, dilation, groups = numbers(name)
    chosen, out = plan(x, w, stride, padding, dilation, groups, "auto")
    assert chosen in choose.possible(choose.describe(x, w, stride, dilation, groups, out))
