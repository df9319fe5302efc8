"""Padding: what stands around the input, in torch.nn.functional.pad's order (last axis first)."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnlib import _check
from cnnlib._check import Array, Namespace

Pairs = Sequence[tuple[int, int]]

SOURCE: dict[str, Callable[[int, int], int]] = {
    "reflect": lambda i, n: (n - 1) - abs((n - 1) - abs(i)),
    "replicate": lambda i, n: min(max(i, 0), n - 1),
    "circular": lambda i, n: i % n,
}
"""Which input position stands at position i, for -before <= i < size + after."""


def pad(input: Array, pad: Sequence[int], mode: str = "constant", value: Any = None) -> Array:
    """Surround ``input`` with more positions; ``pad`` lists (before, after), last axis first.

    Parameters
    ----------
    input : array (...)
        NumPy array or torch tensor.
    pad : tuple of int
        Pixels ``(before, after)`` of the last axis, then of the one before it, and so on; negative
        numbers cut off.
    mode : {'constant', 'reflect', 'replicate', 'circular'}
        What is added: ``1234 -> 00123400``, ``32123432``, ``11123444``, ``34123412``.  All but
        'constant' pad exactly the axes behind (N, C) or (C).
    value : number, optional
        What 'constant' fills with; 0 if left out.

    Returns
    -------
    array
        Of the input's kind and dtype, a fresh copy (the input itself if a mode other than
        'constant' has nothing to add); each axis is ``size + before + after``.

    Raises
    ------
    ValueError
        If there are too many or an odd number of entries, the mode is none of the four, or an axis
        has too few positions to reflect or repeat.
    TypeError
        If ``pad`` is no tuple of ints.

    Notes
    -----
    One copy of the input an axis at most; no multiplication.
    Reference: ``torch.nn.functional.pad``.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import pad
    >>> row = np.array([[1, 2, 3, 4]])
    >>> pad(row, (2, 2))
    array([[0, 0, 1, 2, 3, 4, 0, 0]])
    >>> pad(row, (2, 2), "reflect")
    array([[3, 2, 1, 2, 3, 4, 3, 2]])
    >>> pad(row, (2, 2), "replicate")
    array([[1, 1, 1, 2, 3, 4, 4, 4]])
    >>> pad(row, (2, 2), "circular")
    array([[3, 4, 1, 2, 3, 4, 1, 2]])
    >>> pad(row, (0, 1, 1, 0), value=9)  # one column behind, one row before
    array([[9, 9, 9, 9, 9],
           [1, 2, 3, 4, 9]])
    >>> pad(row, (2, 2, 2))
    Traceback (most recent call last):
    ...
    ValueError: `pad` must have 2 numbers for each padded axis, at most 4, got (2, 2, 2); it has 3
    """
    xp = _check.namespace(input=input)
    pairs = _pairs(input.ndim, pad)
    _check.one_of("mode", mode, ("constant", *SOURCE))
    if value is not None and not isinstance(value, (int, float, complex, np.number)):
        _check.refuse("value", "be a number", repr(value), error=TypeError)
    if mode == "constant":
        return pad_constant(xp, input, pairs, 0 if value is None else value)
    if value:
        _check.refuse("value", f"be left out in mode {mode!r}", value, "only 'constant' fills")
    rank = len(pad) // 2
    if not 1 <= rank <= 3 or input.ndim - rank not in (1, 2):
        rule = f"have 2 numbers for each axis behind (N, C) or (C) in mode {mode!r}"
        _check.refuse("pad", rule, tuple(pad), f"input has {input.ndim} axes")
    return pad_from_input(xp, input, pairs[-rank:], mode)


def _pairs(ndim: int, pad: Any) -> Pairs:
    """Return (before, after) for every axis, first axis first."""
    if not isinstance(pad, (tuple, list)):
        _check.refuse("pad", "be a tuple of ints", repr(pad), error=TypeError)
    flat = [_check.integer("pad", entry) for entry in pad]
    if len(flat) % 2 or len(flat) > 2 * ndim:
        rule = f"have 2 numbers for each padded axis, at most {2 * ndim}"
        _check.refuse("pad", rule, tuple(pad), f"it has {len(flat)}")
    pairs = list(zip(flat[::2], flat[1::2], strict=True))
    return [(0, 0)] * (ndim - len(pairs)) + pairs[::-1]


def pad_constant(xp: Namespace, x: Array, pairs: Pairs, value: Any) -> Array:
    """Return a fresh array filled with ``value``, with ``x`` laid into it."""
    shape = [n + before + after for n, (before, after) in zip(x.shape, pairs, strict=True)]
    left = [n + min(b, 0) + min(a, 0) for n, (b, a) in zip(x.shape, pairs, strict=True)]
    if min(left, default=0) < 0 or min(shape, default=0) < 0:
        why = f"{tuple(left)} would be left of the input {tuple(x.shape)}"
        _check.refuse("pad", "not cut off more than the input has", tuple(pairs), why)
    _check.addressable("pad", shape)
    out = xp.full(tuple(shape), value, dtype=x.dtype, device=x.device)
    inside = [slice(max(b, 0), n - max(a, 0)) for n, (b, a) in zip(shape, pairs, strict=True)]
    kept = [slice(max(-b, 0), n - max(-a, 0)) for n, (b, a) in zip(x.shape, pairs, strict=True)]
    out[tuple(inside)] = x[tuple(kept)]
    return out


def pad_from_input(xp: Namespace, x: Array, pairs: Pairs, mode: str, name: str = "pad") -> Array:
    """Return ``x`` with its last axes, a pair for each, continued by the input's own entries."""
    first = x.ndim - len(pairs)
    if mode != "circular":
        _check.numbers("input", x.dtype, _check.NUMERIC)
        _check.not_empty("input", tuple(x.shape), first == 2)
    sizes = [n + before + after for n, (before, after) in zip(x.shape[first:], pairs, strict=True)]
    if min(sizes) < 0 or (mode != "circular" and max(sizes) < 1):
        rule = "leave no axis below 0, and not all of them empty"
        _check.refuse(name, rule, tuple(pairs), f"the sizes would be {tuple(sizes)}")
    for axis, pair in enumerate(pairs, first):
        source = _sources(name, x.shape[axis], pair, mode, axis)
        if any(pair):
            x = xp.take(x, xp.asarray(source, dtype=xp.int64, device=x.device), axis=axis)
    return x


def _sources(name: str, n: int, pair: tuple[int, int], mode: str, axis: int) -> list[int]:
    """Return which of an axis's ``n`` positions stands at each position of the padded axis."""
    before, after = pair
    first, last = (max(-before, 0), n - max(-after, 0)) if mode == "circular" else (0, n)
    kept, wanted = last - first, max(before, after)  # circular crops first, then repeats
    most = {"reflect": kept - 1, "replicate": wanted, "circular": kept}[mode]
    if wanted > max(most, 0):
        rule = f"be at most {most} on axis {axis} in mode {mode!r}"
        _check.refuse(name, rule, (before, after), f"the input has {n} positions there")
    positions = range(-before - first, n + after - first)
    return [first + SOURCE[mode](i, kept) for i in positions]
