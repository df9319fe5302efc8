"""One call for every rank and strategy.

The idea: a one-dimensional layer is an image one row tall; three dimensions are lowered as they
are. Everything else is chosen by `choose` from the shapes, or forced by `method`.
Cost: that of the strategy, plus a few microseconds.
"""

import numpy as np

from cnnlib.fast import bands, depthwise, fft, im2col, pointwise, slopes, tiny, winograd
from cnnlib.fast.choose import describe, strategy
from cnnlib.fast.lower import out_size

STRATEGIES = {
    "tiny": tiny.correlate,
    "pointwise": pointwise.correlate,
    "im2col": im2col.correlate,
    "winograd": winograd.correlate,
    "slopes": slopes.correlate,
    "bands": bands.correlate,
    "depthwise": depthwise.correlate,
    "fft": fft.correlate,
}


def correlate(x, w, b, stride, padding, dilation, groups, method="auto"):
    """Return the cross-correlation (N, O, *out) of `x` (N, C, *size) with `w` (O, C/g, *kernel)."""
    rank = len(stride)
    if rank == 1:
        lift = ((1, *stride), ((0, 0), *padding), (1, *dilation))
        return correlate(x[:, :, None], w[:, :, None], b, *lift, groups, method)[:, :, 0]
    out = out_size(x.shape[2:], w.shape[2:], stride, padding, dilation)
    if not x.size or not w.size or 0 in out:
        empty = np.zeros((len(x), len(w), *out), x.dtype)
        return empty if b is None else empty + b.reshape(-1, *(1,) * rank)
    name = _pick(x, w, stride, dilation, groups, out, method)
    x, w = np.ascontiguousarray(x), np.ascontiguousarray(w)
    return STRATEGIES[name](x, w, b, stride, padding, dilation, groups)


def _pick(x, w, stride, dilation, groups, out, method):
    if method not in ("auto", "exact"):
        return method
    if len(stride) == 3:
        return "pointwise" if w[0, 0].size == 1 else "im2col"
    return strategy(describe(x.shape, w.shape, stride, dilation, groups, out), method == "exact")
