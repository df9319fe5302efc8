"""Windows as columns, and columns added back: im2col and col2im."""

from math import prod
from typing import Any

from cnnlib import _check, kernels, shape
from cnnlib._check import Array, Ints


def unfold(
    input: Array, kernel_size: Ints, dilation: Ints = 1, padding: Ints = 0, stride: Ints = 1
) -> Array:
    """Return every window of an image as a column."""
    xp, size = _check.namespace(input=input), tuple(input.shape)
    _check.images("input", size, 2)
    _check.not_empty("input", size, len(size) == 4)
    kernel, *geometry = _windows(kernel_size, stride, padding, dilation)
    x = input if input.ndim == 4 else input[None, ...]
    cols = kernels.columns(xp, x, kernel, *geometry)
    cols = xp.reshape(cols, (x.shape[0], x.shape[1] * prod(kernel), cols.shape[-1]))
    return cols if input.ndim == 4 else cols[0, ...]


def fold(
    input: Array, output_size: Ints, kernel_size: Ints, dilation: Ints = 1, padding: Ints = 0,
    stride: Ints = 1,
) -> Array:
    """Add the columns of ``unfold`` back into an image."""
    xp = _check.namespace(input=input)
    _check.axes("input", tuple(input.shape), "N, C*taps, positions", "C*taps, positions")
    _check.not_empty("input", tuple(input.shape), input.ndim == 3)
    size = _check.ints("output_size", output_size, 2, 1, lone=False)
    kernel, steps, pads, spacing = _windows(kernel_size, stride, padding, dilation)
    out = shape.positions(size, kernel, steps, pads, spacing)
    rows, positions = tuple(input.shape)[-2:]
    if rows % prod(kernel):
        why = f"{rows} % {prod(kernel)} = {rows % prod(kernel)}"
        _check.refuse("input", f"have a multiple of {prod(kernel)} rows", rows, why)
    if positions != prod(out):
        why = f"`kernel_size` takes {out[0]}*{out[1]} positions in {size}"
        _check.refuse("input", f"have {prod(out)} columns", positions, why)
    x = input if input.ndim == 3 else input[None, ...]
    cols = xp.reshape(x, (x.shape[0], rows // prod(kernel), prod(kernel), positions))
    result = kernels.spread(xp, cols, size, kernel, steps, pads, spacing, out)
    return result if input.ndim == 3 else result[0, ...]


def _windows(kernel_size: Ints, stride: Ints, padding: Ints, dilation: Ints) -> tuple[Any, ...]:
    """Return kernel, stride, padding in pairs and dilation as tuples for two axes."""
    kernel = _check.ints("kernel_size", kernel_size, 2, 1, lone=False)
    steps = _check.ints("stride", stride, 2, 1, lone=False)
    zeros = _check.ints("padding", padding, 2, 0, lone=False)
    spacing = _check.ints("dilation", dilation, 2, 1, lone=False)
    return kernel, steps, tuple((p, p) for p in zeros), spacing
