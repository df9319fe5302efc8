"""The gradients of a correlation, each a correlation or a product again.

The idea: the input's gradient is the output's gradient correlated with the kernel turned by half
a turn, its channel axes swapped; with a stride, every phase of the input is such a correlation
with every s-th tap. The weight's gradient is the output's gradient times the matrix of windows,
summed over blocks as they are lowered.
Cost: the multiply-adds of the layer itself, once each; scratch as in `im2col`.
"""

from math import prod

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.correlate import correlate
from cnnlib.fast.lower import pad_zeros, windows

BLOCK = 2**20


def grad_input(grad, w, size, stride, padding, dilation, groups):
    """Return the gradient (N, C, *size) for the input, from `grad` (N, O, *out)."""
    o, c, *kernel = w.shape
    turned = w.reshape(groups, o // groups, c, *kernel).swapaxes(1, 2)
    turned = turned.reshape(groups * c, o // groups, *kernel)
    turned = turned[(..., *(slice(None, None, -1) for _ in kernel))]
    result = np.zeros((len(grad), groups * c, *size), grad.dtype)
    for phase in np.ndindex(*stride):
        _phase(result, grad, turned, phase, (stride, padding, dilation, groups))
    return result


def _phase(result, grad, turned, phase, geometry):
    """Fill the positions of `result` that are `phase` modulo the stride."""
    stride, padding, dilation, groups = geometry
    taps, pads, spacing = [], [], []
    target = result[(..., *(slice(i, None, s) for i, s in zip(phase, stride, strict=True)))]
    if not target.size:
        return
    axes = zip(
        turned.shape[2:],
        phase,
        stride,
        padding,
        dilation,
        target.shape[2:],
        grad.shape[2:],
        strict=True,
    )
    for k, i, s, (before, _), d, size, out in axes:
        # position i + s*q is read by tap t of output (i + s*q + before - d*t) / s
        mine = [t for t in range(k) if (i + before - d * t) % s == 0]
        if not mine:
            return
        step = mine[1] - mine[0] if len(mine) > 1 else 1
        reach = d * step // s if len(mine) > 1 else 1
        first = (i + before - d * mine[-1]) // s  # the output that the last tap reads from at q = 0
        span = reach * (len(mine) - 1)
        taps.append(slice(k - 1 - mine[-1], k - mine[0], step))
        pads.append((-first, first + span + size - out))
        spacing.append(reach)
    ones = (1,) * len(pads)
    cut = [
        slice(max(0, -a), size - max(0, -z))
        for (a, z), size in zip(pads, grad.shape[2:], strict=True)
    ]
    pads = tuple((max(0, a), max(0, z)) for a, z in pads)
    kernel = turned[(..., *taps)]
    target[...] = correlate(grad[(..., *cut)], kernel, None, ones, pads, tuple(spacing), groups)


def grad_weight(x, grad, kernel, stride, padding, dilation, groups):
    """Return the gradient (O, C/g, *kernel) for the weight, from `x` and `grad` (N, O, *out)."""
    n, o, *out = grad.shape
    c = x.shape[1] // groups
    taps = c * prod(kernel)
    result = np.zeros((groups, o // groups, taps), x.dtype)
    if not x.size or not grad.size or not result.size:
        return result.reshape(o, c, *kernel)
    padded = np.ascontiguousarray(pad_zeros(x, padding))
    seen = windows(padded, kernel, stride, dilation, out, groups)
    rows = grad.reshape(n, groups, o // groups, prod(out))
    row = prod(out[1:])
    height = max(1, min(out[0], BLOCK // (groups * taps * row)))
    memory = scratch.take("columns", (groups, taps, height * row), x.dtype)
    lead = (slice(None),) * (2 + len(kernel))
    for sample in range(n):
        for first in range(0, out[0], height):
            last = min(out[0], first + height)
            part = seen[(sample, *lead, slice(first, last))]
            columns = memory[..., : (last - first) * row]
            np.copyto(columns.reshape(part.shape), part)
            grads = rows[sample, ..., first * row : last * row]
            result += grads @ columns.swapaxes(1, 2)
    return result.reshape(o, c, *kernel)
