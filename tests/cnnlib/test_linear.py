"""linear and relu: against torch and the loops."""

import numpy as np
import pytest

from cnnlib import relu
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
