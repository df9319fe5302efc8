"""inner_product: against NumPy and torch."""

import numpy as np
import pytest
import torch

from cnnlib import inner_product
from tests.cnnlib.oracle import agree, numbers


def test_inner_product_of_the_lecture():
    assert inner_product([[1, 3], [2, 4]], [[5, 7], [6, 8]]) == 70


def test_inner_product_gives_a_number_for_arrays_and_a_tensor_for_tensors():
    a, b = numbers(3, 4), numbers(3, 4, seed=1)
    assert isinstance(inner_product(a, b), float)
    assert isinstance(inner_product([1], [2]), int)
    agree(
        inner_product(torch.from_numpy(a), torch.from_numpy(b)),
        torch.sum(torch.from_numpy(a) * torch.from_numpy(b)),
    )
    assert inner_product(a, b) == pytest.approx(float(np.vdot(a, b)))


def test_inner_product_of_grey_values_does_not_wrap_around():
    a = np.array([200, 100], np.uint8)
    assert inner_product(a, a) == 200 * 200 + 100 * 100


def test_the_two_have_one_kind_one_dtype_and_arithmetic():
    with pytest.raises(TypeError, match=r"^`b` must have the dtype of `a`, float64, got int64"):
        inner_product(np.ones(2), np.ones(2, int))
    with pytest.raises(TypeError, match=r"^`b` must be of the same kind as `a`"):
        inner_product(np.ones(2), torch.ones(2))
    with pytest.raises(TypeError, match=r"^`a` must have a numeric dtype, got bool"):
        inner_product(np.ones(2, bool), np.ones(2, bool))
    with pytest.raises(TypeError, match=r"^`a` must have a numeric dtype, got object"):
        inner_product(np.array([1, None]), np.array([1, None]))


def test_one_dimension_and_none():
    assert inner_product([1, 2, 3], [10, 100, 1000]) == 3210
    assert inner_product(np.array(2.0), np.array(-3.0)) == -6


def test_complex_numbers_are_multiplied_as_they_are():
    assert inner_product(np.array([1j]), np.array([1j])) == -1
