"""Few channels, large images: lower along the kernel's width only.

The idea: write every input row KW times, each time shifted by one tap. Then rows h .. h+KH of
that block, as they lie, are the matrix of windows of output row h, and neighbouring output rows
share them: KW copies instead of KH*KW. Where a kernel has one or two outputs, a banded weight
(the kernel, once a row further down) gives several output rows in one product.

    banded weight, r = 2, KH = 3          lowered rows (one kernel's width each)
    output row 0   [k0 k1 k2  .]     @    input row 0
    output row 1   [ . k0 k1 k2]          input row 1
                                          input row 2
                                          input row 3
Cost: ((r-1)*s + KH) / KH times im2col's multiply-adds for r rows; KW copies; BLOCK of scratch.
Reference: M. Cho and D. Brand, MEC: Memory-efficient Convolution for Deep Neural Network,
arXiv:1706.06873, which lowers along one axis only; the banded weight is ours.

    >>> import numpy as np
    >>> from cnnlib.fast.bands import banded
    >>> banded(np.array([[[[1.0], [2.0], [3.0]]]]), 1, 2, 1)[0, 0]  # one column, two rows at once
    array([[1., 2., 3., 0.],
           [0., 1., 2., 3.]])
"""

import numpy as np

from cnnlib.fast import blocks, scratch
from cnnlib.fast.frames import Floats, frame, view
from cnnlib.fast.product import multiply
from cnnlib.geometry import Geometry

BLOCK = 1_000_000
"""Elements of the lowered rows that are made at a time."""


def rows_at_once(outputs: int, kernel: int) -> int:
    """Return r, how many output rows one product gives."""
    if outputs == 1:
        return 2 if kernel < 8 else 8
    return 2 if outputs < 4 else 1


def banded(w: Floats, groups: int, r: int, stride: int) -> Floats:
    """Return the weight as (groups, 1, r*O/g, ((r-1)*stride + KH)*C/g*KW), one band a row."""
    o, c, height, width = w.shape
    o //= groups
    tall = (r - 1) * stride + height
    bands = np.zeros((groups, r, o, tall, c, width), w.dtype)
    kernel = w.reshape(groups, o, c, height, width).swapaxes(2, 3)
    for row in range(r):
        bands[:, row, :, row * stride : row * stride + height] = kernel
    return bands.reshape(groups, 1, r * o, tall * c * width)


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation for a kernel that is not dilated along the height."""
    n, (o, c, kh, kw), s, groups = len(x), w.shape, g.stride[0], g.groups
    (high, wide), o = g.out, o // groups
    r = min(high, rows_at_once(o, kh))
    weight, down = banded(w, groups, r, s), -(-high // r)
    result = np.empty((n, groups, o, high, wide), x.dtype)
    sources = x.reshape(n, groups, c, *g.size)
    bias = None if b is None else b.reshape(groups, o, 1, 1)
    line = c * kw * wide
    fit = max(1, min(down, (BLOCK // line - kh) // (r * s)))
    some = BLOCK // (line * ((fit * r - 1) * s + kh)) if fit == down else 1

    def task(images: slice, part: slice, lines: slice) -> None:
        target = result[images.start, part, :, lines.start * r : lines.stop * r]
        tall = ((lines.stop - lines.start) * r - 1) * s + kh
        lowered = _lower(sources[images.start, part], lines.start * r * s, tall, g)
        step, count = lowered.strides, len(lowered)
        seen = (count, lines.stop - lines.start, weight.shape[3], wide)
        seen_ = view(lowered, seen, (step[0], r * s * step[1], step[3], step[4]))
        if r == 1:
            np.matmul(weight[part], seen_, out=target.swapaxes(1, 2))
            if bias is not None:
                target += bias[part]
            return
        product = scratch.take("product", (count, seen[1], r * o, wide), x.dtype)
        multiply(weight[part], seen_, product)
        _unband(target, product, r, None if bias is None else bias[part])

    blocks.share(task, result.size * w[0].size, (n, 1), (groups, some), (down, fit))
    return result.reshape(n, groups * o, high, wide)


def _lower(x: Floats, first: int, tall: int, g: Geometry) -> Floats:
    """Return (groups, tall, C/g, KW, wide): rows of x (groups, C/g, H, W), once a tap."""
    (top, _), (left, _) = g.padding
    (_, kw), (_, stride), (_, dilation), (_, wide) = g.kernel, g.stride, g.dilation, g.out
    lowered = scratch.take("lowered", (len(x), tall, x.shape[1], kw, wide), x.dtype)
    for tap in range(kw):
        start, phase = divmod(tap * dilation - left, stride)
        target = lowered[:, :, :, tap].swapaxes(1, 2)
        if stride > 1 == dilation and tap >= stride:  # an earlier tap, moved: no strided reads
            target[..., :-1] = lowered[:, :, :, tap - stride, 1:].swapaxes(1, 2)
            target, start = target[..., -1:], start + wide - 1
        frame(target, x[..., phase::stride], (first - top, start))
    return lowered


def _unband(result: Floats, product: Floats, r: int, bias: Floats | None) -> None:
    """Write result (groups, O/g, rows, W) from product (groups, blocks, r*O/g, W), plus bias."""
    groups, down, _, wide = product.shape
    bands = product.reshape(groups, down, r, -1, wide).transpose(0, 3, 1, 2, 4)
    if result.shape[2] % r == 0:
        whole = result.reshape(*result.shape[:2], down, r, wide)
        np.add(bands, 0 if bias is None else bias[..., None], out=whole)
        return
    for row in range(r):
        part = result[:, :, row::r]
        np.add(bands[:, :, : part.shape[2], row], 0 if bias is None else bias, out=part)
