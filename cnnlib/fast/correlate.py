"""One call for every rank and strategy.

The idea: a one-dimensional layer is an image one row tall; three dimensions are lowered as they
are. Everything else is chosen by `choose` from the shapes, or forced by `method`.
Cost: that of the strategy, plus a few microseconds.
"""

from functools import lru_cache
from math import prod

import numpy as np

from cnnlib.fast import bands, depthwise, fft, im2col, pointwise, shifts, slopes, tiny, winograd
from cnnlib.fast.choose import TINY, describe, possible, strategy
from cnnlib.fast.lower import out_size

STRATEGIES = {
    "tiny": tiny.correlate,
    "pointwise": pointwise.correlate,
    "im2col": im2col.correlate,
    "winograd": winograd.correlate,
    "slopes": slopes.correlate,
    "bands": bands.correlate,
    "depthwise": depthwise.correlate,
    "shifts": shifts.correlate,
    "fft": fft.correlate,
}


def correlate(x, w, b, stride, padding, dilation, groups, method="auto"):
    """Return the cross-correlation (N, O, *out) of `x` (N, C, *size) with `w` (O, C/g, *kernel).

    The result is a fresh array of x's dtype. `method` names a strategy, or "auto", or "exact" for
    one that adds the definition's own products.

    >>> import numpy as np
    >>> from cnnlib import fast
    >>> x, w = np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2))
    >>> fast.correlate(x, w, None, (1, 1), ((0, 0), (0, 0)), (1, 1), 1)
    array([[[[ 8., 12.],
             [20., 24.]]]])
    """
    rank = len(stride)
    if rank == 1:
        lift = ((1, *stride), ((0, 0), *padding), (1, *dilation))
        return correlate(x[:, :, None], w[:, :, None], b, *lift, groups, method)[:, :, 0]
    name, out = plan(x.shape, w.shape, stride, padding, dilation, groups, method)
    if name == "empty":
        empty = np.zeros((len(x), len(w), *out), x.dtype)
        return empty if b is None else empty + b.reshape(-1, *(1,) * rank)
    if not x.flags.c_contiguous:
        x = np.ascontiguousarray(x)
    if name != "pointwise":  # which multiplies by a turned weight as well as by a straight one
        w = np.ascontiguousarray(w)
    return STRATEGIES[name](x, w, b, stride, padding, dilation, groups)


@lru_cache(maxsize=4096)
def plan(x_shape, w_shape, stride, padding, dilation, groups, method):
    """Return (the strategy's name, the output's spatial size) for these shapes."""
    out = out_size(x_shape[2:], w_shape[2:], stride, padding, dilation)
    if 0 in (*x_shape, *w_shape, *out):
        return "empty", out
    if len(stride) == 3:
        few = x_shape[0] * x_shape[1] * prod(w_shape[2:]) * prod(out) < TINY
        auto = "tiny" if few else "im2col"
        fits = {"tiny", "im2col"} | ({"pointwise"} if set(w_shape[2:]) == {1} else set())
    else:
        layer = describe(x_shape, w_shape, stride, dilation, groups, out)
        auto = strategy(layer, method == "exact")
        fits = possible(layer)
    if method in ("auto", "exact"):
        return auto, out
    if method not in fits:
        rule = ", ".join(sorted(fits))
        raise ValueError(
            f"`method` must be 'auto', 'exact' or one of {rule} for input {x_shape}, "
            f"weight {w_shape}, stride {stride}, dilation {dilation}, groups {groups}, "
            f"got {method!r}"
        )
    return method, out
