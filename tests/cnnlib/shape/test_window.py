"""Sizes of poolings and of transposed convolutions: torch's, exhaustively over small numbers."""

from itertools import product

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
