"""Convolution and transposed convolution in 1, 2 and 3 dimensions: one rank-free core."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from cnnlib import _check, fast, kernels, shape
from cnnlib._check import Array, Ints
from cnnlib.pad import pad_from_input


class Plan(NamedTuple):
    """What a call's shapes and numbers come to; the same for every call that looks alike."""

    batched: bool
    filters: int
    stride: tuple[int, ...]
    padding: shape.Pads
    dilation: tuple[int, ...]
    groups: int
    size: tuple[int, ...]


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
    xp = _check.namespace(input=input, weight=weight, bias=bias)
    _check.same_dtype(input=input, weight=weight, bias=bias)
    if padding_mode not in _check.PADDING_MODES:
        _check.refuse("padding_mode", f"be one of {_check.PADDING_MODES}", repr(padding_mode))
    if not isinstance(padding, str):
        padding = _check.ints("padding", padding, rank, 0)
    plan = plan_conv(
        rank, tuple(input.shape), tuple(weight.shape), None if bias is None else tuple(bias.shape),
        _check.ints("stride", stride, rank, 1), padding,
        _check.ints("dilation", dilation, rank, 1), _check.integer("groups", groups, 1),
    )
    x, padding = input if plan.batched else input[None, ...], plan.padding
    if padding_mode != "zeros":
        x = pad_from_input(xp, x, ((0, 0), (0, 0), *padding), padding_mode)
        padding = ((0, 0),) * rank
    weight, bias = weight[: plan.filters, ...], None if bias is None else bias[: plan.filters]
    if xp is np and x.dtype in (np.float32, np.float64) and x.size:
        out = fast.correlate(x, weight, bias, plan.stride, padding, plan.dilation, plan.groups,
                             method)
    else:
        out = kernels.correlate(xp, x, weight, bias, plan.stride, padding, plan.dilation,
                                plan.groups)
    return out if plan.batched else out[0, ...]


@lru_cache(maxsize=1024)
def plan_conv(
    rank: int, x: tuple[int, ...], w: tuple[int, ...], b: tuple[int, ...] | None,
    stride: tuple[int, ...], padding: Any, dilation: tuple[int, ...], groups: int,
) -> Plan:
    """Check the shapes of a convolution and settle its padding."""
    _check.axes("weight", w, rank, f"(out, in/groups, {_check.AXES[rank]})")
    out = shape.conv_output_shape(x, w, stride, padding, dilation, groups)
    if b is not None and b != (w[0],):
        _check.refuse("bias", f"have shape ({w[0]},), one number for each filter", b)
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
    """Normalise, check, hand every input entry back to the positions it came from."""
    xp = _check.namespace(input=input, weight=weight, bias=bias)
    _check.same_dtype(input=input, weight=weight, bias=bias)
    plan = plan_transpose(
        rank, tuple(input.shape), tuple(weight.shape), None if bias is None else tuple(bias.shape),
        _check.ints("stride", stride, rank, 1), _check.ints("padding", padding, rank, 0),
        _check.ints("output_padding", output_padding, rank, 0),
        _check.integer("groups", groups, 1), _check.ints("dilation", dilation, rank, 1),
    )
    x = input if plan.batched else input[None, ...]
    rest = (plan.size, plan.stride, plan.padding, plan.dilation, plan.groups)
    if xp is np and x.dtype in (np.float32, np.float64) and x.size:
        out = fast.grad_input(x, weight, *rest)
    else:
        out = kernels.grad_input(xp, x, weight, *rest)
    if bias is not None:
        out = out + xp.reshape(bias, (-1, *(1,) * rank))
    return out if plan.batched else out[0, ...]


@lru_cache(maxsize=1024)
def plan_transpose(
    rank: int, x: tuple[int, ...], w: tuple[int, ...], b: tuple[int, ...] | None,
    stride: tuple[int, ...], padding: tuple[int, ...], output_padding: tuple[int, ...],
    groups: int, dilation: tuple[int, ...],
) -> Plan:
    """Check the shapes of a transposed convolution and settle its output size."""
    _check.axes("weight", w, rank, f"(in, out/groups, {_check.AXES[rank]})")
    _check.axes("input", x, rank, f"(N, C, {_check.AXES[rank]})", unbatched=True)
    if w[0] < 1 or w[0] % groups:
        _check.refuse("weight", f"have a positive multiple of groups={groups} input channels", w[0])
    if x[-rank - 1] != w[0]:
        _check.refuse("input", f"have {w[0]} channels (weight.shape[0])", x[-rank - 1],
                      f"input {x}, weight {w}")
    if 0 in x[-rank:] or 0 in w:
        _check.refuse("input", "and `weight` have no empty axis but the batch", x, f"weight {w}")
    filters = w[1] * groups
    if b is not None and b != (filters,):
        _check.refuse("bias", f"have shape ({filters},), one number for each output channel", b)
    size = shape.stretched(x[-rank:], w[2:], stride, padding, output_padding, dilation)
    pads = tuple((p, p) for p in padding)
    return Plan(len(x) == rank + 2, filters, stride, pads, dilation, groups, size)
