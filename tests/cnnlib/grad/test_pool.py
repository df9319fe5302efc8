"""Gradients of poolings: against torch's autograd."""

import numpy as np
import pytest
from torch.nn import functional

from cnnlib import grad
from tests.cnnlib.grad.autograd import autograd, both
from tests.cnnlib.oracle import SIZE, agree, numbers
from tests.cnnlib.pool.test_average import AVG
from tests.cnnlib.pool.test_largest import MAX


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
