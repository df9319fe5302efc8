"""The three sums of a convolution layer, written once in slices and matrix products.

They run on NumPy arrays and on torch tensors (with autograd, on any device), since they use only
what the array API standard has.  The arguments are already checked, as in ``cnnlib.fast``:
x (N, C, *size), w (O, C/groups, *kernel), tuples with one entry an axis, padding in pairs.
"""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

from cnnlib._check import Array
from cnnlib.pad import pad_constant
from cnnlib.shape.convolution import Pads, positions

Axes = tuple[int, ...]


def taps(kernel: Axes, out: Axes, stride: Axes, dilation: Axes) -> Iterator[tuple[Any, ...]]:
    """Yield, tap by tap, the part of a padded input that this tap meets as the window moves."""
    for tap in product(*map(range, kernel)):
        starts = (k * d for k, d in zip(tap, dilation, strict=True))
        yield (
            ...,
            *(
                slice(start, start + m * s, s)
                for start, m, s in zip(starts, out, stride, strict=True)
            ),
        )


def columns(xp: Any, x: Array, kernel: Axes, stride: Axes, padding: Pads, dilation: Axes) -> Array:
    """Return every window as a column: (N, C, taps, positions), a copy."""
    out = positions(tuple(x.shape[2:]), kernel, stride, padding, dilation)
    padded = pad_constant(xp, x, ((0, 0), (0, 0), *padding), 0)
    seen = [padded[part] for part in taps(kernel, out, stride, dilation)]
    return xp.reshape(xp.stack(seen, axis=2), (*x.shape[:2], len(seen), prod(out)))


def spread(
    xp: Any,
    cols: Array,
    size: Axes,
    kernel: Axes,
    stride: Axes,
    padding: Pads,
    dilation: Axes,
    out: Axes,
) -> Array:
    """Add every column (N, C, taps, positions) back to where ``columns`` read it: (N, C, *size)."""
    around = tuple(n + before + after for n, (before, after) in zip(size, padding, strict=True))
    cols = xp.reshape(cols, (*cols.shape[:3], *out))
    padded = xp.zeros((*cols.shape[:2], *around), dtype=cols.dtype, device=cols.device)
    for tap, part in enumerate(taps(kernel, out, stride, dilation)):
        padded[part] += cols[:, :, tap, ...]
    inside = (slice(before, before + n) for n, (before, _) in zip(size, padding, strict=True))
    return padded[(..., *inside)]


def correlate(
    xp: Any,
    x: Array,
    w: Array,
    b: Array | None,
    stride: Axes,
    padding: Pads,
    dilation: Axes,
    groups: int,
) -> Array:
    """Return the cross-correlation (N, O, *out): one matrix product for each group."""
    kernel = tuple(w.shape[2:])
    out = positions(tuple(x.shape[2:]), kernel, stride, padding, dilation)
    cols = columns(xp, x, kernel, stride, padding, dilation)
    taps_in = prod(w.shape[1:])
    cols = xp.reshape(cols, (x.shape[0], groups, taps_in, prod(out)))
    rows = xp.reshape(w, (groups, w.shape[0] // groups, taps_in))
    result = xp.reshape(xp.matmul(rows, cols), (x.shape[0], w.shape[0], *out))
    return result if b is None else result + xp.reshape(b, (-1, *(1,) * len(out)))


def grad_input(
    xp: Any,
    grad: Array,
    w: Array,
    size: Axes,
    stride: Axes,
    padding: Pads,
    dilation: Axes,
    groups: int,
) -> Array:
    """Return the gradient (N, C, *size) for the input: each output hands its share back."""
    n, o, *out = grad.shape
    kernel = tuple(w.shape[2:])
    rows = xp.reshape(w, (groups, o // groups, prod(w.shape[1:])))
    grads = xp.reshape(grad, (n, groups, o // groups, prod(out)))
    cols = xp.matmul(xp.permute_dims(rows, (0, 2, 1)), grads)
    cols = xp.reshape(cols, (n, w.shape[1] * groups, prod(kernel), prod(out)))
    return spread(xp, cols, size, kernel, stride, padding, dilation, tuple(out))


def grad_weight(
    xp: Any,
    x: Array,
    grad: Array,
    kernel: Axes,
    stride: Axes,
    padding: Pads,
    dilation: Axes,
    groups: int,
) -> Array:
    """Return the gradient (O, C/groups, *kernel) for the weight: inputs against gradients."""
    n, o, *out = grad.shape
    depth = x.shape[1] // groups
    cols = columns(xp, x, kernel, stride, padding, dilation)
    cols = xp.reshape(cols, (n, groups, depth * prod(kernel), prod(out)))
    rows = xp.reshape(grad, (n, groups, o // groups, prod(out)))
    each = xp.matmul(rows, xp.permute_dims(cols, (0, 1, 3, 2)))
    return xp.reshape(xp.sum(each, axis=0, dtype=each.dtype), (o, depth, *kernel))
