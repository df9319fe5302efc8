"""Gradients of conv1d, conv2d and conv3d."""

from collections.abc import Sequence
from typing import Any

from cnnlib import _check, engine
from cnnlib._check import Array, Ints
from cnnlib.conv import Plan, plan_conv


def conv1d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:
    """Return the gradient of conv1d for its input."""
    return _input(1, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv2d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:
    """Return the gradient of conv2d for its input."""
    return _input(2, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv3d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:
    """Return the gradient of conv3d for its input."""
    return _input(3, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv1d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:
    """Return the gradient of conv1d for its weight."""
    return _weight(1, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv2d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:
    """Return the gradient of conv2d for its weight."""
    return _weight(2, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv3d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:
    """Return the gradient of conv3d for its weight."""
    return _weight(3, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv1d_bias(grad_output: Array) -> Array:
    """Return the gradient of conv1d for its bias: each channel's sum."""
    return _bias(1, grad_output)


def conv2d_bias(grad_output: Array) -> Array:
    """Return the gradient of conv2d for its bias: each channel's sum."""
    return _bias(2, grad_output)


def conv3d_bias(grad_output: Array) -> Array:
    """Return the gradient of conv3d for its bias: each channel's sum."""
    return _bias(3, grad_output)


def _plan(
    rank: int, xp: Any, grad: Array, x: Sequence[int], w: Sequence[int], stride: Ints,
    padding: Ints, dilation: Ints, groups: int,
) -> Plan:
    """Return the plan of the forward call, whose output `grad_output` must look like."""
    x = _check.sizes("input_size", x)
    plan = plan_conv(
        rank, xp, grad.dtype, x, _check.sizes("weight_size", w), None,
        _check.ints("stride", stride, rank), _check.ints("padding", padding, rank),
        _check.ints("dilation", dilation, rank), _check.integer("groups", groups),
    )
    expected = (*x[: -rank - 1], plan.channels, *plan.size)
    if tuple(grad.shape) != expected:
        _check.refuse("grad_output", f"have the output's shape {expected}", tuple(grad.shape))
    return plan


def _input(
    rank: int, input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints,
    padding: Ints, dilation: Ints, groups: int,
) -> Array:
    """Hand every output's gradient back to the inputs that it was computed from."""
    xp = _check.namespace(weight=weight, grad_output=grad_output)
    _check.same_dtype(weight=weight, grad_output=grad_output)
    plan = _plan(rank, xp, grad_output, input_size, weight.shape, stride, padding, dilation, groups)
    grad = grad_output if plan.batched else grad_output[None, ...]
    out = engine.grad_input(
        xp, grad, weight[: grad.shape[1], ...], tuple(input_size)[-rank:], plan.stride,
        plan.padding, plan.dilation, plan.groups,
    )
    return out if plan.batched else out[0, ...]


def _weight(
    rank: int, input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints,
    padding: Ints, dilation: Ints, groups: int,
) -> Array:
    """Take the inner product of every output's gradient with what its tap has seen."""
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    plan = _plan(rank, xp, grad_output, input.shape, weight_size, stride, padding, dilation, groups)
    x, grad = (a if plan.batched else a[None, ...] for a in (input, grad_output))
    if plan.channels == 0:
        return xp.zeros(tuple(weight_size), dtype=x.dtype, device=x.device)
    return engine.grad_weight(
        xp, x, grad, tuple(weight_size)[2:], plan.stride, plan.padding, plan.dilation, plan.groups
    )


def _bias(rank: int, grad_output: Array) -> Array:
    """Sum over the batch and the positions."""
    xp = _check.namespace(grad_output=grad_output)
    _check.numbers(xp, "grad_output", grad_output.dtype, complex_too=True)
    _check.images("grad_output", tuple(grad_output.shape), rank)
    axes = tuple(a for a in range(grad_output.ndim) if a != grad_output.ndim - rank - 1)
    return xp.sum(grad_output, axis=axes, dtype=grad_output.dtype)
