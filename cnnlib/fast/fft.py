"""Large kernels: multiply spectra, tile by tile (overlap-save).

The idea: the transform turns a correlation into one product a frequency, whatever the kernel's
size. A tile of n x n samples gives n - K + 1 valid outputs a side; tiles overlap by K - 1, and
the part that wraps around is never computed back. Small tiles keep the cache and cost log(n).
NumPy's float32 transforms are 3 to 4 times faster with ``norm="ortho"`` than without.
Cost: (C + O) * tiles + O * C/g transforms of n*n*log(n), O * C/g * tiles * n*n/2 complex products.
"""

from math import log2, sqrt

import numpy as np

from cnnlib.fast.lower import frame, out_size, windows
from cnnlib.fast.workers import at_most, share

SIZES = (8, 12, 16, 24, 32, 48, 64, 96, 128, 160, 192, 256, 512, 1024, 2048, 4096)
TOGETHER = 2**21
"""Samples that are transformed together."""


def _sides(out, reach, limit):
    """Return the tile's size along each axis: `limit`, or what one tile needs."""
    enough = (
        (size for size in SIZES if size >= o + k - 1) for o, k in zip(out, reach, strict=True)
    )
    return tuple(
        1 if o == k == 1 else max(min(limit, next(fit, limit)), 1)
        for fit, o, k in zip(enough, out, reach, strict=True)
    )


def cost(x_shape, w_shape, out, reach, side):
    """Return the estimated nanoseconds with tiles of `side`."""
    (n, c), (o, depth) = x_shape[:2], w_shape[:2]
    sides = _sides(out, reach, side)
    if any(s < k for s, k in zip(sides, reach, strict=True)):
        return float("inf")
    tiles = n
    for size, s, k in zip(out, sides, reach, strict=True):
        tiles *= -(-size // (s - k + 1))
    area = sides[0] * sides[1]
    transform = area * log2(area) * 0.2 + 500
    return (tiles * (c + o) + o * depth) * transform + tiles * o * depth * area * 0.1


def tile(x_shape, w_shape, out, reach):
    """Return the sides of the cheapest tile."""
    best = min(SIZES, key=lambda side: cost(x_shape, w_shape, out, reach, side))
    return _sides(out, reach, best)


def correlate(x, w, b, stride, padding, dilation, groups):
    """Return the cross-correlation for stride 1."""
    n, c = x.shape[:2]
    o, _depth = w.shape[:2]
    out = out_size(x.shape[2:], w.shape[2:], stride, padding, dilation)
    reach = tuple(d * (k - 1) + 1 for d, k in zip(dilation, w.shape[2:], strict=True))
    sides = tile(x.shape, w.shape, out, reach)
    step = tuple(s - k + 1 for s, k in zip(sides, reach, strict=True))
    across = -(-out[1] // step[1])
    weight = _spectrum(w, dilation, sides, groups)
    result = np.empty((n, o, *out), x.dtype)
    some = max(1, min(-(-out[0] // step[0]), TOGETHER // (across * sides[0] * sides[1] * (c + o))))
    some = min(some, at_most(-(-out[0] // step[0]), n, result.size * w[0].size))
    blocks = -(-out[0] // (some * step[0]))

    def task(pieces):
        for piece in pieces:
            image, block = divmod(piece, blocks)
            top = block * some * step[0]
            down = min(some, -(-(out[0] - top) // step[0]))
            tall = (down - 1) * step[0] + sides[0]
            padded = np.empty((1, c, tall, (across - 1) * step[1] + sides[1]), x.dtype)
            frame(padded, x[image], (top - padding[0][0], -padding[1][0]))
            seen = windows(padded, sides, step, (1, 1), (down, across), groups)[0]
            seen = seen.transpose(0, 1, 4, 5, 2, 3)  # (groups, C/g, down, across, sides)
            product = _product(np.fft.rfft2(seen, norm="ortho"), weight)
            tiles = np.fft.irfft2(product, s=sides, axes=(-2, -1), norm="ortho")
            tiles = tiles.reshape(o, down, across, *sides)[..., : step[0], : step[1]]
            _place(result[image, :, top : top + down * step[0]], tiles, b)

    share(task, n * blocks, result.size * w[0].size)
    return result


def _spectrum(w, dilation, sides, groups):
    """Return the conjugate spectra (*f, g, O/g, C/g); (g, 1, 1, 1, *f) with one channel each."""
    o, c = w.shape[:2]
    spread = np.zeros((o, c, *sides), w.dtype)
    reach = tuple(slice(0, d * (k - 1) + 1, d) for d, k in zip(dilation, w.shape[2:], strict=True))
    spread[(..., *reach)] = w
    spectrum = np.fft.rfft2(spread, norm="ortho").conj() * w.dtype.type(sqrt(sides[0] * sides[1]))
    spectrum = spectrum.reshape(groups, o // groups, c, *spectrum.shape[2:])
    if o == groups and c == 1:
        return spectrum[:, :, None, None].reshape(groups, 1, 1, 1, *spectrum.shape[3:])
    return np.ascontiguousarray(spectrum.transpose(3, 4, 0, 1, 2))


def _product(seen, weight):
    """Return the outputs' spectra (O, down, across, *f) from seen (g, C/g, down, across, *f)."""
    if weight.ndim == 6:
        return np.multiply(seen, weight, out=seen)
    groups, c, down, across, *f = seen.shape
    columns = seen.reshape(groups, c, down * across, *f).transpose(3, 4, 0, 1, 2)
    product = weight @ np.ascontiguousarray(columns)
    return np.ascontiguousarray(product.transpose(2, 3, 4, 0, 1)).reshape(-1, down, across, *f)


def _place(result, tiles, b):
    """Write result (O, H, W) from tiles (O, down, across, h, w), cut at the edges, plus bias."""
    _o, down, across, tall, wide = tiles.shape
    bias = 0 if b is None else b[:, None, None]
    for i, j in np.ndindex(down, across):
        part = result[:, i * tall : (i + 1) * tall, j * wide : (j + 1) * wide]
        np.add(tiles[:, i, j, : part.shape[1], : part.shape[2]], bias, out=part)
