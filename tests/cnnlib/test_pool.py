"""Max and average pooling: against torch and the loops."""

import numpy as np
import pytest
import torch

import cnnlib
from cnnlib import avg_pool1d, avg_pool2d, max_pool1d, max_pool2d, naive
from tests.cnnlib.oracle import SIZE, agree, check, numbers

MAX = [
    (2, {}),
    (3, {"stride": 2}),
    (3, {"stride": 2, "padding": 1}),
    (2, {"stride": 3, "ceil_mode": True}),
    (2, {"dilation": 2, "stride": 1, "padding": 1}),
    (3, {"stride": 2, "padding": 1, "ceil_mode": True}),
]
AVG = [
    (2, {}),
    (3, {"stride": 2, "padding": 1}),
    (3, {"stride": 2, "padding": 1, "count_include_pad": False}),
    (3, {"stride": 2, "padding": 1, "ceil_mode": True}),
    (3, {"stride": 2, "padding": 1, "ceil_mode": True, "count_include_pad": False}),
]


@pytest.mark.parametrize(("kernel", "options"), MAX, ids=str)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_max_pool_values_and_gradients_are_torchs(rank, kernel, options):
    check(f"max_pool{rank}d", numbers(2, 3, *SIZE[rank]), kernel, **options)


@pytest.mark.parametrize(("kernel", "options"), AVG, ids=str)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_avg_pool_values_and_gradients_are_torchs(rank, kernel, options):
    check(f"avg_pool{rank}d", numbers(2, 3, *SIZE[rank]), kernel, **options)


@pytest.mark.parametrize("rank", [2, 3])
@pytest.mark.parametrize("divisor", [1, 5, -2])
def test_divisor_override(rank, divisor):
    check(f"avg_pool{rank}d", numbers(2, 3, *SIZE[rank]), 2, divisor_override=divisor)


@pytest.mark.parametrize("kind", ["max", "avg"])
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_without_a_batch_and_with_an_empty_one(kind, rank):
    check(f"{kind}_pool{rank}d", numbers(3, *SIZE[rank]), 2)
    assert check(f"{kind}_pool{rank}d", numbers(0, 3, *SIZE[rank]), 2).shape[0] == 0


@pytest.mark.parametrize("nothing", [None, (), []])
def test_the_stride_is_the_window_if_left_out(nothing):
    x = numbers(2, 9, 9)
    agree(max_pool2d(x, (2, 3), nothing), max_pool2d(x, (2, 3), (2, 3)))


@pytest.mark.parametrize("dtype", ["float16", "float32", "int8", "int32", "uint8"])
def test_the_dtype_is_kept(dtype):
    x = (20 * numbers(2, 6, 6)).astype(dtype)
    check("max_pool2d", x, 3, 1, 1, naive=True)
    if np.dtype(dtype).kind == "f":
        assert avg_pool2d(x, 2).dtype == dtype


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "int32"])
@pytest.mark.parametrize("pool", [avg_pool2d, naive.avg_pool2d])
def test_an_average_refuses_whole_numbers_whose_sum_would_wrap_around(pool, dtype):
    with pytest.raises(TypeError, match="must have a dtype that holds its sums"):
        pool(np.full((1, 2, 2), 100, dtype), 2)


def test_a_stride_may_be_a_number_of_numpy():
    x = numbers(1, 6, 6)
    agree(max_pool2d(x, 2, np.int64(3)), max_pool2d(x, 2, 3))


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_a_window_of_one_pixel_gives_a_copy(pool):
    x = numbers(1, 3, 3)
    out = pool(x, 1)
    assert np.array_equal(out, x)
    assert not np.shares_memory(out, x)


def test_whole_numbers_average_towards_zero_as_in_torch():
    x = np.random.default_rng(0).integers(-50, 50, (2, 6, 6))
    check("avg_pool2d", x, 3, 2, 1)
    assert avg_pool1d(np.array([[-3, 0]]), 2).item() == -1


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


def test_ceil_mode_keeps_a_window_only_if_it_starts_inside():
    assert max_pool1d(np.arange(5)[None], 2, 2, 0, 1, True).tolist() == [[1, 3, 4]]
    assert max_pool1d(np.arange(4)[None], 1, 3, 0, 1, True).tolist() == [[0, 3]]
    assert max_pool1d(np.arange(3)[None], 2, 2, 1, 1, True).tolist() == [[0, 2]]


def test_the_output_is_no_view_of_the_input():
    x = np.ones((1, 4))
    for out in (max_pool1d(x, 1), avg_pool1d(x, 1)):
        assert not np.shares_memory(out, x)
