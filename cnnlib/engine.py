"""Which room computes: ``cnnlib.fast`` for NumPy's floats, ``cnnlib.kernels`` for all else."""

from typing import Any

import numpy as np

from cnnlib import fast, kernels
from cnnlib._check import Array, refuse
from cnnlib.fast.correlate import STRATEGIES
from cnnlib.kernels import Axes
from cnnlib.shape.convolution import Pads

METHODS = ("auto", "exact", *STRATEGIES)
FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


def correlate(
    xp: Any,
    x: Array,
    w: Array,
    b: Array | None,
    stride: Axes,
    padding: Pads,
    dilation: Axes,
    groups: int,
    method: str = "auto",
) -> Array:
    """Return the cross-correlation (N, O, *out)."""
    if xp is np and x.dtype in FLOATS:
        return fast.correlate(x, w, b, stride, padding, dilation, groups, method)
    if method not in METHODS:
        refuse("method", f"be one of {METHODS}", repr(method))
    bias = None if b is None else widen(xp, b)
    wide = kernels.correlate(
        xp, widen(xp, x), widen(xp, w), bias, stride, padding, dilation, groups
    )
    return xp.astype(wide, x.dtype, copy=False)


def grad_input(xp: Any, grad: Array, w: Array, *geometry: Any) -> Array:
    """Return the gradient for the input; ``geometry`` begins with the input's size."""
    if xp is np and grad.dtype in FLOATS:
        return fast.grad_input(grad, w, *geometry)
    wide = kernels.grad_input(xp, widen(xp, grad), widen(xp, w), *geometry)
    return xp.astype(wide, grad.dtype, copy=False)


def grad_weight(xp: Any, x: Array, grad: Array, *geometry: Any) -> Array:
    """Return the gradient for the weight; ``geometry`` begins with the kernel's size."""
    if xp is np and x.dtype in FLOATS:
        return fast.grad_weight(x, grad, *geometry)
    wide = kernels.grad_weight(xp, widen(xp, x), widen(xp, grad), *geometry)
    return xp.astype(wide, x.dtype, copy=False)


def widen(xp: Any, x: Array) -> Array:
    """Return half precision as float32, so that a long sum is rounded once; others as they are."""
    if xp.isdtype(x.dtype, "real floating") and xp.finfo(x.dtype).bits == 16:
        return xp.astype(x, xp.float32)
    return x
