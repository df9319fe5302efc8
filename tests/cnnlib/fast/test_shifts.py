"""Depthwise kernels on wide images, shifted after the product."""

import itertools

import numpy as np
import pytest

from cnnlib.fast import shifts
from tests.cnnlib.fast.shapes import as_defined, definition, ramps, windows

MOVES = list(itertools.product([(1, 1), (2, 1), (1, 2), (2, 2), (3, 3)], [1, 2, 3]))


@pytest.mark.parametrize(("stride", "dilation"), MOVES)
@pytest.mark.parametrize("kernel", [(1, 2), (2, 3), (3, 2), (5, 4)])
@pytest.mark.parametrize("padding", [(0, 0), (1, 2), (4, 3), ((2, 0), (0, 3))])
def test_planes_shifted_add_up_to_the_outputs(stride, dilation, kernel, padding):
    g = windows((8, 13), kernel, stride, padding, (1, dilation), groups=3)
    as_defined(shifts.correlate, g)


@pytest.mark.parametrize("wide", range(10, 16))
def test_every_second_number_of_float32_is_picked_by_a_cast(wide):
    g = windows((9, wide), (3, 3), (2, 2), (1, 1), groups=4)
    x, w, b = (a.astype(np.float32) for a in ramps(g))
    got = shifts.correlate(x, w, b, g)
    assert got.dtype == np.float32
    assert np.array_equal(got, definition(x.astype(float), w.astype(float), b.astype(float), g))


def test_rows_of_padding_alone_add_nothing():
    as_defined(shifts.correlate, windows((18, 36), (2, 4), padding=(3, 3), groups=30), n=1)


def test_channels_are_taken_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(shifts, "BLOCK", 1)
    as_defined(shifts.correlate, windows((7, 9), (3, 3), padding=(1, 1), groups=5))


def test_a_plane_is_read_further_on_by_its_taps_dilation():
    planes = np.array([[1.0, 2, 3, 4, 5], [10, 20, 30, 40, 50], [100, 200, 300, 400, 500]])
    total = shifts.add_shifted(planes, np.empty(5), 2)
    assert total[0] == 1 + 30 + 500
    one = shifts.add_shifted(planes[:1], np.empty(5), 2)
    assert one.tolist() == [1, 2, 3, 4, 5]


def test_no_output_reads_into_the_next_row():
    g = windows((4, 6), (1, 3), (1, 2), padding=(0, 1))
    assert shifts._pitch(g) == 8  # 1 + 6 columns, made even
    assert shifts._pitch(g._replace(padding=((0, 0), (0, 5)))) == 12  # (5-1)*2 + 3, made even
