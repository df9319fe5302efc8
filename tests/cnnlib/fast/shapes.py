"""Layers and arrays that the tests of the fast room share."""

import numpy as np
import torch

from cnnlib.geometry import Geometry

# name: (input, weight, stride, padding, dilation, groups); one of each kind, odd sizes on purpose
LAYERS = {
    "toy": ((1, 1, 5, 5), (1, 1, 3, 3), (1, 1), (0, 0), (1, 1), 1),
    "strided": ((2, 5, 23, 19), (6, 5, 3, 3), (2, 3), (1, 2), (1, 1), 1),
    "dilated": ((2, 24, 17, 21), (25, 24, 3, 3), (1, 1), (3, 2), (3, 2), 1),
    "many channels": ((3, 31, 18, 15), (33, 31, 3, 3), (1, 1), (1, 1), (1, 1), 1),
    "five by five": ((2, 26, 14, 17), (24, 26, 5, 5), (1, 1), (2, 2), (1, 1), 1),
    "one row": ((2, 3, 1, 50), (4, 3, 1, 7), (1, 2), (0, 3), (1, 1), 1),
    "stem": ((2, 3, 45, 51), (17, 3, 7, 7), (2, 2), (3, 3), (1, 1), 1),
    "tall kernel": ((1, 4, 40, 37), (18, 4, 11, 9), (1, 1), (5, 4), (1, 1), 1),
    "large kernel": ((2, 4, 41, 37), (6, 2, 13, 12), (1, 1), (6, 3), (1, 1), 2),
    "depthwise": ((3, 40, 13, 11), (40, 1, 3, 3), (1, 1), (1, 1), (1, 1), 40),
    "depthwise, strided": ((5, 7, 16, 15), (7, 1, 5, 5), (2, 2), (2, 1), (1, 2), 7),
    "depthwise, wide": ((1, 9, 30, 64), (9, 1, 3, 3), (2, 2), (1, 1), (1, 1), 9),
    "grouped": ((2, 12, 21, 33), (8, 3, 3, 3), (1, 1), (1, 0), (1, 1), 4),
    "pointwise": ((2, 19, 23, 29), (70, 19, 1, 1), (1, 1), (0, 0), (1, 1), 1),
    "pointwise, strided": ((2, 12, 23, 29), (6, 6, 1, 1), (2, 3), (1, 0), (1, 1), 2),
    "padding beyond the kernel": ((1, 2, 6, 5), (3, 2, 2, 3), (1, 1), (4, 5), (1, 1), 1),
    "one image": ((1, 1, 70, 300), (1, 1, 9, 9), (1, 1), (4, 4), (1, 1), 1),
    "two outputs": ((1, 1, 31, 90), (2, 1, 3, 3), (1, 1), (1, 1), (1, 1), 1),
}


def arrays(layer, dtype=np.float32, seed=3):
    """Return input, weight and bias of a layer."""
    rng = np.random.default_rng(seed)
    x, w = LAYERS[layer][:2]
    scale = np.prod(w[1:]) ** -0.5
    return (
        rng.standard_normal(x).astype(dtype),
        (rng.standard_normal(w) * scale).astype(dtype),
        rng.standard_normal(w[0]).astype(dtype),
    )


def geometry(layer):
    """Return where a layer's windows lie."""
    x, w, stride, padding, dilation, groups = LAYERS[layer]
    return Geometry(x[2:], w[2:], stride, tuple((p, p) for p in padding), dilation, groups)


def planes(layer):
    """Return the images, and the channels in and out of a group."""
    x, w, *_, groups = LAYERS[layer]
    return x[0], w[1], w[0] // groups


def right(layer, x, w, b):
    """Return torch's answer in float64."""
    stride, padding, dilation, groups = LAYERS[layer][2:]
    x, w, b = (torch.from_numpy(array).double() for array in (x, w, b))
    return torch.nn.functional.conv2d(x, w, b, stride, padding, dilation, groups).numpy()


def error(got, expected):
    """Return the largest error over the largest output."""
    return abs(got - expected).max() / abs(expected).max()
