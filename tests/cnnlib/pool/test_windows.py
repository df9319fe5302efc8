"""What both poolings read alike: window, stride, padding and `ceil_mode`."""

import numpy as np
import pytest

from cnnlib import avg_pool1d, avg_pool2d, max_pool1d, max_pool2d
from tests.cnnlib.oracle import SIZE, agree, check, numbers


@pytest.mark.parametrize("kind", ["max", "avg"])
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_without_a_batch_and_with_an_empty_one(kind, rank):
    check(f"{kind}_pool{rank}d", numbers(3, *SIZE[rank]), 2)
    assert check(f"{kind}_pool{rank}d", numbers(0, 3, *SIZE[rank]), 2).shape[0] == 0


@pytest.mark.parametrize("nothing", [None, (), []])
def test_the_stride_is_the_window_if_left_out(nothing):
    x = numbers(2, 9, 9)
    agree(max_pool2d(x, (2, 3), nothing), max_pool2d(x, (2, 3), (2, 3)))


def test_a_stride_may_be_a_number_of_numpy():
    x = numbers(1, 6, 6)
    for pool in (max_pool2d, avg_pool2d):
        for stride in (np.int64(2), np.array(2), (np.int32(2), 2)):
            agree(pool(x, 2, stride), pool(x, 2, 2))
        with pytest.raises(TypeError, match=r"^`stride` must be an int, got "):
            pool(x, 2, np.float64(2))


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_a_window_of_one_pixel_gives_a_copy(pool):
    x = numbers(1, 3, 3)
    out = pool(x, 1)
    assert np.array_equal(out, x)
    assert not np.shares_memory(out, x)


def test_ceil_mode_keeps_a_window_only_if_it_starts_inside():
    assert max_pool1d(np.arange(5)[None], 2, 2, 0, 1, True).tolist() == [[1, 3, 4]]
    assert max_pool1d(np.arange(4)[None], 1, 3, 0, 1, True).tolist() == [[0, 3]]
    assert max_pool1d(np.arange(3)[None], 2, 2, 1, 1, True).tolist() == [[0, 2]]


def test_the_output_is_no_view_of_the_input():
    x = np.ones((1, 4))
    for out in (max_pool1d(x, 1), avg_pool1d(x, 1)):
        assert not np.shares_memory(out, x)
