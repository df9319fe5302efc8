"""Few channels, large images: lower along the kernel's width only.

The idea: write every input row KW times, each time shifted by one tap. Then rows h .. h+KH of
that block, as they lie, are the matrix of windows of output row h, and neighbouring output rows
share them: KW copies instead of KH*KW. Where a kernel has one or two outputs, a banded weight
(the kernel, once a row further down) gives several output rows in one product.
Cost: ((r-1)*s + KH) / KH times im2col's multiply-adds for r rows; KW copies; BLOCK of scratch.
"""

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.lower import frame, out_size, view
from cnnlib.fast.product import multiply
from cnnlib.fast.workers import at_most, share

BLOCK = 1_000_000


def rows_at_once(outputs, kernel):
    """Return r, how many output rows one product gives."""
    if outputs == 1:
        return 2 if kernel < 8 else 8
    return 2 if outputs < 4 else 1


def banded(w, groups, r, stride):
    """Return the weight as (groups, r*O/g, ((r-1)*stride + KH)*C/g*KW), one band a row."""
    o, c, height, width = w.shape
    o //= groups
    tall = (r - 1) * stride + height
    bands = np.zeros((groups, r, o, tall, c, width), w.dtype)
    kernel = w.reshape(groups, o, c, height, width).swapaxes(2, 3)
    for row in range(r):
        bands[:, row, :, row * stride : row * stride + height] = kernel
    return bands.reshape(groups, 1, r * o, tall * c * width)


def correlate(x, w, b, stride, padding, dilation, groups):
    """Return the cross-correlation for a kernel that is not dilated along the height."""
    n, _c = x.shape[:2]
    (o, c_in, kh, kw), s = w.shape, stride[0]
    high, wide = out_size(x.shape[2:], w.shape[2:], stride, padding, dilation)
    r = min(high, rows_at_once(o // groups, kh))
    weight = banded(w, groups, r, s)
    down = -(-high // r)
    line = c_in * kw * wide
    fit = max(1, min(down, (BLOCK // line - kh) // (r * s)))
    some = max(1, min(groups, BLOCK // (line * ((fit * r - 1) * s + kh)))) if fit == down else 1
    result = np.empty((n, groups, o // groups, high, wide), x.dtype)
    work = result.size * w[0].size
    fit = min(fit, at_most(down, n * groups, work))
    some = min(some, at_most(groups, n, work))
    sources = x.reshape(n, groups, c_in, *x.shape[2:])
    bias = None if b is None else b.reshape(groups, o // groups, 1, 1)
    per_image = -(-groups // some) * -(-down // fit)

    def task(pieces):
        for piece in pieces:
            image, rest = divmod(piece, per_image)
            group, block = divmod(rest, -(-down // fit))
            part = slice(group * some, (group + 1) * some)
            first, last = block * fit, min(down, (block + 1) * fit)
            tall = ((last - first) * r - 1) * s + kh
            start = (first * r * s - padding[0][0], padding[1][0])
            lowered = _lower(sources[image, part], tall, kw, wide, start, stride[1], dilation[1])
            step = lowered.strides
            depth = weight.shape[3]
            seen = (len(lowered), last - first, depth, wide)
            seen = view(lowered, seen, (step[0], r * s * step[1], step[3], step[4]))
            rows = (len(lowered), last - first, weight.shape[2], wide)
            target = result[image, part, :, first * r : last * r]
            if r == 1:
                np.matmul(weight[part], seen, out=target.swapaxes(1, 2))
                if bias is not None:
                    target += bias[part]
                continue
            product = scratch.take("product", rows, x.dtype)
            multiply(weight[part], seen, product)
            _unband(target, product, r, None if bias is None else bias[part])

    share(task, n * per_image, work)
    return result.reshape(n, o, high, wide)


def _lower(x, tall, kw, wide, start, stride, dilation):
    """Return (groups, tall, C/g, KW, wide): the rows of x (groups, C/g, H, W), once a tap."""
    g, c = x.shape[:2]
    lowered = scratch.take("lowered", (g, tall, c, kw, wide), x.dtype)
    for tap in range(kw):
        first, phase = divmod(tap * dilation - start[1], stride)
        target = lowered[:, :, :, tap].swapaxes(1, 2)
        if stride > 1 == dilation and tap >= stride:  # an earlier tap, moved: no strided reads
            target[..., :-1] = lowered[:, :, :, tap - stride, 1:].swapaxes(1, 2)
            target, first = target[..., -1:], first + wide - 1
        frame(target, x[..., phase::stride], (start[0], first))
    return lowered


def _unband(result, product, r, bias):
    """Write result (groups, O/g, rows, W) from product (groups, blocks, r*O/g, W), plus bias."""
    g, blocks, _, wide = product.shape
    bands = product.reshape(g, blocks, r, -1, wide).transpose(0, 3, 1, 2, 4)
    for row in range(r) if result.shape[2] % r else ():
        part = result[:, :, row::r]
        np.add(bands[:, :, : part.shape[2], row], 0 if bias is None else bias, out=part)
    if result.shape[2] % r == 0:
        part = result.reshape(*result.shape[:2], blocks, r, wide)
        np.add(bands, 0 if bias is None else bias[..., None], out=part)
