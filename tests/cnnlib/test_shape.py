"""Shape arithmetic against torch, exhaustively over small numbers."""

from itertools import product

import pytest
import torch
from torch import nn

from cnnlib import shape


def torchs(function, *arguments, **options):
    """Return the size that torch gives a row of zeros, or None if it refuses."""
    try:
        return function(*arguments, **options).shape[-1]
    except RuntimeError:
        return None


def ours(function, *arguments, **options):
    try:
        return function(*arguments, **options)
    except ValueError:
        return None


def test_conv_output_size_is_torchs_for_every_small_layer():
    for n, k, s, p, d in product(range(1, 8), (1, 2, 3), (1, 2, 3), (0, 1, 2), (1, 2)):
        x, w = torch.zeros(1, 1, n), torch.zeros(1, 1, k)
        theirs = torchs(nn.functional.conv1d, x, w, stride=s, padding=p, dilation=d)
        assert ours(shape.conv_output_size, n, k, s, p, d) == theirs, (n, k, s, p, d)


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


@pytest.mark.parametrize(
    ("module", "size"),
    [
        (nn.Conv2d(1, 3, 5), (1, 3, 5)),
        (nn.Conv2d(3, 10, (5, 2)), (3, 10, (5, 2))),
        (nn.Conv1d(4, 6, 3, groups=2), (4, 6, (3,), 2)),
        (nn.Conv3d(4, 8, 2, bias=False), (4, 8, (2, 2, 2), 1, False)),
    ],
)
def test_parameters_and_weight_shapes_are_torchs(module, size):
    assert shape.conv_parameters(*size) == sum(p.numel() for p in module.parameters())
    assert shape.weight_shape(*size[:4]) == tuple(module.weight.shape)


@pytest.mark.parametrize("bias", [True, False])
def test_linear_parameters_are_torchs(bias):
    module = nn.Linear(1440, 50, bias=bias)
    assert shape.linear_parameters(1440, 50, bias) == sum(p.numel() for p in module.parameters())


def test_multiply_adds_count_outputs_times_taps():
    assert shape.conv_multiply_adds((1, 1, 5, 5), (1, 1, 3, 3)) == 9 * 9
    assert shape.conv_multiply_adds((1, 64, 56, 56), (64, 64, 3, 3), padding=1) == 115_605_504
    assert shape.conv_multiply_adds((1, 32, 8, 8), (32, 1, 3, 3), padding=1, groups=32) == 18_432


@pytest.mark.parametrize(
    ("layers", "want"),
    [
        ([], 1),
        ([(3, 1)], 3),
        ([(3, 1), (3, 1)], 5),
        ([(3, 1), (3, 1), (3, 1)], 7),
        ([(2, 2), (2, 2)], 4),
        ([(3, 1, 2)], 5),
        ([(3, 1, 1), (3, 1, 2), (3, 1, 4)], 15),
    ],
)
def test_receptive_field(layers, want):
    assert shape.receptive_field(layers) == want


def test_receptive_field_is_how_many_inputs_move_one_output():
    layers = [(3, 2, 1), (2, 2, 1), (3, 1, 2)]
    x = torch.zeros(1, 1, 60, requires_grad=True)
    y = x
    for k, s, d in layers:
        y = nn.functional.conv1d(y, torch.ones(1, 1, k), stride=s, dilation=d)
    y[0, 0, 2].backward()
    touched = x.grad[0, 0].nonzero()[:, 0]
    assert int(touched[-1] - touched[0]) + 1 <= shape.receptive_field(layers)
    assert shape.receptive_field(layers) == 3 + (2 - 1) * 2 + 2 * (3 - 1) * 4
