"""The loops that begin the course, whose sums are counted by hand."""

import numpy as np
import pytest

import cnnlib
from cnnlib import naive
from tests.cnnlib.oracle import numbers


def test_an_inner_product_adds_up_products_in_one_dimension_and_in_several():
    assert naive.inner_product([1, 2, 3], [10, 100, 1000]) == 3210
    assert naive.inner_product([2], [-3]) == -6
    assert naive.inner_product([[1, 3], [2, 4]], [[5, 7], [6, 8]]) == 70
    assert naive.inner_product([[[1], [2]]], [[[3], [4]]]) == 11
    assert naive.inner_product([], []) == 0


def test_an_inner_product_of_arrays_is_numpys():
    a, b = numbers(3, 4), numbers(3, 4, seed=1)
    assert naive.inner_product(a, b) == pytest.approx(float(np.vdot(a, b)))


def test_rows_of_another_length_are_refused():
    with pytest.raises(ValueError, match="longer"):
        naive.inner_product([[1, 2]], [[1, 2, 3]])


def test_correlate2d_takes_lists_and_arrays():
    image = [[10 * i + j for j in range(4)] for i in range(3)]
    kernel = [[1, 2], [3, 4]]
    want = cnnlib.conv2d(np.array([image]), np.array([[kernel]]))[0].tolist()
    assert naive.correlate2d(image, kernel) == want
    assert naive.correlate2d(np.array(image), np.array(kernel)) == want


def test_correlate2d_of_a_kernel_taller_than_wide():
    assert naive.correlate2d([[1, 2], [3, 4], [5, 6]], [[1], [10]]) == [[31, 42], [53, 64]]
    assert naive.correlate2d([[1, 2]], [[1], [10]]) == []
