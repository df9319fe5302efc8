"""Sizes of convolutions: how many positions a kernel takes, and the padding that keeps a size."""

from collections.abc import Sequence
from typing import Any

from cnnlib import _check as check
from cnnlib._check import Ints, integer, ints, rank_of, refuse, sizes
from cnnlib.geometry import Pads, convolution, fitting, keeping, spatial


def same_padding(kernel_size: Ints, dilation: Ints = 1) -> Pads | tuple[int, int]:
    """Return the padding (before, after) that keeps the size at stride 1.

    Parameters
    ----------
    kernel_size : int or tuple
        Taps of the kernel.
    dilation : int or tuple, default 1
        Distance between neighbouring taps, in pixels.

    Returns
    -------
    tuple
        ``(before, after)`` with ``before + after = dilation*(kernel_size - 1)``; one pair for each
        axis if an argument is a tuple.  An odd pixel goes behind.

    Raises
    ------
    ValueError
        If a number is below 1.
    TypeError
        If a number is no int.

    References
    ----------
    ``torch.nn.Conv2d(padding='same')``

    Examples
    --------
    >>> from cnnlib.shape import same_padding
    >>> same_padding(3), same_padding(4), same_padding(3, dilation=2)
    ((1, 1), (1, 2), (2, 2))
    >>> same_padding((3, 10))
    ((1, 1), (4, 5))
    >>> same_padding(0)
    Traceback (most recent call last):
    ...
    ValueError: `kernel_size` must be at least 1, got 0
    """
    rank = rank_of(kernel_size, dilation)
    kernel = ints("kernel_size", kernel_size, rank or 1, 1)
    spacing = ints("dilation", dilation, rank or 1, 1)
    pairs = keeping(kernel, spacing)
    return pairs if rank else pairs[0]


def conv_output_size(
    size: Ints, kernel_size: Ints, stride: Ints = 1, padding: Any = 0, dilation: Ints = 1
) -> int | tuple[int, ...]:
    """Return how many positions a kernel takes along each axis.

    Parameters
    ----------
    size : int or tuple
        Pixels of the input along one axis, or along each.
    kernel_size : int or tuple
        Taps of the kernel.
    stride : int or tuple, default 1
        Steps between positions, in pixels.
    padding : int, tuple, tuple of pairs, 'valid' or 'same', default 0
        Pixels on both sides of an axis; a pair is (before, after).
    dilation : int or tuple, default 1
        Distance between neighbouring taps, in pixels.

    Returns
    -------
    int or tuple of int
        ``(size + before + after - dilation*(kernel_size - 1) - 1) // stride + 1``; an int if all
        arguments are ints.

    Raises
    ------
    ValueError
        If the kernel does not fit in the padded input, or a number is too small.
    TypeError
        If a number is no int.

    Notes
    -----
    The division drops a remainder: pixels behind the last position are not read.

    References
    ----------
    V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285,
    relationship 6, with dilation from section 5.1.

    Examples
    --------
    >>> from cnnlib.shape import conv_output_size
    >>> conv_output_size(28, 5)  # 28 - 5 + 1
    24
    >>> conv_output_size(7, 3, stride=2), conv_output_size(8, 3, stride=2)  # one pixel is left over
    (3, 3)
    >>> conv_output_size((28, 20), (5, 3), padding=(2, 0))
    (28, 18)
    >>> conv_output_size(28, 4, padding="same"), conv_output_size((6,), 2, padding=((0, 1),))
    (28, (6,))
    >>> conv_output_size(28, 5, stride=0)
    Traceback (most recent call last):
    ...
    ValueError: `stride` must be at least 1, got 0
    """
    several = () if isinstance(padding, str) else padding
    rank = rank_of(size, kernel_size, stride, several, dilation)
    n = rank or 1
    kernel, pixels = ints("kernel_size", kernel_size, n, 1), ints("size", size, n, 0)
    out = fitting(convolution(pixels, kernel, stride, padding, dilation)).out
    return out if rank else out[0]


def conv_output_shape(
    input_shape: Sequence[int], weight_shape: Sequence[int], stride: Ints = 1, padding: Any = 0,
    dilation: Ints = 1, groups: int = 1,
) -> tuple[int, ...]:  # fmt: skip
    """Return the shape of a convolution's output, and refuse shapes that do not go together.

    Parameters
    ----------
    input_shape : sequence of int
        (N, C, ...) or (C, ...) with one to three further axes.
    weight_shape : sequence of int
        (O, C/groups, ...).
    stride, padding, dilation
        As for ``conv_output_size``.
    groups : int, default 1
        Parts that the channels fall into.

    Returns
    -------
    tuple of int
        (N, O, ...) or (O, ...).

    Raises
    ------
    ValueError
        If the channels do not match, the groups do not divide them, or the kernel does not fit.
    TypeError
        If a number is no int.

    References
    ----------
    ``torch.nn.Conv2d``, section Shape

    Examples
    --------
    >>> from cnnlib.shape import conv_output_shape
    >>> conv_output_shape((10, 1, 20, 20), (3, 1, 5, 5))
    (10, 3, 16, 16)
    >>> conv_output_shape((4, 9), (8, 2, 3), padding=1, groups=2)  # (C, L) without a batch
    (8, 9)
    >>> conv_output_shape((1, 3, 9, 9), (8, 3, 3, 3), dilation=0)
    Traceback (most recent call last):
    ...
    ValueError: `dilation` must be at least 1, got 0
    """
    x, w = sizes("input_shape", input_shape), sizes("weight_shape", weight_shape)
    rank = len(w) - 2
    if rank not in check.AXES:
        check.axes("weight", w, *(f"O, C/groups, {letters}" for letters in check.AXES.values()))
    check.images("input", x, rank)
    check_channels(x, w, integer("groups", groups, 1))
    kernel = ints("kernel_size", w[2:], rank, 1)
    g = fitting(convolution(spatial(x, rank), kernel, stride, padding, dilation))
    return (*x[: -rank - 1], w[0] if x[-rank - 1] else 0, *g.out)


def check_channels(x: Sequence[int], w: Sequence[int], groups: int) -> None:
    """Refuse an input (N, C, ...) or (C, ...) that a weight (O, C/groups, ...) cannot read."""
    rank = len(w) - 2
    if w[0] < 1 or w[0] % groups:
        why = f"{w[0]} % {groups} = {w[0] % groups}, input {tuple(x)}, weight {tuple(w)}"
        refuse("weight", f"have a positive multiple of groups={groups} filters", w[0], why)
    if x[-rank - 1] != w[1] * groups:
        raise ValueError(
            f"`input` has {x[-rank - 1]} channels but `weight` expects {w[1]}*{groups} "
            f"(weight.shape[1] * groups); input {tuple(x)}, weight {tuple(w)}"
        )
    if 0 in x[-rank:]:
        refuse("input", "have no empty axis but the batch and the channels", tuple(x))
