"""Winograd's tiles: any size and share of the work."""

import numpy as np
import pytest

from cnnlib.fast import winograd
from tests.cnnlib.fast.shapes import as_defined, definition, ramps, windows

LAYERS = {
    "one tile, cut": windows((3, 5), (3, 3)),
    "tiles and a rest": windows((14, 11), (3, 3), padding=(1, 1)),
    "padding that differs": windows((9, 10), (3, 3), padding=((2, 0), (1, 3))),
    "padding beyond the kernel": windows((4, 5), (3, 3), padding=(5, 4)),
    "five taps": windows((11, 9), (5, 5), padding=(2, 0)),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_tiles_give_the_definitions_numbers(layer):
    as_defined(winograd.correlate, LAYERS[layer], c=3, o=4)


@pytest.mark.parametrize("size", range(3, 13))
def test_a_last_tile_is_cut_wherever_the_output_ends(size):
    as_defined(winograd.correlate, windows((size, 15 - size), (3, 3)), c=2)


def test_blocks_of_tile_rows_make_the_whole(monkeypatch):
    monkeypatch.setattr(winograd, "BLOCK", 1)
    as_defined(winograd.correlate, windows((17, 9), (3, 3), padding=(1, 1)), n=3, c=2, o=3)


def test_rounding_in_float32_stays_small_with_five_taps():
    g = windows((20, 20), (5, 5))
    x, w, b = (a.astype(np.float32) for a in ramps(g, c=8, o=8))
    right = definition(x.astype(float), w.astype(float), b.astype(float), g)
    assert abs(winograd.correlate(x, w, b, g) - right).max() < 5e-6 * abs(right).max()


def test_a_block_takes_whole_images_only_where_they_fit():
    assert winograd.room(4, (2, 3), 6, (24, 24), 0) == (4, 49)  # 1_000_000 and the weight
    together, rows = winograd.room(4, (500, 500), 6, (24, 24), 0)
    assert together == 1
    assert 1 <= rows < 500
