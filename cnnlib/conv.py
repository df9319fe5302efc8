"""Convolution in 1, 2 and 3 dimensions: read the arguments, pad, contract."""

from collections.abc import Sequence
from typing import Any

from cnnlib import _check, engine, fast
from cnnlib._check import Array, Ints, Namespace
from cnnlib.geometry import Geometry, convolution, fitting, spatial
from cnnlib.pad import pad_from_input
from cnnlib.shape.convolution import check_channels


def conv1d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1, padding: Any = 0,
    dilation: Ints = 1, groups: int = 1, *, padding_mode: str = "zeros", method: str = "auto",
) -> Array:  # fmt: skip
    """Slide every filter along a sequence and take the inner product at each position.

    As ``conv2d`` with one axis: input (N, C, L) or (C, L), weight (O, C/groups, K), result
    (N, O, OL) or (O, OL).

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import conv1d
    >>> ramp = np.array([[0, 10, 20, 30, 40]])
    >>> conv1d(ramp, np.array([[[-1, 0, 1]]]))
    array([[20, 20, 20]])
    >>> conv1d(ramp, np.array([[[-1, 0, 1]]]), padding=1)
    array([[ 10,  20,  20,  20, -30]])
    >>> conv1d(ramp, np.array([[[-1, 1]]]), dilation=4)
    array([[40]])
    >>> conv1d(ramp, np.array([[[-1, 1]]]), stride=0)
    Traceback (most recent call last):
    ...
    ValueError: `stride` must be at least 1, got 0
    """
    xp = _check.layer_arrays(input, weight, bias)
    g = forward(1, input.shape, weight.shape, stride, padding, dilation, groups)
    return _convolve(xp, input, weight, bias, g, padding_mode, method)


def conv2d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1, padding: Any = 0,
    dilation: Ints = 1, groups: int = 1, *, padding_mode: str = "zeros", method: str = "auto",
) -> Array:  # fmt: skip
    """Slide every filter over an image and take the inner product at each position.

    Parameters
    ----------
    input : array (N, C, H, W) or (C, H, W)
        NumPy array or torch tensor; the batch may be left out.
    weight : array (O, C/groups, KH, KW)
        One filter for each output channel.
    bias : array (O,), optional
        One number for each output channel, added at every position.
    stride : int or tuple, default 1
        Steps between neighbouring positions, in pixels; an int counts for every axis.
    padding : int, tuple, 'valid' or 'same', default 0
        Pixels added before and after each axis; 'valid' adds none, 'same' keeps the size
        (stride 1 only) and puts the odd pixel behind.
    dilation : int or tuple, default 1
        Distance between neighbouring taps, in pixels; 1 leaves no gap.
    groups : int, default 1
        Parts that the channels fall into; each filter reads the channels of its own part.
    padding_mode : {'zeros', 'reflect', 'replicate', 'circular'}
        What is added: ``1234 -> 00123400``, ``32123432``, ``11123444``, ``34123412``.
    method : str, default 'auto'
        Which strategy of ``cnnlib.fast`` computes float32 and float64; 'exact' stays with those
        that add the definition's own products and nothing else.

    Returns
    -------
    array (N, O, OH, OW) or (O, OH, OW)
        Of the input's kind and dtype, a fresh copy; for each axis
        ``out = (size + 2*padding - dilation*(kernel - 1) - 1) // stride + 1``.

    Raises
    ------
    ValueError
        If the channels, the groups or the bias do not go together, or the kernel does not fit.
    TypeError
        If the arrays differ in kind or dtype, or a number is no int.

    Notes
    -----
    ``out[n, o, y, x] = bias[o] + sum over c, i, j of weight[o, c, i, j] *
    input[n, c, y*stride + i*dilation - padding, x*stride + j*dilation - padding]``, where ``c``
    runs over the channels of the filter's group.  The filter is not turned round: this is
    cross-correlation.  It takes ``N*O*OH*OW * C/groups*KH*KW`` multiply-adds
    (``cnnlib.shape.conv_multiply_adds``).  float32 and float64, in NumPy or on the processor in
    torch, go through ``cnnlib.fast``, where one output may read its neighbours' pixels times zero:
    what is not finite, or far larger than the rest, can spread to outputs that do not read it,
    unless ``method`` is 'exact'.  All else goes through one matrix product a group, over a copy of
    the input ``KH*KW`` times its size; whole numbers wrap around as in torch.

    References
    ----------
    ``torch.nn.functional.conv2d`` and, for ``padding_mode``, ``torch.nn.Conv2d``.
    V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning,
    arXiv:1603.07285, relationships 1 to 6.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import conv2d
    >>> image = np.array([[[[10 * i + j for j in range(4)] for i in range(3)]]])
    >>> right = np.array([[[[0, 1], [0, 0]]]])  # reads the pixel to the right
    >>> conv2d(image, right)
    array([[[[ 1,  2,  3],
             [11, 12, 13]]]])
    >>> conv2d(image, right, stride=2)  # the last row is left over
    array([[[[1, 3]]]])
    >>> conv2d(image, right, padding="same", padding_mode="circular")[0, 0]
    array([[ 1,  2,  3,  0],
           [11, 12, 13, 10],
           [21, 22, 23, 20]])
    >>> conv2d(image, right, padding="full")
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be an int, a tuple of ints, 'same' or 'valid', got 'full'
    """
    xp = _check.layer_arrays(input, weight, bias)
    g = forward(2, input.shape, weight.shape, stride, padding, dilation, groups)
    return _convolve(xp, input, weight, bias, g, padding_mode, method)


