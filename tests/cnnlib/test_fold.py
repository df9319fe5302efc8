"""unfold and fold: against torch and the loops."""

import numpy as np
import pytest

from cnnlib import conv2d, fold, unfold
from tests.cnnlib.oracle import agree, check, numbers

WINDOWS = [
    {"kernel_size": 2},
    {"kernel_size": (2, 3), "stride": 2},
    {"kernel_size": 2, "dilation": 2, "padding": 1},
    {"kernel_size": (3, 1), "padding": (1, 0), "stride": (2, 1)},
]


@pytest.mark.parametrize("options", WINDOWS, ids=str)
@pytest.mark.parametrize("batch", [(2,), ()])
def test_unfold_is_torchs(options, batch):
    check("unfold", numbers(*batch, 3, 6, 7), **options)


@pytest.mark.parametrize("options", WINDOWS, ids=str)
@pytest.mark.parametrize("batch", [(2,), ()])
def test_fold_is_torchs(options, batch):
    columns = unfold(numbers(*batch, 3, 6, 7), **options)
    check("fold", columns, (6, 7), **options)


@pytest.mark.parametrize("options", WINDOWS, ids=str)
def test_fold_is_the_transpose_of_unfold(options):
    x = numbers(2, 3, 6, 7)
    columns = unfold(x, **options)
    other = numbers(*columns.shape, seed=1)
    agree(np.sum(columns * other), np.sum(x * fold(other, (6, 7), **options)))


def test_a_convolution_is_one_matrix_product_with_the_columns():
    x, w = numbers(2, 3, 6, 7), numbers(5, 3, 2, 3, seed=1)
    product = w.reshape(5, -1) @ unfold(x, (2, 3), stride=2)
    agree(product.reshape(2, 5, 3, 3), conv2d(x, w, stride=2))


def test_whole_numbers_are_columns_too():
    assert unfold(np.arange(4).reshape(1, 2, 2), 2).ravel().tolist() == [0, 1, 2, 3]
    assert fold(np.ones((4, 1), int), 2, 2).tolist() == [[[1, 1], [1, 1]]]


def test_an_empty_batch():
    assert check("unfold", numbers(0, 3, 6, 7), 2).shape == (0, 12, 30)


def test_fold_of_an_empty_batch_and_of_nothing_else():
    assert check("fold", numbers(0, 12, 30), (6, 7), 2).shape == (0, 3, 6, 7)
    for shape in [(0, 9), (4, 0), (2, 0, 9), (2, 4, 0)]:
        with pytest.raises(ValueError, match=r"^`input` must have no empty axis but the batch"):
            fold(np.ones(shape), 3, 1)


def test_a_lone_output_size_does_not_count_for_both_axes_as_in_torch():
    with pytest.raises(ValueError, match=r"^`output_size` must be an int or a tuple of 2 ints"):
        fold(np.ones((4, 4)), (3,), 2)


@pytest.mark.parametrize("argument", ["output_size", "kernel_size", "stride", "dilation"])
@pytest.mark.parametrize("zero", [0, (0, 1), (1, 0)])
def test_no_size_may_be_zero(argument, zero):
    given = {"output_size": 3, "kernel_size": 1, argument: zero}
    with pytest.raises(ValueError, match=rf"^`{argument}` must be at least 1, got "):
        fold(np.ones((1, 9)), **given)
    if argument != "output_size":
        with pytest.raises(ValueError, match=rf"^`{argument}` must be at least 1, got "):
            unfold(np.ones((1, 3, 3)), **{"kernel_size": 1, argument: zero})
