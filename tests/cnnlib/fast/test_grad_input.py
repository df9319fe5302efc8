"""The gradient for the input: phase by phase, and tap by tap."""

import itertools

import numpy as np
import pytest

from cnnlib.fast.frames import finite
from cnnlib.fast.grad_input import scattered, turned
from tests.cnnlib.fast.shapes import definition, ramps, windows

WAYS = [turned, scattered]
LAYERS = [
    windows((9, 11), kernel, stride, padding, dilation, groups=2)
    for kernel, stride, padding, dilation in itertools.product(
        [(3, 2), (1, 4)], [(1, 1), (2, 3), (4, 1)], [(0, 0), (2, 1)], [(1, 1), (2, 3)]
    )
    if dilation[1] * (kernel[1] - 1) < 11
]


def adjoint(way, g, n=1, c=2, o=3):
    """Return <grad, x * w> and <x, way(grad, w)>, which are equal for the gradient alone."""
    x, w, _ = ramps(g, n, c, o)
    out = definition(x, w, None, g)
    grad = np.arange(float(out.size)).reshape(out.shape) % 13 - 5
    back = way(grad, w, g)
    assert back.shape == x.shape
    return np.sum(grad * out), np.sum(x * back)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("g", LAYERS, ids=str)
def test_it_is_the_transpose_of_the_layer(way, g):
    one, other = adjoint(way, g)
    assert one == pytest.approx(other, abs=1e-6)


@pytest.mark.parametrize("way", WAYS)
def test_one_output_hands_its_gradient_to_the_pixels_that_it_read(way):
    g = windows((1, 8), (1, 3), (1, 2), (0, 1), (1, 2))
    w = np.array([[[[1.0, 10.0, 100.0]]]])
    grad = np.zeros((1, 1, 1, 3))
    grad[..., 1] = 1  # starts at 1*2 - 1, and reads every second pixel
    assert way(grad, w, g)[0, 0, 0].tolist() == [0, 1, 0, 10, 0, 100, 0, 0]


@pytest.mark.parametrize("way", WAYS)
def test_pixels_that_no_window_reads_have_no_gradient(way):
    g = windows((1, 8), (1, 2), (1, 3))
    got = way(np.ones((1, 1, 1, 3)), np.ones((1, 1, 1, 2)), g)
    assert got[0, 0, 0].tolist() == [1, 1, 0, 1, 1, 0, 1, 1]


@pytest.mark.parametrize("way", WAYS)
def test_three_axes(way):
    g = windows((4, 5, 6), (2, 1, 3), (2, 2, 1), (1, 0, 1), (1, 1, 2))
    one, other = adjoint(way, g)
    assert one == pytest.approx(other)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_goes_only_where_it_was_read(bad):
    g = windows((20, 20), (3, 3), padding=(1, 1))  # enough channels for Winograd's tiles
    grad, w = np.ones((1, 25, 20, 20)), np.ones((25, 25, 3, 3))
    grad[0, 3, 7, 8] = bad
    got = turned(grad, w, g)
    assert not np.isfinite(got[:, :, 6:9, 7:10]).any()
    got[:, :, 6:9, 7:10] = 0
    assert finite(got)
