"""Lists and arrays of the loops, and windows counted by laying one after another."""

import itertools

import numpy as np
import pytest
import torch

from cnnlib.geometry import Geometry
from cnnlib.naive._arrays import arrays, count, inside, like, reads

CASES = itertools.product(range(1, 9), (1, 2, 3), (1, 2, 3), (0, 1), (1, 2))


def test_lists_become_arrays_of_one_dtype_and_arrays_stay_as_they_are():
    x, w, b = arrays([1, 2], [0.5], None)
    assert x.dtype == w.dtype == float
    assert b is None
    given = np.ones(2, np.float32)
    assert arrays(given)[0] is given


def test_a_list_comes_back_as_a_list():
    assert like([1], np.array([[1, 2]])) == [[1, 2]]
    result = np.ones(2)
    assert like(np.ones(1), result) is result


def test_as_many_windows_are_counted_as_torch_gives():
    for n, k, s, p, d in CASES:
        row = torch.zeros(1, 1, n)
        for ceil in (False, True):
            if p > k // 2 or n + 2 * p < d * (k - 1) + 1:
                continue
            theirs = torch.nn.functional.max_pool1d(row, k, s, p, d, ceil).shape[-1]
            assert count(n, k, s, 2 * p, d, n + p if ceil else 0) == theirs, (n, k, s, p, d, ceil)


def test_a_window_that_does_not_fit_is_none():
    assert count(2, taps=3, stride=1, around=0) == 0
    assert count(4, taps=3, stride=1, around=0, dilation=2) == 0


def test_a_tap_reads_its_position_and_it_may_lie_outside():
    g = Geometry((5, 6), (2, 3), (2, 1), ((1, 1), (0, 2)), (3, 1))
    assert reads((0, 0), (0, 0), g) == [-1, 0]
    assert reads((2, 3), (1, 2), g) == [6, 5]


@pytest.mark.parametrize(("where", "yes"), [([0, 5], 1), ([4, 0], 1), ([-1, 0], 0), ([0, 6], 0)])
def test_a_position_lies_inside_from_zero_to_the_size(where, yes):
    assert inside(where, (5, 6)) == bool(yes)
