"""The matrix of windows: at once, block by block, and not at all where a kernel has one tap."""

import math

import numpy as np
import pytest

from cnnlib.fast import im2col
from cnnlib.fast.cost import Layer
from tests.cnnlib.fast.shapes import as_defined, ramps, windows

RANKS = {
    1: windows((9,), (3,), (2,), (1,), (2,)),
    2: windows((7, 9), (2, 3), (2, 1), ((1, 0), 2), (1, 2), groups=3),
    3: windows((4, 5, 6), (2, 1, 3), (1, 2, 1), (1, 0, (0, 2)), (2, 1, 1), groups=2),
}


@pytest.mark.parametrize("run", [im2col.at_once, im2col.correlate])
@pytest.mark.parametrize("rank", RANKS)
def test_every_rank_is_lowered_as_it_is(run, rank):
    as_defined(run, RANKS[rank], c=2, o=3)


def test_blocks_of_rows_make_the_whole(monkeypatch):
    monkeypatch.setattr(im2col, "BLOCK", 1)
    monkeypatch.setattr(im2col, "WIDE", 12)
    as_defined(im2col.correlate, windows((11, 7), (3, 2), (1, 1), (1, 1)), c=2, o=4)


@pytest.mark.parametrize("run", [im2col.at_once, im2col.correlate])
def test_a_kernel_of_one_tap_may_be_strided_and_padded(run):
    as_defined(run, windows((5, 7), (1, 1)), c=3, o=5)
    as_defined(run, windows((5, 7), (1, 1), (2, 3), (1, 2), groups=2), c=3, o=2)


def test_a_matrix_of_windows_that_is_too_large_is_not_made_at_once():
    assert im2col.cost_at_once(Layer(windows((2000, 1000), (1, 2)), 1, 1, 1)) == math.inf
    assert im2col.cost_at_once(Layer(windows((2000, 2000), (1, 1)), 1, 1, 1)) < math.inf


def test_a_row_of_ones_carries_the_bias():
    w = np.arange(12.0).reshape(4, 1, 1, 3)
    rows = im2col._with_bias(w, np.array([7.0, 8, 9, 10]), 2)
    assert rows.shape == (2, 2, 4)
    assert rows[1].tolist() == [[6, 7, 8, 9], [9, 10, 11, 10]]


def test_whole_numbers_come_out_without_rounding():
    g = windows((9, 8), (3, 3), padding=(1, 1))
    x, w, _ = ramps(g, c=2, o=3)
    for run in (im2col.at_once, im2col.correlate):
        got = run(x, w, None, g)
        assert np.array_equal(got, got.round())
