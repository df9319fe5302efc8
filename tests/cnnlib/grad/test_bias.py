"""The gradient for the bias: each channel's sum, over the batch and every position."""

import numpy as np
import pytest
import torch

from cnnlib import grad
from tests.cnnlib.oracle import agree, numbers


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("batch", [(2,), (), (0,)])
def test_every_channel_is_summed_apart(rank, batch):
    y = numbers(*batch, 3, *(4, 5, 2)[:rank])
    want = y.sum(tuple(range(-rank, 0)))
    got = getattr(grad, f"conv{rank}d_bias")(y)
    agree(got, want.sum(0) if batch else want)
    agree(getattr(grad, f"conv{rank}d_bias")(torch.from_numpy(y)), got)


def test_an_output_of_another_rank_is_refused():
    with pytest.raises(ValueError, match=r"^`grad_output` must have 4 axes \(N, C, H, W\)"):
        grad.conv2d_bias(np.ones((3, 4)))
