"""One long row: a tap along the width is an offset, whose products are shifted afterwards.

The idea: with zeros between its rows an image is one long row, and so is a whole batch. The rows
that a kernel's height sees are lowered by KH long copies; one product then gives, for every tap
along the width, what it adds to all the outputs, and the outputs are the sum of those KW rows,
each read one tap further on. im2col makes KH * KW copies instead, in runs of one output row.

    lowered      row 0 of every window  0 a a a 0 a a a 0         planes    tap 0    p p p p p p
                 row 1                  0 b b b 0 b b b 0    ->             tap 1      q q q q q q
                 row 2                  0 c c c 0 c c c 0                   tap 2        r r r r r r

A stride gives every phase of the columns its own taps, and rows that are phases too (``phases``);
a dilation only sets the offsets further apart.
Cost: the multiply-adds of the layer, and one column of zeros a row; KH*C + KW*O copies or additions
a position; BLOCK elements of scratch.
Reference: A. Anderson et al., Low-memory GEMM-based convolution algorithms for deep neural
networks, arXiv:1709.03395, whose products are shifted along both axes.

    >>> import numpy as np
    >>> from cnnlib.fast.offsets import correlate
    >>> from cnnlib.geometry import Geometry
    >>> g = Geometry((1, 4), (1, 3), (1, 1), ((0, 0), (1, 1)), (1, 1))
    >>> x, w = np.array([[[[1.0, 2.0, 3.0, 4.0]]]]), np.array([[[[1.0, 10.0, 100.0]]]])
    >>> correlate(x, w, None, g)  # 10 + 200, 1 + 20 + 300, 2 + 30 + 400, 3 + 40
    array([[[[210., 321., 432.,  43.]]]])
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import prod
from typing import NamedTuple

import numpy as np

from cnnlib.fast import blocks, scratch
from cnnlib.fast.cost import ADDED, CALL, Layer, moved, product
from cnnlib.fast.frames import Floats
from cnnlib.fast.phases import places, split
from cnnlib.fast.product import multiply, shareable
from cnnlib.geometry import Geometry

BLOCK = 500_000
"""Elements of the lowered rows and the planes that are made at a time."""


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation of images."""
    n, (o, c, kh, kw), (high, wide), groups = len(x), w.shape, g.out, g.groups
    o, row = o // groups, row_of(g)
    result = np.empty((n, groups, o, high, wide), x.dtype)
    bias = 0 if b is None else b.reshape(groups, o, 1, 1)
    kernel = np.moveaxis(w.reshape(groups, o, c * kh, kw), -1, 1)
    weights = {
        phase: np.ascontiguousarray(kernel[:, list(taps)]).reshape(groups, -1, c * kh)
        for phase, taps in row.across.items()
    }

    def task(images: slice, lines: slice) -> None:
        count, rows = images.stop - images.start, lines.stop - lines.start
        flat, sums = count * rows * row.pitch, None
        total = scratch.take("total", (groups, o, flat), x.dtype)
        for phase, lowered in row.lower(x[images], lines, g):
            shape = (groups, weights[phase].shape[1], lowered.shape[2])
            planes = scratch.take(f"planes {phase}", shape, x.dtype)
            multiply(weights[phase], lowered, planes)
            for place, offset in enumerate(row.across[phase].values()):
                part = planes[:, place * o : (place + 1) * o, offset : offset + flat]
                sums = part if sums is None else np.add(sums, part, out=total)
        seen = np.asarray(sums).reshape(groups, o, count, rows, row.pitch)[..., :wide]
        np.add(seen.transpose(2, 0, 1, 3, 4), bias, out=result[images, :, :, lines])

    row.share(task, n, c, o, g)
    return result.reshape(n, groups * o, high, wide)


def cost(v: Layer) -> float:
    """Return the estimated nanoseconds."""
    (kh, kw), (high, wide), groups, row = v.g.kernel, v.g.out, v.g.groups, row_of(v.g)
    flat, phases = v.n * high * row.pitch, prod(v.g.stride)
    framed = v.inputs * (high + row.down[-1][1]) * row.pitch * phases
    parts, meets = max(1, flat * groups * (v.c * kh + kw * v.o) / BLOCK), len(row.across)
    lowered = moved(framed, row.pitch) + meets * moved(kh * groups * v.c * flat, high * row.pitch)
    lowered += 0.8 * groups * v.o * v.c * v.taps + (0.8 * framed if phases > 1 else 0)
    multiplied = meets * product(kw * v.o / meets, kh * v.c, flat / parts, groups * parts)
    added = ADDED * kw * groups * v.o * flat + moved(v.outputs, wide)
    calls = 20 + 9 * phases + parts * (12 + 4 * kh + 2 * kw)
    return calls * CALL + lowered + multiplied + added


class Row(NamedTuple):
    """How an image becomes one long row."""

    pitch: int
    """The length of an image row and the zeros behind it, which pad the next row too."""
    down: list[tuple[int, int]]
    """Where each tap along the height reads: (phase, row of that phase)."""
    across: dict[int, dict[int, int]]
    """Along the width: {phase: {tap: pixel of that phase}}."""
    spill: int
    """How far the last tap reaches beyond the last output."""

    def lower(self, x: Floats, lines: slice, g: Geometry) -> Iterator[tuple[int, Floats]]:
        """Yield (phase, rows (groups, C/g*KH, positions and a few)) for output ``lines`` of x."""
        n, c, kh, rows = len(x), x.shape[1] // g.groups, g.kernel[0], lines.stop - lines.start
        start = (lines.start * g.stride[0] - g.padding[0][0], -g.padding[1][0])
        parts = split(x, g.stride, start, (rows + self.down[-1][1], self.pitch))
        parts = parts.reshape(*g.stride, n, g.groups, c, -1, self.pitch)
        flat = n * rows * self.pitch
        lowered = scratch.take("lowered", (g.groups, c, kh, flat + self.spill), x.dtype)
        lowered[..., flat:] = 0
        target = lowered[..., :flat].reshape(g.groups, c, kh, n, rows, self.pitch)
        for phase in self.across:
            for tap, (odd, first) in enumerate(self.down):
                seen = parts[odd, phase, ..., first : first + rows, :]
                target[:, :, tap] = seen.transpose(1, 2, 0, 3, 4)
            yield phase, lowered.reshape(g.groups, c * kh, -1)

    def share(self, task: Callable[..., None], n: int, c: int, o: int, g: Geometry) -> None:
        """Call ``task`` with images and output rows, as many as fit a block."""
        (kh, kw), high = g.kernel, g.out[0]
        fit = BLOCK // (self.pitch * g.groups * (c * kh + kw * o))
        work = shareable(n * g.groups * o * c * kh * kw * g.positions, c * kh)
        blocks.share(task, work, (n, fit // high), (high, fit))


@lru_cache(maxsize=256)
def row_of(g: Geometry) -> Row:
    """Return how the images of a layer become rows."""
    left, size, stride, wide = g.padding[1][0], g.size[1], g.stride[1], g.out[1]
    across: dict[int, dict[int, int]] = {}
    for tap, (phase, pixel) in enumerate(places(g.kernel[1], stride, g.dilation[1])):
        across.setdefault(phase, {})[tap] = pixel
    spill = (g.reach[1] - 1) // stride
    pitch = max(-(-(left + size) // stride), wide + spill - left // stride, wide)
    return Row(pitch, places(g.kernel[0], g.stride[0], g.dilation[0]), across, spill)
