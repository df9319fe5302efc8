"""Gradients of linear, relu, log_softmax and the loss: against torch's autograd."""

import numpy as np
import pytest
import torch
from torch.nn import functional

import cnnlib
from cnnlib import grad
from tests.cnnlib.grad.autograd import autograd
from tests.cnnlib.oracle import agree, numbers


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


@pytest.mark.parametrize(
    "call", [grad.relu_input, lambda x, seed: grad.log_softmax_input(x, seed, 0)]
)
def test_a_gradient_of_another_shape_is_named_beside_the_inputs(call):
    with pytest.raises(ValueError, match=r"^`grad_output` .*`input` \(3,\), got \(2,\)$"):
        call(np.zeros(3), np.zeros(2))
