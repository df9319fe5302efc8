"""Shape arithmetic: what sizes, parameters and multiplications follow from whole numbers alone.

Sizes take one int for one axis, or a tuple with an entry for each axis, and give back the same:
``conv_output_size(28, 5)`` is 24, ``conv_output_size((28, 20), 5)`` is (24, 16).
"""

from collections.abc import Iterable, Sequence
from math import prod
from typing import Any

from cnnlib import _check as check
from cnnlib._check import Ints, integer, ints, refuse

Pads = tuple[tuple[int, int], ...]


def _rank(*arguments: Any) -> int:
    """Return how many axes the tuples among the arguments have; 0 if all are ints."""
    return max((len(a) for a in arguments if isinstance(a, (tuple, list))), default=0)


def same_padding(kernel_size: Ints, dilation: Ints = 1) -> Any:
    """Return the padding (before, after) that keeps the size at stride 1."""
    rank = _rank(kernel_size, dilation)
    kernel = ints("kernel_size", kernel_size, rank or 1, 1)
    spacing = ints("dilation", dilation, rank or 1, 1)
    totals = [d * (k - 1) for k, d in zip(kernel, spacing, strict=True)]
    pairs = tuple((total // 2, total - total // 2) for total in totals)
    return pairs if rank else pairs[0]


def pads(padding: Any, kernel: tuple[int, ...], stride: tuple[int, ...],
         dilation: tuple[int, ...]) -> Pads:
    """Return (before, after) for each axis, whichever way ``padding`` was written."""
    rank = len(kernel)
    if isinstance(padding, str):
        if padding not in ("same", "valid"):
            refuse("padding", "be an int, a tuple of ints, 'same' or 'valid'", repr(padding))
        if padding == "valid":
            return ((0, 0),) * rank
        if any(s != 1 for s in stride):
            refuse("padding", "not be 'same' unless the stride is 1", f"stride {stride}")
        return same_padding(kernel, dilation)
    if isinstance(padding, (tuple, list)) and any(isinstance(p, (tuple, list)) for p in padding):
        pairs = tuple(ints("padding", pair, 2, 0) for pair in padding)
        if len(pairs) != rank:
            refuse("padding", f"have {rank} pairs (before, after)", padding)
        return pairs  # type: ignore[return-value]
    return tuple((p, p) for p in ints("padding", padding, rank, 0))


def conv_output_size(
    size: Ints, kernel_size: Ints, stride: Ints = 1, padding: Any = 0, dilation: Ints = 1
) -> Any:
    """Return how many positions a kernel takes along each axis."""
    several = () if isinstance(padding, str) else padding
    rank = _rank(size, kernel_size, stride, several, dilation)
    n = rank or 1
    kernel, steps = ints("kernel_size", kernel_size, n, 1), ints("stride", stride, n, 1)
    spacing = ints("dilation", dilation, n, 1)
    both = pads(padding, kernel, steps, spacing)
    sizes = positions(ints("size", size, n, 0), kernel, steps, both, spacing)
    return sizes if rank else sizes[0]


def positions(size: tuple[int, ...], kernel: tuple[int, ...], stride: tuple[int, ...],
              padding: Pads, dilation: tuple[int, ...]) -> tuple[int, ...]:
    """Return ``(size + padding - reach) // stride + 1`` for each axis; all are tuples."""
    result = []
    for n, k, s, (before, after), d in zip(size, kernel, stride, padding, dilation, strict=True):
        reach = d * (k - 1) + 1
        padded = n + before + after
        if reach > padded:
            why = f"dilation*(kernel_size - 1) + 1 = {reach} > {padded} = {n} + {before} + {after}"
            refuse("kernel_size", "fit in the padded input", k, why)
        result.append((padded - reach) // s + 1)
    return tuple(result)


def conv_output_shape(
    input_shape: Sequence[int], weight_shape: Sequence[int], stride: Ints = 1, padding: Any = 0,
    dilation: Ints = 1, groups: int = 1,
) -> tuple[int, ...]:
    """Return the shape of a convolution's output, and refuse shapes that do not go together."""
    x, w = tuple(input_shape), tuple(weight_shape)
    rank = len(w) - 2
    check_channels(x, w, integer("groups", groups, 1))
    kernel, steps = ints("kernel_size", w[2:], rank, 1), ints("stride", stride, rank, 1)
    spacing = ints("dilation", dilation, rank, 1)
    both = pads(padding, kernel, steps, spacing)
    out_channels = w[0] if x[-rank - 1] else 0
    return (*x[: -rank - 1], out_channels, *positions(x[-rank:], kernel, steps, both, spacing))


def check_channels(x: tuple[int, ...], w: tuple[int, ...], groups: int) -> None:
    """Refuse an input (N, C, ...) or (C, ...) that a weight (O, C/groups, ...) cannot read."""
    rank = len(w) - 2
    shapes = f"input {x}, weight {w}"
    check.axes("weight", w, *(f"O, C/groups, {letters}" for letters in check.AXES.values()))
    check.images("input", x, rank)
    if w[0] < 1 or w[0] % groups:
        why = f"{w[0]} % {groups} = {w[0] % groups}, {shapes}"
        refuse("weight", f"have a positive multiple of groups={groups} filters", w[0], why)
    if x[-rank - 1] != w[1] * groups:
        raise ValueError(
            f"`input` has {x[-rank - 1]} channels but `weight` expects {w[1]}*{groups} "
            f"(weight.shape[1] * groups); {shapes}"
        )
    if 0 in x[-rank:]:
        refuse("input", "have no empty axis but the batch and the channels", x)


def pool_output_size(
    size: Ints, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Any:
    """Return how many windows a pooling takes along each axis."""
    rank = _rank(size, kernel_size, stride, padding, dilation)
    n = rank or 1
    kernel = ints("kernel_size", kernel_size, n, 1)
    steps = kernel if stride in (None, (), []) else ints("stride", stride, n, 1)
    zeros, spacing = ints("padding", padding, n, 0), ints("dilation", dilation, n, 1)
    sizes = windows(ints("size", size, n, 0), kernel, steps, zeros, spacing, ceil_mode)
    return sizes if rank else sizes[0]


def windows(size: tuple[int, ...], kernel: tuple[int, ...], stride: tuple[int, ...],
            padding: tuple[int, ...], dilation: tuple[int, ...], ceil_mode: bool
            ) -> tuple[int, ...]:
    """Return the number of pooling windows for each axis; all are tuples."""
    result = []
    for n, k, s, p, d in zip(size, kernel, stride, padding, dilation, strict=True):
        reach = d * (k - 1) + 1
        if 2 * p > k:
            refuse("padding", "be at most half of `kernel_size`", p, f"2*{p} = {2 * p} > {k}")
        room = n + 2 * p - reach
        count = (-(-room // s) if ceil_mode else room // s) + 1
        if ceil_mode and (count - 1) * s >= n + p:
            count -= 1  # a window must start inside the input or its left padding
        if count < 1:
            why = f"dilation*(kernel_size - 1) + 1 = {reach} > {n + 2 * p} = {n} + 2*{p}"
            refuse("kernel_size", "fit in the padded input", k, why)
        result.append(count)
    return tuple(result)


def conv_transpose_output_size(
    size: Ints, kernel_size: Ints, stride: Ints = 1, padding: Ints = 0, output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Any:
    """Return the size that a convolution with these arguments would shrink to ``size``."""
    rank = _rank(size, kernel_size, stride, padding, output_padding, dilation)
    n = rank or 1
    sizes = stretched(
        ints("size", size, n, 0), ints("kernel_size", kernel_size, n, 1),
        ints("stride", stride, n, 1), ints("padding", padding, n, 0),
        ints("output_padding", output_padding, n, 0), ints("dilation", dilation, n, 1),
    )
    return sizes if rank else sizes[0]


def stretched(size: tuple[int, ...], kernel: tuple[int, ...], stride: tuple[int, ...],
              padding: tuple[int, ...], extra: tuple[int, ...], dilation: tuple[int, ...]
              ) -> tuple[int, ...]:
    """Return the output sizes of a transposed convolution; all are tuples."""
    result = []
    for n, k, s, p, e, d in zip(size, kernel, stride, padding, extra, dilation, strict=True):
        if e >= s and e >= d:
            rule = "be smaller than the stride or the dilation"
            refuse("output_padding", rule, e, f"stride {s}, dilation {d}")
        out = (n - 1) * s - 2 * p + d * (k - 1) + e + 1
        if out < 1:
            why = f"({n} - 1)*{s} - 2*{p} + {d}*({k} - 1) + {e} + 1 = {out} < 1"
            refuse("padding", "leave at least one output", p, why)
        result.append(out)
    return tuple(result)


def weight_shape(
    in_channels: int, out_channels: int, kernel_size: Ints, groups: int = 1
) -> tuple[int, ...]:
    """Return a convolution's weight shape; an int means the square kernel of Conv2d."""
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
    """Return how many numbers a convolution learns: its weights, and one bias for each filter."""
    weights = prod(weight_shape(in_channels, out_channels, kernel_size, groups))
    return weights + (out_channels if bias else 0)


def linear_parameters(in_features: int, out_features: int, bias: bool = True) -> int:
    """Return how many numbers a fully connected layer learns."""
    weights = integer("in_features", in_features, 0) * integer("out_features", out_features, 0)
    return weights + (out_features if bias else 0)


def conv_multiply_adds(
    input_shape: Sequence[int], weight_shape: Sequence[int], stride: Ints = 1, padding: Any = 0,
    dilation: Ints = 1, groups: int = 1,
) -> int:
    """Return how many multiplications (each with its addition) the definition asks for."""
    output = conv_output_shape(input_shape, weight_shape, stride, padding, dilation, groups)
    return prod(output) * prod(tuple(weight_shape)[1:])


def receptive_field(layers: Iterable[Sequence[int]]) -> int:
    """Return how many input pixels one output sees through layers (kernel_size, stride[, dilation])."""
    field, step = 1, 1
    for kernel_size, stride, *dilation in layers:
        spacing = integer("dilation", dilation[0], 1) if dilation else 1
        field += spacing * (integer("kernel_size", kernel_size, 1) - 1) * step
        step *= integer("stride", stride, 1)
    return field
