"""The fuzz's large calls: enough channels and taps for the engine's other strategies."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from tests.cnnlib.backward_calls import gradient_case
from tests.cnnlib.calls import Case, Draw, case, tensors


def larger(draw: Draw) -> dict[str, Any]:
    """Draw a convolution large enough for the engine's other ways: tiles, offsets, spectra."""
    draw.rank, draw.dtype = 2, "float64"
    depthwise, wide, tiled = (draw.chance(chance) for chance in (0.2, 0.5, 0.1))
    channels = draw.whole(24, 34) if wide or depthwise else draw.whole(1, 3)
    kernel = draw.spatial(*((3, 3) if wide else (24, 30) if draw.chance(0.2) else (1, 12)))
    size = tuple(2 * k + draw.whole(8, 16 if wide else 40) for k in kernel)
    if tiled:
        channels, kernel, size = draw.whole(72, 80), (3, 3), (50, 50)
    groups = channels if depthwise else 1
    return {
        "input": draw.array((draw.whole(1, 2), channels, *size), 0.0),
        "weight": draw.array((channels + 8 * (groups == 1), channels // groups, *kernel), 0.0),
        "bias": None,
        "stride": 1 if draw.chance(0.7) else draw.whole(2, 3),
        "padding": draw.whole(0, 3),
        "dilation": 1 if draw.chance(0.8) else 2,
        "groups": groups,
    }


def conv_large(rng: np.random.Generator) -> Case:
    """A convolution of 24 channels and more, or with a kernel of up to 12x12."""
    draw = Draw(rng)
    return case(draw, "conv2d", larger(draw), F.conv2d)


def conv_large_grad(rng: np.random.Generator) -> Case:
    """A gradient of such a convolution."""
    draw = Draw(rng)
    forward = larger(draw)
    name = f"conv2d_{rng.choice(['input', 'weight'])}"
    try:
        shape = tuple(F.conv2d(**tensors(forward)).shape)
    except RuntimeError:
        shape = (1, 1, 1, 1)
    return gradient_case(draw, name, forward, draw.array(shape, 0.0), getattr(torch.nn.grad, name))


LARGE: list[Callable[[np.random.Generator], Case]] = [conv_large, conv_large_grad]
