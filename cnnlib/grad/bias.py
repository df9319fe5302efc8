"""Gradients of conv1d, conv2d and conv3d, and of their transposes, for the bias."""

from cnnlib import _check
from cnnlib._check import Array


def conv1d_bias(grad_output: Array) -> Array:
    """Return the gradient of conv1d for its bias: each channel's sum.

    Arguments, result, refusals and cost are those of ``conv2d_bias``, with one axis.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv1d_bias
    >>> conv1d_bias(np.array([[[1, 2]]]))
    array([3])
    >>> conv1d_bias(np.array([[[True, False]]]))
    Traceback (most recent call last):
    ...
    TypeError: `grad_output` must have a numeric dtype, got bool
    """
    return _bias(1, grad_output)


def conv2d_bias(grad_output: Array) -> Array:
    """Return the gradient of conv2d for its bias: each channel's sum.

    Parameters
    ----------
    grad_output : array (N, O, OH, OW) or without N
        Gradient of the loss for the forward call's output.

    Returns
    -------
    array (O,)
        Of the argument's kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

    Notes
    -----
    A bias is added at every position, so it collects the gradients of all of them.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv2d_bias
    >>> conv2d_bias(np.array([[[[1, 2]]]]))
    array([3])
    >>> conv2d_bias(np.array([[[[True, False]]]]))
    Traceback (most recent call last):
    ...
    TypeError: `grad_output` must have a numeric dtype, got bool
    """
    return _bias(2, grad_output)


def conv3d_bias(grad_output: Array) -> Array:
    """Return the gradient of conv3d for its bias: each channel's sum.

    Arguments, result, refusals and cost are those of ``conv2d_bias``, with three axes.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import conv3d_bias
    >>> conv3d_bias(np.array([[[[[1, 2]]]]]))
    array([3])
    >>> conv3d_bias(np.array([[[[[True, False]]]]]))
    Traceback (most recent call last):
    ...
    TypeError: `grad_output` must have a numeric dtype, got bool
    """
    return _bias(3, grad_output)


def _bias(rank: int, grad_output: Array) -> Array:
    """Sum over the batch and the positions."""
    xp = _check.namespace(grad_output=grad_output)
    _check.numbers("grad_output", grad_output.dtype, _check.NUMERIC)
    _check.images("grad_output", tuple(grad_output.shape), rank)
    axes = tuple(a for a in range(grad_output.ndim) if a != grad_output.ndim - rank - 1)
    return xp.sum(grad_output, axis=axes, dtype=grad_output.dtype)
