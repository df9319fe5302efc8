"""Toom and Cook's trick along the height: phases, pieces and tiles cut anywhere."""

import numpy as np
import pytest

from cnnlib.fast import slopes
from tests.cnnlib.fast.shapes import as_defined, windows


@pytest.mark.parametrize("kernel", [1, 2, 3, 4, 5, 6, 7, 11])
@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (2, 3), (3, 2)])
def test_any_height_falls_into_phases_and_pieces(kernel, stride):
    g = windows((17, 14), (kernel, 4), stride, padding=(kernel // 2, 1))
    as_defined(slopes.correlate, g, c=2, o=3)


def test_the_width_may_be_dilated_and_the_padding_differ():
    g = windows((15, 22), (5, 3), (1, 2), padding=((3, 0), (2, 4)), dilation=(1, 4))
    as_defined(slopes.correlate, g, c=2, o=2)


def test_blocks_of_tiles_make_the_whole(monkeypatch):
    monkeypatch.setattr(slopes, "BLOCK", 1)
    as_defined(slopes.correlate, windows((21, 9), (7, 3), padding=(3, 1)), n=3, c=2, o=3)


@pytest.mark.parametrize(
    ("kernel", "stride", "taps", "pieces"),
    [(3, 1, 3, 1), (5, 1, 5, 1), (6, 1, 4, 2), (8, 1, 4, 2), (9, 1, 4, 3), (7, 2, 4, 1)],
)
def test_more_than_five_taps_a_phase_are_cut_into_pieces_of_four(kernel, stride, taps, pieces):
    assert slopes.cut(kernel, stride) == (taps, pieces)


def test_a_weights_phases_stand_side_by_side():
    w = np.arange(1.0, 6.0).reshape(1, 1, 5, 1)
    eye = np.eye(3)  # three taps a phase, at stride 2: 1 3 5 and 2 4 nothing
    got = slopes.transform_weight(w, eye, 2, 1)
    assert got.reshape(3, 2).T.tolist() == [[1, 3, 5], [2, 4, 0]]
