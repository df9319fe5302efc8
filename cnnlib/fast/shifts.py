"""Depthwise kernels on wide images: multiply the rows as they lie, shift afterwards.

The idea: r output rows read r + KH - 1 neighbouring input rows, which lie in memory as a matrix.
A banded weight of KW*r rows, the kernel once a row further down, times it gives, for every tap of
the kernel's width, what that tap adds to the r output rows, still in the input's columns: one
plane a tap. The planes lie between columns of zeros, which so become the padding, and the outputs
are the sum of KW long vectors, each read one tap further on: nothing is lowered.

    plane of tap 0    0 a a a a 0         output  = tap 0 + tap 1 + tap 2
    plane of tap 1    0 b b b b 0                   0 a a a
    plane of tap 2    0 c c c c 0                   b b b b     read from 1 on
                                                    c c c 0     read from 2 on
Cost: (r + KH - 1) / KH times im2col's multiply-adds, KW additions a column; BLOCK of scratch.
One output's band reads r rows, some times zero: what is not finite there spreads by a row.
Reference: sums of shifted planes as in B. Wu et al., Shift: A Zero FLOP, Zero Parameter Alternative
to Spatial Convolutions, arXiv:1711.08141; the band is ours.

    >>> import numpy as np
    >>> from cnnlib.fast.shifts import add_shifted
    >>> planes = np.array([[0.0, 1, 2, 3, 0], [0, 10, 20, 30, 0], [0, 100, 200, 300, 0]])
    >>> add_shifted(planes, np.empty(5), 1)[:3]  # the last two have not all three taps
    array([210., 321.,  32.])
"""

from sys import byteorder
from threading import get_ident
from typing import Any

import numpy as np

from cnnlib.fast import blocks, scratch
from cnnlib.fast.cost import ADDED, CALL, Layer, moved, product
from cnnlib.fast.frames import Floats, runs, view
from cnnlib.geometry import Geometry

BLOCK = 600_000
"""Elements of the planes that are made at a time."""
ROWS = 4
"""Output rows that one product gives."""


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation for one channel a group, one output, no dilated height."""
    (n, c), kw, wide = x.shape[:2], g.kernel[1], g.out[1]
    result = np.empty((n, c, *g.out), x.dtype)
    r = min(ROWS, g.out[0])
    weight, down, pitch = _weight(w, r, g), -(-g.out[0] // r), _pitch(g)
    framed: dict[int, Any] = {}

    def task(images: slice, channels: slice) -> None:
        source, target = x[images.start, channels], result[images.start, channels]
        planes = scratch.take("planes", (kw, r, len(source), down, pitch), x.dtype)
        if planes.base is None or framed.get(get_ident()) is not planes.base:
            framed[get_ident()] = planes.base  # later blocks, never larger, find the zeros there
            planes[..., : g.padding[1][0]] = 0
            planes[..., g.padding[1][0] + g.size[1] :] = 0
        _multiply(planes, weight[channels], source, g)
        total = scratch.take("total", planes[0].shape, x.dtype)
        sums = add_shifted(planes.reshape(kw, -1), total.reshape(-1), g.dilation[1])
        sums = sums.reshape(total.shape).transpose(1, 2, 0, 3)
        _place(target, *_every(sums, g.stride[1], wide))
        if b is not None:
            target += b[channels, None, None]

    blocks.share(task, result.size * w[0].size, (n, 1), (c, BLOCK // (down * kw * r * pitch)))
    return result


def cost(v: Layer) -> float:
    """Return the estimated nanoseconds."""
    (kh, kw), (high, wide), channels = v.g.kernel, v.g.out, v.n * v.g.groups
    r = min(ROWS, high)
    down = -(-high // r)
    multiplied = product(kw * r, (r - 1) * v.g.stride[0] + kh, v.g.size[1], channels * down)
    planes = kw * down * r * _pitch(v.g)
    added = ADDED * channels * planes * (1.3 if planes < BLOCK else 6)
    calls = 15 + 25 * v.n * max(1, v.g.groups * planes / BLOCK)
    return calls * CALL + multiplied + added + 2 * moved(v.outputs, wide)


def _weight(w: Floats, r: int, g: Geometry) -> Floats:
    """Return the banded weight (C, 1, KW*r, rows read), tap by tap along the width."""
    (kh, kw), s, c = g.kernel, g.stride[0], len(w)
    bands = np.zeros((c, kw, r, (r - 1) * s + kh), w.dtype)
    for row in range(r):
        bands[:, :, row, row * s : row * s + kh] = w[:, 0].swapaxes(1, 2)
    return bands.reshape(c, 1, kw * r, -1)


def _pitch(g: Geometry) -> int:
    """Return the length of a plane's rows: even, and no tap's output reads into the next row."""
    pitch = max(g.padding[1][0] + g.size[1], (g.out[1] - 1) * g.stride[1] + g.reach[1])
    return pitch + pitch % 2


def _multiply(planes: Floats, weight: Floats, x: Floats, g: Geometry) -> None:
    """Fill planes (KW, r, C, down, pitch) between their zeros: the band times the rows of x."""
    kw, r, c, down, _ = planes.shape
    (height, width), left, s = g.size, g.padding[1][0], g.stride[0]
    inside = planes[..., left : left + width].reshape(kw * r, c, down, width)
    plane, line, item = x.strides
    for first, last, low, high in runs(down, r * s, weight.shape[3], g.padding[0][0], height):
        target = inside[:, :, first:last].transpose(1, 2, 0, 3)
        if low == high:  # padding and nothing else
            target[...] = 0
            continue
        start = (first * r * s - g.padding[0][0] + low) * line
        shape, strides = (c, last - first, high - low, width), (plane, r * s * line, line, item)
        seen = view(x, shape, strides, start)
        np.matmul(weight[..., low:high], seen, out=target)


def add_shifted(planes: Floats, total: Floats, dilation: int) -> Floats:
    """Return the sum of planes (KW, size), each read ``dilation`` further on than the last."""
    sums: Floats = planes[0]
    for tap in range(1, len(planes)):
        reach = len(total) - tap * dilation
        np.add(sums[:reach], planes[tap, tap * dilation :], out=total[:reach])
        sums = total
    return sums


def _every(sums: Floats, stride: int, wide: int) -> tuple[Any, Any]:
    """Return the columns of ``sums`` that a stride picks, and the type to read them as."""
    if stride == 2 and sums.dtype == np.float32 and byteorder == "little":
        # every second number is the lower half of a longer one: a cast picks it, 2 times faster
        return sums.view(np.uint64)[..., :wide], np.uint32
    return sums[..., : (wide - 1) * stride + 1 : stride], sums.dtype


def _place(result: Floats, sums: Any, dtype: Any) -> None:
    """Write result (C, H, W) from sums (C, blocks, r, W), whose last block may be cut."""
    c, _, r, wide = sums.shape
    whole = result.shape[1] // r
    target = result.view(dtype)
    rows = target[:, : whole * r].reshape(c, whole, r, wide)
    np.copyto(rows, sums[:, :whole], casting="unsafe")
    if whole * r < result.shape[1]:
        rest = result.shape[1] - whole * r
        np.copyto(target[:, whole * r :], sums[:, whole, :rest], casting="unsafe")
