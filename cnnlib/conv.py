"""Convolution and transposed convolution in 1, 2 and 3 dimensions: one rank-free core."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from cnnlib import _check, engine, shape
from cnnlib._check import Array, Ints
from cnnlib.pad import pad_from_input

Axes = tuple[int, ...]


class Plan(NamedTuple):
    """What a call's shapes and numbers come to; the same for every call that looks alike."""

    batched: bool
    channels: int
    stride: Axes
    padding: shape.Pads
    dilation: Axes
    groups: int
    size: Axes


def conv1d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1,
    padding: Any = 0, dilation: Ints = 1, groups: int = 1, *,
    padding_mode: str = "zeros", method: str = "auto",
) -> Array:
    """Slide every filter along a sequence and take the inner product at each position."""
    return _convolve(1, input, weight, bias, stride, padding, dilation, groups,
                     padding_mode, method)


def conv2d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1,
    padding: Any = 0, dilation: Ints = 1, groups: int = 1, *,
    padding_mode: str = "zeros", method: str = "auto",
) -> Array:
    """Slide every filter over an image and take the inner product at each position."""
    return _convolve(2, input, weight, bias, stride, padding, dilation, groups,
                     padding_mode, method)


def conv3d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1,
    padding: Any = 0, dilation: Ints = 1, groups: int = 1, *,
    padding_mode: str = "zeros", method: str = "auto",
) -> Array:
    """Slide every filter through a volume and take the inner product at each position."""
    return _convolve(3, input, weight, bias, stride, padding, dilation, groups,
                     padding_mode, method)


def _convolve(
    rank: int, input: Array, weight: Array, bias: Array | None, stride: Ints, padding: Any,
    dilation: Ints, groups: int, padding_mode: str, method: str,
) -> Array:
    """Normalise, check, pad, contract."""
    xp = _namespace(input, weight, bias)
    plan = plan_conv(
        rank, xp, input.dtype, input.shape, weight.shape, None if bias is None else bias.shape,
        _check.ints("stride", stride, rank),
        padding if type(padding) is str else _check.ints("padding", padding, rank),
        _check.ints("dilation", dilation, rank), _check.integer("groups", groups), padding_mode,
    )
    x, padding = input if plan.batched else input[None, ...], plan.padding
    if padding_mode != "zeros":
        x = pad_from_input(xp, x, ((0, 0), (0, 0), *padding), padding_mode, rank)
        padding = ((0, 0),) * rank
    if plan.channels == 0:  # as in torch, no input channels give no output channels
        weight, bias = weight[:0, ...], None
    out = engine.correlate(
        xp, x, weight, bias, plan.stride, padding, plan.dilation, plan.groups, method=method
    )
    return out if plan.batched else out[0, ...]


def _namespace(input: Array, weight: Array, bias: Array | None) -> Any:
    """Return the namespace of arrays of one kind and one dtype."""
    if type(input) is type(weight) is np.ndarray and (bias is None or type(bias) is np.ndarray):
        xp = np
    else:
        xp = _check.namespace(input=input, weight=weight, bias=bias)
    if input.dtype != weight.dtype or (bias is not None and bias.dtype != input.dtype):
        _check.same_dtype(input=input, weight=weight, bias=bias)
    return xp


@lru_cache(maxsize=1024)
def plan_conv(
    rank: int, xp: Any, dtype: Any, x: Axes, w: Axes, b: Axes | None, stride: Axes,
    padding: Axes | str, dilation: Axes, groups: int, padding_mode: str = "zeros",
) -> Plan:
    """Check everything that does not need the numbers; remembered for calls that look alike."""
    x, w = tuple(x), tuple(w)
    _check.numbers(xp, "input", dtype, complex_too=True)
    if padding_mode not in _check.PADDING_MODES:
        _check.refuse("padding_mode", f"be one of {_check.PADDING_MODES}", repr(padding_mode))
    _check.axes("weight", w, f"O, C/groups, {_check.AXES[rank]}")
    out = shape.conv_output_shape(x, w, stride, padding, dilation, groups)
    if b is not None and tuple(b) != w[:1]:
        _check.refuse("bias", f"have shape ({w[0]},), one number for each filter", tuple(b))
    pads = shape.pads(padding, w[2:], stride, dilation)
    return Plan(len(x) == rank + 2, out[-rank - 1], stride, pads, dilation, groups, out[-rank:])


def conv_transpose1d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1, padding: Ints = 0,
    output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:
    """Lay a copy of the filter down for every entry of a sequence, and add the copies up."""
    return _transpose(1, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose2d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1, padding: Ints = 0,
    output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:
    """Lay a copy of the filter down for every entry of an image, and add the copies up."""
    return _transpose(2, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose3d(
    input: Array, weight: Array, bias: Array | None = None, stride: Ints = 1, padding: Ints = 0,
    output_padding: Ints = 0, groups: int = 1, dilation: Ints = 1,
) -> Array:
    """Lay a copy of the filter down for every entry of a volume, and add the copies up."""
    return _transpose(3, input, weight, bias, stride, padding, output_padding, groups, dilation)


def _transpose(
    rank: int, input: Array, weight: Array, bias: Array | None, stride: Ints, padding: Ints,
    output_padding: Ints, groups: int, dilation: Ints,
) -> Array:
    """Normalise, check, hand every input entry back to the positions that it would come from."""
    xp = _namespace(input, weight, bias)
    plan = plan_transpose(
        rank, xp, input.dtype, input.shape, weight.shape, None if bias is None else bias.shape,
        _check.ints("stride", stride, rank), _check.ints("padding", padding, rank),
        _check.ints("output_padding", output_padding, rank),
        _check.integer("groups", groups), _check.ints("dilation", dilation, rank),
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
    rank: int, xp: Any, dtype: Any, x: Axes, w: Axes, b: Axes | None, stride: Axes,
    padding: Axes, output_padding: Axes, groups: int, dilation: Axes,
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
