"""Shape arithmetic against torch, exhaustively over small numbers."""

import re
from itertools import product

import pytest
import torch
from torch import nn

from cnnlib import shape
from tests.cnnlib.shape.outputs import ours, torchs


def test_conv_output_size_is_torchs_for_every_small_layer():
    for n, k, s, p, d in product(range(1, 8), (1, 2, 3), (1, 2, 3), (0, 1, 2), (1, 2)):
        x, w = torch.zeros(1, 1, n), torch.zeros(1, 1, k)
        theirs = torchs(nn.functional.conv1d, x, w, stride=s, padding=p, dilation=d)
        assert ours(shape.conv_output_size, n, k, s, p, d) == theirs, (n, k, s, p, d)


def test_ints_give_an_int_and_tuples_a_tuple():
    assert shape.conv_output_size(28, 5) == 24
    assert shape.conv_output_size((28, 20), 5) == (24, 16)
    assert shape.conv_output_size(28, (5, 3)) == (24, 26)
    assert shape.pool_output_size((28, 20), 2) == (14, 10)
    assert shape.same_padding((3, 4)) == ((1, 1), (1, 2))


def test_padding_may_differ_before_and_after():
    assert shape.conv_output_size((5, 5), 3, padding=((2, 1), (1, 1))) == (6, 5)
    assert shape.conv_output_size((5,), 3, padding=((2, 1),)) == (6,)


def test_same_keeps_every_size_and_valid_adds_nothing():
    for n, k, d in product(range(1, 9), range(1, 6), (1, 2, 3)):
        assert shape.conv_output_size(n, k, padding="same", dilation=d) == n
    assert shape.conv_output_size((7, 7), 3, padding="valid") == (5, 5)


def test_a_division_with_a_remainder_drops_it():
    assert [shape.conv_output_size(n, 3, stride=2) for n in (7, 8, 9)] == [3, 3, 4]


@pytest.mark.parametrize(
    ("x", "w", "options", "want"),
    [
        ((10, 1, 20, 20), (3, 1, 5, 5), {}, (10, 3, 16, 16)),
        ((10, 3, 16, 16), (10, 3, 5, 5), {}, (10, 10, 12, 12)),
        ((4, 9), (8, 2, 3), {"groups": 2, "padding": 1}, (8, 9)),
        ((1, 3, 224, 224), (64, 3, 7, 7), {"stride": 2, "padding": 3}, (1, 64, 112, 112)),
        ((2, 1, 8, 9, 10), (1, 1, 2, 3, 4), {"stride": (1, 2, 3)}, (2, 1, 7, 4, 3)),
    ],
)
def test_conv_output_shape(x, w, options, want):
    assert shape.conv_output_shape(x, w, **options) == want
    with torch.no_grad():
        f = getattr(nn.functional, f"conv{len(w) - 2}d")
        assert tuple(f(torch.zeros(x), torch.zeros(w), **options).shape) == want


def test_sizes_of_zero_where_torch_takes_them():
    assert shape.conv_output_shape((0, 3, 5, 5), (4, 3, 3, 3)) == (0, 4, 3, 3)
    assert shape.conv_output_shape((2, 0, 5, 5), (4, 0, 3, 3)) == (2, 0, 3, 3)
    assert shape.conv_output_shape((0, 5), (4, 0, 3)) == (0, 3)
    assert shape.conv_output_size(0, 1, padding=1) == 2


@pytest.mark.parametrize(
    ("x", "w", "said"),
    [
        ((1, 3, 0, 5), (4, 3, 3, 3), "`input` must have no empty axis but the batch and the chan"),
        ((1, 3, 5, 5), (4, 3, 0, 3), "`kernel_size` must be at least 1, got (0, 3)"),
        ((1, 3, 5, 5), (0, 3, 3, 3), "`weight` must have a positive multiple of groups=1 filters"),
        ((1, 3, -5, 5), (4, 3, 3, 3), "`input_shape` must be at least 0, got -5"),
    ],
)
def test_sizes_of_zero_where_there_is_no_output(x, w, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}"):
        shape.conv_output_shape(x, w)


def test_what_is_left_out_is_one_step_no_padding_no_gap_one_group():
    assert shape.conv_output_size(9, 3) == shape.conv_output_size(9, 3, 1, 0, 1) == 7
    whole = ((2, 4, 9), (6, 4, 3))
    assert shape.conv_output_shape(*whole) == shape.conv_output_shape(*whole, 1, 0, 1, 1)
    assert shape.same_padding(4) == shape.same_padding(4, 1) == (1, 2)
