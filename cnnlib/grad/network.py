"""Gradients of what stands between the convolutions, and of the loss behind them."""

from collections.abc import Sequence

from cnnlib import _check
from cnnlib._check import Array
from cnnlib.linear import check_features
from cnnlib.loss import check_classes, softmax


def linear_input(input_size: Sequence[int], weight: Array, grad_output: Array) -> Array:
    """Return the gradient of linear for its input.

    Parameters
    ----------
    input_size : tuple of int
        Shape of the forward call's input, (..., in).
    weight : array (out, in)
        The forward call's weight.
    grad_output : array (..., out)
        The loss's gradient for the output.

    Returns
    -------
    array of shape ``input_size``
        Of the arguments' kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

    Notes
    -----
    ``grad_output @ weight``

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import linear_input
    >>> linear_input((1, 3), np.array([[1, 2, 3], [10, 20, 30]]), np.array([[1, 1]]))
    array([[11, 22, 33]])
    >>> linear_input((1, 3), np.array([[1, 2, 3]]), np.array([[1, 1]]))
    Traceback (most recent call last):
    ...
    ValueError: `grad_output` must have the output's shape (1, 1), got (1, 2)
    """
    xp = _check.namespace(weight=weight, grad_output=grad_output)
    _check.same_dtype(weight=weight, grad_output=grad_output)
    _output_of(grad_output, _check.sizes("input_size", input_size), tuple(weight.shape))
    return xp.matmul(grad_output, weight)


def linear_weight(input: Array, weight_size: Sequence[int], grad_output: Array) -> Array:
    """Return the gradient of linear for its weight.

    Parameters
    ----------
    input, weight_size
        The forward call's input (..., in), and its weight's shape (out, in).
    grad_output : array (..., out)
        As for ``linear_input``.

    Returns
    -------
    array of shape ``weight_size``
        Of the arguments' kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

    Notes
    -----
    ``grad_output.T @ input``, over all rows.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import linear_weight
    >>> linear_weight(np.array([[1, 2, 3]]), (2, 3), np.array([[1, 10]]))
    array([[ 1,  2,  3],
           [10, 20, 30]])
    >>> linear_weight(np.array([[1, 2, 3]]), (1, 3), np.array([[1, 10]]))
    Traceback (most recent call last):
    ...
    ValueError: `grad_output` must have the output's shape (1, 1), got (1, 2)
    """
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    size = _check.sizes("weight_size", weight_size)
    _output_of(grad_output, tuple(input.shape), size)
    rows, grads = xp.reshape(input, (-1, size[1])), xp.reshape(grad_output, (-1, size[0]))
    return xp.matmul(xp.permute_dims(grads, (1, 0)), rows)


def linear_bias(grad_output: Array) -> Array:
    """Return the gradient of linear for its bias: each feature's sum.

    Parameters
    ----------
    grad_output : array (..., out)
        The loss's gradient for the output.

    Returns
    -------
    array (out,)
        Of the argument's kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

    Notes
    -----
    A bias is added to every row, so it collects the gradients of all of them.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import linear_bias
    >>> linear_bias(np.array([[1, 10], [2, 20]]))
    array([ 3, 30])
    >>> linear_bias([[1, 10]])
    Traceback (most recent call last):
    ...
    TypeError: `grad_output` must be a NumPy array or a torch tensor, got list
    """
    xp = _check.namespace(grad_output=grad_output)
    axes = tuple(range(grad_output.ndim - 1))
    return xp.sum(grad_output, axis=axes, dtype=grad_output.dtype)


def _output_of(grad: Array, x: tuple[int, ...], w: tuple[int, ...]) -> None:
    """Refuse a gradient that does not look like the forward call's output."""
    check_features(x, w)
    _check.like_output(grad, (*x[:-1], *w[:-1]))


def relu_input(input: Array, grad_output: Array) -> Array:
    """Return the gradient of relu: it passes where the input was positive.

    Parameters
    ----------
    input : array (...)
        The forward call's input.
    grad_output : array (...)
        The loss's gradient for the output.

    Returns
    -------
    array (...)
        Of the arguments' kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

    Notes
    -----
    At zero, where the slope is not defined, nothing passes, as in torch.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import relu_input
    >>> relu_input(np.array([-2, 0, 3]), np.array([10, 20, 30]))
    array([ 0,  0, 30])
    >>> relu_input(np.array([-2, 0, 3]), np.array([10, 20]))
    Traceback (most recent call last):
    ...
    ValueError: `grad_output` must have the shape of `input` (3,), got (2,)
    """
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    _same_shape(grad_output, input)
    return xp.where(input <= 0, xp.zeros_like(grad_output), grad_output)


def log_softmax_input(input: Array, grad_output: Array, dim: int) -> Array:
    """Return the gradient of log_softmax for its input.

    Parameters
    ----------
    input : array (...)
        The forward call's input.
    grad_output : array (...)
        The loss's gradient for the output.
    dim : int
        As in the forward call.

    Returns
    -------
    array (...)
        Of the arguments' kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

    Notes
    -----
    ``grad_output - softmax(input) * sum(grad_output)``

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import log_softmax_input
    >>> log_softmax_input(np.zeros(4), np.array([1.0, 0.0, 0.0, 0.0]), 0)
    array([ 0.75, -0.25, -0.25, -0.25])
    >>> log_softmax_input(np.zeros(4), np.zeros(4), 2)
    Traceback (most recent call last):
    ...
    ValueError: `dim` must be from -1 to 0, got 2; input has 1 axes
    """
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    _same_shape(grad_output, input)
    shares = softmax(input, dim)
    return grad_output - shares * xp.sum(grad_output, axis=dim, keepdims=True)


def cross_entropy_input(input: Array, target: Array, *, reduction: str = "mean") -> Array:
    """Return the gradient of cross_entropy for the scores: the shares, minus one at the class.

    Parameters
    ----------
    input : array (N, classes) or (classes,)
        The forward call's scores.
    target : array (N,) or ()
        The true classes, int64.
    reduction : {'mean', 'sum', 'none'}
        As in the forward call; 'none' is taken as 'sum'.

    Returns
    -------
    array
        Of the scores' shape, kind and dtype.

    Raises
    ------
    ValueError, TypeError
        As the forward call, and where ``grad_output`` has not its output's shape.

    Notes
    -----
    ``(softmax(input) - one_hot(target)) / N`` for the mean: how much share each class has too much.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import cross_entropy_input
    >>> cross_entropy_input(np.zeros((1, 4)), np.array([1]))
    array([[ 0.25, -0.75,  0.25,  0.25]])
    >>> cross_entropy_input(np.zeros((1, 4)), np.array([4]))
    Traceback (most recent call last):
    ...
    ValueError: `target` must be classes from 0 to 3, got 4; input (1, 4)
    """
    xp = _check.namespace(input=input, target=target)
    check_classes(xp, input, target, reduction)
    classes = xp.arange(input.shape[-1], dtype=target.dtype, device=input.device)
    hit = xp.astype(classes == target[..., None], input.dtype)
    grad = softmax(input, -1) - hit
    return grad / (len(target) if target.ndim else 1) if reduction == "mean" else grad


def _same_shape(grad: Array, input: Array) -> None:
    """Refuse a gradient of another shape than the input's."""
    if tuple(grad.shape) != tuple(input.shape):
        rule = f"have the shape of `input` {tuple(input.shape)}"
        _check.refuse("grad_output", rule, tuple(grad.shape))
