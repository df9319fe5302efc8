"""inner_product, and the loops that begin the course: against NumPy and torch."""

import numpy as np
import pytest
import torch

from cnnlib import inner_product, naive
from tests.cnnlib.oracle import agree, numbers


def test_inner_product_of_the_lecture():
    assert inner_product([[1, 3], [2, 4]], [[5, 7], [6, 8]]) == 70
    assert naive.inner_product([[1, 3], [2, 4]], [[5, 7], [6, 8]]) == 70


def test_inner_product_gives_a_number_for_arrays_and_a_tensor_for_tensors():
    a, b = numbers(3, 4), numbers(3, 4, seed=1)
    assert isinstance(inner_product(a, b), float)
    assert isinstance(inner_product([1], [2]), int)
    agree(
        inner_product(torch.from_numpy(a), torch.from_numpy(b)),
        torch.sum(torch.from_numpy(a) * torch.from_numpy(b)),
    )
    assert inner_product(a, b) == pytest.approx(float(np.vdot(a, b)))
    assert naive.inner_product(a, b) == pytest.approx(float(np.vdot(a, b)))


def test_inner_product_of_grey_values_does_not_wrap_around():
    a = np.array([200, 100], np.uint8)
    assert inner_product(a, a) == 200 * 200 + 100 * 100
