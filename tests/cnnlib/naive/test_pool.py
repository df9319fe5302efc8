"""Poolings as loops: by hand, so that the oracle leans on nothing."""

import numpy as np
import pytest

from cnnlib import naive

ROW = [[3, 1, 4, 1, 5]]


def test_the_largest_of_each_window():
    assert naive.max_pool1d(ROW, 2) == [[3, 4]]
    assert naive.max_pool1d(ROW, 2, 1) == [[3, 4, 4, 5]]
    assert naive.max_pool1d(ROW, 2, 2, dilation=3) == [[3]]
    assert naive.max_pool1d(ROW, 2, ceil_mode=True) == [[3, 4, 5]]


def test_padding_never_wins():
    assert naive.max_pool1d([[-5, -7]], 2, 1, 1) == [[-5, -5, -7]]


def test_the_mean_of_each_window():
    assert naive.avg_pool1d([[1.0, 3.0, 5.0, 7.0]], 2) == [[2, 6]]
    assert naive.avg_pool1d([[1.0, 3.0]], 2, 1, 1) == [[0.5, 2, 1.5]]
    assert naive.avg_pool1d([[1.0, 3.0]], 2, 1, 1, count_include_pad=False) == [[1, 2, 3]]
    assert naive.avg_pool1d([[2.0, 4.0, 6.0]], 2, ceil_mode=True) == [[3, 6]]


def test_a_divisor_may_be_given():
    assert naive.avg_pool2d([[[1.0, 2.0], [3.0, 4.0]]], 2, divisor_override=5) == [[[2]]]


def test_windows_of_images_and_volumes():
    image = [[[10 * i + j for j in range(4)] for i in range(4)]]
    assert naive.max_pool2d(image, (1, 2), (3, 2)) == [[[1, 3], [31, 33]]]
    volume = [[[[1, 2]], [[3, 4]]]]
    assert naive.max_pool3d(volume, (2, 1, 1)) == [[[[3, 4]]]]
    assert naive.avg_pool3d([[[[1.0, 2.0]], [[3.0, 4.0]]]], (2, 1, 1)) == [[[[2, 3]]]]


def test_an_average_refuses_whole_numbers_whose_sum_would_wrap_around():
    with pytest.raises(TypeError, match="must have a dtype that holds its sums"):
        naive.avg_pool1d(np.array([[100, 100]], np.int8), 2)
