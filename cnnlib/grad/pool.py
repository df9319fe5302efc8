"""Gradients of max_pool1d to max_pool3d and avg_pool1d to avg_pool3d for their input."""

from collections.abc import Sequence
from itertools import repeat
from math import prod

from cnnlib import _check
from cnnlib._check import Array, Ints
from cnnlib.geometry import Geometry
from cnnlib.kernels import hand_back
from cnnlib.pool.average import check_volume, divisors
from cnnlib.pool.largest import largest
from cnnlib.pool.windows import pool_forward


def max_pool1d_input(
    input: Array, grad_output: Array, kernel_size: Ints, stride: Ints | None = None,
    padding: Ints = 0, dilation: Ints = 1, ceil_mode: bool = False,
) -> Array:  # fmt: skip
    """Return the gradient of max_pool1d: it goes to the entry that won.

    Arguments, result, refusals and cost are those of ``max_pool2d_input``, with one axis.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import max_pool1d_input
    >>> x, grad = np.array([[1, 3, 2, 2]]), np.array([[10, 20]])
    >>> max_pool1d_input(x, grad, 2)
    array([[ 0, 10, 20,  0]])
    >>> max_pool1d_input(x, grad, 0)
    Traceback (most recent call last):
    ...
    ValueError: `kernel_size` must be at least 1, got 0
    """
    x = _check.shape_of("input", input)
    g = pool_forward(1, x, kernel_size, stride, padding, dilation, ceil_mode)
    return _max(input, grad_output, g)


def max_pool2d_input(
    input: Array, grad_output: Array, kernel_size: Ints, stride: Ints | None = None,
    padding: Ints = 0, dilation: Ints = 1, ceil_mode: bool = False,
) -> Array:  # fmt: skip
    """Return the gradient of max_pool2d: it goes to the entry that won.

    Parameters
    ----------
    input : array (N, C, H, W) or without N
        The forward call's input.
    grad_output : array (N, C, OH, OW)
        Gradient of the loss for the forward call's output.
    kernel_size, stride, padding, dilation, ceil_mode
        As in the forward call.

    Returns
    -------
    array
        Of the input's shape, kind and dtype.

    Raises
    ------
    ValueError, TypeError
        As the forward call, and where ``grad_output`` has not its output's shape.

    Notes
    -----
    The windows are compared again; of equal entries the first takes all.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import max_pool2d_input
    >>> x, grad = np.array([[[1, 3, 2, 2]]]), np.array([[[10, 20]]])
    >>> max_pool2d_input(x, grad, (1, 2))
    array([[[ 0, 10, 20,  0]]])
    >>> max_pool2d_input(x, grad, 0)
    Traceback (most recent call last):
    ...
    ValueError: `kernel_size` must be at least 1, got 0
    """
    x = _check.shape_of("input", input)
    g = pool_forward(2, x, kernel_size, stride, padding, dilation, ceil_mode)
    return _max(input, grad_output, g)


def max_pool3d_input(
    input: Array, grad_output: Array, kernel_size: Ints, stride: Ints | None = None,
    padding: Ints = 0, dilation: Ints = 1, ceil_mode: bool = False,
) -> Array:  # fmt: skip
    """Return the gradient of max_pool3d: it goes to the entry that won.

    Arguments, result, refusals and cost are those of ``max_pool2d_input``, with three axes.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import max_pool3d_input
    >>> x, grad = np.array([[[[1, 3, 2, 2]]]]), np.array([[[[10, 20]]]])
    >>> max_pool3d_input(x, grad, (1, 1, 2))
    array([[[[ 0, 10, 20,  0]]]])
    >>> max_pool3d_input(x, grad, 0)
    Traceback (most recent call last):
    ...
    ValueError: `kernel_size` must be at least 1, got 0
    """
    x = _check.shape_of("input", input)
    g = pool_forward(3, x, kernel_size, stride, padding, dilation, ceil_mode)
    return _max(input, grad_output, g)


