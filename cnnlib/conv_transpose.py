"""Transposed convolution in 1, 2 and 3 dimensions: a convolution's gradient, run forward."""

from collections.abc import Sequence
from typing import Any

from cnnlib import _check, engine
from cnnlib._check import Array, Ints, Namespace
from cnnlib.geometry import Geometry, spatial, transposed


def conv_transpose1d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1, padding: Ints = 0,
    output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:  # fmt: skip
    """Lay a copy of the filter down for every entry of a sequence, and add the copies up.

    As ``conv_transpose2d`` with one axis: input (N, C, L) or (C, L), weight (C, O/groups, K),
    result (N, O, OL) or (O, OL).

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
    xp = _check.layer_arrays(input, weight, bias)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(1, input.dtype, input.shape, weight.shape, arguments)
    return _transpose(xp, input, weight, bias, g)


def conv_transpose2d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1, padding: Ints = 0,
    output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:  # fmt: skip
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
    xp = _check.layer_arrays(input, weight, bias)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(2, input.dtype, input.shape, weight.shape, arguments)
    return _transpose(xp, input, weight, bias, g)


def conv_transpose3d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1, padding: Ints = 0,
    output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:  # fmt: skip
    """Lay a copy of the filter down for every entry of a volume, and add the copies up.

    As ``conv_transpose2d`` with three axes: input (N, C, D, H, W) or (C, D, H, W), weight
    (C, O/groups, KD, KH, KW), result (N, O, OD, OH, OW) or (O, OD, OH, OW).

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
    ValueError: `output_padding` must be at least 0, got -1
    """
    xp = _check.layer_arrays(input, weight, bias)
    arguments = (stride, padding, output_padding, groups, dilation)
    g = transpose_forward(3, input.dtype, input.shape, weight.shape, arguments)
    return _transpose(xp, input, weight, bias, g)


def transpose_forward(
    rank: int, dtype: Any, x: Sequence[int], w: Sequence[int], arguments: tuple[Ints, ...]
) -> Geometry:
    """Return the convolution of which this is the transpose; it reads what comes out here.

    ``arguments`` are stride, padding, output_padding, groups and dilation, in torch's order.
    """
    stride, padding, output_padding, groups, dilation = arguments
    _check.roomy("input", dtype)
    _check.axes("weight", w, f"C, O/groups, {_check.AXES[rank]}")
    batched = _check.images("input", x, rank)
    _check.not_empty("weight", w, False)
    _check.not_empty("input", x, batched)
    parts = _check.integer("groups", groups, 1)
    if w[0] % parts:
        why = f"{w[0]} % {parts} = {w[0] % parts}, weight {tuple(w)}"
        _check.refuse("weight", f"have a multiple of groups={parts} input channels", w[0], why)
    if x[-rank - 1] != w[0]:
        raise ValueError(
            f"`input` has {x[-rank - 1]} channels but `weight` expects {w[0]} (weight.shape[0]); "
            f"input {tuple(x)}, weight {tuple(w)}"
        )
    out, kernel = spatial(x, rank), tuple(w[2:])
    return transposed(out, kernel, stride, padding, output_padding, dilation, parts)


def check_bias(bias: Array | None, weight: Array, groups: int) -> None:
    """Refuse a bias that has not one number for each output channel."""
    channels = weight.shape[1] * groups
    if bias is not None and tuple(bias.shape) != (channels,):
        rule = f"have shape ({channels},), one number for each output channel"
        why = f"{weight.shape[1]}*{groups} (weight.shape[1] * groups)"
        _check.refuse("bias", rule, tuple(bias.shape), why)


def _transpose(
    xp: Namespace, input: Array, weight: Array, bias: Array | None, g: Geometry
) -> Array:
    """Hand every input entry back to the positions that it would come from."""
    check_bias(bias, weight, g.groups)
    batched = input.ndim == len(g.size) + 2
    out = engine.grad_input(xp, input if batched else input[None, ...], weight, g)
    if bias is not None:
        out = out + xp.reshape(bias, (-1, *(1,) * len(g.size)))
    return out if batched else out[0, ...]
