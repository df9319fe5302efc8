"""Transposed convolution in 1, 2 and 3 dimensions: a convolution's gradient, run forward."""

from functools import lru_cache
from typing import Any

from cnnlib import _check, engine, shape
from cnnlib._check import Array, Ints
from cnnlib.conv import Axes, Plan, one_kind


def conv_transpose1d(
    input: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
) -> Array:
    """Lay a copy of the filter down for every entry of a sequence, and add the copies up.

    Parameters
    ----------
    input : array (N, C, L) or (C, L)
        NumPy array or torch tensor; the batch may be left out.
    weight : array (C, O/groups, K)
        One filter for each input channel.
    bias, stride, padding, output_padding, groups, dilation
        As for ``conv_transpose2d``, with one axis.

    Returns
    -------
    array (N, O, OL) or (O, OL)
        Of the input's kind and dtype, a fresh copy; the shape law, the refusals and the cost are
        those of ``conv_transpose2d``, axis by axis.

    References
    ----------
    ``torch.nn.functional.conv_transpose1d``

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import conv_transpose1d
    >>> x = np.array([[1, 10]])
    >>> conv_transpose1d(x, np.array([[[1, 2, 3]]]))
    array([[ 1, 12, 23, 30]])
    >>> conv_transpose1d(x, np.array([[[1, 2]]]), stride=3)
    array([[ 1,  2,  0, 10, 20]])
    >>> conv_transpose1d(x, np.array([[[1, 2]]]), stride=(1, 2))
    Traceback (most recent call last):
    ...
    ValueError: `stride` must be an int or a tuple of 1 ints, got (1, 2); it has 2 entries
    """
    return _transpose(1, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose2d(
    input: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
) -> Array:
    """Lay a copy of the filter down for every entry of an image, and add the copies up.

    Parameters
    ----------
    input : array (N, C, H, W) or (C, H, W)
        NumPy array or torch tensor; the batch may be left out.
    weight : array (C, O/groups, KH, KW)
        One filter for each *input* channel: the weight of the convolution that it undoes.
    bias : array (O,), optional
        One number for each output channel, added at every position.
    stride : int or tuple, default 1
        Distance between the copies of neighbouring entries, in pixels.
    padding : int or tuple, default 0
        Pixels cut off before and after each axis of the result.
    output_padding : int or tuple, default 0
        Pixels added behind each axis; smaller than the stride or the dilation.
    groups : int, default 1
        Parts that the channels fall into.
    dilation : int or tuple, default 1
        Distance between neighbouring taps, in pixels.

    Returns
    -------
    array (N, O, OH, OW) or (O, OH, OW)
        Of the input's kind and dtype, a fresh copy; for each axis ``out = (size - 1)*stride
        - 2*padding + dilation*(kernel - 1) + output_padding + 1``.

    Raises
    ------
    ValueError
        If the channels, the groups or the bias do not go together, or nothing is left.
    TypeError
        If the arrays differ in kind or dtype, or a number is no int.

    Notes
    -----
    ``out[n, o, y*stride + i*dilation - padding, ...] += input[n, c, y, x] * weight[c, o, i, j]``:
    the transposed matrix of the convolution with this weight, so
    ``<conv2d(x, w), y> == <x, conv_transpose2d(y, w)>``.  It undoes the convolution's shape, not
    its numbers.  ``N*C*H*W * O/groups*KH*KW`` multiply-adds.

    References
    ----------
    ``torch.nn.functional.conv_transpose2d``; Dumoulin and Visin, arXiv:1603.07285,
    relationships 8 to 14.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import conv_transpose2d
    >>> x = np.array([[[0, 1], [2, 3]]])
    >>> conv_transpose2d(x, np.array([[[[0, 1], [2, 3]]]]))
    array([[[ 0,  0,  1],
            [ 0,  4,  6],
            [ 4, 12,  9]]])
    >>> conv_transpose2d(x, np.array([[[[1, 1]]]]), stride=2)  # copies side by side
    array([[[0, 0, 1, 1],
            [0, 0, 0, 0],
            [2, 2, 3, 3]]])
    >>> conv_transpose2d(x, np.array([[[[1]]]]), padding="same")
    Traceback (most recent call last):
    ...
    TypeError: `padding` must be an int, got 'same'
    """
    return _transpose(2, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose3d(
    input: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
) -> Array:
    """Lay a copy of the filter down for every entry of a volume, and add the copies up.

    Parameters
    ----------
    input : array (N, C, D, H, W) or (C, D, H, W)
        NumPy array or torch tensor; the batch may be left out.
    weight : array (C, O/groups, KD, KH, KW)
        One filter for each input channel.
    bias, stride, padding, output_padding, groups, dilation
        As for ``conv_transpose2d``, with three axes.

    Returns
    -------
    array (N, O, OD, OH, OW) or (O, OD, OH, OW)
        Of the input's kind and dtype, a fresh copy; the shape law, the refusals and the cost are
        those of ``conv_transpose2d``, axis by axis.

    References
    ----------
    ``torch.nn.functional.conv_transpose3d``

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import conv_transpose3d
    >>> x = np.array([[[[1, 10]]]])
    >>> conv_transpose3d(x, np.array([[[[[1]], [[2]]]]]))
    array([[[[ 1, 10]],
    <BLANKLINE>
            [[ 2, 20]]]])
    >>> conv_transpose3d(x, np.array([[[[[1]]]]]), output_padding=-1)
    Traceback (most recent call last):
    ...
    ValueError: `output_padding` must be at least 0, got (-1, -1, -1)
    """
    return _transpose(3, input, weight, bias, stride, padding, output_padding, groups, dilation)


def _transpose(
    rank: int,
    input: Array,
    weight: Array,
    bias: Array | None,
    stride: Ints,
    padding: Ints,
    output_padding: Ints,
    groups: int,
    dilation: Ints,
) -> Array:
    """Normalise, check, hand every input entry back to the positions that it would come from."""
    xp = one_kind(input, weight, bias)
    plan = plan_transpose(
        rank,
        xp,
        input.dtype,
        input.shape,
        weight.shape,
        None if bias is None else bias.shape,
        _check.ints("stride", stride, rank),
        _check.ints("padding", padding, rank),
        _check.ints("output_padding", output_padding, rank),
        _check.integer("groups", groups),
        _check.ints("dilation", dilation, rank),
    )
    x = input if plan.batched else input[None, ...]
    out = engine.grad_input(
        xp, x, weight, plan.size, plan.stride, plan.padding, plan.dilation, plan.groups
    )
    if bias is not None:
        out = out + xp.reshape(bias, (-1, *(1,) * rank))
    return out if plan.batched else out[0, ...]


@lru_cache(maxsize=1024)
def plan_transpose(
    rank: int,
    xp: Any,
    dtype: Any,
    x: Axes,
    w: Axes,
    b: Axes | None,
    stride: Axes,
    padding: Axes,
    output_padding: Axes,
    groups: int,
    dilation: Axes,
) -> Plan:
    """Check everything that does not need the numbers; remembered for calls that look alike."""
    x, w = tuple(x), tuple(w)
    _check.numbers(xp, "input", dtype, complex_too=True)
    _check.axes("weight", w, f"C, O/groups, {_check.AXES[rank]}")
    _check.images("input", x, rank)
    _check.not_empty("weight", w, False)
    _check.not_empty("input", x, len(x) == rank + 2)
    if w[0] % _check.integer("groups", groups, 1):
        why = f"{w[0]} % {groups} = {w[0] % groups}, weight {w}"
        _check.refuse("weight", f"have a multiple of groups={groups} input channels", w[0], why)
    if x[-rank - 1] != w[0]:
        raise ValueError(
            f"`input` has {x[-rank - 1]} channels but `weight` expects {w[0]} (weight.shape[0]); "
            f"input {x}, weight {w}"
        )
    channels = w[1] * groups
    if b is not None and tuple(b) != (channels,):
        rule = f"have shape ({channels},), one number for each output channel"
        _check.refuse("bias", rule, tuple(b), f"{w[1]}*{groups} (weight.shape[1] * groups)")
    size = shape.conv_transpose_output_size(
        x[-rank:], w[2:], stride, padding, output_padding, dilation
    )
    pads = tuple((p, p) for p in padding)
    return Plan(len(x) == rank + 2, channels, stride, pads, dilation, groups, size)
