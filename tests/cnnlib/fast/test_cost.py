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

SIZES = {
    "pointwise": (windows((14, 15), (1, 1)), 2, 100, 30),
    "many channels": (windows((28, 20), (3, 3), padding=(1, 1)), 2, 64, 96),
    "strided": (windows((40, 31), (5, 3), (2, 3), padding=(2, 1), groups=2), 3, 12, 20),
    "small images": (windows((9, 8), (3, 3), padding=(1, 0)), 16, 70, 60),
    "depthwise": (windows((40, 31), (5, 3), (2, 1), padding=(2, 1), groups=40), 3, 1, 1),
    "depthwise, large": (windows((900, 800), (3, 7), groups=2), 1, 1, 1),
    "dilated": (windows((60, 61), (3, 2), dilation=(2, 5)), 1, 20, 3),
    "large kernel": (windows((70, 90), (15, 14), padding=(7, 3)), 1, 3, 40),
    "large": (windows((200, 210), (5, 5), padding=(2, 2)), 2, 20, 40),
    "volume": (windows((9, 10, 11), (3, 2, 1), (1, 2, 1), (1, 0, 0), (1, 1, 1)), 2, 5, 6),
}

STATED = {  # what the layers of SIZES cost, in microseconds
    "pointwise": {
        "output": {"tiny": 28.15, "fft": 8177.41, "offsets": 121.11, "im2col": 58.4},
        "input": {"scattered": 89.29, "turned": 37.49},
        "weight": {"pointwise": 0.0, "lowered": 51.82},
    },
    "many channels": {
        "output": {
            "tiny": 1058.99,
            "winograd": 1130.33,
            "fft": 19723.16,
            "offsets": 1114.28,
            "im2col": 1050.72,
        },
        "input": {"scattered": 1196.57, "turned": 1224.49},
        "weight": {"lowered": 1202.81},
    },
    "strided": {
        "output": {"tiny": 301.73, "offsets": 462.54, "im2col": 316.07},
        "input": {"scattered": 385.94, "turned": 530.67},
        "weight": {"lowered": 347.05},
    },
    "small images": {
        "output": {
            "tiny": 901.33,
            "winograd": 1320.86,
            "fft": 14163.78,
            "offsets": 847.67,
            "im2col": 905.31,
        },
        "input": {"scattered": 1527.83, "turned": 1015.85},
        "weight": {"lowered": 1003.08},
    },
    "depthwise": {
        "output": {
            "tiny": 630.64,
            "depthwise": 776.75,
            "shifts": 393.31,
            "offsets": 627.36,
            "im2col": 623.1,
        },
        "input": {"turned": 828.67},
        "weight": {"lowered": 726.86},
    },
    "depthwise, large": {
        "output": {
            "tiny": math.inf,
            "fft": 14303.54,
            "depthwise": 309571.4,
            "shifts": 16477.43,
            "offsets": 9312.19,
            "im2col": 10910.45,
        },
        "input": {"turned": 9334.78},
        "weight": {"lowered": 18895.12},
    },
    "dilated": {
        "output": {"tiny": 145.86, "fft": 1037.44, "offsets": 178.3, "im2col": 162.7},
        "input": {"scattered": 242.34, "turned": 75.25},
        "weight": {"lowered": 217.8},
    },
    "large kernel": {
        "output": {"tiny": math.inf, "fft": 5378.84, "offsets": 4564.43, "im2col": 2864.91},
        "input": {"scattered": 3600.3, "turned": 5269.8},
        "weight": {"lowered": 3464.95},
    },
    "large": {
        "output": {
            "tiny": math.inf,
            "winograd": 64912.65,
            "fft": 59274.48,
            "offsets": 31755.69,
            "im2col": 32050.46,
        },
        "input": {"scattered": 36562.26, "turned": 31563.35},
        "weight": {"lowered": 39125.48},
    },
    "volume": {
        "output": {"tiny": 31.93, "im2col": 46.76},
        "input": {"scattered": 79.01, "turned": 50.87},
        "weight": {"lowered": 54.78},
    },
}


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
        name = choose(total, v.g, v[1:], "exact")
        assert name in exact
        assert exact[name].cost(v) == min(way.cost(v) for way in exact.values())


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


@pytest.mark.parametrize("total", TABLE)
@pytest.mark.parametrize("name", SIZES)
def test_the_stated_costs_are_those_that_were_weighed_against_measurements(name, total):
    v = Layer(*SIZES[name])
    fitting = {way: strategy for way, strategy in TABLE[total].items() if strategy.fits(v)}
    stated = {way: strategy.cost(v) / 1e3 for way, strategy in fitting.items()}
    assert stated == pytest.approx(STATED[name][total], abs=0.006)
