"""Misconceptions about inner products and the numbers in a convolution."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from lesson.exercise.correlation import Correlation

Given = dict[str, Any]
Wrong = Iterator[tuple[str, Any]]


def inner_product(given: Given) -> Wrong:
    """Misconceptions about multiplying and adding."""
    a, b = given["a"], given["b"]
    square = a.ndim == 2 and a.shape[0] == a.shape[1]
    if square:
        yield "transposed", (a * b.T).sum().item()
        yield "matrix-product", (a @ b).sum().item()
        yield "diagonal-only", (a * b).trace().item()
    yield "added-not-multiplied", (a + b).sum().item()
    yield "product-of-sums", (a.sum() * b.sum()).item()
    yield "signs-lost", np.abs(a * b).sum().item()
    yield "first-row-only", (a * b)[0].sum().item()


def _calls(call: Correlation) -> Iterator[tuple[str, Correlation]]:
    """Yield (name, the call as the misconception has it)."""
    channels = call.weight.shape[1]
    yield ("turned-not" if call.flip else "turned"), call.but(flip=not call.flip)
    square = call.weight.shape[2] == call.weight.shape[3]
    if square:
        yield "kernel-transposed", call.but(weight=call.weight.swapaxes(2, 3))
    yield "bias-forgotten-cell", call.but(bias=0 * call.bias)
    if channels > 1:
        yield "bias-per-channel", call.but(bias=channels * call.bias)
        first = np.zeros_like(call.weight)
        first[:, 0] = call.weight[:, 0]
        yield "first-channel-only", call.but(weight=first)
    if any(call.padding):
        yield "mode-ignored", call.but(padding_mode="zeros")
        yield "padding-ignored-cell", call.but(padding=(0, 0))
    yield "stride-ignored-cell", call.but(stride=(1, 1))
    yield "dilation-ignored-cell", call.but(dilation=(1, 1))


def _result(call: Correlation) -> np.ndarray | None:
    """Return the output, or None where the changed call has none."""
    try:
        return call.output()
    except ValueError:
        return None


def cell(given: Given) -> Wrong:
    """Misconceptions about one number of the output."""
    call, at = given["call"], given["at"]
    right = call.output()
    for name, changed in _calls(call):
        result = _result(changed)
        if result is not None and all(i < n for i, n in zip(at, result.shape, strict=True)):
            yield name, result[at].item()
    o, i, j = at
    if i < right.shape[2] and j < right.shape[1]:
        yield "at-swapped", right[o, j, i].item()
    if i and j:
        yield "counted-from-one", right[o, i - 1, j - 1].item()
    window, kernel = call.window(at), call.turned[o]
    yield "added-not-multiplied", (window + kernel).sum().item() + call.bias[o].item()
    yield "window-only", window.sum().item() + call.bias[o].item()


def output(given: Given) -> Wrong:
    """Misconceptions about the whole output matrix; those of another shape cannot be typed."""
    call = given["call"]
    right = call.output()[0]
    for name, changed in _calls(call):
        result = _result(changed)
        if result is not None and result[0].shape == right.shape:
            yield name, result[0].tolist()
    if right.shape[0] == right.shape[1]:
        yield "result-transposed", right.T.tolist()