def conv3d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1, padding: Any = 0,
    dilation: Ints = 1, groups: int = 1, *, padding_mode: str = "zeros", method: str = "auto",
) -> Array:  # fmt: skip
    """Slide every filter through a volume and take the inner product at each position.

    As ``conv2d`` with three axes: input (N, C, D, H, W) or (C, D, H, W), weight
    (O, C/groups, KD, KH, KW), result (N, O, OD, OH, OW) or (O, OD, OH, OW).

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import conv3d
    >>> volume = np.arange(8).reshape(1, 2, 2, 2)  # (C, D, H, W)
    >>> conv3d(volume, np.ones((1, 1, 2, 1, 1), int))  # adds the two slices
    array([[[[ 4,  6],
             [ 8, 10]]]])
    >>> conv3d(volume, np.ones((1, 3, 2, 1, 1), int), groups=1.0)
    Traceback (most recent call last):
    ...
    TypeError: `groups` must be an int, got 1.0
    """
    xp = _check.layer_arrays(input, weight, bias)
    g = forward(3, input.shape, weight.shape, stride, padding, dilation, groups)
    return _convolve(xp, input, weight, bias, g, padding_mode, method)


def forward(
    rank: int, x: Sequence[int], w: Sequence[int], stride: Ints, padding: Any, dilation: Ints,
    groups: int,
) -> Geometry:  # fmt: skip
    """Return where the windows of a convolution lie, from its arrays' shapes and its arguments."""
    if len(x) - rank not in (1, 2):
        _check.images("input", x, rank)
    if len(w) != rank + 2:
        _check.axes("weight", w, f"O, C/groups, {_check.AXES[rank]}")
    kernel = tuple(w[2:])
    if 0 in kernel:
        _check.refuse("weight", "have at least one tap along each axis", tuple(w))
    g = convolution(tuple(x[-rank:]), kernel, stride, padding, dilation, groups)
    check_channels(x, w, g.groups)
    return fitting(g, "weight")


def check_layer(
    input: Array, weight: Array, bias: Array | None, padding_mode: str, method: str = "auto"
) -> None:
    """Refuse a bias of another length, and words that mean nothing."""
    if bias is not None and bias.shape != weight.shape[:1]:
        rule = f"have shape ({weight.shape[0]},), one number for each filter"
        _check.refuse("bias", rule, tuple(bias.shape))
    if padding_mode != "zeros":
        _check.one_of("padding_mode", padding_mode, _check.PADDING_MODES)
    if method != "auto":
        _check.one_of("method", method, fast.METHODS)


def _convolve(
    xp: Namespace, input: Array, weight: Array, bias: Array | None, g: Geometry, padding_mode: str,
    method: str,
) -> Array:  # fmt: skip
    """Pad, contract."""
    if bias is not None or padding_mode != "zeros" or method != "auto":
        check_layer(input, weight, bias, padding_mode, method)
    batched = input.ndim == len(g.size) + 2
    x = input if batched else input[None, ...]
    if padding_mode != "zeros":
        x = pad_from_input(xp, x, g.padding, padding_mode, "padding")
        g = g._replace(size=spatial(x.shape, len(g.size)), padding=((0, 0),) * len(g.size))
    if weight.shape[1] == 0:  # as in torch, no input channels give no output channels
        weight, bias = weight[:0, ...], None
    out = engine.correlate(xp, x, weight, bias, g, method)
    return out if batched else out[0, ...]
