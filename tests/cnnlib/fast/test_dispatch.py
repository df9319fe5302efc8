"""Every strategy gives the definition's answer wherever it applies."""

import numpy as np
import pytest
import torch

from cnnlib import fast, naive
from cnnlib.fast.table import TABLE, Layer
from cnnlib.geometry import Geometry
from tests.cnnlib.fast.shapes import LAYERS, arrays, error, geometry, planes, right

FORWARD = TABLE["output"]


def applicable(layer):
    known = Layer(geometry(layer), *planes(layer))
    return sorted(name for name, way in FORWARD.items() if way.fits(known))


PAIRS = [(layer, name) for layer in LAYERS for name in applicable(layer)]


@pytest.mark.parametrize(("layer", "method"), PAIRS)
def test_strategy_equals_torch_in_float64(layer, method):
    x, w, b = arrays(layer, np.float64)
    got = fast.correlate(x, w, b, geometry(layer), method)
    expected = right(layer, x, w, b)
    assert got.shape == expected.shape
    assert got.dtype == np.float64
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize(("layer", "method"), PAIRS)
def test_float32_errs_by_rounding_only(layer, method):
    x, w, b = arrays(layer)
    got = fast.correlate(x, w, b, geometry(layer), method)
    assert got.dtype == np.float32
    assert error(got, right(layer, x, w, b)) < (1e-6 if FORWARD[method].exact else 5e-6)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("method", ["auto", "exact"])
def test_no_bias_is_a_bias_of_zero(layer, method):
    x, w, b = arrays(layer)
    without = fast.correlate(x, w, None, geometry(layer), method)
    zero = fast.correlate(x, w, 0 * b, geometry(layer), method)
    np.testing.assert_allclose(without, zero, rtol=0, atol=2e-6)


def test_every_strategy_is_tried_by_some_layer():
    assert {method for _, method in PAIRS} == set(FORWARD)


def test_the_loops_agree_where_they_can_be_afforded():
    x, w, b = arrays("padding beyond the kernel", np.float64)
    expected = np.array(naive.conv2d(x, w, b, padding=(4, 5)))
    for method in applicable("padding beyond the kernel"):
        got = fast.correlate(x, w, b, geometry("padding beyond the kernel"), method)
        np.testing.assert_allclose(got, expected, rtol=0, atol=1e-12)


def test_a_strategy_that_cannot_is_refused_with_the_ones_that_can():
    x, w, b = arrays("strided")
    with pytest.raises(
        ValueError, match=r"`method` must be .* im2col, offsets, tiny for .*'winograd'"
    ):
        fast.correlate(x, w, b, geometry("strided"), "winograd")


@pytest.mark.parametrize("rank", [1, 3])
@pytest.mark.parametrize("method", ["auto", "exact", "im2col", "tiny"])
def test_other_ranks_equal_torch(rank, method):
    rng = np.random.default_rng(5)
    x = rng.standard_normal((2, 4, *(13, 9, 8)[:rank]))
    w = rng.standard_normal((6, 2, *(3, 2, 3)[:rank]))
    stride, padding, dilation = ((v,) * rank for v in (2, 1, 2))
    conv = getattr(torch.nn.functional, f"conv{rank}d")
    expected = conv(*map(torch.from_numpy, (x, w)), None, stride, padding, dilation, 2).numpy()
    pairs = tuple((p, p) for p in padding)
    g = Geometry(x.shape[2:], w.shape[2:], stride, pairs, dilation, 2)
    got = fast.correlate(x, w, None, g, method)
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-12)


def test_padding_may_differ_before_and_after():
    x, w, b = arrays("many channels", np.float64)
    padded = np.pad(x, ((0, 0), (0, 0), (2, 0), (1, 3)))
    for method in ("im2col", "winograd", "offsets", "fft", "tiny"):
        g = Geometry(x.shape[2:], w.shape[2:], (1, 1), ((2, 0), (1, 3)), (1, 1))
        got = fast.correlate(x, w, b, g, method)
        whole = g._replace(size=padded.shape[2:], padding=((0, 0), (0, 0)))
        flat = fast.correlate(padded, w, b, whole, "tiny")
        np.testing.assert_allclose(got, flat, rtol=0, atol=1e-11)


