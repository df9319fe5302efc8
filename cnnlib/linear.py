"""What stands between and behind the convolutions of a network, up to its loss."""

from typing import Any

from cnnlib import _check
from cnnlib._check import Array


def linear(input: Array, weight: Array, bias: Array | None = None) -> Array:
    """Take the inner product of every row of ``input`` with every row of ``weight``."""
    xp = _check.namespace(input=input, weight=weight, bias=bias)
    _check.same_dtype(input=input, weight=weight, bias=bias)
    _check.numbers(xp, "input", input.dtype, complex_too=True)
    check_features(tuple(input.shape), tuple(weight.shape))
    out = xp.matmul(input, weight if weight.ndim == 1 else xp.permute_dims(weight, (1, 0)))
    if bias is None:
        return out
    allowed = ((), (1,), tuple(weight.shape[:1])) if weight.ndim == 2 else ((),)
    if tuple(bias.shape) not in allowed:
        rule = "have one number for each row of `weight`, or one for all"
        _check.refuse("bias", rule, tuple(bias.shape), f"weight {tuple(weight.shape)}")
    return out + bias


def check_features(x: tuple[int, ...], w: tuple[int, ...]) -> None:
    """Refuse a weight (out, in) or (in) that rows of the input cannot be multiplied with."""
    _check.axes("weight", w, "out, in", "in")
    if not x:
        _check.refuse("input", "have at least 1 axis", 0)
    if x[-1] != w[-1]:
        raise ValueError(
            f"`input` has {x[-1]} features but `weight` expects {w[-1]} (weight.shape[-1]); "
            f"input {x}, weight {w}"
        )


def relu(input: Array) -> Array:
    """Replace every negative entry by zero."""
    xp = _check.namespace(input=input)
    _check.numbers(xp, "input", input.dtype)
    return xp.where(input <= 0, xp.zeros_like(input), input)


def log_softmax(input: Array, dim: int) -> Array:
    """Return the logarithm of ``softmax``, without a large power in between."""
    xp = _check.namespace(input=input)
    _floating(xp, input)
    axis = _axis(input, dim)
    if input.ndim == 0 or 0 in input.shape:
        return input - input
    shifted = input - xp.max(input, axis=axis, keepdims=True)
    return shifted - xp.log(xp.sum(xp.exp(shifted), axis=axis, keepdims=True))


def softmax(input: Array, dim: int) -> Array:
    """Turn scores into shares along ``dim``: positive, and adding up to one."""
    return _check.namespace(input=input).exp(log_softmax(input, dim))


def cross_entropy(input: Array, target: Array, *, reduction: str = "mean") -> Array:
    """Return how surprised the scores ``input`` (N, classes) are by the classes ``target`` (N)."""
    xp = _check.namespace(input=input, target=target)
    check_classes(xp, input, target, reduction)
    scores = log_softmax(input, -1)
    classes = xp.arange(input.shape[-1], dtype=target.dtype, device=input.device)
    hit = classes == target[..., None]
    loss = -xp.sum(xp.where(hit, scores, xp.zeros_like(scores)), axis=-1, dtype=input.dtype)
    if reduction == "none":
        return loss
    total = xp.sum(loss, dtype=input.dtype)
    return total if reduction == "sum" else total / (len(target) if target.ndim else 1)


def check_classes(xp: Any, input: Array, target: Array, reduction: str) -> None:
    """Refuse scores and classes that do not belong together."""
    _floating(xp, input)
    x, t = tuple(input.shape), tuple(target.shape)
    _check.axes("input", x, "N, classes", "classes")
    if reduction not in ("none", "mean", "sum"):
        _check.refuse("reduction", "be 'none', 'mean' or 'sum'", repr(reduction))
    if t != x[:-1]:
        _check.refuse("target", f"have one class for each row of `input`, shape {x[:-1]}", t)
    if str(target.dtype).rpartition(".")[2] not in ("int64", "uint8"):
        _check.refuse("target", "have dtype int64", target.dtype, error=TypeError)


def _floating(xp: Any, input: Array) -> None:
    if not xp.isdtype(input.dtype, "real floating"):
        _check.refuse("input", "have a floating dtype", input.dtype, error=TypeError)


def _axis(input: Array, dim: Any) -> int:
    """Return ``dim`` counted from the front."""
    axis, axes = _check.integer("dim", dim), max(input.ndim, 1)
    if not -axes <= axis < axes:
        _check.refuse("dim", f"be from {-axes} to {axes - 1}", dim, f"input has {input.ndim} axes")
    return axis % axes
