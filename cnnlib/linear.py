"""What stands between the convolutions of a network: ReLU and fully connected layers."""

from cnnlib import _check
from cnnlib._check import Array


def linear(input: Array, weight: Array, bias: Array | None = None) -> Array:
    """Take the inner product of every row of ``input`` with every row of ``weight``.

    Parameters
    ----------
    input : array (..., in)
        NumPy array or torch tensor.
    weight : array (out, in) or (in,)
        One row for each output feature.
    bias : array (out,), (1,) or (), optional
        Added to every row of the result.

    Returns
    -------
    array (..., out) or (...)
        ``input @ weight.T + bias``, of the input's kind and dtype.

    Raises
    ------
    ValueError
        If the features or the bias do not match.
    TypeError
        If the arrays differ in kind or dtype.

    Notes
    -----
    ``in * out`` multiply-adds a row.
    Reference: ``torch.nn.functional.linear``.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import linear
    >>> linear(np.array([1, 10]), np.array([[1, 2], [3, 4]]), np.array([100, 200]))
    array([121, 243])
    >>> linear(np.ones(3), np.ones((2, 3), np.float32))
    Traceback (most recent call last):
    ...
    TypeError: `weight` must have the dtype of `input`, float64, got float32
    """
    xp = _check.namespace(input=input, weight=weight, bias=bias)
    _check.same_dtype(input=input, weight=weight, bias=bias)
    _check.numbers("input", input.dtype, _check.NUMERIC)
    check_features(tuple(input.shape), tuple(weight.shape))
    out = xp.matmul(input, weight if weight.ndim == 1 else xp.permute_dims(weight, (1, 0)))
    if bias is None:
        return out
    allowed = ((), (1,), tuple(weight.shape[:1])) if weight.ndim == 2 else ((),)
    if tuple(bias.shape) not in allowed:
        rule = "have one number for each row of `weight`, or one for all"
        _check.refuse("bias", rule, tuple(bias.shape), f"weight {tuple(weight.shape)}")
    return out + bias


def check_features(x: tuple[int, ...], w: tuple[int, ...]) -> None:
    """Refuse a weight (out, in) or (in) that rows of the input cannot be multiplied with."""
    _check.axes("weight", w, "out, in", "in")
    if not x:
        _check.refuse("input", "have at least 1 axis", 0)
    if x[-1] != w[-1]:
        raise ValueError(
            f"`input` has {x[-1]} features but `weight` expects {w[-1]} (weight.shape[-1]); "
            f"input {x}, weight {w}"
        )


def relu(input: Array) -> Array:
    """Replace every negative entry by zero.

    Parameters
    ----------
    input : array (...)
        NumPy array or torch tensor of real numbers.

    Returns
    -------
    array (...)
        ``max(input, 0)``, of the input's kind and dtype, a fresh copy; NaN stays NaN.

    Raises
    ------
    TypeError
        If the dtype is bool or complex.

    Notes
    -----
    One comparison an entry.
    Reference: ``torch.nn.functional.relu``.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import relu
    >>> relu(np.array([-2, 0, 3]))
    array([0, 0, 3])
    >>> relu(np.array([1j]))
    Traceback (most recent call last):
    ...
    TypeError: `input` must have a real numeric dtype, got complex128
    """
    xp = _check.namespace(input=input)
    _check.numbers("input", input.dtype)
    return xp.where(input <= 0, xp.zeros_like(input), input)
