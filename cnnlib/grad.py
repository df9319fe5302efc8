"""Gradients, with torch.nn.grad's names: what the loss tells the input, the weight and the bias."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnlib import _check, fast, kernels
from cnnlib._check import Array, Ints
from cnnlib.conv import plan_conv


def _plan(rank, input_size, weight_size, grad_output, stride, padding, dilation, groups):
    plan = plan_conv(rank, tuple(input_size), tuple(weight_size), None,
                     _check.ints("stride", stride, rank, 1), _check.ints("padding", padding, rank, 0),
                     _check.ints("dilation", dilation, rank, 1), _check.integer("groups", groups, 1))
    expected = (*tuple(input_size)[: -rank - 1], plan.filters, *plan.size)
    if tuple(grad_output.shape) != expected:
        _check.refuse("grad_output", f"have the output's shape {expected}", tuple(grad_output.shape))
    return plan


def _input(rank, input_size, weight, grad_output, stride, padding, dilation, groups):
    xp = _check.namespace(grad_output=grad_output, weight=weight)
    _check.same_dtype(grad_output=grad_output, weight=weight)
    plan = _plan(rank, input_size, weight.shape, grad_output, stride, padding, dilation, groups)
    grad = grad_output if plan.batched else grad_output[None, ...]
    rest = (tuple(input_size)[-rank:], plan.stride, plan.padding, plan.dilation, plan.groups)
    if xp is np and grad.dtype in (np.float32, np.float64) and grad.size:
        out = fast.grad_input(grad, weight, *rest)
    else:
        out = kernels.grad_input(xp, grad, weight, *rest)
    return out if plan.batched else out[0, ...]


def _weight(rank, input, weight_size, grad_output, stride, padding, dilation, groups):
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    plan = _plan(rank, input.shape, weight_size, grad_output, stride, padding, dilation, groups)
    grad = grad_output if plan.batched else grad_output[None, ...]
    x = input if plan.batched else input[None, ...]
    rest = (tuple(weight_size)[2:], plan.stride, plan.padding, plan.dilation, plan.groups)
    if xp is np and x.dtype in (np.float32, np.float64) and x.size:
        return fast.grad_weight(x, grad, *rest)
    return kernels.grad_weight(xp, x, grad, *rest)


def conv1d_input(input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
                 padding: Ints = 0, dilation: Ints = 1, groups: int = 1) -> Array:
    """Return conv1d's gradient for its input."""
    return _input(1, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv2d_input(input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
                 padding: Ints = 0, dilation: Ints = 1, groups: int = 1) -> Array:
    """Return conv2d's gradient for its input."""
    return _input(2, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv3d_input(input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
                 padding: Ints = 0, dilation: Ints = 1, groups: int = 1) -> Array:
    """Return conv3d's gradient for its input."""
    return _input(3, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv1d_weight(input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
                  padding: Ints = 0, dilation: Ints = 1, groups: int = 1) -> Array:
    """Return conv1d's gradient for its weight."""
    return _weight(1, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv2d_weight(input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
                  padding: Ints = 0, dilation: Ints = 1, groups: int = 1) -> Array:
    """Return conv2d's gradient for its weight."""
    return _weight(2, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv3d_weight(input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
                  padding: Ints = 0, dilation: Ints = 1, groups: int = 1) -> Array:
    """Return conv3d's gradient for its weight."""
    return _weight(3, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv_bias(grad_output: Array) -> Array:
    """Return the gradient for the bias of a batched convolution: its channel's sum."""
    xp: Any = _check.namespace(grad_output=grad_output)
    axes = (0, *range(2, grad_output.ndim))
    return xp.sum(grad_output, axis=axes, dtype=grad_output.dtype)
