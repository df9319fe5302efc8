"""Windows as columns, and columns added back: im2col and col2im."""

from math import prod

from cnnlib import _check, kernels, shape
from cnnlib._check import Array, Ints


def unfold(
    input: Array, kernel_size: Ints, dilation: Ints = 1, padding: Ints = 0, stride: Ints = 1
) -> Array:
    """Return every window of an image as a column."""
    xp = _check.namespace(input=input)
    _check.axes("input", tuple(input.shape), 2, "(N, C, H, W)", unbatched=True)
    kernel, steps = _check.ints("kernel_size", kernel_size, 2, 1), _check.ints("stride", stride, 2, 1)
    spacing, zeros = _check.ints("dilation", dilation, 2, 1), _check.ints("padding", padding, 2, 0)
    x = input if input.ndim == 4 else input[None, ...]
    pads = tuple((p, p) for p in zeros)
    cols = kernels.columns(xp, x, kernel, steps, pads, spacing)
    cols = xp.reshape(cols, (x.shape[0], x.shape[1] * prod(kernel), cols.shape[-1]))
    return cols if input.ndim == 4 else cols[0, ...]


def fold(
    input: Array, output_size: Ints, kernel_size: Ints, dilation: Ints = 1, padding: Ints = 0,
    stride: Ints = 1,
) -> Array:
    """Add the columns of ``unfold`` back into an image."""
    xp = _check.namespace(input=input)
    size = _check.ints("output_size", output_size, 2, 1)
    kernel, steps = _check.ints("kernel_size", kernel_size, 2, 1), _check.ints("stride", stride, 2, 1)
    spacing, zeros = _check.ints("dilation", dilation, 2, 1), _check.ints("padding", padding, 2, 0)
    x = input if input.ndim == 3 else input[None, ...]
    pads = tuple((p, p) for p in zeros)
    out = shape.positions(size, kernel, steps, pads, spacing)
    if x.shape[1] % prod(kernel) or x.shape[2] != prod(out):
        rule = f"have a multiple of {prod(kernel)} rows and {prod(out)} columns"
        _check.refuse("input", rule, tuple(input.shape))
    cols = xp.reshape(x, (x.shape[0], x.shape[1] // prod(kernel), prod(kernel), x.shape[2]))
    result = kernels.spread(xp, cols, size, kernel, steps, pads, spacing, out)
    return result if input.ndim == 3 else result[0, ...]
