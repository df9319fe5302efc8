"""What a strategy says it costs: never a time, only how costs depend on the sizes."""

import math

import numpy as np
import pytest

from cnnlib.fast.cost import Layer, moved, product
from cnnlib.fast.table import TABLE, choose
from cnnlib.geometry import Geometry
from tests.cnnlib.fast.shapes import windows


def drawn(seed, count=300):
    """Yield layers of every kind, drawn by a seed."""
    rng = np.random.default_rng(seed)
    while count:
        size = tuple(rng.integers(1, 80, 2).tolist())
        kernel = tuple(rng.choice([1, 2, 3, 3, 5, 7], 2).tolist())
        stride, dilation = rng.choice([1, 1, 2, 3], (2, 2)).tolist()
        pads = tuple((int(p), int(p)) for p in rng.integers(0, 4, 2))
        groups, (n, c, o) = int(rng.choice([1, 1, 4])), rng.choice([1, 1, 3, 16, 70], 3).tolist()
        g = Geometry(size, kernel, tuple(stride), pads, tuple(dilation), groups)
        if min(g.out) > 0:
            count -= 1
            yield Layer(g, n, c, o)


LAYERS = list(drawn(7))


@pytest.mark.parametrize("total", TABLE)
def test_the_choice_fits_and_no_other_that_fits_costs_less(total):
    for v in LAYERS:
        name = choose(total, v.g, v[1:])
        assert TABLE[total][name].fits(v)
        mine = TABLE[total][name].cost(v)
        assert mine == min(way.cost(v) for way in TABLE[total].values() if way.fits(v))
        assert 0 <= mine < math.inf


@pytest.mark.parametrize("total", ["output", "weight"])
def test_exact_chooses_the_cheapest_of_the_exact_ones(total):
    for v in LAYERS:
        exact = {k: way for k, way in TABLE[total].items() if way.exact and way.fits(v)}
        assert choose(total, v.g, v[1:], "exact") in exact


@pytest.mark.parametrize("total", TABLE)
def test_more_images_or_channels_never_cost_less(total):
    for v in LAYERS:
        for name, way in TABLE[total].items():
            if way.fits(v):
                for more in (v._replace(n=3 * v.n), v._replace(c=3 * v.c), v._replace(o=3 * v.o)):
                    assert way.cost(more) >= way.cost(v), (name, v)


def test_every_strategy_is_the_cheapest_somewhere():
    small = [choose("output", v.g, v[1:]) for v in LAYERS]
    large = [
        choose("output", windows((224, 224), (3, 3)), (1, 64, 64)),
        choose("output", windows((128, 128), (31, 31), padding=(15, 15)), (1, 8, 8)),
        choose("output", windows((112, 112), (3, 3), groups=32), (1, 1, 1)),
        choose("output", windows((14, 14), (3, 3), groups=512), (8, 1, 1)),
    ]
    assert {*small, *large} == set(TABLE["output"])


def test_a_product_is_as_if_its_sides_were_longer():
    assert product(64, 64, 64) < product(128, 64, 64) < 2 * product(64, 64, 64)
    assert product(2, 3, 4, times=5) == 5 * product(2, 3, 4)


def test_short_runs_cost_more_than_long_ones():
    assert moved(1000, 4) > 2 * moved(1000, 400)


def test_a_kernel_of_one_tap_needs_no_lowering_where_the_input_lies_as_it_should():
    plain = Layer(windows((8, 9), (1, 1)), 2, 3, 4)
    assert plain.untouched
    assert plain.lowering() == 0
    for g in (
        windows((8, 9), (1, 1), (1, 2)),
        windows((8, 9), (1, 1), padding=(1, 0)),
        windows((8, 9), (1, 2)),
    ):
        assert not Layer(g, 2, 3, 4).untouched
        assert Layer(g, 2, 3, 4).lowering() > 0


def test_a_layers_counts():
    v = Layer(windows((8, 9), (2, 3), groups=5), 2, 3, 4)
    assert (v.taps, v.inputs, v.outputs, v.windows) == (6, 30, 1960, 8820)
    assert v.square == 0
    assert Layer(windows((8, 9), (3, 3)), 1, 1, 1).square == 3