def test_empty_batch_and_no_channels_give_shapes_and_bias():
    x, w, b = arrays("many channels")
    assert fast.correlate(x[:0], w, b, geometry("many channels")).shape == (0, 33, 18, 15)
    nothing = fast.correlate(x[:, :0], w[:, :0], b, geometry("many channels"))
    np.testing.assert_array_equal(nothing[1, :, 2, 3], b)


@pytest.mark.parametrize("layer", LAYERS)
def test_gradients_equal_torch(layer):
    x, w, _b = arrays(layer, np.float64)
    stride, padding, dilation, groups = LAYERS[layer][2:]
    tx, tw = (torch.from_numpy(array).requires_grad_() for array in (x, w))
    y = torch.nn.functional.conv2d(tx, tw, None, stride, padding, dilation, groups)
    grad = np.random.default_rng(8).standard_normal(y.shape)
    y.backward(torch.from_numpy(grad))
    got = fast.grad_input(grad, w, geometry(layer))
    np.testing.assert_allclose(got, tx.grad.numpy(), rtol=0, atol=1e-11)
    got = fast.grad_weight(x, grad, geometry(layer))
    np.testing.assert_allclose(got, tw.grad.numpy(), rtol=0, atol=1e-10)


BAD = [np.nan, np.inf, -np.inf]


def reading(layer, pixel):
    """Return which outputs read a pixel of the first image's first channel."""
    x, w, b = arrays(layer, np.float64)
    alone = np.zeros_like(x)
    alone[(0, 0, *pixel)] = 1
    return right(layer, alone, np.ones_like(w), 0 * b) != 0


def pixels(shape):
    """Return a corner and a place in the middle."""
    return (0, 0), (shape[-2] // 2, shape[-1] // 2)


@pytest.mark.parametrize("bad", [*BAD, 1e12])
@pytest.mark.parametrize("layer", LAYERS)
def test_exact_lets_a_bad_pixel_touch_only_outputs_that_read_it(layer, bad):
    x, w, b = arrays(layer, np.float32)
    clean = fast.correlate(x, w, b, geometry(layer), "exact")
    for pixel in pixels(x.shape):
        x[(0, 0, *pixel)], before = bad, x[(0, 0, *pixel)]
        got = fast.correlate(x, w, b, geometry(layer), "exact")
        x[(0, 0, *pixel)] = before
        others = ~reading(layer, pixel)
        np.testing.assert_allclose(got[others], clean[others], rtol=0, atol=1e-5)
        if bad != 1e12:
            assert not np.isfinite(got[~others]).any()


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_gradient_that_is_not_finite_touches_only_what_its_output_read(layer, bad):
    x, w, b = arrays(layer, np.float64)
    out = right(layer, x, w, b)
    for place in pixels(out.shape):
        grad = np.ones_like(out)
        grad[(0, 0, *place)] = bad
        got = fast.grad_input(grad, w, geometry(layer))
        alone = np.zeros_like(out)
        alone[(0, 0, *place)] = 1
        stride, padding, dilation, groups = LAYERS[layer][2:]
        tensors = (torch.ones(w.shape, dtype=torch.float64), torch.from_numpy(alone))
        read = torch.nn.grad.conv2d_input(x.shape, *tensors, stride, padding, dilation, groups)
        assert np.array_equal(~np.isfinite(got), read.numpy() != 0)


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_pixel_that_is_not_finite_touches_only_the_weights_that_met_it(layer, bad):
    x, w, b = arrays(layer, np.float64)
    grad = np.ones_like(right(layer, x, w, b))
    for pixel in pixels(x.shape):
        spoilt = x.copy()
        spoilt[(0, 0, *pixel)] = bad
        got = fast.grad_weight(spoilt, grad, geometry(layer))
        alone = np.zeros_like(x)
        alone[(0, 0, *pixel)] = 1
        stride, padding, dilation, groups = LAYERS[layer][2:]
        tensors = (torch.from_numpy(alone), w.shape, torch.from_numpy(grad))
        met = torch.nn.grad.conv2d_weight(*tensors, stride, padding, dilation, groups)
        assert np.array_equal(~np.isfinite(got), met.numpy() != 0)


def test_a_sequence_is_an_image_one_row_tall():
    g = Geometry((7,), (3,), (2,), ((1, 0),), (2,), 3)
    image = g.image
    assert image == Geometry((1, 7), (1, 3), (1, 2), ((0, 0), (1, 0)), (1, 2), 3)
    assert image.out == (1, *g.out)
