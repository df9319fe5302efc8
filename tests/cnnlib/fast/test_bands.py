"""Few channels, large images: rows lowered along the width, and a banded weight."""

import numpy as np
import pytest

from cnnlib.fast import bands
from tests.cnnlib.fast.shapes import as_defined, windows


@pytest.mark.parametrize("o", [1, 2, 5])
@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (2, 3), (3, 2)])
@pytest.mark.parametrize("kernel", [(3, 4), (9, 5), (2, 1)])
def test_several_rows_in_one_product_are_the_definitions_rows(o, stride, kernel):
    g = windows((19, 16), kernel, stride, padding=(2, 1))
    as_defined(bands.correlate, g, c=2, o=o)


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_the_width_may_be_dilated_and_the_padding_differ(stride):
    g = windows((11, 21), (3, 4), (1, stride), padding=((2, 0), (5, 1)), dilation=(1, 3), groups=2)
    as_defined(bands.correlate, g, c=2, o=2)


def test_blocks_of_rows_make_the_whole(monkeypatch):
    monkeypatch.setattr(bands, "BLOCK", 1)
    for o in (1, 3):
        as_defined(bands.correlate, windows((13, 9), (3, 3), padding=(1, 1)), n=3, c=2, o=o)


def test_a_kernel_stands_once_a_row_a_stride_further_down():
    w = np.arange(1.0, 5.0).reshape(1, 1, 4, 1)
    band = bands.banded(w, 1, 3, 2)[0, 0]
    assert band.tolist() == [
        [1, 2, 3, 4, 0, 0, 0, 0],
        [0, 0, 1, 2, 3, 4, 0, 0],
        [0, 0, 0, 0, 1, 2, 3, 4],
    ]


def test_one_product_gives_more_rows_the_fewer_outputs_there_are():
    assert [bands.rows_at_once(o, 3) for o in (1, 2, 3, 4)] == [2, 2, 2, 1]
    assert bands.rows_at_once(1, 8) == 8


def test_a_last_band_that_reaches_over_the_end_is_cut():
    g = windows((7, 30), (9, 3), padding=(4, 1))  # seven output rows, eight a band
    as_defined(bands.correlate, g)
