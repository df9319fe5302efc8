"""Average pooling: against torch and the loops."""

import numpy as np
import pytest
import torch

from cnnlib import avg_pool1d, avg_pool2d, naive
from tests.cnnlib.oracle import SIZE, agree, check, numbers

AVG = [
    (2, {}),
    (3, {"stride": 2, "padding": 1}),
    (3, {"stride": 2, "padding": 1, "count_include_pad": False}),
    (3, {"stride": 2, "padding": 1, "ceil_mode": True}),
    (3, {"stride": 2, "padding": 1, "ceil_mode": True, "count_include_pad": False}),
]


@pytest.mark.parametrize(("kernel", "options"), AVG, ids=str)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_avg_pool_values_and_gradients_are_torchs(rank, kernel, options):
    check(f"avg_pool{rank}d", numbers(2, 3, *SIZE[rank]), kernel, **options)


@pytest.mark.parametrize("rank", [2, 3])
@pytest.mark.parametrize("divisor", [1, 5, -2])
def test_divisor_override(rank, divisor):
    check(f"avg_pool{rank}d", numbers(2, 3, *SIZE[rank]), 2, divisor_override=divisor)


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "int32"])
@pytest.mark.parametrize("pool", [avg_pool2d, naive.avg_pool2d])
def test_an_average_refuses_whole_numbers_whose_sum_would_wrap_around(pool, dtype):
    with pytest.raises(TypeError, match="must have a dtype that holds its sums"):
        pool(np.full((1, 2, 2), 100, dtype), 2)


def test_whole_numbers_average_towards_zero_as_in_torch():
    x = np.random.default_rng(0).integers(-50, 50, (2, 6, 6))
    check("avg_pool2d", x, 3, 2, 1)
    assert avg_pool1d(np.array([[-3, 0]]), 2).item() == -1


@pytest.mark.parametrize("dtype", ["float16", "float32", "int64"])
def test_the_dtype_is_kept(dtype):
    x = (20 * numbers(2, 6, 6)).astype(dtype)
    assert avg_pool2d(x, 2).dtype == dtype
    agree(avg_pool2d(x, 2), torch.nn.functional.avg_pool2d(torch.from_numpy(x), 2))
