"""Sizes of poolings and of transposed convolutions: torch's, exhaustively over small numbers."""

from itertools import product

import numpy as np
import pytest
import torch
from torch import nn

from cnnlib import shape
from tests.cnnlib.shape.outputs import ours, torchs


def test_pool_output_size_is_torchs_for_every_small_layer():
    for n, k, s, p, d, up in product(range(1, 8), (1, 2, 3), (1, 2, 3), (0, 1, 2), (1, 2), (0, 1)):
        theirs = torchs(nn.functional.max_pool1d, torch.zeros(1, 1, n), k, s, p, d, bool(up))
        got = ours(shape.pool_output_size, n, k, s, p, d, bool(up))
        assert got == theirs, (n, k, s, p, d, up)


def test_conv_transpose_output_size_is_torchs_for_every_small_layer():
    for n, k, s, p, e, d in product(range(1, 5), (1, 2, 3), (1, 2, 3), (0, 1, 2), (0, 1), (1, 2)):
        x, w = torch.zeros(1, 1, n).double(), torch.zeros(1, 1, k).double()
        theirs = torchs(nn.functional.conv_transpose1d, x, w, None, s, p, e, 1, d)
        got = ours(shape.conv_transpose_output_size, n, k, s, p, e, d)
        assert got == theirs, (n, k, s, p, e, d)


def test_what_is_left_out_is_torchs_default():
    assert shape.pool_output_size(9, 3) == shape.pool_output_size(9, 3, 3, 0, 1, False) == 3
    got = shape.conv_transpose_output_size(4, 3)
    assert got == shape.conv_transpose_output_size(4, 3, 1, 0, 0, 1) == 6


def test_a_stride_may_be_a_number_of_numpy():
    assert shape.pool_output_size(9, 2, np.int64(3)) == 3
    assert shape.pool_output_size((9, 9), 2, ()) == (4, 4)


def test_a_size_of_zero_has_no_window_but_in_its_padding():
    with pytest.raises(ValueError, match=r"^`kernel_size` must fit in the padded input, got 1"):
        shape.pool_output_size(0, 1)
    assert shape.pool_output_size(0, 2, 1, 1) == 1
    assert shape.conv_transpose_output_size(0, 3, padding=0) == 2
    with pytest.raises(ValueError, match=r"^`kernel_size` must be at least 1, got 0"):
        shape.conv_transpose_output_size(3, 0)
