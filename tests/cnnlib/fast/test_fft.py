"""Overlap-save: every size and position of a tile."""

import numpy as np
import pytest

from cnnlib.fast import fft
from tests.cnnlib.fast.shapes import as_defined, windows

LAYERS = {
    "one tile": windows((9, 11), (5, 3), padding=(2, 0)),
    "many tiles": windows((50, 61), (7, 9), padding=(3, 4)),
    "one row": windows((1, 70), (1, 12), padding=(0, 3)),
    "dilated": windows((23, 20), (4, 3), padding=(5, 1), dilation=(3, 4)),
    "padding that differs": windows((12, 13), (4, 5), padding=((0, 3), (4, 1))),
    "groups": windows((14, 15), (6, 5), padding=(2, 2), groups=3),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_spectra_give_the_definitions_numbers(layer):
    as_defined(fft.correlate, LAYERS[layer], c=2, o=3)


def test_depthwise_spectra_are_multiplied_one_by_one():
    as_defined(fft.correlate, windows((16, 13), (5, 6), padding=(2, 1), groups=4))


def test_one_output_for_each_group_of_several_channels():
    as_defined(fft.correlate, windows((14, 15), (6, 5), padding=(2, 2), groups=3), c=2, o=1)


def test_blocks_of_tiles_make_the_whole(monkeypatch):
    monkeypatch.setattr(fft, "TOGETHER", 1)
    as_defined(fft.correlate, windows((60, 30), (8, 5), padding=(1, 1)), c=2, o=2)


@pytest.mark.parametrize("kernel", [3, 11, 31, 63])
def test_a_tile_holds_the_kernel_and_no_more_than_one_tile_needs(kernel):
    g = windows((100, 1), (kernel, 1))
    tall, wide = fft.tile(g, (1, 8, 8, 8))
    assert wide == 1
    assert kernel <= tall <= 192


def test_a_wide_weight_is_spread_by_its_dilation_before_it_is_transformed():
    g = windows((8, 8), (1, 2), dilation=(1, 3))
    spectrum = fft._spectrum(np.array([[[[1.0, 10.0]]]]), g, (1, 8))
    row = np.fft.irfft(spectrum.conj().ravel(), 8)
    np.testing.assert_allclose(row, [1, 0, 0, 10, 0, 0, 0, 0], atol=1e-12)
