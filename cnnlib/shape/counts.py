"""Counts: parameters, multiply-adds, and how far an output sees."""

from collections.abc import Iterable, Sequence
from math import prod
from typing import Any

from cnnlib._check import Ints, integer, ints, refuse
from cnnlib.shape.convolution import conv_output_shape


def weight_shape(
    in_channels: int, out_channels: int, kernel_size: Ints, groups: int = 1
) -> tuple[int, ...]:
    """Return a convolution's weight shape; an int means the square kernel of Conv2d.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels read and filters learned.
    kernel_size : int or tuple
        Taps for each axis; an int means the square kernel of Conv2d.
    groups : int, default 1
        Parts that the channels fall into.

    Returns
    -------
    tuple of int
        ``(out_channels, in_channels // groups, *kernel_size)``.

    Raises
    ------
    ValueError
        If a number is too small, or the groups do not divide the channels.
    TypeError
        If a number is no int.

    Examples
    --------
    >>> from cnnlib.shape import weight_shape
    >>> weight_shape(3, 8, 5)
    (8, 3, 5, 5)
    >>> weight_shape(4, 8, (3,), groups=2)
    (8, 2, 3)
    >>> weight_shape(3, 8, 5, groups=2)
    Traceback (most recent call last):
    ...
    ValueError: `in_channels` must be a multiple of groups=2, got 3; 3 % 2 = 1
    """
    groups = integer("groups", groups, 1)
    for name, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
        if integer(name, channels, 1) % groups:
            why = f"{channels} % {groups} = {channels % groups}"
            refuse(name, f"be a multiple of groups={groups}", channels, why)
    rank = len(kernel_size) if isinstance(kernel_size, (tuple, list)) else 2
    return (out_channels, in_channels // groups, *ints("kernel_size", kernel_size, rank, 1))


def conv_parameters(
    in_channels: int, out_channels: int, kernel_size: Ints, groups: int = 1, bias: bool = True
) -> int:
    """Return how many numbers a convolution learns: its weights, and one bias for each filter.

    Parameters
    ----------
    in_channels, out_channels, kernel_size, groups
        As for ``weight_shape``.
    bias : bool, default True
        Whether each filter has a bias.

    Returns
    -------
    int
        ``out_channels * (in_channels/groups * taps + 1)``, without the 1 if there is no bias.

    Raises
    ------
    ValueError
        As ``weight_shape``.
    TypeError
        If a number is no int.

    Examples
    --------
    >>> from cnnlib.shape import conv_parameters
    >>> conv_parameters(1, 3, 5), conv_parameters(3, 10, 5)  # 3*(25 + 1), 10*(75 + 1)
    (78, 760)
    >>> conv_parameters(3, 10, (5, 5, 5), bias=False)
    3750
    >>> conv_parameters(0, 10, 5)
    Traceback (most recent call last):
    ...
    ValueError: `in_channels` must be at least 1, got 0
    """
    weights = prod(weight_shape(in_channels, out_channels, kernel_size, groups))
    return weights + (out_channels if bias else 0)


def linear_parameters(in_features: int, out_features: int, bias: bool = True) -> int:
    """Return how many numbers a fully connected layer learns.

    Parameters
    ----------
    in_features, out_features : int
        Numbers read and numbers given.
    bias : bool, default True
        Whether each output has a bias.

    Returns
    -------
    int
        ``in_features * out_features``, plus ``out_features`` for the bias.

    Raises
    ------
    ValueError
        If a number is negative.
    TypeError
        If a number is no int.

    Examples
    --------
    >>> from cnnlib.shape import linear_parameters
    >>> linear_parameters(1440, 50), linear_parameters(50, 10, bias=False)
    (72050, 500)
    >>> linear_parameters(14.4, 50)
    Traceback (most recent call last):
    ...
    TypeError: `in_features` must be an int, got 14.4
    """
    weights = integer("in_features", in_features, 0) * integer("out_features", out_features, 0)
    return weights + (out_features if bias else 0)


def conv_multiply_adds(
    input_shape: Sequence[int], weight_shape: Sequence[int], stride: Ints = 1, padding: Any = 0,
    dilation: Ints = 1, groups: int = 1,
) -> int:  # fmt: skip
    """Return how many multiplications (each with its addition) the definition asks for.

    Parameters
    ----------
    input_shape, weight_shape, stride, padding, dilation, groups
        As for ``conv_output_shape``.

    Returns
    -------
    int
        Outputs times the taps that each of them reads, the batch included; the bias is not counted.
        A multiplication with its addition is one: twice as many floating-point operations.

    Raises
    ------
    ValueError
        As ``conv_output_shape``.
    TypeError
        If a number is no int.

    Examples
    --------
    >>> from cnnlib.shape import conv_multiply_adds
    >>> conv_multiply_adds((1, 1, 5, 5), (1, 1, 3, 3))  # 9 outputs, 9 taps each
    81
    >>> conv_multiply_adds((10, 1, 20, 20), (3, 1, 5, 5))  # 10*3*16*16 * 25
    192000
    >>> conv_multiply_adds((1, 1, 5, 5), (1, 1, 3, 3), stride=-1)
    Traceback (most recent call last):
    ...
    ValueError: `stride` must be at least 1, got -1
    """
    output = conv_output_shape(input_shape, weight_shape, stride, padding, dilation, groups)
    return prod(output) * prod(tuple(weight_shape)[1:])


def receptive_field(layers: Iterable[Sequence[int]]) -> int:
    """Return how many input pixels one output sees, along one axis, through several layers.

    Parameters
    ----------
    layers : sequence of (kernel_size, stride) or (kernel_size, stride, dilation)
        From the input on; convolutions and poolings alike.

    Returns
    -------
    int
        ``1 + sum of dilation*(kernel_size - 1) * product of the strides before``.

    Raises
    ------
    ValueError
        If a number is below 1.
    TypeError
        If a number is no int.

    References
    ----------
    A. Araujo, W. Norris and J. Sim, Computing Receptive Fields of Convolutional Neural Networks,
    Distill, 2019.

    Examples
    --------
    >>> from cnnlib.shape import receptive_field
    >>> receptive_field([(3, 1), (3, 1)])  # two 3x3 kernels see as far as one 5x5
    5
    >>> receptive_field([(5, 1), (2, 2), (5, 1)])  # the pooling doubles the second kernel's steps
    14
    >>> receptive_field([(3, 0)])
    Traceback (most recent call last):
    ...
    ValueError: `stride` must be at least 1, got 0
    """
    if not isinstance(layers, Iterable):
        rule = "be a sequence of (kernel_size, stride) or (kernel_size, stride, dilation)"
        refuse("layers", rule, repr(layers), error=TypeError)
    field, step = 1, 1
    for layer in layers:
        if not isinstance(layer, (tuple, list)) or len(layer) not in (2, 3):
            rule = "hold (kernel_size, stride) or (kernel_size, stride, dilation) for each layer"
            refuse("layers", rule, repr(layer))
        kernel_size, stride, *dilation = layer
        spacing = integer("dilation", dilation[0], 1) if dilation else 1
        field += spacing * (integer("kernel_size", kernel_size, 1) - 1) * step
        step *= integer("stride", stride, 1)
    return field
