"""Depthwise kernels on small images: a banded matrix along whole rows."""

import numpy as np
import pytest

from cnnlib.fast import depthwise
from tests.cnnlib.fast.shapes import as_defined, windows


@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (1, 2), (3, 2)])
@pytest.mark.parametrize("padding", [(0, 0), (2, 1), (4, 5), ((1, 0), (0, 3))])
@pytest.mark.parametrize("dilation", [1, 2])
def test_bands_leave_the_padding_out(stride, padding, dilation):
    g = windows((7, 8), (3, 4), stride, padding, (1, dilation), groups=5)
    as_defined(depthwise.correlate, g)


def test_channels_are_taken_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(depthwise, "CHANNELS", 2)
    as_defined(depthwise.correlate, windows((6, 5), (3, 2), padding=(1, 1), groups=5))


def test_a_strided_tap_lies_further_down_its_diagonal():
    g = windows((1, 5), (1, 2), (1, 2), padding=(0, (1, 0)))
    band = depthwise.band(np.array([[[1.0, 10.0]]]), g)[0]
    assert band.T.tolist() == [[10, 0, 0, 0, 0], [0, 1, 10, 0, 0], [0, 0, 0, 1, 10]]
