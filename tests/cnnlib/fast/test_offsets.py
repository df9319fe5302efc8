"""Images as long rows: products of whole rows, shifted and added."""

import itertools

import numpy as np
import pytest

from cnnlib.fast import offsets
from cnnlib.fast.offsets import row_of
from tests.cnnlib.fast.shapes import as_defined, windows

MOVES = list(itertools.product([(1, 1), (2, 1), (1, 2), (3, 2)], [(1, 1), (2, 3)]))


@pytest.mark.parametrize(("stride", "dilation"), MOVES)
@pytest.mark.parametrize("kernel", [(1, 2), (3, 3), (2, 4)])
@pytest.mark.parametrize("padding", [(0, 0), (1, 2), ((2, 0), (0, 3)), (7, 9)])
def test_shifted_products_add_up_to_the_outputs(stride, dilation, kernel, padding):
    g = windows((9, 13), kernel, stride, padding, dilation, groups=2)
    as_defined(offsets.correlate, g, c=3, o=2)


def test_blocks_of_rows_and_of_images_make_the_whole(monkeypatch):
    g = windows((11, 7), (3, 3), (2, 1), padding=(1, 1))
    for block in (1, 900, 4000):
        monkeypatch.setattr(offsets, "BLOCK", block)
        as_defined(offsets.correlate, g, n=5, c=2, o=2)


def test_a_rows_zeros_are_the_padding_on_both_sides():
    assert row_of(windows((4, 6), (1, 3), padding=(0, 1))).pitch == 7  # one column serves both
    assert row_of(windows((4, 6), (1, 3), padding=(0, (0, 2)))).pitch == 8
    assert row_of(windows((4, 6), (1, 3), padding=(0, (2, 0)))).pitch == 8
    assert row_of(windows((4, 6), (1, 1), padding=(0, 9))).pitch == 24  # padding that nobody shares
    assert row_of(windows((4, 7), (1, 3), (1, 2), padding=(0, 1))).pitch == 5


def test_taps_of_one_phase_stand_together_with_their_offsets():
    row = row_of(windows((9, 9), (2, 5), (1, 2)))
    assert row.across == {0: {0: 0, 2: 1, 4: 2}, 1: {1: 0, 3: 1}}
    assert row.down == [(0, 0), (0, 1)]
    assert row.spill == 2


def test_what_is_not_finite_stays_where_it_was_read():
    g = windows((6, 8), (3, 3), padding=(1, 1))
    x, w = np.ones((2, 1, 6, 8)), np.ones((1, 1, 3, 3))
    x[0, 0, 5, 7] = np.inf
    got = offsets.correlate(x, w, None, g)
    assert not np.isfinite(got[0, 0, 4:, 6:]).any()
    got[0, 0, 4:, 6:] = 0
    assert np.isfinite(got).all()
