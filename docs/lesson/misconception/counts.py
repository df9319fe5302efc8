"""Misconceptions about counting parameters, multiplications and the receptive field."""

import math
from collections.abc import Iterator
from typing import Any

from lesson.exercise.kinds import output_shape

Given = dict[str, Any]
Wrong = Iterator[tuple[str, Any]]


def parameters(given: Given) -> Wrong:
    """Misconceptions about the numbers that a layer learns."""
    if "in_features" in given:
        ins, outs = given["in_features"], given["out_features"]
        weights = ins * outs
    else:
        ins, outs = given["in_channels"], given["out_channels"]
        kernel, groups = given["kernel_size"], given["groups"]
        cells = math.prod(kernel)
        weights = outs * (ins // groups) * cells
    bias = outs if given["bias"] else 0
    if given["bias"]:
        yield "bias-forgotten", weights
        yield "one-bias", weights + 1
        yield "bias-per-input", weights + ins
    else:
        yield "bias-added", weights + outs
    if "in_features" in given:
        yield "factors-added", ins + outs + bias
        return
    yield "groups-ignored", outs * ins * cells + bias
    yield "channels-not-multiplied", outs * cells + bias
    yield "filters-not-multiplied", ins // groups * cells + (1 if bias else 0)
    yield "filters-not-multiplied", ins // groups * cells + bias
    yield "kernel-not-multiplied", outs * (ins // groups) * kernel[0] + bias
    yield "bias-per-channel", weights + outs * (ins // groups) if bias else weights


def multiply_adds(given: Given) -> Wrong:
    """Misconceptions about the work of a layer."""
    out = output_shape(given)
    channels, groups, kernel = given["channels"], given["groups"], given["kernel_size"]
    cells = math.prod(kernel)
    right = math.prod(out) * channels // groups * cells
    if out[0] > 1:
        yield "batch-forgotten", right // out[0]
    yield "groups-ignored", right * groups
    yield "channels-not-multiplied", math.prod(out) * cells
    yield "filters-not-multiplied", right // out[1]
    yield "positions-forgotten", out[1] * channels // groups * cells
    inputs = math.prod(given["input"])
    yield "input-positions", out[0] * out[1] * inputs * channels // groups * cells
    yield "counted-twice", 2 * right
    yield "cells-only", math.prod(out)


def receptive_field(given: Given) -> Wrong:
    """Misconceptions about how far one output cell sees."""
    layers = given["layers"]
    kernels = [k for k, _, _ in layers]
    yield "stride-ignored-field", 1 + sum((k - 1) * d for k, _, d in layers)
    yield "dilation-ignored", _field([(k, s, 1) for k, s, _ in layers])
    yield "own-stride", _field(layers, early=True)
    yield "no-plus-one-field", _field(layers) - 1
    yield "kernels-added", sum(kernels)
    yield "kernels-multiplied", math.prod(kernels)
    yield "last-layer-only", kernels[-1]
    yield "largest-kernel", max(kernels)


def _field(layers: list[tuple[int, int, int]], early: bool = False) -> int:
    """Return the receptive field; with `early`, a layer's stride widens already itself."""
    total, jump = 1, 1
    for kernel, stride, dilation in layers:
        if early:
            jump *= stride
        total += (kernel - 1) * dilation * jump
        if not early:
            jump *= stride
    return total
