"""Depthwise kernels on wide images: multiply the rows as they lie, shift afterwards.

The idea: r output rows read r + KH - 1 neighbouring input rows, which lie in memory as a matrix.
A banded weight of KW*r rows times it gives, for every tap of the kernel's width, what that tap
adds to the r output rows, still in the input's columns. The product is written between columns
of zeros, which so become the padding, and one plane a tap, so that the outputs are the sum of
KW long vectors, each shifted by its tap: nothing is lowered.
Cost: (r + KH - 1) / KH times im2col's multiply-adds, KW additions a column; BLOCK of scratch.
"""

from sys import byteorder

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.bands import banded
from cnnlib.fast.lower import add_bias, out_size, view
from cnnlib.fast.workers import at_most, share

BLOCK = 600_000
ROWS = 2


def correlate(x, w, b, stride, padding, dilation, groups):
    """Return the cross-correlation for one channel a group, one output, no dilated height."""
    n, c, height, width = x.shape
    (kh, kw), s, (top, left) = w.shape[2:], stride[0], (padding[0][0], padding[1][0])
    high, wide = out_size(x.shape[2:], w.shape[2:], stride, padding, dilation)
    result = np.empty((n, c, high, wide), x.dtype)
    r = min(ROWS, high)
    tall = (r - 1) * s + kh
    weight = banded(w, groups, r, s).reshape(c, r, tall, kw).transpose(0, 3, 1, 2)
    weight = np.ascontiguousarray(weight).reshape(c, 1, kw * r, tall)
    down = -(-high // r)
    pitch = max(left + width, (wide - 1) * stride[1] + (kw - 1) * dilation[1] + 1)
    pitch += pitch % 2
    runs = list(_runs(down, r * s, tall, top, height))
    work = result.size * w[0].size
    some = max(1, min(c, BLOCK // (down * kw * r * pitch)))
    some = min(some, at_most(c, n, work))
    pieces = -(-c // some)
    some = -(-c // pieces)
    step = x.strides

    def task(todo):
        planes = scratch.take("product", (kw, r, some, down, pitch), x.dtype)
        planes[..., :left] = 0
        planes[..., left + width :] = 0
        total = scratch.take("total", (r, some, down, pitch), x.dtype)
        inside = planes[..., left : left + width].reshape(kw * r, some, down, width)
        for piece in todo:
            image, part = divmod(piece, pieces)
            part = slice(part * some, min(c, (part + 1) * some))
            count = part.stop - part.start
            planes[:, :, count:] = 0  # what is left there need not be numbers
            for first, last, low, end in runs:
                target = inside[:, :count, first:last].transpose(1, 2, 0, 3)
                if low == end:  # padding and nothing else
                    target[...] = 0
                    continue
                start = first * r * s - top + low
                start = image * step[0] + part.start * step[1] + start * step[2]
                seen = (count, last - first, end - low, width)
                seen = view(x, seen, (step[1], r * s * step[2], step[2], step[3]), start)
                np.matmul(weight[part, ..., low:end], seen, out=target)
            sums = _sum(planes.reshape(kw, -1), total.reshape(-1), dilation[1])
            sums = sums.reshape(total.shape).transpose(1, 2, 0, 3)[:count]
            _place(result[image, part], *_every(sums, stride[1], wide))
            if b is not None:
                add_bias(result[image, part].reshape(count, -1), b[part, None])

    share(task, n * pieces, work)
    return result


def _runs(down, move, tall, top, height):
    """Yield (first, last, low, end): blocks that find input in rows low to end of their `tall`."""
    kept = None
    for block in range(down):
        start = block * move - top
        rows = min(tall, max(0, -start)), max(0, min(tall, height - start))
        rows = rows if rows[0] < rows[1] else (0, 0)
        if kept and kept[2:] == rows:
            kept = (kept[0], block + 1, *rows)
            continue
        if kept:
            yield kept
        kept = (block, block + 1, *rows)
    yield kept


def _sum(planes, total, dilation):
    """Return the sum of planes (KW, size), each read `dilation` further on than the one before."""
    sums = planes[0]
    for tap in range(1, len(planes)):
        reach = len(total) - tap * dilation
        np.add(sums[:reach], planes[tap, tap * dilation :], out=total[:reach])
        sums = total
    return sums


def _every(sums, stride, wide):
    """Return the columns of `sums` that a stride picks, and the type to read them as."""
    if stride == 2 and sums.dtype == np.float32 and byteorder == "little":
        # every second number is the lower half of a longer one: a cast picks it, 2 times faster
        return sums.view(np.uint64)[..., :wide], np.uint32
    return sums[..., : (wide - 1) * stride + 1 : stride], sums.dtype


def _place(result, sums, dtype):
    """Write result (C, H, W) from sums (C, blocks, r, W), whose last block may be cut."""
    c, _, r, wide = sums.shape
    whole = result.shape[1] // r
    target = result.view(dtype)
    rows = target[:, : whole * r].reshape(c, whole, r, wide)
    np.copyto(rows, sums[:, :whole], casting="unsafe")
    if whole * r < result.shape[1]:
        rest = result.shape[1] - whole * r
        np.copyto(target[:, whole * r :], sums[:, whole, :rest], casting="unsafe")