def avg_pool1d_input(
    input_size: Sequence[int], grad_output: Array, kernel_size: Ints, stride: Ints | None = None,
    padding: Ints = 0, ceil_mode: bool = False, count_include_pad: bool = True,
) -> Array:  # fmt: skip
    """Return the gradient of avg_pool1d: every entry of a window gets an equal share.

    Arguments, result, refusals and cost are those of ``avg_pool2d_input``, with one axis.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import avg_pool1d_input
    >>> grad = np.array([[10.0, 20.0]])
    >>> avg_pool1d_input((1, 4), grad, 2)
    array([[ 5.,  5., 10., 10.]])
    >>> avg_pool1d_input((1, 4), grad, 2, padding=-1)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at least 0, got -1
    """
    x = _check.sizes("input_size", input_size)
    g = pool_forward(1, x, kernel_size, stride, padding, 1, ceil_mode)
    return _avg(x, grad_output, g, count_include_pad, None)


def avg_pool2d_input(
    input_size: Sequence[int], grad_output: Array, kernel_size: Ints, stride: Ints | None = None,
    padding: Ints = 0, ceil_mode: bool = False, count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Array:  # fmt: skip
    """Return the gradient of avg_pool2d: every entry of a window gets an equal share.

    Parameters
    ----------
    input_size : tuple of int
        Shape of the forward call's input, (N, C, H, W) or without N.
    grad_output : array (N, C, OH, OW)
        Gradient of the loss for the forward call's output, floating.
    kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override
        As in the forward call.

    Returns
    -------
    array of shape ``input_size``
        Of the gradient's kind and dtype; refused is what the forward call refuses, and a
        ``grad_output`` that has not its output's shape (ValueError, TypeError).

    Notes
    -----
    Every entry of a window gets ``grad_output`` over what the sum was divided by.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import avg_pool2d_input
    >>> grad = np.array([[[10.0, 20.0]]])
    >>> avg_pool2d_input((1, 1, 4), grad, (1, 2))
    array([[[ 5.,  5., 10., 10.]]])
    >>> avg_pool2d_input((1, 1, 4), grad, (1, 2), padding=-1)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at least 0, got -1
    """
    x = _check.sizes("input_size", input_size)
    g = pool_forward(2, x, kernel_size, stride, padding, 1, ceil_mode)
    return _avg(x, grad_output, g, count_include_pad, divisor_override)


def avg_pool3d_input(
    input_size: Sequence[int], grad_output: Array, kernel_size: Ints, stride: Ints | None = None,
    padding: Ints = 0, ceil_mode: bool = False, count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Array:  # fmt: skip
    """Return the gradient of avg_pool3d: every entry of a window gets an equal share.

    Arguments, result, refusals and cost are those of ``avg_pool2d_input``, with three axes.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib.grad import avg_pool3d_input
    >>> grad = np.array([[[[10.0, 20.0]]]])
    >>> avg_pool3d_input((1, 1, 1, 4), grad, (1, 1, 2))
    array([[[[ 5.,  5., 10., 10.]]]])
    >>> avg_pool3d_input((1, 1, 1, 4), grad, (1, 1, 2), padding=-1)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at least 0, got -1
    """
    x = _check.sizes("input_size", input_size)
    g = pool_forward(3, x, kernel_size, stride, padding, 1, ceil_mode)
    return _avg(x, grad_output, g, count_include_pad, divisor_override)


def _max(input: Array, grad_output: Array, g: Geometry) -> Array:
    """Find the winners again, and give each tap the gradients of the windows that it won."""
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    _check.like_output(grad_output, (*tuple(input.shape)[: -len(g.size)], *g.out))
    _, winner = largest(xp, input, g)
    nothing = xp.zeros_like(grad_output)
    shares = (xp.where(winner == tap, grad_output, nothing) for tap in range(prod(g.kernel)))
    return hand_back(xp, grad_output, shares, g)


def _avg(
    x: tuple[int, ...], grad: Array, g: Geometry, include_pad: bool, divisor_override: int | None
) -> Array:
    """Give every tap its share of every window's gradient."""
    xp = _check.namespace(grad_output=grad)
    _check.floating("grad_output", grad.dtype)
    check_volume(g)
    _check.like_output(grad, (*x[: -len(g.size)], *g.out))
    share = grad / divisors(xp, grad, g, include_pad, divisor_override)
    return hand_back(xp, share, repeat(share, prod(g.kernel)), g)
