"""Gradients of conv_transpose1d, conv_transpose2d and conv_transpose3d.

A transposed convolution is a convolution's gradient for its input, so its own gradients are
a plain convolution and a convolution's gradient for its weight.
"""

from collections.abc import Sequence

from cnnlib import _check, engine
from cnnlib._check import Array, Ints
from cnnlib.conv_transpose import transpose_forward
from cnnlib.geometry import Axes, Geometry


def conv_transpose1d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:  # fmt: skip
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
    ValueError: `stride` must be at least 1, got 0
    """
    x, w = _check.sizes("input_size", input_size), _check.shape_of("weight", weight)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(1, weight.dtype, x, w, arguments)
    return _input(x, weight, grad_output, g)


def conv_transpose2d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:  # fmt: skip
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
        Of the arguments' kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

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
    ValueError: `stride` must be at least 1, got 0
    """
    x, w = _check.sizes("input_size", input_size), _check.shape_of("weight", weight)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(2, weight.dtype, x, w, arguments)
    return _input(x, weight, grad_output, g)


def conv_transpose3d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:  # fmt: skip
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
    ValueError: `stride` must be at least 1, got 0
    """
    x, w = _check.sizes("input_size", input_size), _check.shape_of("weight", weight)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(3, weight.dtype, x, w, arguments)
    return _input(x, weight, grad_output, g)


def conv_transpose1d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:  # fmt: skip
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
    ValueError: `padding` must be at least 0, got -1
    """
    x, w = _check.shape_of("input", input), _check.sizes("weight_size", weight_size)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(1, input.dtype, x, w, arguments)
    return _weight(input, w, grad_output, g)


def conv_transpose2d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:  # fmt: skip
    """Return the gradient of conv_transpose2d for its weight.

    Parameters
    ----------
    input, weight_size
        The forward call's input, and its weight's shape (C, O/groups, KH, KW).
    grad_output, stride, padding, output_padding, groups, dilation
        As for ``conv_transpose2d_input``.

    Returns
    -------
    array of shape ``weight_size``
        Of the arguments' kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

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
    ValueError: `padding` must be at least 0, got -1
    """
    x, w = _check.shape_of("input", input), _check.sizes("weight_size", weight_size)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(2, input.dtype, x, w, arguments)
    return _weight(input, w, grad_output, g)


def conv_transpose3d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:  # fmt: skip
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
    ValueError: `padding` must be at least 0, got -1
    """
    x, w = _check.shape_of("input", input), _check.sizes("weight_size", weight_size)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(3, input.dtype, x, w, arguments)
    return _weight(input, w, grad_output, g)


def _input(x: Axes, weight: Array, grad_output: Array, g: Geometry) -> Array:
    """Correlate the output's gradient with the filter."""
    xp = _check.namespace(weight=weight, grad_output=grad_output)
    _check.same_dtype(weight=weight, grad_output=grad_output)
    grad, batched = _batch(x, tuple(weight.shape), grad_output, g)
    out = engine.correlate(xp, grad, weight, None, g)
    return out if batched else out[0, ...]


def _weight(input: Array, w: Axes, grad_output: Array, g: Geometry) -> Array:
    """Take the gradient for a weight, with input and output in each other's place."""
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    grad, batched = _batch(tuple(input.shape), w, grad_output, g)
    return engine.grad_weight(xp, grad, input if batched else input[None, ...], g)


def _batch(x: Axes, w: Axes, grad: Array, g: Geometry) -> tuple[Array, bool]:
    """Return the gradient with a batch, and whether it came with one; refuse another shape."""
    rank = len(g.size)
    _check.like_output(grad, (*x[: -rank - 1], w[1] * g.groups, *g.size))
    batched = len(x) == rank + 2
    return (grad if batched else grad[None, ...]), batched
