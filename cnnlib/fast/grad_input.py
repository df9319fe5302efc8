"""The gradient of a correlation for its input: a correlation again.

The idea: it is the output's gradient correlated with the kernel turned by half a turn, its channel
axes swapped; with a stride, every phase of the input is such a correlation with every s-th tap.
Into one channel the taps are added one by one instead, where the window read them.
Cost: the multiply-adds of the layer itself; the scratch memory of the strategy that is chosen.
"""

import numpy as np

from cnnlib.fast.correlate import correlate
from cnnlib.fast.workers import share


def grad_input(grad, w, size, stride, padding, dilation, groups):
    """Return the gradient (N, C, *size) for the input, from `grad` (N, O, *out).

    >>> import numpy as np
    >>> from cnnlib import fast
    >>> w = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    >>> ones = (1, 1), ((0, 0), (0, 0)), (1, 1), 1
    >>> fast.grad_input(np.ones((1, 1, 2, 2)), w, (3, 3), *ones)
    array([[[[ 1.,  3.,  2.],
             [ 4., 10.,  6.],
             [ 3.,  7.,  4.]]]])
    """
    o, c, *kernel = w.shape
    if c == 1 and o // groups >= 8:
        return _scatter(grad, w, size, (stride, padding, dilation, groups))
    turned = w.reshape(groups, o // groups, c, *kernel).swapaxes(1, 2)
    turned = turned.reshape(groups * c, o // groups, *kernel)
    turned = turned[(..., *(slice(None, None, -1) for _ in kernel))]
    result = np.zeros((len(grad), groups * c, *size), grad.dtype)
    for phase in np.ndindex(*stride):
        _phase(result, grad, turned, phase, (stride, padding, dilation, groups))
    return result


def _scatter(grad, w, size, geometry):
    """Return what `grad_input` does, tap by tap: a product of few rows, added where it was read."""
    stride, padding, dilation, groups = geometry
    (n, o, *out), (c, *kernel) = grad.shape, w.shape[1:]
    rows = w.reshape(groups, o // groups, -1).swapaxes(1, 2)
    sides = [s + sum(pair) for s, pair in zip(size, padding, strict=True)]
    result = np.empty((n, groups * c, *size), grad.dtype)
    inside = [slice(p[0], p[0] + s) for s, p in zip(size, padding, strict=True)]

    def task(samples):
        padded = np.empty((groups * c, *sides), grad.dtype)
        for sample in samples:
            columns = rows @ grad[sample].reshape(groups, o // groups, -1)
            columns = columns.reshape(groups * c, *kernel, *out)
            padded[...] = 0
            for tap in np.ndindex(*kernel):
                axes = zip(tap, dilation, out, stride, strict=True)
                reach = (slice(k * d, k * d + (m - 1) * t + 1, t) for k, d, m, t in axes)
                padded[(..., *reach)] += columns[(slice(None), *tap)]
            result[sample] = padded[(..., *inside)]

    share(task, n, grad.size * w[0].size)
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
