"""Large kernels: multiply spectra, tile by tile (overlap-save).

The idea: the transform turns a correlation into one product a frequency, whatever the kernel's
size. A tile of n x n samples gives n - K + 1 valid outputs a side; tiles overlap by K - 1, and
the part that wraps around is never computed back. Small tiles keep the cache and cost log(n).
NumPy's float32 transforms are 3 to 4 times faster with ``norm="ortho"`` than without.

    tiles of 8 samples, kernel of 3: 6 outputs each

    input    0 1 2 3 4 5 6 7
                         6 7 8 9 ...          the next tile begins 6 later
    outputs  0 1 2 3 4 5 | 6 7 ...

Cost: (C + O) * tiles + O * C/g transforms of n*n*log(n), O * C/g * tiles * n*n/2 complex products.
One output is a sum over its whole tile: what is not finite there spreads over the tile.
Reference: A. V. Oppenheim and R. W. Schafer, Discrete-Time Signal Processing, section 8.7.3
(overlap-save); M. Mathieu, M. Henaff and Y. LeCun, Fast Training of Convolutional Networks through
FFTs, arXiv:1312.5851.

    >>> import numpy as np
    >>> window, kernel = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 10.0, 0.0, 0.0])
    >>> spectrum = np.fft.rfft(window) * np.fft.rfft(kernel).conj()
    >>> np.fft.irfft(spectrum).round(9)  # 1 + 20, 2 + 30, 3 + 40; the last one wraps around
    array([21., 32., 43., 14.])
"""

from functools import lru_cache
from math import log2, sqrt
from typing import Any

import numpy as np

from cnnlib.fast import blocks
from cnnlib.fast.cost import CALL, Layer
from cnnlib.fast.frames import Floats, frame, windows
from cnnlib.geometry import Axes, Geometry, Part

SIZES = (8, 12, 16, 24, 32, 48, 64, 96, 128, 160, 192, 256, 512, 1024, 2048, 4096)
TOGETHER = 2**21
"""Samples that are transformed together."""


def _sides(g: Geometry, limit: int) -> Axes:
    """Return the tile's size along each axis: ``limit``, or what one tile needs."""
    enough = (
        next((size for size in SIZES if size >= m + r - 1), limit)
        for m, r in zip(g.out, g.reach, strict=True)
    )
    return tuple(
        1 if m == r == 1 else min(limit, size)
        for size, m, r in zip(enough, g.out, g.reach, strict=True)
    )


def _each(g: Geometry, planes: Axes, side: int) -> float:
    """Return the estimated nanoseconds with tiles of ``side`` for ``planes`` N, C, O, C/groups."""
    (tiles, c, o, depth), sides = planes, _sides(g, side)
    if any(s < r for s, r in zip(sides, g.reach, strict=True)):
        return float("inf")
    for m, s, r in zip(g.out, sides, g.reach, strict=True):
        tiles *= -(-m // (s - r + 1))
    area = sides[0] * sides[1]
    transform = area * log2(area) * 0.3 + 1800
    return (tiles * (c + o) + o * depth) * transform + tiles * o * depth * area * 0.25


@lru_cache(maxsize=256)
def tile(g: Geometry, planes: Axes) -> Axes:
    """Return the sides of the cheapest tile."""
    return _sides(g, min(SIZES, key=lambda side: _each(g, planes, side)))


def cost(v: Layer) -> float:
    """Return the estimated nanoseconds."""
    planes = (v.n, v.g.groups * v.c, v.g.groups * v.o, v.c)
    return 40 * CALL + _each(v.g, planes, max(tile(v.g, planes)))


def correlate(x: Floats, w: Floats, b: Floats | None, g: Geometry) -> Floats:
    """Return the cross-correlation for stride 1."""
    (n, c), (o, depth), (high, wide) = x.shape[:2], w.shape[:2], g.out
    sides = tile(g, (n, c, o, depth))
    step = tuple(s - r + 1 for s, r in zip(sides, g.reach, strict=True))
    across = -(-wide // step[1])
    weight = _spectrum(w, g, sides)
    result = np.empty((n, o, high, wide), x.dtype)

    def task(images: slice, tiles: slice) -> None:
        down, top = tiles.stop - tiles.start, tiles.start * step[0]
        size = ((down - 1) * step[0] + sides[0], (across - 1) * step[1] + sides[1])
        padded = np.empty((1, c, *size), x.dtype)
        frame(padded, x[images], (top - g.padding[0][0], -g.padding[1][0]))
        each = Geometry(size, sides, step, ((0, 0), (0, 0)), (1, 1), g.groups)
        seen = windows(padded, each)[0].transpose(0, 1, 4, 5, 2, 3)
        product = _product(np.fft.rfft2(seen, norm="ortho"), weight)
        squares = np.fft.irfft2(product, s=sides, axes=(-2, -1), norm="ortho")
        squares = squares.reshape(o, down, across, *sides)[..., : step[0], : step[1]]
        _place(result[images.start, :, top : tiles.stop * step[0]], squares, b)

    together = TOGETHER // (across * sides[0] * sides[1] * (c + o))
    blocks.share(task, result.size * w[0].size, (n, 1), (-(-high // step[0]), together))
    return result


def _spectrum(w: Floats, g: Geometry, sides: Axes) -> Any:
    """Return the conjugate spectra (*f, g, O/g, C/g); (g, 1, 1, 1, *f) with one channel each."""
    o, c = w.shape[:2]
    spread = np.zeros((o, c, *sides), w.dtype)
    taps: Part = (..., *(slice(0, r, d) for r, d in zip(g.reach, g.dilation, strict=True)))
    spread[taps] = w
    spectrum = np.fft.rfft2(spread, norm="ortho").conj() * w.dtype.type(sqrt(sides[0] * sides[1]))
    spectrum = spectrum.reshape(g.groups, o // g.groups, c, *spectrum.shape[2:])
    if o == g.groups and c == 1:
        return spectrum[:, :, None, None].reshape(g.groups, 1, 1, 1, *spectrum.shape[3:])
    return np.ascontiguousarray(spectrum.transpose(3, 4, 0, 1, 2))


def _product(seen: Any, weight: Any) -> Any:
    """Return the outputs' spectra (O, down, across, *f) from seen (g, C/g, down, across, *f)."""
    if weight.ndim == 6:
        return np.multiply(seen, weight, out=seen)
    groups, c, down, across, *f = seen.shape
    columns = seen.reshape(groups, c, down * across, *f).transpose(3, 4, 0, 1, 2)
    product = weight @ np.ascontiguousarray(columns)
    return np.ascontiguousarray(product.transpose(2, 3, 4, 0, 1)).reshape(-1, down, across, *f)


def _place(result: Floats, tiles: Floats, b: Floats | None) -> None:
    """Write result (O, H, W) from tiles (O, down, across, h, w), cut at the edges, plus bias."""
    _, down, across, tall, wide = tiles.shape
    bias = 0 if b is None else b[:, None, None]
    for i, j in np.ndindex(down, across):
        part = result[:, i * tall : (i + 1) * tall, j * wide : (j + 1) * wide]
        np.add(tiles[:, i, j, : part.shape[1], : part.shape[2]], bias, out=part)
