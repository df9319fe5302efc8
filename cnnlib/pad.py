"""Padding: what stands around the input, in torch.nn.functional.pad's order (last axis first)."""

from collections.abc import Callable, Sequence
from typing import Any

from cnnlib import _check
from cnnlib._check import Array

SOURCE: dict[str, Callable[[int, int], int]] = {
    "reflect": lambda i, n: (n - 1) - abs((n - 1) - abs(i)),
    "replicate": lambda i, n: min(max(i, 0), n - 1),
    "circular": lambda i, n: i % n,
}
"""Which input position stands at position i, for -before <= i < size + after."""


def pad(input: Array, pad: Sequence[int], mode: str = "constant", value: Any = None) -> Array:
    """Surround ``input`` with more positions; ``pad`` lists (before, after), last axis first."""
    xp = _check.namespace(input=input)
    flat = [_check.integer("pad", p) for p in pad]
    pairs = list(zip(flat[::2], flat[1::2], strict=True))[::-1]
    pairs = [(0, 0)] * (input.ndim - len(pairs)) + pairs
    if mode == "constant":
        return pad_constant(xp, input, pairs, 0 if value is None else value)
    return pad_from_input(xp, input, pairs, mode)


def pad_constant(xp: Any, x: Array, pairs: Sequence[tuple[int, int]], value: Any) -> Array:
    """Return a fresh array filled with ``value``, with ``x`` laid into it."""
    shape = [n + before + after for n, (before, after) in zip(x.shape, pairs, strict=True)]
    out = xp.full(shape, value, dtype=x.dtype, device=x.device)
    inside = [slice(max(b, 0), n - max(a, 0)) for n, (b, a) in zip(shape, pairs, strict=True)]
    kept = [slice(max(-b, 0), n - max(-a, 0)) for n, (b, a) in zip(x.shape, pairs, strict=True)]
    out[tuple(inside)] = x[tuple(kept)]
    return out


def pad_from_input(xp: Any, x: Array, pairs: Sequence[tuple[int, int]], mode: str) -> Array:
    """Return a fresh array whose border repeats input positions, one axis at a time."""
    for axis, (before, after) in enumerate(pairs):
        if before or after:
            n = x.shape[axis]
            source = [SOURCE[mode](i, n) for i in range(-before, n + after)]
            x = xp.take(x, xp.asarray(source, device=x.device), axis=axis)
    return x
