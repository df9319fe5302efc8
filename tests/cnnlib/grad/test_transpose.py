"""Gradients of transposed convolutions: against torch's autograd."""

import pytest
from torch.nn import functional

from cnnlib import grad
from tests.cnnlib.grad.autograd import autograd, both
from tests.cnnlib.oracle import KERNEL, SIZE, agree, numbers
from tests.cnnlib.test_conv_transpose import OPTIONS as TRANSPOSED


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
