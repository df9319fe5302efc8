"""Parameters, multiply-adds and receptive fields: counted by hand, and by torch."""

import pytest
import torch
from torch import nn

from cnnlib import shape


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


def test_what_is_left_out_is_one_group_with_a_bias():
    assert shape.conv_parameters(4, 6, 3) == shape.conv_parameters(4, 6, 3, 1, True) == 6 * 37
    assert shape.weight_shape(4, 6, 3) == shape.weight_shape(4, 6, 3, 1) == (6, 4, 3, 3)
    assert shape.linear_parameters(4, 6) == shape.linear_parameters(4, 6, True) == 30
    given = ((1, 4, 9), (6, 4, 3))
    assert shape.conv_multiply_adds(*given) == shape.conv_multiply_adds(*given, 1, 0, 1, 1)


@pytest.mark.parametrize("layers", [5, None, 3.0])
def test_layers_that_are_no_sequence_are_refused(layers):
    with pytest.raises(TypeError, match=r"^`layers` must be a sequence of \(kernel_size, stride\)"):
        shape.receptive_field(layers)
