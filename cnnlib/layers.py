"""Layers that know integers only: shapes, parameters, multiply-adds and receptive field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar, NamedTuple

from cnnlib import shape
from cnnlib._check import PADDING_MODES, Ints, images, integer, ints, one_of, refuse, sizes
from cnnlib.geometry import convolution, pooling, spatial

Shape = tuple[int, ...]


@dataclass(frozen=True)
class _Conv:
    """The arguments of torch.nn.Conv1d, Conv2d and Conv3d."""

    in_channels: int
    out_channels: int
    kernel_size: Ints
    stride: Ints = 1
    padding: Any = 0
    dilation: Ints = 1
    groups: int = 1
    bias: bool = True
    padding_mode: str = "zeros"

    rank: ClassVar[int] = 0
    positional: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse what the layer could not be built with."""
        kernel = self.weight_shape[2:]
        convolution(kernel, kernel, self.stride, self.padding, self.dilation, self.groups)
        one_of("padding_mode", self.padding_mode, PADDING_MODES)

    @property
    def weight_shape(self) -> Shape:
        """The shape of the weight: (out, in/groups, kernel size)."""
        kernel = ints("kernel_size", self.kernel_size, self.rank, 1)
        return shape.weight_shape(self.in_channels, self.out_channels, kernel, self.groups)

    def output_shape(self, input_shape: Sequence[int]) -> Shape:
        """Return the output's shape for an input (N, C, ...) or (C, ...)."""
        return shape.conv_output_shape(
            input_shape, self.weight_shape, self.stride, self.padding, self.dilation, self.groups
        )

    def parameters(self) -> int:
        """Return how many numbers the layer learns."""
        return prod(self.weight_shape) + (self.out_channels if self.bias else 0)

    def multiply_adds(self, input_shape: Sequence[int]) -> int:
        """Return the multiplications for an input of this shape, the batch included."""
        return prod(self.output_shape(input_shape)) * prod(self.weight_shape[1:])

    def window(self) -> list[tuple[int, ...]]:
        """Return (kernel_size, stride, dilation) for each axis."""
        return list(
            zip(
                *(
                    ints("kernel_size", v, self.rank)
                    for v in (self.kernel_size, self.stride, self.dilation)
                ),
                strict=True,
            )
        )


class Conv1d(_Conv):
    """A convolution along sequences (N, C, L)."""

    rank = 1


class Conv2d(_Conv):
    """A convolution over images (N, C, H, W)."""

    rank = 2


class Conv3d(_Conv):
    """A convolution through volumes (N, C, D, H, W)."""

    rank = 3


class _Plain:
    """A layer that learns nothing, multiplies nothing and mixes no positions."""

    positional: ClassVar[bool] = True

    def output_shape(self, input_shape: Sequence[int]) -> Shape:
        """Return the output's shape: here the input's."""
        return tuple(input_shape)

    def parameters(self) -> int:
        """Return how many numbers the layer learns: none."""
        return 0

    def multiply_adds(self, input_shape: Sequence[int]) -> int:
        """Return the multiplications: none."""
        return 0

    def window(self) -> list[tuple[int, ...]]:
        """Return (kernel_size, stride, dilation) for each axis; none if each pixel stays alone."""
        return []


@dataclass(frozen=True)
class MaxPool2d(_Plain):
    """The largest entry of each window of an image."""

    kernel_size: Ints
    stride: Ints | None = None
    padding: Ints = 0
    dilation: Ints = 1
    ceil_mode: bool = False

    def output_shape(self, input_shape: Sequence[int]) -> Shape:
        """Return the output's shape for an input (N, C, H, W) or (C, H, W)."""
        images("input", input_shape, 2)
        size = spatial(input_shape, 2)
        arguments = (self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode)
        return (*tuple(input_shape)[:-2], *pooling(size, *arguments).out)

    def window(self) -> list[tuple[int, ...]]:
        """Return (kernel_size, stride, dilation) for each axis."""
        stride = self.kernel_size if self.stride is None else self.stride
        axes = (ints("kernel_size", v, 2) for v in (self.kernel_size, stride, self.dilation))
        return list(zip(*axes, strict=True))


@dataclass(frozen=True)
class AvgPool2d(_Plain):
    """The mean of each window of an image."""

    kernel_size: Ints
    stride: Ints | None = None
    padding: Ints = 0
    ceil_mode: bool = False

    def output_shape(self, input_shape: Sequence[int]) -> Shape:
        """Return the output's shape for an input (N, C, H, W) or (C, H, W)."""
        return MaxPool2d(
            self.kernel_size, self.stride, self.padding, 1, self.ceil_mode
        ).output_shape(input_shape)

    def window(self) -> list[tuple[int, ...]]:
        """Return (kernel_size, stride, dilation) for each axis."""
        return MaxPool2d(self.kernel_size, self.stride).window()


