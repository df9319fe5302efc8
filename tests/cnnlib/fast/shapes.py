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


def windows(size, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return the geometry of an image's layer; padding is one number an axis or (before, after)."""
    pairs = tuple(p if isinstance(p, tuple) else (p, p) for p in padding)
    return Geometry(size, kernel, stride, pairs, dilation, groups)


def ramps(g, n=2, c=1, o=1):
    """Return input, weight and bias of small whole numbers that differ from their neighbours."""
    x = np.arange(n * c * g.groups * np.prod(g.size)).reshape(n, c * g.groups, *g.size) % 23
    w = np.arange(o * g.groups * c * np.prod(g.kernel)).reshape(o * g.groups, c, *g.kernel) % 7 - 2
    return x.astype(float), w.astype(float), 10.0 * np.arange(o * g.groups)


def definition(x, w, b, g):
    """Return the cross-correlation, tap by tap, with sizes counted here and not by the library."""
    n, (o, depth) = len(x), w.shape[:2]
    padded = np.pad(x, ((0, 0), (0, 0), *g.padding))
    reach = [d * (k - 1) + 1 for k, d in zip(g.kernel, g.dilation, strict=True)]
    fits = [
        len(range(0, m - r + 1, s))
        for m, r, s in zip(padded.shape[2:], reach, g.stride, strict=True)
    ]
    out = np.zeros((n, o, *fits))
    for filter_ in range(o):
        first = filter_ // (o // g.groups) * depth
        for channel, *tap in np.ndindex(*w.shape[1:]):
            at = zip(tap, g.dilation, g.stride, fits, strict=True)
            seen = [slice(t * d, t * d + (m - 1) * s + 1, s) for t, d, s, m in at]
            part = padded[(slice(None), first + channel, *seen)]
            out[:, filter_] += part * w[(filter_, channel, *tap)]
    return out if b is None else out + b.reshape(-1, *(1,) * len(g.size))


def as_defined(run, g, **planes):
    """Assert that a strategy gives the definition's numbers, with and without a bias."""
    x, w, b = ramps(g, **planes)
    for bias in (b, None):
        got = run(x, w, bias, g)
        np.testing.assert_allclose(got, definition(x, w, bias, g), rtol=0, atol=1e-9)
