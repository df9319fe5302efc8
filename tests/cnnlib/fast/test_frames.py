"""Views of windows, and frames of zeros around an input."""

import numpy as np
import pytest

from cnnlib.fast import frames
from tests.cnnlib.fast.shapes import windows


@pytest.mark.parametrize("start", [(0, 0), (-2, -1), (1, 2), (-9, 0), (3, 9), (-1, -7)])
def test_a_frame_shows_the_input_from_its_start_on_and_zeros_outside(start):
    x = np.arange(1.0, 13.0).reshape(1, 3, 4)
    target = np.full((1, 5, 6), np.nan)
    frames.frame(target, x, start)
    wide = np.pad(x, ((0, 0), (20, 20), (20, 20)))
    top, left = 20 + start[0], 20 + start[1]
    assert np.array_equal(target, wide[:, top : top + 5, left : left + 6])


def test_windows_are_a_view_of_every_tap_and_place():
    g = windows((5, 6), (2, 3), (2, 1), dilation=(3, 2), groups=2)
    x = np.arange(2.0 * 4 * 30).reshape(2, 4, 5, 6)
    seen = frames.windows(x, g)
    assert seen.shape == (2, 2, 2, 2, 3, 1, 2)
    assert np.shares_memory(seen, x)
    assert seen[1, 1, 0, 1, 2, 0, 1] == x[1, 2, 3, 5]  # tap (1, 2) at place (0, 1)


def test_padding_is_added_only_where_there_is_some():
    x = np.ones((1, 1, 2, 2))
    assert frames.surrounded(x, windows((2, 2), (1, 1))) is x
    padded = frames.surrounded(x, windows((2, 2), (1, 1), padding=((1, 0), (0, 2))))
    assert padded[0, 0].tolist() == [[0, 0, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0]]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_finite_finds_one_bad_entry(bad):
    x = np.ones((3, 4))
    assert frames.finite(x)
    y = x.copy()
    y[2, 3] = bad
    assert not frames.finite(y)


def test_whole_windows_make_one_run_and_cut_ones_a_run_each():
    assert frames.runs(7, 1, 3, 2, 5) == [
        [0, 1, 2, 3],
        [1, 2, 1, 3],
        [2, 5, 0, 3],
        [5, 6, 0, 2],
        [6, 7, 0, 1],
    ]


def test_windows_of_padding_alone_find_nothing():
    assert frames.runs(5, 2, 2, 4, 2) == [[0, 2, 0, 0], [2, 3, 0, 2], [3, 5, 0, 0]]
