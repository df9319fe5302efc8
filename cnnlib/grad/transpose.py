"""Gradients of conv_transpose1d, conv_transpose2d and conv_transpose3d.

A transposed convolution is a convolution's gradient for its input, so its own gradients are
a plain convolution and a convolution's gradient for its weight.
"""

from collections.abc import Sequence
from typing import Any

from cnnlib import _check, engine
from cnnlib._check import Array, Ints
from cnnlib.conv import Plan
from cnnlib.conv_transpose import plan_transpose


def conv_transpose1d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:
    """Return the gradient of conv_transpose1d for its input.

    Arguments, result, refusals and cost are as for ``conv_transpose2d_input``, with one axis.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv_transpose1d_input
    >>> w = np.array([[[1, 10]]])
    >>> y = np.array([[[1, 2, 3]]])
    >>> conv_transpose1d_input((1, 1, 2), w, y)  # 1 + 20, 2 + 30
    array([[[21, 32]]])
    >>> conv_transpose1d_input((1, 1, 2), w, y, stride=0)
    Traceback (most recent call last):
    ...
    ValueError: `stride` must be at least 1, got (0,)
    """
    return _input(1, input_size, weight, grad_output, stride, padding, output_padding, groups,
                  dilation)


def conv_transpose2d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:
    """Return the gradient of conv_transpose2d for its input.

    Parameters
    ----------
    input_size : tuple of int
        Shape of the forward call's input, (N, C, H, W) or without N.
    weight : array (C, O/groups, KH, KW)
        The forward call's weight.
    grad_output : array (N, O, OH, OW)
        Gradient of the loss for the forward call's output.
    stride, padding, output_padding, groups, dilation
        As in the forward call.

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
    The plain convolution of ``grad_output`` with ``weight``.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv_transpose2d_input
    >>> w = np.array([[[[1, 10]]]])
    >>> y = np.array([[[[1, 2, 3]]]])
    >>> conv_transpose2d_input((1, 1, 1, 2), w, y)  # 1 + 20, 2 + 30
    array([[[[21, 32]]]])
    >>> conv_transpose2d_input((1, 1, 1, 2), w, y, stride=0)
    Traceback (most recent call last):
    ...
    ValueError: `stride` must be at least 1, got (0, 0)
    """
    return _input(2, input_size, weight, grad_output, stride, padding, output_padding, groups,
                  dilation)


def conv_transpose3d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:
    """Return the gradient of conv_transpose3d for its input.

    Arguments, result, refusals and cost are as for ``conv_transpose2d_input``, with three axes.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv_transpose3d_input
    >>> w = np.array([[[[[1, 10]]]]])
    >>> y = np.array([[[[[1, 2, 3]]]]])
    >>> conv_transpose3d_input((1, 1, 1, 1, 2), w, y)  # 1 + 20, 2 + 30
    array([[[[[21, 32]]]]])
    >>> conv_transpose3d_input((1, 1, 1, 1, 2), w, y, stride=0)
    Traceback (most recent call last):
    ...
    ValueError: `stride` must be at least 1, got (0, 0, 0)
    """
    return _input(3, input_size, weight, grad_output, stride, padding, output_padding, groups,
                  dilation)


def conv_transpose1d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:
    """Return the gradient of conv_transpose1d for its weight.

    Arguments, result, refusals and cost are as for ``conv_transpose2d_weight``, with one axis.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv_transpose1d_weight
    >>> x, y = np.array([[[1, 2]]]), np.array([[[1, 2, 3]]])
    >>> conv_transpose1d_weight(x, (1, 1, 2), y)  # 1 + 2*2, 2 + 2*3
    array([[[5, 8]]])
    >>> conv_transpose1d_weight(x, (1, 1, 2), y, padding=-1)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at least 0, got (-1,)
    """
    return _weight(1, input, weight_size, grad_output, stride, padding, output_padding, groups,
                   dilation)


