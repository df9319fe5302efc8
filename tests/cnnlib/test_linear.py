"""linear and relu: against torch and the loops."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from cnnlib import linear, relu
from tests.cnnlib.oracle import check, numbers


@pytest.mark.parametrize("lead", [(), (2,), (2, 5), (0,)])
@pytest.mark.parametrize("bias", [True, False])
def test_linear_is_torchs(lead, bias):
    check("linear", numbers(*lead, 4), numbers(3, 4, seed=1), *[numbers(3, seed=2)] * bias)


def test_a_weight_of_one_row_gives_a_number_a_row():
    check("linear", numbers(2, 5, 4), numbers(4, seed=1), naive=False)


@pytest.mark.parametrize("shape", [(), (1,), (3,)])
def test_the_bias_stretches_as_in_torch(shape):
    check("linear", numbers(2, 4), numbers(3, 4, seed=1), numbers(*shape), naive=shape == (3,))


@pytest.mark.parametrize("dtype", ["float16", "float32", "int64"])
def test_relu_is_torchs(dtype):
    check("relu", (10 * numbers(3, 4)).astype(dtype))


def test_relu_keeps_nan_and_forgets_the_sign_of_zero():
    out = relu(np.array([np.nan, -0.0, -1.0]))
    assert np.isnan(out[0])
    assert not np.signbit(out[1:]).any()


@pytest.mark.parametrize("value", [-2.0, 0.0, 3.0])
def test_relu_of_a_number_keeps_its_shape_without_axes(value):
    assert check("relu", np.array(value)).shape == ()


def test_a_weight_without_axes_is_refused_as_in_torch():
    with pytest.raises(RuntimeError, match="at least 1D"):
        functional.linear(torch.ones(1), torch.tensor(2.0))
    with pytest.raises(ValueError, match=r"^`weight` must have 2 axes \(out, in\) or 1 axis"):
        linear(np.ones(1), np.array(2.0))


def test_features_that_differ_are_refused_by_name():
    with pytest.raises(ValueError, match=r"^`input` has 4 features but `weight` expects 3"):
        linear(np.ones((2, 4)), np.ones((5, 3)))
