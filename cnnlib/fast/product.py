"""Matrix products cut into pieces that the BLAS multiplies without packing.

The idea: before it multiplies, a BLAS copies ("packs") both matrices into the order its kernel
likes. OpenBLAS leaves that out for products of at most 100**3 multiply-adds, whose operands fit
the cache as they lie. Cutting a product into such pieces gains a tenth to a half where its left
matrix is small or its right one narrow; elsewhere packing pays, and the BLAS is left alone. Only
where threads share a layer everything is cut: whole products would queue for the BLAS's own.
Cost: M*K*N multiply-adds, no memory.
Reference: OpenBLAS, interface/gemm.c ("small matrix optimization").

    >>> from cnnlib.fast.product import pieces
    >>> pieces(64, 64, 3136)  # (64, 64) @ (64, 3136), 32 rows and 448 columns at a time
    (32, 448)
    >>> pieces(8, 9, 100)  # small enough as it is
    (8, 100)
"""

from collections.abc import Iterator

import numpy as np

from cnnlib.fast import blocks
from cnnlib.fast.frames import Floats

UNPACKED = 100**3
WIDTH = 64
DEEPEST = 768
"""The longest inner dimension worth cutting; longer sums also round better in a BLAS's parts."""
SMALL = 12_288
"""Elements of a left matrix that stays in the first-level cache."""


def pieces(m: int, k: int, n: int, *, shared: bool = False) -> tuple[int, int]:
    """Return the (rows, columns) of one piece of an (m, k) @ (k, n) product; (m, n) if not cut."""
    pays = shared or k <= WIDTH or n <= WIDTH or m * k <= SMALL
    if m * k * n <= UNPACKED or k > DEEPEST or not pays:
        return m, n
    width = min(n, WIDTH)
    for rows in (32, 16, 8):
        if rows <= m and rows * k * width <= UNPACKED:
            break
    else:
        rows = m
        if rows * k * width > UNPACKED:
            return m, n
    columns = UNPACKED // (rows * k)
    return rows, n if columns >= n else columns // WIDTH * WIDTH


def shareable(work: int, k: int) -> int:
    """Return ``work``, or 0 where sums are so long that the BLAS's own threads must share it."""
    return 0 if k > DEEPEST else work


def multiply(a: Floats, x: Floats, out: Floats) -> Floats:
    """Write ``a @ x`` to `out`; all may have leading axes, which broadcast as in `numpy.matmul`."""
    m, k = a.shape[-2:]
    n = x.shape[-1]
    rows, columns = pieces(m, k, n, shared=blocks.sharing())
    if (rows, columns) == (m, n):
        return np.matmul(a, x, out=out)
    for top, bottom, r in _runs(m, rows):
        left = a[..., top:bottom, :]
        left = left.reshape(*left.shape[:-2], 1, -1, r, k)
        for first, last, c in _runs(n, columns):
            right = x[..., first:last]
            right = right.reshape(*right.shape[:-1], -1, c).swapaxes(-3, -2)[..., None, :, :]
            part = out[..., top:bottom, first:last]
            part = part.reshape(*part.shape[:-2], (bottom - top) // r, r, (last - first) // c, c)
            np.matmul(left, right, out=part.swapaxes(-3, -2).swapaxes(-4, -3))
    return out


def _runs(size: int, step: int) -> Iterator[tuple[int, int, int]]:
    """Yield (start, stop, step) for the whole steps in `size`, then for what is left."""
    whole = size - size % step
    if whole:
        yield 0, whole, step
    if whole < size:
        yield whole, size, size - whole
