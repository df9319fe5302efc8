"""conv_transpose1d, conv_transpose2d, conv_transpose3d: against torch, the loops and SciPy."""

import numpy as np
import pytest
from scipy import signal

from cnnlib import conv2d, conv_transpose1d, conv_transpose2d
from tests.cnnlib.oracle import KERNEL, SIZE, agree, check, numbers

OPTIONS = [
    {},
    {"stride": 2},
    {"stride": 2, "padding": 1, "output_padding": 1},
    {"dilation": 2, "output_padding": 1},
    {"groups": 2},
    {"stride": 3, "padding": 1, "output_padding": 2, "groups": 2, "dilation": 2},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_values_and_gradients_are_torchs(rank, options):
    x = numbers(2, 4, *SIZE[rank])
    w = numbers(4, 3, *KERNEL[rank], seed=1)
    b = numbers(3 * options.get("groups", 1), seed=2)
    check(f"conv_transpose{rank}d", x, w, b, **options)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_without_batch_and_bias(rank):
    check(f"conv_transpose{rank}d", numbers(4, *SIZE[rank]), numbers(4, 3, *KERNEL[rank], seed=1))


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_an_empty_batch(rank):
    x = numbers(0, 4, *SIZE[rank])
    assert check(f"conv_transpose{rank}d", x, numbers(4, 3, *KERNEL[rank])).shape[:2] == (0, 3)


def test_a_weight_without_channels_is_refused_by_its_own_name():
    with pytest.raises(ValueError, match="`weight` must have no empty axis"):
        conv_transpose2d(np.zeros((0, 3, 3)), np.zeros((0, 1, 2, 2)))


@pytest.mark.parametrize("dtype", ["float16", "float32", "int64", "complex128"])
def test_the_dtype_is_kept(dtype):
    x, w = (10 * numbers(1, 2, 5, 5)).astype(dtype), (10 * numbers(2, 3, 3, 3)).astype(dtype)
    assert check("conv_transpose2d", x, w, np.ones(3, dtype), naive=dtype != "float16").dtype == (
        dtype
    )


def test_half_precision_rounds_a_long_sum_once():
    x, w = np.ones((1, 3000), np.float16), np.ones((1, 1, 3000), np.float16)
    assert conv_transpose1d(x, w).max() == 3000  # adding ones in float16 stops at 2048


def test_stride_one_is_scipys_full_convolution():
    x, w = numbers(5, 6), numbers(3, 4, seed=1)
    agree(conv_transpose2d(x[None], w[None, None])[0], signal.convolve2d(x, w, "full"))


def test_it_undoes_the_shape_of_a_convolution_but_not_its_numbers():
    x, w = numbers(1, 8, 8), numbers(1, 1, 3, 3, seed=1)
    back = conv_transpose2d(
        conv2d(x, w, stride=2, padding=1), w, stride=2, padding=1, output_padding=1
    )
    assert back.shape == x.shape
    assert not np.allclose(back, x)


def test_overlapping_copies_add_up():
    x, w = np.array([[1, 1, 1]]), np.array([[[1, 10, 100]]])
    assert conv_transpose1d(x, w).tolist() == [[1, 11, 111, 110, 100]]
    assert conv_transpose1d(x, w, stride=3).tolist() == [[1, 10, 100] * 3]
