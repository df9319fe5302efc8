"""Depthwise kernels on small images: a banded matrix along the flattened rows.

The idea: with one channel in and out, KH whole input rows lie in memory as one vector, and one
output row is that vector times a banded matrix (KH*W, W') that holds the kernel and, by what it
leaves out, the padding too. The same matrix serves every row and every image of the batch, which
gives the product its rows: nothing is padded, nothing is copied.
Cost: KH * W multiply-adds an output, W / KW times im2col's, at many times its speed on rows this
short; C * KH * W * W' elements of scratch, made for a few channels at a time.
"""

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.lower import out_size, view
from cnnlib.fast.workers import share

CHANNELS = 128


def correlate(x, w, b, stride, padding, dilation, groups):
    """Return the cross-correlation for one channel a group, one output, no dilated height."""
    n, c, height, width = x.shape
    kh, (top, left) = w.shape[2], (padding[0][0], padding[1][0])
    high, wide = out_size(x.shape[2:], w.shape[2:], stride, padding, dilation)
    result = np.empty((n, c, high, wide), x.dtype)
    step, out = x.strides, result.strides
    inner = [i for i in range(high) if 0 <= i * stride[0] - top <= height - kh]

    def task(pieces):
        for piece in pieces:
            part = slice(piece * CHANNELS, min(c, (piece + 1) * CHANNELS))
            some = part.stop - part.start
            matrix = _band(w[part, 0], width, wide, (stride[1], left, dilation[1]))
            for row in range(high):
                first = row * stride[0] - top
                if inner and inner[0] < row <= inner[-1]:
                    continue
                rows = len(inner) if inner and row == inner[0] else 1
                low, end = max(0, first), max(0, first, min(height, first + kh))
                if low >= end:
                    result[:, part, row] = 0
                    continue
                depth = (end - low) * width
                seen = view(
                    x,
                    (some, rows, n, depth),
                    (step[1], stride[0] * step[2], step[0], step[3]),
                    part.start * step[1] + low * step[2],
                )
                target = view(
                    result,
                    (some, rows, n, wide),
                    (out[1], out[2], out[0], out[3]),
                    part.start * out[1] + row * out[2],
                )
                band = matrix[:, None, (low - first) * width : (end - first) * width]
                np.matmul(seen, band, out=target)
            if b is not None:
                result[:, part] += b[part, None, None]

    share(task, -(-c // CHANNELS), result.size * w[0].size)
    return result


def _band(w, width, wide, geometry):
    """Return the matrices (channels, KH*width, wide) of kernels w (channels, KH, KW)."""
    stride, left, dilation = geometry
    some, kh, kw = w.shape
    matrix = scratch.take("band", (some, kh, width, wide), w.dtype)
    matrix[...] = 0
    item = matrix.itemsize
    for tap in range(kw):
        shift = tap * dilation - left
        first = max(0, -(shift // stride))
        count = min(wide, (width - 1 - shift) // stride + 1) - first
        if count > 0:  # a tap lies on one diagonal: `stride` rows further down a column
            start = ((first * stride + shift) * wide + first) * item
            step = (*matrix.strides[:2], (stride * wide + 1) * item)
            view(matrix, (some, kh, count), step, start)[...] = w[:, :, tap, None]
    return matrix.reshape(some, kh * width, wide)
