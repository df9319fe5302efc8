"""softmax, log_softmax and cross_entropy: against torch."""

import numpy as np
import pytest
import torch

import cnnlib
from cnnlib import cross_entropy, softmax
from tests.cnnlib.oracle import agree, check, numbers


@pytest.mark.parametrize("dim", [0, 1, -1, -3])
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_shares_are_torchs(name, dim):
    check(name, 5 * numbers(2, 3, 4), dim, naive=False)


def test_large_scores_do_not_overflow():
    assert softmax(np.array([1e4, 0.0]), 0).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("shape", [(), (0, 3), (3, 0)])
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_a_lone_score_and_no_score_are_torchs(name, shape):
    check(name, np.asarray(5 + numbers(*shape)), 0, naive=False)


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
