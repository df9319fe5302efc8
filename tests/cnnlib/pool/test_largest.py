"""Max pooling: against torch and the loops."""

import numpy as np
import pytest
import torch

import cnnlib
from cnnlib import max_pool1d
from tests.cnnlib.oracle import SIZE, agree, check, numbers

MAX = [
    (2, {}),
    (3, {"stride": 2}),
    (3, {"stride": 2, "padding": 1}),
    (2, {"stride": 3, "ceil_mode": True}),
    (2, {"dilation": 2, "stride": 1, "padding": 1}),
    (3, {"stride": 2, "padding": 1, "ceil_mode": True}),
]


@pytest.mark.parametrize(("kernel", "options"), MAX, ids=str)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_max_pool_values_and_gradients_are_torchs(rank, kernel, options):
    check(f"max_pool{rank}d", numbers(2, 3, *SIZE[rank]), kernel, **options)


@pytest.mark.parametrize("dtype", ["float16", "float32", "int8", "int32", "uint8"])
def test_the_dtype_is_kept(dtype):
    x = (20 * numbers(2, 6, 6)).astype(dtype)
    check("max_pool2d", x, 3, 1, 1, naive=True)


def test_padding_never_wins():
    low = np.full((1, 3), -5.0)
    assert max_pool1d(low, 3, 1, 1).tolist() == [[-5.0, -5.0, -5.0]]


def test_nan_wins():
    x = np.array([[1.0, np.nan, 3.0, 4.0]])
    assert np.isnan(max_pool1d(x, 2)[0, 0])
    agree(max_pool1d(x, 2), torch.nn.functional.max_pool1d(torch.from_numpy(x), 2))


def test_of_equal_entries_the_first_gets_the_gradient():
    x = torch.zeros(1, 4, requires_grad=True)
    cnnlib.max_pool1d(x, 2).sum().backward()
    assert x.grad.tolist() == [[1, 0, 1, 0]]
