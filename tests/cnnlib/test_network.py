"""linear, relu, the losses and inner_product: against torch and the loops."""

import numpy as np
import pytest
import torch

import cnnlib
from cnnlib import cross_entropy, inner_product, naive, relu, softmax
from tests.cnnlib.oracle import agree, check, numbers


@pytest.mark.parametrize("lead", [(), (2,), (2, 5), (0,)])
@pytest.mark.parametrize("bias", [True, False])
def test_linear_is_torchs(lead, bias):
    check("linear", numbers(*lead, 4), numbers(3, 4, seed=1), *[numbers(3, seed=2)] * bias)


def test_a_weight_of_one_row_gives_a_number_a_row():
    check("linear", numbers(2, 5, 4), numbers(4, seed=1), naive=False)


@pytest.mark.parametrize("shape", [(), (1,), (3,)])
def test_the_bias_stretches_as_in_torch(shape):
    check("linear", numbers(2, 4), numbers(3, 4, seed=1), numbers(*shape), naive=shape == (3,))


@pytest.mark.parametrize("dtype", ["float16", "float32", "int64"])
def test_relu_is_torchs(dtype):
    check("relu", (10 * numbers(3, 4)).astype(dtype))


def test_relu_keeps_nan_and_forgets_the_sign_of_zero():
    out = relu(np.array([np.nan, -0.0, -1.0]))
    assert np.isnan(out[0])
    assert not np.signbit(out[1:]).any()


@pytest.mark.parametrize("dim", [0, 1, -1, -3])
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_shares_are_torchs(name, dim):
    check(name, 5 * numbers(2, 3, 4), dim, naive=False)


def test_large_scores_do_not_overflow():
    assert softmax(np.array([1e4, 0.0]), 0).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_cross_entropy_is_torchs(reduction):
    check(
        "cross_entropy",
        numbers(6, 4),
        np.array([0, 3, 1, 2, 2, 0]),
        naive=False,
        reduction=reduction,
    )


def test_cross_entropy_of_one_row_and_of_no_row():
    check("cross_entropy", numbers(4), np.array(2), naive=False)
    assert cross_entropy(numbers(0, 4), np.zeros(0, int), reduction="sum") == 0


def test_cross_entropy_passes_gradients_back():
    x = torch.from_numpy(numbers(6, 4)).requires_grad_()
    target = torch.tensor([0, 3, 1, 2, 2, 0])
    cross_entropy(x, target).backward()
    agree(x.grad, cnnlib.grad.cross_entropy_input(x.detach(), target))


def test_inner_product_of_the_lecture():
    assert inner_product([[1, 3], [2, 4]], [[5, 7], [6, 8]]) == 70
    assert naive.inner_product([[1, 3], [2, 4]], [[5, 7], [6, 8]]) == 70


def test_inner_product_gives_a_number_for_arrays_and_a_tensor_for_tensors():
    a, b = numbers(3, 4), numbers(3, 4, seed=1)
    assert isinstance(inner_product(a, b), float)
    assert isinstance(inner_product([1], [2]), int)
    agree(
        inner_product(torch.from_numpy(a), torch.from_numpy(b)),
        torch.sum(torch.from_numpy(a) * torch.from_numpy(b)),
    )
    assert inner_product(a, b) == pytest.approx(float(np.vdot(a, b)))
    assert naive.inner_product(a, b) == pytest.approx(float(np.vdot(a, b)))


def test_inner_product_of_grey_values_does_not_wrap_around():
    a = np.array([200, 100], np.uint8)
    assert inner_product(a, a) == 200 * 200 + 100 * 100


def test_correlate2d_takes_lists_and_arrays():
    image = [[10 * i + j for j in range(4)] for i in range(3)]
    kernel = [[1, 2], [3, 4]]
    want = cnnlib.conv2d(np.array([image]), np.array([[kernel]]))[0].tolist()
    assert naive.correlate2d(image, kernel) == want
    assert naive.correlate2d(np.array(image), np.array(kernel)) == want
