"""The three sums in slices and products: what the array standard has is enough for them."""

import array_api_strict as strict
import numpy as np
import pytest
import torch

from cnnlib import kernels
from cnnlib.geometry import Geometry
from tests.cnnlib.oracle import agree, numbers

LAYERS = {
    1: Geometry((9,), (3,), (2,), ((2, 1),), (2,), 2),
    2: Geometry((7, 8), (3, 2), (2, 1), ((1, 0), (2, 2)), (1, 2), 2),
    3: Geometry((4, 5, 3), (2, 1, 3), (1, 2, 1), ((1, 1), (0, 0), (1, 2)), (2, 1, 1)),
}


def arrays(g):
    """Return input, weight and bias, four channels in and six out."""
    depth = 4 // g.groups
    x, w = numbers(2, 4, *g.size), numbers(6, depth, *g.kernel, seed=1)
    return x, w, numbers(6, seed=2)


@pytest.mark.parametrize("g", LAYERS.values(), ids=map(str, LAYERS))
def test_the_array_standards_own_functions_are_enough(g):
    x, w, b = arrays(g)
    out = kernels.correlate(np, x, w, b, g)
    assert out.shape == (2, 6, *g.out)
    sums = {
        "correlate": (x, w, b),
        "grad_input": (out, w),
        "grad_weight": (x, out),
    }
    for name, given in sums.items():
        function = getattr(kernels, name)
        got = function(strict, *map(strict.asarray, given), g)
        agree(np.asarray(got), function(np, *given, g))


@pytest.mark.parametrize("g", LAYERS.values(), ids=map(str, LAYERS))
def test_the_sums_are_torchs_and_its_autograds(g):
    x, w, b = arrays(g)
    rank, flat = len(g.size), [n for pair in g.padding[::-1] for n in pair]
    leaves = [torch.from_numpy(a).requires_grad_() for a in (x, w, b)]
    around = torch.nn.functional.pad(leaves[0], flat)
    conv = getattr(torch.nn.functional, f"conv{rank}d")
    theirs = conv(around, *leaves[1:], g.stride, 0, g.dilation, g.groups)
    agree(kernels.correlate(np, x, w, b, g), theirs)
    grad = numbers(*theirs.shape, seed=3)
    theirs.backward(torch.from_numpy(grad))
    agree(kernels.grad_input(np, grad, w, g), leaves[0].grad)
    agree(kernels.grad_weight(np, x, grad, g), leaves[1].grad)


def test_columns_are_windows_tap_by_tap():
    g = Geometry((2, 3), (2, 2), (1, 1), ((0, 0), (0, 0)), (1, 1))
    ramp = np.arange(6).reshape(1, 1, 2, 3)
    assert kernels.columns(np, ramp, g)[0, 0].tolist() == [[0, 1], [1, 2], [3, 4], [4, 5]]


def test_what_is_spread_adds_up_where_it_was_read():
    g = Geometry((1, 4), (1, 2), (1, 1), ((0, 0), (1, 0)), (1, 1))
    columns = np.arange(1, 9).reshape(1, 1, 2, 4)  # the first tap's four, the second's four
    assert kernels.spread(np, columns, g)[0, 0].tolist() == [[2 + 5, 3 + 6, 4 + 7, 8]]


def test_nothing_to_surround_is_no_copy():
    x = np.ones((1, 1, 3))
    assert kernels.surround(np, x, Geometry((3,), (1,), (1,), ((0, 0),), (1,))) is x
    padded = kernels.surround(np, x, Geometry((3,), (2,), (1,), ((1, 0),), (1,)), 9)
    assert padded.tolist() == [[[9, 1, 1, 1]]]
