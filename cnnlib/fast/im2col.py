"""Lower the input to a matrix of windows ("im2col"), then multiply once by the weight."""

from math import prod

import numpy as np


def pad_zeros(x, padding):
    """Return `x` with zeros around its spatial axes; `x` itself where there are none to add."""
    if not any(before or after for before, after in padding):
        return x
    sizes = [size + sum(pair) for size, pair in zip(x.shape[2:], padding)]
    padded = np.zeros((*x.shape[:2], *sizes), x.dtype)
    inside = tuple(
        slice(before, before + size) for size, (before, _) in zip(x.shape[2:], padding)
    )
    padded[(slice(None), slice(None), *inside)] = x
    return padded


def windows(x, kernel, stride, dilation, groups):
    """Return the view (N, groups, C/groups, *kernel, *out) of a padded input; nothing is copied."""
    n, c, *size = x.shape
    out = [(s - d * (k - 1) - 1) // t + 1 for s, k, t, d in zip(size, kernel, stride, dilation)]
    shape = (n, groups, c // groups, *kernel, *out)
    step = x.strides[2:]
    strides = (
        x.strides[0],
        x.strides[1] * (c // groups),
        x.strides[1],
        *(s * d for s, d in zip(step, dilation)),
        *(s * t for s, t in zip(step, stride)),
    )
    return np.lib.stride_tricks.as_strided(x, shape, strides, writeable=False)


def correlate(x, w, b, stride, padding, dilation, groups, method="auto"):
    """Return the cross-correlation (N, O, *out) of `x` (N, C, *size) with `w` (O, C/g, *kernel)."""
    view = windows(pad_zeros(x, padding), w.shape[2:], stride, dilation, groups)
    out = view.shape[3 + len(stride) :]
    taps = prod(w.shape[1:])
    rows = w.reshape(groups, w.shape[0] // groups, taps)
    result = np.empty((len(x), groups, rows.shape[1], prod(out)), x.dtype)
    for sample, product in zip(view, result):
        np.matmul(rows, sample.reshape(groups, taps, prod(out)), out=product)
    if b is not None:
        result += b.reshape(groups, -1, 1)
    return result.reshape(len(x), w.shape[0], *out)


def grad_input(grad, w, size, stride, padding, dilation, groups):
    """Return the gradient (N, C, *size) for the input, from `grad` (N, O, *out)."""
    n, o, *out = grad.shape
    c = w.shape[1] * groups
    kernel = w.shape[2:]
    rows = w.reshape(groups, o // groups, -1).swapaxes(1, 2)
    columns = np.matmul(rows, grad.reshape(n, groups, o // groups, prod(out)))
    columns = columns.reshape(n, c, *kernel, *out)
    padded = np.zeros((n, c, *(s + sum(p) for s, p in zip(size, padding))), grad.dtype)
    for tap in np.ndindex(*kernel):
        reach = tuple(
            slice(k * d, k * d + (m - 1) * t + 1, t)
            for k, d, m, t in zip(tap, dilation, out, stride)
        )
        padded[(..., *reach)] += columns[(slice(None), slice(None), *tap)]
    inside = tuple(slice(before, before + s) for s, (before, _) in zip(size, padding))
    return np.ascontiguousarray(padded[(..., *inside)])


def grad_weight(x, grad, kernel, stride, padding, dilation, groups):
    """Return the gradient (O, C/g, *kernel) for the weight, from `x` and `grad` (N, O, *out)."""
    n, o, *out = grad.shape
    padded = pad_zeros(x, padding)
    # a stride may leave a last part of the input that no window reads
    view = windows(padded, kernel, stride, dilation, groups)
    rows = grad.reshape(n, groups, o // groups, prod(out))
    result = np.zeros((groups, o // groups, x.shape[1] // groups * prod(kernel)), x.dtype)
    for sample, row in zip(view, rows):
        columns = sample.reshape(groups, -1, prod(out))
        result += np.matmul(row, columns.swapaxes(1, 2))
    return result.reshape(o, x.shape[1] // groups, *kernel)
