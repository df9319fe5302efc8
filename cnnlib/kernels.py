"""The three sums of a convolution layer, written once in slices and matrix products.

They run on NumPy arrays, on torch tensors (with autograd, on any device) and on every other kind
that has the array API, since they use only what that standard has.  The arguments are already
checked: x (N, C, *size), w (O, C/groups, *kernel), and the geometry that says where windows lie.
"""

from collections.abc import Iterable
from math import prod

from cnnlib._check import Array, Namespace
from cnnlib.geometry import Geometry


def surround(xp: Namespace, x: Array, g: Geometry, value: float = 0) -> Array:
    """Return ``x`` with ``value`` around it, or ``x`` itself where there is nothing to add."""
    if g.padded == g.size:
        return x
    padded = _frame(xp, x, g, value)
    padded[g.inside] = x
    return padded


def _frame(xp: Namespace, like: Array, g: Geometry, value: float = 0) -> Array:
    """Return (..., *padded) full of ``value``.

    It is stretched from ``like``, so that it has the axes that ``torch.func.vmap`` hides, too.
    """
    rank = len(g.size)
    corner = like[(..., *(slice(0, 1),) * rank)]
    shape = (*tuple(like.shape)[:-rank], *g.padded)
    return xp.full_like(xp.broadcast_to(corner, shape), value)


def columns(xp: Namespace, x: Array, g: Geometry) -> Array:
    """Return every window as a column: (N, C, taps, positions), a copy."""
    padded = surround(xp, x, g)
    seen = xp.stack([padded[part] for part in g.taps()], axis=2)
    return xp.reshape(seen, (*seen.shape[:3], g.positions))


def spread(xp: Namespace, cols: Array, g: Geometry) -> Array:
    """Add every column (N, C, taps, positions) back to where ``columns`` read it: (N, C, *size)."""
    cols = xp.reshape(cols, (*cols.shape[:3], *g.out))
    shares = (cols[:, :, tap, ...] for tap in range(cols.shape[2]))
    return hand_back(xp, cols[:, :, 0, ...], shares, g)


def hand_back(xp: Namespace, like: Array, shares: Iterable[Array], g: Geometry) -> Array:
    """Add what each tap hands back, (..., *out), to where it has read: (..., *size)."""
    padded = _frame(xp, like, g)
    for part, share in zip(g.taps(), shares, strict=True):
        padded[part] += share
    return padded[g.inside]


def correlate(xp: Namespace, x: Array, w: Array, b: Array | None, g: Geometry) -> Array:
    """Return the cross-correlation (N, O, *out): one matrix product for each group."""
    n, o, taps = x.shape[0], w.shape[0], prod(w.shape[1:])
    cols = xp.reshape(columns(xp, x, g), (n, g.groups, taps, g.positions))
    rows = xp.reshape(w, (g.groups, o // g.groups, taps))
    out = xp.reshape(xp.matmul(rows, cols), (n, o, *g.out))
    return out if b is None else out + xp.reshape(b, (-1, *(1,) * len(g.out)))


def grad_input(xp: Namespace, grad: Array, w: Array, g: Geometry) -> Array:
    """Return the gradient (N, C, *size) for the input: each output hands its share back."""
    n, o, taps = grad.shape[0], w.shape[0], prod(w.shape[1:])
    rows = xp.reshape(w, (g.groups, o // g.groups, taps))
    grads = xp.reshape(grad, (n, g.groups, o // g.groups, g.positions))
    cols = xp.matmul(xp.permute_dims(rows, (0, 2, 1)), grads)
    cols = xp.reshape(cols, (n, g.groups * w.shape[1], prod(g.kernel), g.positions))
    return spread(xp, cols, g)


def grad_weight(xp: Namespace, x: Array, grad: Array, g: Geometry) -> Array:
    """Return the gradient (O, C/groups, *kernel) for the weight: inputs against gradients."""
    n, o, depth = grad.shape[0], grad.shape[1], x.shape[1] // g.groups
    cols = xp.reshape(columns(xp, x, g), (n, g.groups, depth * prod(g.kernel), g.positions))
    rows = xp.reshape(grad, (n, g.groups, o // g.groups, g.positions))
    each = xp.matmul(rows, xp.permute_dims(cols, (0, 1, 3, 2)))
    return xp.reshape(xp.sum(each, axis=0, dtype=each.dtype), (o, depth, *g.kernel))