def conv_transpose2d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:
    """Return the gradient of conv_transpose2d for its weight.

    Parameters
    ----------
    input : array (N, C, H, W) or without N
        The forward call's input.
    weight_size : tuple of int
        Shape of the forward call's weight, (C, O/groups, KH, KW).
    grad_output : array (N, O, OH, OW)
        Gradient of the loss for the forward call's output.
    stride, padding, output_padding, groups, dilation
        As in the forward call.

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
    A convolution's gradient for its weight, with input and output in each other's place.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv_transpose2d_weight
    >>> x, y = np.array([[[[1, 2]]]]), np.array([[[[1, 2, 3]]]])
    >>> conv_transpose2d_weight(x, (1, 1, 1, 2), y)  # 1 + 2*2, 2 + 2*3
    array([[[[5, 8]]]])
    >>> conv_transpose2d_weight(x, (1, 1, 1, 2), y, padding=-1)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at least 0, got (-1, -1)
    """
    return _weight(2, input, weight_size, grad_output, stride, padding, output_padding, groups,
                   dilation)


def conv_transpose3d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:
    """Return the gradient of conv_transpose3d for its weight.

    Arguments, result, refusals, cost are as for ``conv_transpose2d_weight``, with three axes.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv_transpose3d_weight
    >>> x, y = np.array([[[[[1, 2]]]]]), np.array([[[[[1, 2, 3]]]]])
    >>> conv_transpose3d_weight(x, (1, 1, 1, 1, 2), y)  # 1 + 2*2, 2 + 2*3
    array([[[[[5, 8]]]]])
    >>> conv_transpose3d_weight(x, (1, 1, 1, 1, 2), y, padding=-1)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at least 0, got (-1, -1, -1)
    """
    return _weight(3, input, weight_size, grad_output, stride, padding, output_padding, groups,
                   dilation)


def _plan(
    rank: int, xp: Any, grad: Array, x: Sequence[int], w: Sequence[int], stride: Ints,
    padding: Ints, output_padding: Ints, groups: int, dilation: Ints,
) -> Plan:
    """Return the plan of the forward call, whose output `grad_output` must look like."""
    x = _check.sizes("input_size", x)
    plan = plan_transpose(
        rank, xp, grad.dtype, x, _check.sizes("weight_size", w), None,
        _check.ints("stride", stride, rank), _check.ints("padding", padding, rank),
        _check.ints("output_padding", output_padding, rank),
        _check.integer("groups", groups), _check.ints("dilation", dilation, rank),
    )
    expected = (*x[: -rank - 1], plan.channels, *plan.size)
    if tuple(grad.shape) != expected:
        _check.refuse("grad_output", f"have the output's shape {expected}", tuple(grad.shape))
    return plan


def _reached(
    grad: Array, x: Sequence[int], w: Sequence[int], plan: Plan
) -> tuple[Array, tuple[tuple[int, int], ...]]:
    """Return ``grad`` and its padding without the end that no tap reaches (output_padding)."""
    kept, pads, rank = [], [], len(plan.size)
    for n, k, s, (p, _), d, m in zip(
        tuple(x)[-rank:], tuple(w)[2:], plan.stride, plan.padding, plan.dilation, plan.size,
        strict=True,
    ):
        reach = (n - 1) * s + d * (k - 1) + 1
        pads.append((min(p, reach), max(reach - p - m, 0)))
        kept.append(slice(max(min(reach - p, m), 0)))
    return grad[(..., *kept)], tuple(pads)


def _input(
    rank: int, input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints,
    padding: Ints, output_padding: Ints, groups: int, dilation: Ints,
) -> Array:
    """Correlate the output's gradient with the filter."""
    xp = _check.namespace(weight=weight, grad_output=grad_output)
    _check.same_dtype(weight=weight, grad_output=grad_output)
    plan = _plan(rank, xp, grad_output, input_size, weight.shape, stride, padding, output_padding,
                 groups, dilation)
    grad, pads = _reached(grad_output, input_size, weight.shape, plan)
    out = engine.correlate(
        xp, grad if plan.batched else grad[None, ...], weight, None, plan.stride, pads,
        plan.dilation, plan.groups, method="auto",
    )
    return out if plan.batched else out[0, ...]


def _weight(
    rank: int, input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints,
    padding: Ints, output_padding: Ints, groups: int, dilation: Ints,
) -> Array:
    """Take the gradient for a weight, with input and output in each other's place."""
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    plan = _plan(rank, xp, grad_output, input.shape, weight_size, stride, padding, output_padding,
                 groups, dilation)
    grad, pads = _reached(grad_output, input.shape, weight_size, plan)
    x, grad = (a if plan.batched else a[None, ...] for a in (input, grad))
    return engine.grad_weight(
        xp, grad, x, tuple(weight_size)[2:], plan.stride, pads, plan.dilation, plan.groups
    )
