"""The definitions as plain loops: slow, short, and what everything else is tested against."""

from itertools import product
from typing import Any

import numpy as np


def inner_product(a: Any, b: Any) -> Any:
    """Multiply entry by entry and add everything up."""
    total = 0
    for x, y in zip(a, b, strict=True):
        total = total + (inner_product(x, y) if np.ndim(x) else x * y)
    return total


def correlate2d(image: Any, kernel: Any) -> list[list[Any]]:
    """Slide one kernel over one image: the loop that every page starts from."""
    height, width = len(kernel), len(kernel[0])
    rows = range(len(image) - height + 1)
    columns = range(len(image[0]) - width + 1)
    return [
        [inner_product([row[x : x + width] for row in image[y : y + height]], kernel)
         for x in columns]
        for y in rows
    ]


def _convolve(rank, input, weight, bias, stride, padding, dilation, groups, padding_mode):
    from cnnlib import _check, shape
    x, w = np.asarray(input), np.asarray(weight)
    batched = x.ndim == rank + 2
    x = x if batched else x[None]
    steps, spacing = _check.ints("stride", stride, rank, 1), _check.ints("dilation", dilation, rank, 1)
    pads = shape.pads(padding, w.shape[2:], steps, spacing)
    shape_out = shape.conv_output_shape(x.shape, w.shape, stride, padding, dilation, groups)
    mode = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    x = np.pad(x, ((0, 0), (0, 0), *pads), mode[padding_mode])
    out = np.zeros(shape_out, x.dtype)
    depth, filters = w.shape[1], w.shape[0] // groups
    for n, o, *at in np.ndindex(*shape_out):
        total = 0 if bias is None else bias[o]
        for c, *tap in np.ndindex(*w.shape[1:]):
            where = tuple(p * s + t * d for p, s, t, d in zip(at, steps, tap, spacing))
            total = total + x[(n, o // filters * depth + c, *where)] * w[(o, c, *tap)]
        out[(n, o, *at)] = total
    return out if batched else out[0]


def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, *,
           padding_mode="zeros"):
    """Slide every filter along a sequence."""
    return _convolve(1, input, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, *,
           padding_mode="zeros"):
    """Slide every filter over an image."""
    return _convolve(2, input, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, *,
           padding_mode="zeros"):
    """Slide every filter through a volume."""
    return _convolve(3, input, weight, bias, stride, padding, dilation, groups, padding_mode)
