"""Gradients of convolutions: against torch's autograd."""

import numpy as np
import pytest
from torch.nn import functional

from cnnlib import grad
from tests.cnnlib.grad.autograd import autograd, both
from tests.cnnlib.oracle import KERNEL, SIZE, agree, numbers
from tests.cnnlib.test_conv import OPTIONS


@pytest.mark.parametrize(
    "options",
    [o for o in OPTIONS if "padding" not in o or not isinstance(o["padding"], str)],
    ids=str,
)
@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("batch", [(2,), ()])
def test_gradients_of_convolutions(rank, options, batch):
    x = numbers(*batch, 4, *SIZE[rank])
    w = numbers(6, 4 // options.get("groups", 1), *KERNEL[rank], seed=1)
    seed, want = autograd(getattr(functional, f"conv{rank}d"), x, w, numbers(6), **options)
    for got in both(getattr(grad, f"conv{rank}d_input"), x.shape, w, seed, **options):
        agree(got, want[0])
    for got in both(getattr(grad, f"conv{rank}d_weight"), x, w.shape, seed, **options):
        agree(got, want[1])
    for got in both(getattr(grad, f"conv{rank}d_bias"), seed):
        agree(got, want[2])


@pytest.mark.parametrize("dtype", ["float16", "float32", "int64", "complex128"])
def test_the_dtype_is_kept(dtype):
    x, w = np.ones((1, 2, 5, 5), dtype), np.ones((3, 2, 3, 3), dtype)
    y = np.ones((1, 3, 3, 3), dtype)
    assert grad.conv2d_input(x.shape, w, y).dtype == dtype
    assert grad.conv2d_weight(x, w.shape, y).dtype == dtype
    assert grad.conv2d_bias(y).dtype == dtype


def test_pixels_that_no_window_reads_have_no_gradient():
    x, w, y = (1, 1, 8), np.ones((1, 1, 3)), np.ones((1, 1, 3))
    assert grad.conv1d_input(x, w, y, stride=2).tolist() == [[[1, 1, 2, 1, 2, 1, 1, 0]]]


def test_no_input_channels_give_no_output_channels_and_no_gradient():
    x, w = np.zeros((2, 0, 5, 5)), (3, 0, 2, 2)
    assert grad.conv2d_weight(x, w, np.zeros((2, 0, 4, 4))).shape == w
    with pytest.raises(ValueError, match=r"output's shape \(2, 0, 4, 4\)"):
        grad.conv2d_weight(x, w, np.zeros((2, 3, 4, 4)))
