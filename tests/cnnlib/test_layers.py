"""Layers of integers against torch.nn's layers of numbers."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnlib import layers
from cnnlib.layers import AvgPool2d, Conv1d, Conv2d, Conv3d, Flatten, Linear, MaxPool2d, ReLU, trace

PAIRS = [
    (Conv1d(4, 6, 3, groups=2), nn.Conv1d(4, 6, 3, groups=2), (2, 4, 9)),
    (
        Conv2d(3, 8, (3, 5), stride=2, padding=(1, 2)),
        nn.Conv2d(3, 8, (3, 5), stride=2, padding=(1, 2)),
        (2, 3, 9, 11),
    ),
    (
        Conv2d(3, 8, 3, padding="same", dilation=2),
        nn.Conv2d(3, 8, 3, padding="same", dilation=2),
        (3, 9, 9),
    ),
    (Conv3d(1, 2, 2, bias=False), nn.Conv3d(1, 2, 2, bias=False), (1, 1, 4, 5, 6)),
    (MaxPool2d(3, 2, 1, ceil_mode=True), nn.MaxPool2d(3, 2, 1, ceil_mode=True), (2, 3, 8, 9)),
    (AvgPool2d((2, 3)), nn.AvgPool2d((2, 3)), (2, 3, 8, 9)),
    (ReLU(), nn.ReLU(), (2, 3)),
    (Flatten(), nn.Flatten(), (2, 3, 4, 5)),
    (Flatten(0, 1), nn.Flatten(0, 1), (2, 3, 4, 5)),
    (Linear(5, 7), nn.Linear(5, 7), (2, 3, 5)),
    (Linear(5, 7, bias=False), nn.Linear(5, 7, bias=False), (5,)),
]


@pytest.mark.parametrize(("ours", "theirs", "size"), PAIRS, ids=lambda v: str(v)[:40])
def test_shapes_and_parameters_are_torchs(ours, theirs, size):
    assert ours.output_shape(size) == tuple(theirs(torch.zeros(size)).shape)
    assert ours.parameters() == sum(p.numel() for p in theirs.parameters())


HOMEWORK = {
    "conv1": Conv2d(1, 3, kernel_size=5),
    "relu1": ReLU(),
    "conv2": Conv2d(3, 10, kernel_size=5),
    "relu2": ReLU(),
    "flatten": Flatten(),
    "fc1": Linear(1440, 50),
    "relu3": ReLU(),
    "fc2": Linear(50, 10),
}


def test_the_homework_network_step_by_step():
    rows = trace((10, 1, 20, 20), HOMEWORK)
    assert [row.name for row in rows] == list(HOMEWORK)
    assert [row.output_shape for row in rows] == [
        (10, 3, 16, 16),
        (10, 3, 16, 16),
        (10, 10, 12, 12),
        (10, 10, 12, 12),
        (10, 1440),
        (10, 50),
        (10, 50),
        (10, 10),
    ]
    assert [row.parameters for row in rows] == [78, 0, 760, 0, 0, 72_050, 0, 510]
    assert [row.multiply_adds for row in rows] == [192_000, 0, 1_080_000, 0, 0, 720_000, 0, 5_000]
    assert [row.receptive_field for row in rows] == [
        (5, 5),
        (5, 5),
        (9, 9),
        (9, 9),
        None,
        None,
        None,
        None,
    ]


def test_layers_without_names_are_counted():
    rows = trace((3, 8, 8), [Conv2d(3, 4, 3), MaxPool2d(2), AvgPool2d((1, 3), 1)])
    assert [row.name for row in rows] == ["0", "1", "2"]
    assert [row.receptive_field for row in rows] == [(3, 3), (4, 4), (4, 8)]


def test_a_layer_is_a_value():
    assert Conv2d(1, 3, 5) == Conv2d(1, 3, 5) != Conv2d(1, 3, 3)
    assert Conv1d(1, 3, 5) != Conv2d(1, 3, 5)
    assert len({Conv2d(1, 3, 5), Conv2d(1, 3, 5)}) == 1
    with pytest.raises(AttributeError):
        Conv2d(1, 3, 5).stride = 2  # type: ignore[misc]


def test_every_layer_is_found_by_name():
    for name in (
        "Conv1d",
        "Conv2d",
        "Conv3d",
        "MaxPool2d",
        "AvgPool2d",
        "ReLU",
        "Flatten",
        "Linear",
    ):
        assert getattr(layers, name).__doc__


def test_a_pooling_takes_numpys_numbers():
    stride = np.int64(2)
    assert MaxPool2d(3, stride).output_shape((1, 7, 7)) == (1, 3, 3)
    assert AvgPool2d(3, stride).output_shape((1, 7, 7)) == (1, 3, 3)
    assert MaxPool2d(3, stride).window() == [(3, 2, 1)] * 2


@pytest.mark.parametrize("layer", [MaxPool2d(2), AvgPool2d(2)])
@pytest.mark.parametrize("size", [(4,), (4, 4), (1, 1, 1, 4, 4)])
def test_a_pooling_refuses_what_is_no_image(layer, size):
    with pytest.raises(ValueError, match=r"^`input` must have 4 axes \(N, C, H, W\) or 3 axes"):
        layer.output_shape(size)


@pytest.mark.parametrize("layers", [5, None])
def test_a_trace_of_no_layers_is_refused(layers):
    with pytest.raises(TypeError, match=r"^`layers` must be a dict or a list of layers, got "):
        trace((1, 4, 4), layers)
