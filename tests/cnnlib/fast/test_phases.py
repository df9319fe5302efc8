"""Every s-th row and column as an image of its own."""

import numpy as np
import pytest

from cnnlib.fast.phases import places, split


def test_a_phase_is_every_so_many_th_row_and_column_of_the_frame():
    x = np.arange(20.0).reshape(1, 1, 4, 5)
    parts = split(x, (2, 3), (-1, 0), (3, 2))
    assert parts.shape == (2, 3, 1, 1, 3, 2)
    framed = np.pad(x, ((0, 0), (0, 0), (1, 1), (0, 1)))
    for i, j in np.ndindex(2, 3):
        assert parts[i, j].tolist() == framed[:, :, i::2, j::3].tolist()


def test_what_lies_outside_is_zero_and_may_begin_inside():
    parts = split(np.arange(1.0, 5).reshape(1, 1, 1, 4), (1, 2), (0, 1), (2, 3))
    assert parts[0, 0, 0, 0].tolist() == [[2, 4, 0], [0, 0, 0]]
    assert parts[0, 1, 0, 0].tolist() == [[3, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("kernel", "stride", "dilation", "found"),
    [
        (3, 2, 1, [(0, 0), (1, 0), (0, 1)]),
        (3, 1, 4, [(0, 0), (0, 4), (0, 8)]),
        (3, 3, 2, [(0, 0), (2, 0), (1, 1)]),
    ],
)
def test_a_tap_reads_one_phase_so_many_pixels_on(kernel, stride, dilation, found):
    assert places(kernel, stride, dilation) == found
