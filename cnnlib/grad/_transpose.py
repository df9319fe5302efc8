"""The one core behind the gradients of transposed convolutions, for every rank."""

from collections.abc import Sequence
from typing import Any

from cnnlib import _check, engine
from cnnlib._check import Array, Ints
from cnnlib.conv import Plan
from cnnlib.conv_transpose import plan_transpose


def plan_of(
    rank: int,
    xp: Any,
    grad: Array,
    x: Sequence[int],
    w: Sequence[int],
    stride: Ints,
    padding: Ints,
    output_padding: Ints,
    groups: int,
    dilation: Ints,
) -> Plan:
    """Return the plan of the forward call, whose output `grad_output` must look like."""
    x = _check.sizes("input_size", x)
    plan = plan_transpose(
        rank,
        xp,
        grad.dtype,
        x,
        _check.sizes("weight_size", w),
        None,
        _check.ints("stride", stride, rank),
        _check.ints("padding", padding, rank),
        _check.ints("output_padding", output_padding, rank),
        _check.integer("groups", groups),
        _check.ints("dilation", dilation, rank),
    )
    expected = (*x[: -rank - 1], plan.channels, *plan.size)
    if tuple(grad.shape) != expected:
        _check.refuse("grad_output", f"have the output's shape {expected}", tuple(grad.shape))
    return plan


def reached(
    grad: Array, x: Sequence[int], w: Sequence[int], plan: Plan
) -> tuple[Array, tuple[tuple[int, int], ...]]:
    """Return ``grad`` and its padding without the end that no tap reaches (output_padding)."""
    kept, pads, rank = [], [], len(plan.size)
    for n, k, s, (p, _), d, m in zip(
        tuple(x)[-rank:],
        tuple(w)[2:],
        plan.stride,
        plan.padding,
        plan.dilation,
        plan.size,
        strict=True,
    ):
        reach = (n - 1) * s + d * (k - 1) + 1
        pads.append((min(p, reach), max(reach - p - m, 0)))
        kept.append(slice(max(min(reach - p, m), 0)))
    return grad[(..., *kept)], tuple(pads)


def grad_input(
    rank: int,
    input_size: Sequence[int],
    weight: Array,
    grad_output: Array,
    stride: Ints,
    padding: Ints,
    output_padding: Ints,
    groups: int,
    dilation: Ints,
) -> Array:
    """Correlate the output's gradient with the filter."""
    xp = _check.namespace(weight=weight, grad_output=grad_output)
    _check.same_dtype(weight=weight, grad_output=grad_output)
    plan = plan_of(
        rank,
        xp,
        grad_output,
        input_size,
        weight.shape,
        stride,
        padding,
        output_padding,
        groups,
        dilation,
    )
    grad, pads = reached(grad_output, input_size, weight.shape, plan)
    out = engine.correlate(
        xp,
        grad if plan.batched else grad[None, ...],
        weight,
        None,
        plan.stride,
        pads,
        plan.dilation,
        plan.groups,
        method="auto",
    )
    return out if plan.batched else out[0, ...]


def grad_weight(
    rank: int,
    input: Array,
    weight_size: Sequence[int],
    grad_output: Array,
    stride: Ints,
    padding: Ints,
    output_padding: Ints,
    groups: int,
    dilation: Ints,
) -> Array:
    """Take the gradient for a weight, with input and output in each other's place."""
    xp = _check.namespace(input=input, grad_output=grad_output)
    _check.same_dtype(input=input, grad_output=grad_output)
    plan = plan_of(
        rank,
        xp,
        grad_output,
        input.shape,
        weight_size,
        stride,
        padding,
        output_padding,
        groups,
        dilation,
    )
    grad, pads = reached(grad_output, input.shape, weight_size, plan)
    x, grad = (a if plan.batched else a[None, ...] for a in (input, grad))
    return engine.grad_weight(
        xp, grad, x, tuple(weight_size)[2:], plan.stride, pads, plan.dilation, plan.groups
    )
