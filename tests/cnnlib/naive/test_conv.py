"""Convolutions as loops: by hand, so that the oracle leans on nothing."""

import inspect
import re

import numpy as np
import pytest

import cnnlib
from cnnlib import naive


def test_a_filter_reads_to_the_right_and_is_not_turned_round():
    assert naive.conv1d([[1, 2, 3]], [[[1, 10]]]) == [[21, 32]]


def test_a_bias_begins_each_sum():
    assert naive.conv1d([[1, 2]], [[[1]], [[3]]], [100, 200]) == [[101, 102], [203, 206]]


def test_groups_read_their_own_channels():
    x = [[1], [10], [100], [1000]]
    assert naive.conv1d(x, [[[1], [2]], [[3], [4]]], groups=2) == [[21], [4300]]


@pytest.mark.parametrize(
    ("mode", "want"),
    [
        ("zeros", [0, 0, 1, 2, 3, 4, 0, 0]),
        ("reflect", [3, 2, 1, 2, 3, 4, 3, 2]),
        ("replicate", [1, 1, 1, 2, 3, 4, 4, 4]),
        ("circular", [3, 4, 1, 2, 3, 4, 1, 2]),
    ],
)
def test_what_padding_puts_around(mode, want):
    assert naive.conv1d([[1, 2, 3, 4]], [[[1]]], padding=2, padding_mode=mode) == [want]


def test_stride_and_dilation_in_all_three_directions():
    volume = np.arange(2 * 3 * 5).reshape(1, 2, 3, 5)
    taps = np.array([[1, 0], [0, 10]]).reshape(1, 1, 1, 2, 2)
    got = naive.conv3d(volume, taps, stride=(1, 1, 2), dilation=(1, 2, 1))
    assert got.tolist() == [[[[0 + 110, 2 + 130]], [[15 + 260, 17 + 280]]]]


def test_copies_of_a_transposed_filter_add_up_and_the_border_is_cut():
    x = [[1, 10]]
    assert naive.conv_transpose1d(x, [[[1, 2, 3]]]) == [[1, 12, 23, 30]]
    assert naive.conv_transpose1d(x, [[[1, 2, 3]]], padding=1) == [[12, 23]]
    assert naive.conv_transpose1d(x, [[[1, 2, 3]]], padding=1, output_padding=1, stride=2) == (
        [[2, 13, 20, 30]]
    )


def test_a_transposed_bias_stands_where_no_copy_reaches():
    got = naive.conv_transpose1d([[1]], [[[5]]], [100], stride=2, output_padding=1)
    assert got == [[105, 100]]


@pytest.mark.parametrize("name", [n for n in naive.__all__ if n != "correlate2d"])
def test_the_docstring_names_a_function_that_exists(name):
    named = re.findall(r"``cnnlib\.([\w.]+)``", inspect.getdoc(getattr(naive, name)))
    assert set(named) == (set() if name == "inner_product" else {name})
    assert callable(getattr(cnnlib, name))


def test_lists_are_made_alike_and_arrays_are_not():
    assert naive.conv1d([[1, 2]], [[[0.5]]]) == [[0.5, 1.0]]
    with pytest.raises(TypeError, match=r"^`weight` must have the dtype of `input`"):
        naive.conv1d(np.ones((1, 2)), np.ones((1, 1, 1), np.float32))
