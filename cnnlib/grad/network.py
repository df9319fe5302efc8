"""Gradients of what stands between the convolutions, and of the loss behind them."""

from collections.abc import Sequence
from typing import Any

from cnnlib import _check
from cnnlib._check import Array
from cnnlib.linear import check_features
from cnnlib.loss import check_classes, softmax


def linear_input(input_size: Sequence[int], weight: Array, grad_output: Array) -> Array:
    """Return the gradient of linear for its input."""
    xp = _check.namespace(weight=weight, grad_output=grad_output)
    _check.same_dtype(weight=weight, grad_output=grad_output)
    _output_of(grad_output, _check.sizes("input_size", input_size), tuple(weight.shape))
    return xp.matmul(grad_output, weight)


def linear_weight(input: Array, weight_size: Sequence[int], grad_output: Array) -> Array:
    """Return the gradient of linear for its weight."""
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    size = _check.sizes("weight_size", weight_size)
    _output_of(grad_output, tuple(input.shape), size)
    rows, grads = xp.reshape(input, (-1, size[1])), xp.reshape(grad_output, (-1, size[0]))
    return xp.matmul(xp.permute_dims(grads, (1, 0)), rows)


def linear_bias(grad_output: Array) -> Array:
    """Return the gradient of linear for its bias: each feature's sum."""
    xp = _check.namespace(grad_output=grad_output)
    axes = tuple(range(grad_output.ndim - 1))
    return xp.sum(grad_output, axis=axes, dtype=grad_output.dtype)


def _output_of(grad: Array, x: tuple[int, ...], w: tuple[int, ...]) -> None:
    """Refuse a gradient that does not look like the forward call's output."""
    check_features(x, w)
    if tuple(grad.shape) != (*x[:-1], *w[:-1]):
        rule = f"have the output's shape {(*x[:-1], *w[:-1])}"
        _check.refuse("grad_output", rule, tuple(grad.shape))


def relu_input(input: Array, grad_output: Array) -> Array:
    """Return the gradient of relu: it passes where the input was positive."""
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    _same_shape(grad_output, input)
    return xp.where(input <= 0, xp.zeros_like(grad_output), grad_output)


def log_softmax_input(input: Array, grad_output: Array, dim: int) -> Array:
    """Return the gradient of log_softmax for its input."""
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    _same_shape(grad_output, input)
    shares = softmax(input, dim)
    return grad_output - shares * xp.sum(grad_output, axis=dim, keepdims=True)


def cross_entropy_input(input: Array, target: Array, *, reduction: str = "mean") -> Array:
    """Return the gradient of cross_entropy for the scores: the shares, minus one at the class."""
    xp: Any = _check.namespace(input=input, target=target)
    check_classes(xp, input, target, reduction)
    classes = xp.arange(input.shape[-1], dtype=target.dtype, device=input.device)
    hit = xp.astype(classes == target[..., None], input.dtype)
    grad = softmax(input, -1) - hit
    return grad / (len(target) if target.ndim else 1) if reduction == "mean" else grad


def _same_shape(grad: Array, input: Array) -> None:
    if tuple(grad.shape) != tuple(input.shape):
        rule = f"have the shape of `input` {tuple(input.shape)}"
        _check.refuse("grad_output", rule, tuple(grad.shape))
