"""Depthwise kernels on small images: a banded matrix along the flattened rows.

The idea: with one channel in and out, KH whole input rows lie in memory as one vector, and one
output row is that vector times a banded matrix (KH*W, W') that holds the kernel and, by what it
leaves out, the padding too. The same matrix serves every row and every image of the batch, which
gives the product its rows: nothing is padded, nothing is copied.

    kernel row p q r on rows of 4, padding 1         outputs  0 1 2 3
                                              input 0         q p . .
                                              input 1         r q p .
                                              input 2         . r q p
                                              input 3         . . r q

Cost: KH * W multiply-adds an output, W / KW times im2col's, at many times its speed on rows this
short; C * KH * W * W' elements of scratch, made for a few channels at a time.
One output reads whole rows, times zero: what is not finite there spreads along the row.
Reference: a convolution as a product with a banded Toeplitz matrix: G. Strang, Linear Algebra and
Learning from Data, section VII.2.

    >>> import numpy as np
    >>> from cnnlib.fast.depthwise import band
    >>> from cnnlib.geometry import Geometry
    >>> g = Geometry((1, 4), (1, 3), (1, 1), ((0, 0), (1, 1)), (1, 1))
    >>> band(np.array([[[1.0, 2.0, 3.0]]]), g)[0]
    array([[2., 1., 0., 0.],
           [3., 2., 1., 0.],
           [0., 3., 2., 1.],
           [0., 0., 3., 2.]])
"""

import numpy as np

from cnnlib.fast import blocks, scratch
from cnnlib.fast.cost import ADDED, CALL, Layer, product
from cnnlib.fast.frames import Floats, runs, view
from cnnlib.geometry import Geometry

CHANNELS = 128
"""Channels whose matrices are made at a time."""


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation for one channel a group, one output, no dilated height."""
    n, c = x.shape[:2]
    result = np.empty((n, c, *g.out), x.dtype)
    top, stride = g.padding[0][0], g.stride[0]
    found = runs(g.out[0], stride, g.kernel[0], top, g.size[0])

    def task(channels: slice) -> None:
        matrix = band(w[channels, 0], g)
        for start, stop, low, high in found:
            target = _lines(result, channels, slice(start, stop), g.out[1])
            if low == high:  # padding and nothing else
                target[...] = 0
                continue
            first = start * stride - top + low
            rows = slice(first, first + stop - start)
            seen = _lines(x, channels, rows, (high - low) * g.size[1], stride)
            part = slice(low * g.size[1], high * g.size[1])
            np.matmul(seen, matrix[:, None, part], out=target)
        if b is not None:
            result[:, channels] += b[channels, None, None]

    blocks.share(task, result.size * w[0].size, (c, CHANNELS))
    return result


def cost(v: Layer) -> float:
    """Return the estimated nanoseconds."""
    (kh, _), (_, width), (high, wide), channels = v.g.kernel, v.g.size, v.g.out, v.g.groups
    multiplied = product(v.n, kh * width, wide, channels * high)
    return 40 * CALL + multiplied + 0.05 * channels * kh * width * wide + ADDED * v.outputs


def _lines(x: Floats, channels: slice, rows: slice, length: int, stride: int = 1) -> Floats:
    """Return the view (channels, rows, N, length) of x (N, C, H, W) from each row's start on."""
    image, plane, line, item = x.strides
    shape = (channels.stop - channels.start, rows.stop - rows.start, len(x), length)
    start = channels.start * plane + rows.start * line
    return view(x, shape, (plane, stride * line, image, item), start)


def band(w: Floats, g: Geometry) -> Floats:
    """Return the matrices (channels, KH*width, out) of kernels w (channels, KH, KW)."""
    (_, width), (_, wide), (_, stride), left = g.size, g.out, g.stride, g.padding[1][0]
    some, kh, kw = w.shape
    matrix = scratch.take("band", (some, kh, width, wide), w.dtype)
    matrix[...] = 0
    for tap in range(kw):
        shift = tap * g.dilation[1] - left
        first = max(0, -(shift // stride))
        count = min(wide, (width - 1 - shift) // stride + 1) - first
        if count > 0:  # a tap lies on one diagonal: ``stride`` rows further down a column
            start = ((first * stride + shift) * wide + first) * matrix.itemsize
            step = (*matrix.strides[:2], (stride * wide + 1) * matrix.itemsize)
            view(matrix, (some, kh, count), step, start)[...] = w[:, :, tap, None]
    return matrix.reshape(some, kh * width, wide)