@dataclass(frozen=True)
class ReLU(_Plain):
    """Every negative entry replaced by zero."""


@dataclass(frozen=True)
class Flatten(_Plain):
    """The axes from ``start_dim`` to ``end_dim`` laid out as one."""

    start_dim: int = 1
    end_dim: int = -1
    positional: ClassVar[bool] = False

    def output_shape(self, input_shape: Sequence[int]) -> Shape:
        """Return the output's shape."""
        sizes = tuple(input_shape)
        for name, axis in (("start_dim", self.start_dim), ("end_dim", self.end_dim)):
            if not -len(sizes) <= integer(name, axis) < len(sizes):
                refuse(name, f"be an axis of {sizes}", axis)
        start, end = self.start_dim % len(sizes), self.end_dim % len(sizes)
        if start > end:
            refuse("start_dim", "not come after `end_dim`", start, f"{start} > {end}")
        return (*sizes[:start], prod(sizes[start : end + 1]), *sizes[end + 1 :])


@dataclass(frozen=True)
class Linear(_Plain):
    """A fully connected layer on (..., in_features)."""

    in_features: int
    out_features: int
    bias: bool = True
    positional: ClassVar[bool] = False

    def output_shape(self, input_shape: Sequence[int]) -> Shape:
        """Return the output's shape."""
        *lead, features = input_shape
        if features != self.in_features:
            refuse(
                "input",
                f"have {self.in_features} features (in_features)",
                features,
                f"input {tuple(input_shape)}",
            )
        return (*lead, self.out_features)

    def parameters(self) -> int:
        """Return how many numbers the layer learns."""
        return shape.linear_parameters(self.in_features, self.out_features, self.bias)

    def multiply_adds(self, input_shape: Sequence[int]) -> int:
        """Return the multiplications for an input of this shape, the batch included."""
        return prod(self.output_shape(input_shape)) * self.in_features


class Row(NamedTuple):
    """One line of a trace; ``receptive_field`` is None once positions are gone."""

    name: str
    layer: Any
    output_shape: Shape
    parameters: int
    multiply_adds: int
    receptive_field: Shape | None


def trace(input_shape: Sequence[int], layers: Mapping[str, Any] | Iterable[Any]) -> list[Row]:
    """Follow a shape through layers, one row a layer.

    Parameters
    ----------
    input_shape : sequence of int
        What the first layer is given.
    layers : dict of name to layer, or iterable of layers
        In order; without names they are counted from 0.

    Returns
    -------
    list of Row
        Name, layer, output shape, parameters, multiply-adds (the batch included) and the
        receptive field along each axis, in pixels of the first input.

    Raises
    ------
    ValueError
        If a layer does not fit what comes before it; the message begins with its name.

    Notes
    -----
    Integers only: no array is made.

    Examples
    --------
    >>> from cnnlib.layers import Conv2d, Flatten, Linear, MaxPool2d, trace
    >>> layers = {"conv": Conv2d(1, 3, 5), "pool": MaxPool2d(2), "flat": Flatten(),
    ...           "fc": Linear(192, 10)}
    >>> for row in trace((10, 1, 20, 20), layers):
    ...     print(row.name, row.output_shape, row.parameters, row.receptive_field)
    conv (10, 3, 16, 16) 78 (5, 5)
    pool (10, 3, 8, 8) 0 (6, 6)
    flat (10, 192) 0 None
    fc (10, 10) 1930 None
    >>> trace((10, 1440), {"fc": Linear(192, 10)})
    Traceback (most recent call last):
    ...
    ValueError: layer fc: `input` must have 192 features (in_features), got 1440; input (10, 1440)
    """
    if not isinstance(layers, (Mapping, Iterable)):
        refuse("layers", "be a dict or a list of layers", repr(layers), error=TypeError)
    named = layers.items() if isinstance(layers, Mapping) else enumerate(layers)
    rows: list[Row] = []
    windows: list[list[tuple[int, ...]]] = []
    positional, now = True, sizes("input_shape", input_shape)
    for name, layer in named:
        try:
            cost, now = layer.multiply_adds(now), layer.output_shape(now)
        except ValueError as error:
            raise ValueError(f"layer {name}: {error}") from error
        positional = positional and layer.positional
        windows += [layer.window()] if layer.window() else []
        field = tuple(map(shape.receptive_field, zip(*windows, strict=True)))
        seen = field if positional and field else None
        rows.append(Row(str(name), layer, now, layer.parameters(), cost, seen))
    return rows
