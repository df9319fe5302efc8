"""Padding, columns, fully connected layers and ReLU as loops."""

import numpy as np
import pytest

from cnnlib import naive


def test_pad_puts_the_last_axis_first_and_cuts_off_below_zero():
    assert naive.pad([[1, 2]], (0, 1, 1, 0), value=9) == [[9, 9, 9], [1, 2, 9]]
    assert naive.pad([[1, 2, 3]], (-1, 1)) == [[2, 3, 0]]


@pytest.mark.parametrize("mode", ["bogus", "zeros", None, ["reflect"]])
def test_pad_refuses_a_mode_that_is_none(mode):
    with pytest.raises(ValueError, match=r"^`mode` must be one of \('constant', "):
        naive.pad([[1, 2]], (1, 1), mode=mode)


def test_unfold_and_fold():
    columns = naive.unfold([[[1, 2, 3], [4, 5, 6]]], (2, 2), padding=(0, 1), stride=(1, 2))
    assert columns == [[0, 2], [1, 3], [0, 5], [4, 6]]
    assert naive.fold(columns, (2, 3), (2, 2), padding=(0, 1), stride=(1, 2)) == (
        [[[1, 2, 3], [4, 5, 6]]]
    )


def test_linear_of_rows_and_of_one_row():
    assert naive.linear([[1, 10], [2, 20]], [[1, 2], [3, 4]], [100, 200]) == [
        [121, 243],
        [142, 286],
    ]
    assert naive.linear([1, 2], [1, 2]) == 5
    assert naive.linear([[1, 2], [3, 4]], [1, 2]) == [5, 11]


def test_linear_refuses_what_the_library_refuses():
    with pytest.raises(ValueError, match=r"^`weight` must have 2 axes \(out, in\) or 1 axis"):
        naive.linear(np.ones(3), np.ones(()))
    with pytest.raises(ValueError, match=r"^`input` has 2 features but `weight` expects 3"):
        naive.linear([1, 2], [[1, 2, 3]])


def test_relu_of_a_number_and_of_an_image():
    assert naive.relu([[-1, 2], [3, -4]]) == [[0, 2], [3, 0]]
    assert naive.relu(np.array(-2.0)).shape == ()
