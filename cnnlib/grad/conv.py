"""Gradients of conv1d, conv2d and conv3d for the input and the weight."""

from collections.abc import Sequence
from typing import Any

from cnnlib import _check, engine
from cnnlib._check import Array, Ints
from cnnlib.conv import Plan, plan_conv


def conv1d_input(
    input_size: Sequence[int],
    weight: Array,
    grad_output: Array,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
    groups: int = 1,
) -> Array:
    """Return the gradient of conv1d for its input.

    Arguments, result, refusals and cost are those of ``conv2d_input``, with one axis.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv1d_input
    >>> weight, grad = np.array([[[1, 10]]]), np.array([[[1, 1]]])
    >>> conv1d_input((1, 1, 3), weight, grad)  # the middle is read twice
    array([[[ 1, 11, 10]]])
    >>> conv1d_input((1, 1, 3.0), weight, grad)
    Traceback (most recent call last):
    ...
    TypeError: `input_size` must be an int, got 3.0
    """
    return _input(1, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv2d_input(
    input_size: Sequence[int],
    weight: Array,
    grad_output: Array,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
    groups: int = 1,
) -> Array:
    """Return the gradient of conv2d for its input.

    Parameters
    ----------
    input_size : tuple of int
        Shape of the forward call's input, (N, C, H, W) or without N.
    weight : array (O, C/groups, KH, KW)
        The forward call's weight.
    grad_output : array (N, O, OH, OW)
        Gradient of the loss for the forward call's output.
    stride, padding, dilation, groups
        As in the forward call; ``padding`` in numbers.

    Returns
    -------
    array of shape ``input_size``
        Of the arguments' kind and dtype.

    Raises
    ------
    ValueError
        If the shapes are not those of a forward call.
    TypeError
        If the arrays differ in kind or dtype, or a number is no int.

    Notes
    -----
    Every output hands ``weight`` times its gradient back to the pixels that it has read: a
    transposed convolution.  As many multiply-adds as the forward call.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv2d_input
    >>> weight, grad = np.array([[[[1, 10]]]]), np.array([[[[1, 1]]]])
    >>> conv2d_input((1, 1, 1, 3), weight, grad)  # the middle is read twice
    array([[[[ 1, 11, 10]]]])
    >>> conv2d_input((1, 1, 1, 3.0), weight, grad)
    Traceback (most recent call last):
    ...
    TypeError: `input_size` must be an int, got 3.0
    """
    return _input(2, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv3d_input(
    input_size: Sequence[int],
    weight: Array,
    grad_output: Array,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
    groups: int = 1,
) -> Array:
    """Return the gradient of conv3d for its input.

    Arguments, result, refusals and cost are those of ``conv2d_input``, with three axes.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv3d_input
    >>> weight, grad = np.array([[[[[1, 10]]]]]), np.array([[[[[1, 1]]]]])
    >>> conv3d_input((1, 1, 1, 1, 3), weight, grad)  # the middle is read twice
    array([[[[[ 1, 11, 10]]]]])
    >>> conv3d_input((1, 1, 1, 1, 3.0), weight, grad)
    Traceback (most recent call last):
    ...
    TypeError: `input_size` must be an int, got 3.0
    """
    return _input(3, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv1d_weight(
    input: Array,
    weight_size: Sequence[int],
    grad_output: Array,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
    groups: int = 1,
) -> Array:
    """Return the gradient of conv1d for its weight.

    Arguments, result, refusals and cost are those of ``conv2d_weight``, with one axis.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv1d_weight
    >>> x, grad = np.array([[[1, 2, 3]]]), np.array([[[1, 1]]])
    >>> conv1d_weight(x, (1, 1, 2), grad)  # 1 + 2 and 2 + 3
    array([[[3, 5]]])
    >>> conv1d_weight(x, (1, 1, 2), grad, groups=0)
    Traceback (most recent call last):
    ...
    ValueError: `groups` must be at least 1, got 0
    """
    return _weight(1, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv2d_weight(
    input: Array,
    weight_size: Sequence[int],
    grad_output: Array,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
    groups: int = 1,
) -> Array:
    """Return the gradient of conv2d for its weight.

    Parameters
    ----------
    input : array (N, C, H, W) or without N
        The forward call's input.
    weight_size : tuple of int
        Shape of the forward call's weight, (O, C/groups, KH, KW).
    grad_output : array (N, O, OH, OW)
        Gradient of the loss for the forward call's output.
    stride, padding, dilation, groups
        As in the forward call; ``padding`` in numbers.

    Returns
    -------
    array of shape ``weight_size``
        Of the arguments' kind and dtype.

    Raises
    ------
    ValueError
        If the shapes are not those of a forward call.
    TypeError
        If the arrays differ in kind or dtype, or a number is no int.

    Notes
    -----
    A tap's gradient is the inner product of ``grad_output`` with the pixels that it has read.
    As many multiply-adds as the forward call.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv2d_weight
    >>> x, grad = np.array([[[[1, 2, 3]]]]), np.array([[[[1, 1]]]])
    >>> conv2d_weight(x, (1, 1, 1, 2), grad)  # 1 + 2 and 2 + 3
    array([[[[3, 5]]]])
    >>> conv2d_weight(x, (1, 1, 1, 2), grad, groups=0)
    Traceback (most recent call last):
    ...
    ValueError: `groups` must be at least 1, got 0
    """
    return _weight(2, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv3d_weight(
    input: Array,
    weight_size: Sequence[int],
    grad_output: Array,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
    groups: int = 1,
) -> Array:
    """Return the gradient of conv3d for its weight.

    Arguments, result, refusals and cost are those of ``conv2d_weight``, with three axes.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv3d_weight
    >>> x, grad = np.array([[[[[1, 2, 3]]]]]), np.array([[[[[1, 1]]]]])
    >>> conv3d_weight(x, (1, 1, 1, 1, 2), grad)  # 1 + 2 and 2 + 3
    array([[[[[3, 5]]]]])
    >>> conv3d_weight(x, (1, 1, 1, 1, 2), grad, groups=0)
    Traceback (most recent call last):
    ...
    ValueError: `groups` must be at least 1, got 0
    """
    return _weight(3, input, weight_size, grad_output, stride, padding, dilation, groups)


def _plan(
    rank: int,
    xp: Any,
    grad: Array,
    x: Sequence[int],
    w: Sequence[int],
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    groups: int,
) -> Plan:
    """Return the plan of the forward call, whose output `grad_output` must look like."""
    x = _check.sizes("input_size", x)
    plan = plan_conv(
        rank,
        xp,
        grad.dtype,
        x,
        _check.sizes("weight_size", w),
        None,
        _check.ints("stride", stride, rank),
        _check.ints("padding", padding, rank),
        _check.ints("dilation", dilation, rank),
        _check.integer("groups", groups),
    )
    expected = (*x[: -rank - 1], plan.channels, *plan.size)
    if tuple(grad.shape) != expected:
        _check.refuse("grad_output", f"have the output's shape {expected}", tuple(grad.shape))
    return plan


def _input(
    rank: int,
    input_size: Sequence[int],
    weight: Array,
    grad_output: Array,
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    groups: int,
) -> Array:
    """Hand every output's gradient back to the inputs that it was computed from."""
    xp = _check.namespace(weight=weight, grad_output=grad_output)
    _check.same_dtype(weight=weight, grad_output=grad_output)
    plan = _plan(rank, xp, grad_output, input_size, weight.shape, stride, padding, dilation, groups)
    grad = grad_output if plan.batched else grad_output[None, ...]
    out = engine.grad_input(
        xp,
        grad,
        weight[: grad.shape[1], ...],
        tuple(input_size)[-rank:],
        plan.stride,
        plan.padding,
        plan.dilation,
        plan.groups,
    )
    return out if plan.batched else out[0, ...]


def _weight(
    rank: int,
    input: Array,
    weight_size: Sequence[int],
    grad_output: Array,
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    groups: int,
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
