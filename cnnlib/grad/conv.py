"""Gradients of conv1d, conv2d and conv3d for the input and the weight."""

from collections.abc import Sequence

from cnnlib import _check, engine
from cnnlib._check import Array, Ints
from cnnlib.conv import forward
from cnnlib.geometry import Axes, Geometry


def conv1d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:  # fmt: skip
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
    x, w = _check.sizes("input_size", input_size), _check.shape_of("weight", weight)
    zeros = _check.ints("padding", padding, 1, 0)  # a gradient knows no words
    g = forward(1, x, w, stride, zeros, dilation, groups)
    return _input(x, weight, grad_output, g)


def conv2d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:  # fmt: skip
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
        Of the arguments' kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

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
    x, w = _check.sizes("input_size", input_size), _check.shape_of("weight", weight)
    zeros = _check.ints("padding", padding, 2, 0)  # a gradient knows no words
    g = forward(2, x, w, stride, zeros, dilation, groups)
    return _input(x, weight, grad_output, g)


def conv3d_input(
    input_size: Sequence[int], weight: Array, grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:  # fmt: skip
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
    x, w = _check.sizes("input_size", input_size), _check.shape_of("weight", weight)
    zeros = _check.ints("padding", padding, 3, 0)  # a gradient knows no words
    g = forward(3, x, w, stride, zeros, dilation, groups)
    return _input(x, weight, grad_output, g)


def conv1d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:  # fmt: skip
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
    x, w = _check.shape_of("input", input), _check.sizes("weight_size", weight_size)
    zeros = _check.ints("padding", padding, 1, 0)  # a gradient knows no words
    g = forward(1, x, w, stride, zeros, dilation, groups)
    return _weight(input, w, grad_output, g)


def conv2d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:  # fmt: skip
    """Return the gradient of conv2d for its weight.

    Parameters
    ----------
    input, weight_size
        The forward call's input, and its weight's shape (O, C/groups, KH, KW).
    grad_output, stride, padding, dilation, groups
        As for ``conv2d_input``.

    Returns
    -------
    array of shape ``weight_size``
        Of the arguments' kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

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
    x, w = _check.shape_of("input", input), _check.sizes("weight_size", weight_size)
    zeros = _check.ints("padding", padding, 2, 0)  # a gradient knows no words
    g = forward(2, x, w, stride, zeros, dilation, groups)
    return _weight(input, w, grad_output, g)


def conv3d_weight(
    input: Array, weight_size: Sequence[int], grad_output: Array, stride: Ints = 1,
    padding: Ints = 0, dilation: Ints = 1, groups: int = 1,
) -> Array:  # fmt: skip
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
    x, w = _check.shape_of("input", input), _check.sizes("weight_size", weight_size)
    zeros = _check.ints("padding", padding, 3, 0)  # a gradient knows no words
    g = forward(3, x, w, stride, zeros, dilation, groups)
    return _weight(input, w, grad_output, g)


def _input(x: Axes, weight: Array, grad_output: Array, g: Geometry) -> Array:
    """Hand every output's gradient back to the inputs that it was computed from."""
    xp = _check.namespace(weight=weight, grad_output=grad_output)
    _check.same_dtype(weight=weight, grad_output=grad_output)
    grad, batched = _batch(x, tuple(weight.shape), grad_output, g)
    out = engine.grad_input(xp, grad, weight[: grad.shape[1], ...], g)
    return out if batched else out[0, ...]


def _weight(input: Array, w: Axes, grad_output: Array, g: Geometry) -> Array:
    """Take the inner product of every output's gradient with what its tap has seen."""
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    grad, batched = _batch(tuple(input.shape), w, grad_output, g)
    if grad.shape[1] == 0:
        return xp.zeros(w, dtype=input.dtype, device=input.device)
    return engine.grad_weight(xp, input if batched else input[None, ...], grad, g)


def _batch(x: Axes, w: Axes, grad: Array, g: Geometry) -> tuple[Array, bool]:
    """Return the gradient with a batch, and whether it came with one; refuse another shape."""
    _check.roomy("grad_output", grad.dtype)
    rank = len(g.size)
    channels = w[0] if w[1] else 0  # as in torch, no input channels give no output channels
    _check.like_output(grad, (*x[: -rank - 1], channels, *g.out))
    batched = len(x) == rank + 2
    return (grad if batched else grad[None, ...]), batched
