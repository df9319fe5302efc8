"""Which room computes: ``cnnlib.fast`` for the processor's floats, ``cnnlib.kernels`` for all else.

          NumPy float32, float64 ─────────────► fast
arrays ─┬ torch tensors of them on the CPU ───► fast, over the same memory (cnnlib.tensors)
        └ other dtypes, devices, transforms ──► kernels
"""

from cnnlib import fast, kernels, tensors
from cnnlib._check import NUMERIC, NUMPY, Array, Namespace, family, numbers, refuse
from cnnlib.geometry import Geometry


def correlate(
    xp: Namespace, x: Array, w: Array, b: Array | None, g: Geometry, method: str = "auto"
) -> Array:
    """Return the cross-correlation (N, O, *out)."""
    if xp is NUMPY and x.dtype.char in "fd":
        return fast.correlate(x, w, b, g, method)  # type: ignore[arg-type]
    if tensors.can_share(xp, x, w, b):
        return tensors.total("output", g, x=x, w=w, b=b, method=method)
    numbers("input", x.dtype, NUMERIC)
    if method not in ("auto", "exact"):
        rule = "be 'auto' or 'exact' where the engine does not compute"
        refuse("method", rule, repr(method), f"it takes float32 and float64, not {x.dtype}")
    bias = None if b is None else widen(xp, b)
    wide = kernels.correlate(xp, widen(xp, x), widen(xp, w), bias, g)
    return _narrow(xp, wide, x)


def grad_input(xp: Namespace, grad: Array, w: Array, g: Geometry) -> Array:
    """Return the gradient (N, C, *size) for the input."""
    if xp is NUMPY and grad.dtype.char in "fd":
        return fast.grad_input(grad, w, g)  # type: ignore[arg-type]
    if tensors.can_share(xp, grad, w):
        return tensors.total("input", g, y=grad, w=w)
    return _narrow(xp, kernels.grad_input(xp, widen(xp, grad), widen(xp, w), g), grad)


def grad_weight(xp: Namespace, x: Array, grad: Array, g: Geometry) -> Array:
    """Return the gradient (O, C/groups, *kernel) for the weight."""
    if xp is NUMPY and x.dtype.char in "fd":
        return fast.grad_weight(x, grad, g)  # type: ignore[arg-type]
    if tensors.can_share(xp, x, grad):
        return tensors.total("weight", g, x=x, y=grad)
    return _narrow(xp, kernels.grad_weight(xp, widen(xp, x), widen(xp, grad), g), x)


def widen(xp: Namespace, x: Array) -> Array:
    """Return half precision as float32, so that a long sum is rounded once; others as they are."""
    if family(x.dtype) == "float" and xp.finfo(x.dtype).bits == 16:
        return xp.astype(x, xp.float32)
    return x


def _narrow(xp: Namespace, wide: Array, like: Array) -> Array:
    """Return a sum in the dtype that went in."""
    return xp.astype(wide, like.dtype, copy=False)
