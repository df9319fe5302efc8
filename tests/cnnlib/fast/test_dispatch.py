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
        ValueError, match=r"`method` must be .* bands, im2col, slopes, tiny for .*'winograd'"
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
    for method in ("im2col", "winograd", "slopes", "bands", "fft", "tiny"):
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
