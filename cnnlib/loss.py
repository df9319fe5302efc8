"""What stands behind the last layer: scores as shares, and how wrong they are."""

from typing import Any

from cnnlib import _check
from cnnlib._check import Array, Namespace


def log_softmax(input: Array, dim: int) -> Array:
    """Return the logarithm of ``softmax``, without a large power in between.

    Parameters
    ----------
    input : array (...)
        Scores, floating.
    dim : int
        The axis along which the shares add up to one.

    Returns
    -------
    array (...)
        ``input - log(sum(exp(input)))``, of the input's kind and dtype.

    Raises
    ------
    ValueError
        If there is no such axis.
    TypeError
        If the dtype is not floating.

    Notes
    -----
    The largest score is subtracted first, so that no power exceeds 1.
    Reference: ``torch.nn.functional.log_softmax``.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import log_softmax
    >>> log_softmax(np.log(np.array([1.0, 3.0])), 0).round(4)  # log(1/4), log(3/4)
    array([-1.3863, -0.2877])
    >>> log_softmax(np.array([1000.0, 0.0]), 0)
    array([    0., -1000.])
    >>> log_softmax(np.array([1, 3]), 0)
    Traceback (most recent call last):
    ...
    TypeError: `input` must have a floating dtype, got int64
    """
    xp = _check.namespace(input=input)
    _check.floating("input", input.dtype)
    axis = _axis(input, dim)
    if input.ndim == 0 or 0 in input.shape:
        return input - input
    shifted = input - xp.max(input, axis=axis, keepdims=True)
    return shifted - xp.log(xp.sum(xp.exp(shifted), axis=axis, keepdims=True))


def softmax(input: Array, dim: int) -> Array:
    """Turn scores into shares along ``dim``: positive, and adding up to one.

    Parameters, result and refusals are those of ``log_softmax``, of which this is the power:
    ``exp(input) / sum(exp(input))``.

    Notes
    -----
    One power and one division an entry.
    Reference: ``torch.nn.functional.softmax``.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import softmax
    >>> softmax(np.log(np.array([1.0, 3.0])), 0).round(4)
    array([0.25, 0.75])
    >>> softmax(np.array([1.0, 3.0]), 1)
    Traceback (most recent call last):
    ...
    ValueError: `dim` must be from -1 to 0, got 1; input has 1 axes
    """
    return _check.namespace(input=input).exp(log_softmax(input, dim))


def cross_entropy(input: Array, target: Array, *, reduction: str = "mean") -> Array:
    """Return how surprised the scores ``input`` (N, classes) are by the classes ``target`` (N).

    Parameters
    ----------
    input : array (N, classes) or (classes,)
        Scores, floating; the larger, the more likely.
    target : array (N,) or ()
        The true class of each row, int64 or uint8.
    reduction : {'mean', 'sum', 'none'}
        What becomes of the N losses.

    Returns
    -------
    array () or (N,)
        ``-log_softmax(input)[target]``, averaged, added up or as it is.

    Raises
    ------
    ValueError
        If the shapes do not match, or a class does not exist.
    TypeError
        If the scores are not floating or the classes neither int64 nor uint8.

    Notes
    -----
    Zero when the true class has all of the share; ``log(classes)`` when the scores are equal.
    Reference: ``torch.nn.functional.cross_entropy`` (without class weights and label smoothing).

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import cross_entropy
    >>> float(cross_entropy(np.zeros((2, 10)), np.array([3, 4])).round(4))  # log(10)
    2.3026
    >>> cross_entropy(np.zeros((2, 10)), np.array([3.0, 4.0]))
    Traceback (most recent call last):
    ...
    TypeError: `target` must have dtype int64 or uint8, got float64
    """
    xp = _check.namespace(input=input, target=target)
    check_classes(xp, input, target, reduction)
    scores = log_softmax(input, -1)
    classes = xp.arange(input.shape[-1], dtype=target.dtype, device=input.device)
    hit = classes == target[..., None]
    loss = -xp.sum(xp.where(hit, scores, xp.zeros_like(scores)), axis=-1, dtype=input.dtype)
    if reduction == "none":
        return loss
    total = xp.sum(loss, dtype=input.dtype)
    return total if reduction == "sum" else total / (len(target) if target.ndim else 1)


def check_classes(xp: Namespace, input: Array, target: Array, reduction: str) -> None:
    """Refuse scores and classes that do not belong together."""
    _check.floating("input", input.dtype)
    x, t = tuple(input.shape), tuple(target.shape)
    _check.axes("input", x, "N, classes", "classes")
    _check.one_of("reduction", reduction, ("none", "mean", "sum"))
    if t != x[:-1]:
        _check.refuse("target", f"have one class for each row of `input`, shape {x[:-1]}", t)
    if str(target.dtype).rpartition(".")[2] not in ("int64", "uint8"):
        _check.refuse("target", "have dtype int64 or uint8", target.dtype, error=TypeError)
    if 0 not in t:
        ends: Any = (xp.min(target), xp.max(target))
        for wrong in map(int, ends):
            if not 0 <= wrong < x[-1]:
                _check.refuse("target", f"be classes from 0 to {x[-1] - 1}", wrong, f"input {x}")


def _axis(input: Array, dim: Any) -> int:
    """Return ``dim`` counted from the front."""
    axis, axes = _check.integer("dim", dim), max(input.ndim, 1)
    if not -axes <= axis < axes:
        _check.refuse("dim", f"be from {-axes} to {axes - 1}", dim, f"input has {input.ndim} axes")
    return axis % axes
