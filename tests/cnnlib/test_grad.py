"""cnnlib.grad: against torch.nn.grad and torch's autograd."""

import numpy as np
import pytest
import torch
from torch.nn import functional

import cnnlib
from cnnlib import grad
from tests.cnnlib.oracle import KERNEL, SIZE, agree, numbers
from tests.cnnlib.test_conv import OPTIONS
from tests.cnnlib.test_conv_transpose import OPTIONS as TRANSPOSED
from tests.cnnlib.test_pool import AVG, MAX


def autograd(function, *arrays, **options):
    """Return torch's output, a gradient for it, and what becomes of it for every array."""
    leaves = [torch.from_numpy(a).requires_grad_() for a in arrays]
    out = function(*leaves, **options)
    seed = numbers(*out.shape, seed=9)
    return seed, torch.autograd.grad(out, leaves, torch.from_numpy(seed))


def both(function, *arguments, **options):
    """Yield a gradient from NumPy arrays and from torch tensors."""
    yield function(*arguments, **options)
    tensors = [torch.from_numpy(a) if isinstance(a, np.ndarray) else a for a in arguments]
    yield function(*tensors, **options)


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


@pytest.mark.parametrize("options", TRANSPOSED, ids=str)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_gradients_of_transposed_convolutions(rank, options):
    x, w = numbers(2, 4, *SIZE[rank]), numbers(4, 3, *KERNEL[rank], seed=1)
    name = f"conv_transpose{rank}d"
    seed, want = autograd(getattr(functional, name), x, w, **options)
    for got in both(getattr(grad, f"{name}_input"), x.shape, w, seed, **options):
        agree(got, want[0])
    for got in both(getattr(grad, f"{name}_weight"), x, w.shape, seed, **options):
        agree(got, want[1])


@pytest.mark.parametrize(("kernel", "options"), MAX, ids=str)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_gradients_of_max_pooling_with_ties(rank, kernel, options):
    x = np.round(numbers(2, 3, *SIZE[rank]))
    name = f"max_pool{rank}d"
    seed, (want,) = autograd(getattr(functional, name), x, kernel_size=kernel, **options)
    for got in both(getattr(grad, f"{name}_input"), x, seed, kernel, **options):
        agree(got, want)


@pytest.mark.parametrize(("kernel", "options"), AVG, ids=str)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_gradients_of_average_pooling(rank, kernel, options):
    x = numbers(2, 3, *SIZE[rank])
    name = f"avg_pool{rank}d"
    seed, (want,) = autograd(getattr(functional, name), x, kernel_size=kernel, **options)
    for got in both(getattr(grad, f"{name}_input"), x.shape, seed, kernel, **options):
        agree(got, want)


def test_gradients_of_the_other_layers():
    x, w = numbers(5, 4), numbers(3, 4, seed=1)
    seed, want = autograd(functional.linear, x, w, numbers(3))
    agree(grad.linear_input(x.shape, w, seed), want[0])
    agree(grad.linear_weight(x, w.shape, seed), want[1])
    agree(grad.linear_bias(seed), want[2])
    seed, (want,) = autograd(functional.relu, np.round(x))
    agree(grad.relu_input(np.round(x), seed), want)
    seed, (want,) = autograd(functional.log_softmax, x, dim=1)
    agree(grad.log_softmax_input(x, seed, 1), want)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_gradient_of_the_loss(reduction):
    x, target = torch.from_numpy(numbers(5, 4)).requires_grad_(), torch.tensor([0, 3, 1, 2, 2])
    functional.cross_entropy(x, target, reduction=reduction).backward()
    ours = grad.cross_entropy_input(x.detach().numpy(), target.numpy(), reduction=reduction)
    agree(ours, x.grad)


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


def test_a_step_against_the_gradient_lowers_the_loss():
    x, w, target = numbers(8, 1, 6, 6), numbers(4, 1, 6, 6, seed=1), np.arange(8) % 4
    before = after = None
    for _ in range(20):
        scores = cnnlib.conv2d(x, w)[:, :, 0, 0]
        after = cnnlib.cross_entropy(scores, target)
        before = after if before is None else before
        slope = grad.cross_entropy_input(scores, target)[:, :, None, None]
        w = w - 0.1 * grad.conv2d_weight(x, w.shape, slope)
    assert after < before / 2


def test_gradients_of_gradients_flow_through_tensors():
    x, w = (torch.from_numpy(numbers(1, 2, 4, seed=i)).requires_grad_() for i in (0, 1))
    weight = w.reshape(1, 2, 4)[:, :, :2]
    assert torch.autograd.gradgradcheck(
        lambda x, w: cnnlib.conv1d(x, w), (x, weight.detach().requires_grad_())
    )
