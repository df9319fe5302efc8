"""Windows as columns, and columns added back: im2col and col2im."""

from math import prod
from typing import Any

from cnnlib import _check, kernels
from cnnlib._check import Array, Ints
from cnnlib.shape.convolution import positions as positions_of


def unfold(
    input: Array, kernel_size: Ints, dilation: Ints = 1, padding: Ints = 0, stride: Ints = 1
) -> Array:
    """Return every window of an image as a column.

    Parameters
    ----------
    input : array (N, C, H, W) or (C, H, W)
        NumPy array or torch tensor.
    kernel_size : int or tuple
        Size of the window, in pixels.
    dilation : int or tuple, default 1
        Distance between neighbouring taps, in pixels.
    padding : int or tuple, default 0
        Zeros around the image, in pixels.
    stride : int or tuple, default 1
        Steps between windows, in pixels.

    Returns
    -------
    array (N, C*KH*KW, OH*OW) or (C*KH*KW, OH*OW)
        Of the input's kind and dtype, a copy ``KH*KW`` times as large at stride 1.

    Raises
    ------
    ValueError
        If a window does not fit, or a tuple has not two entries.
    TypeError
        If a number is no int.

    Notes
    -----
    A convolution is a matrix product with these columns: ``weight.reshape(O, -1) @ unfold(input)``.

    References
    ----------
    ``torch.nn.functional.unfold``; K. Chellapilla, S. Puri and P. Simard, High Performance
    Convolutional Neural Networks for Document Processing, 2006.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import unfold
    >>> image = np.array([[[10 * i + j for j in range(3)] for i in range(3)]])
    >>> unfold(image, 2)  # each column is a window
    array([[ 0,  1, 10, 11],
           [ 1,  2, 11, 12],
           [10, 11, 20, 21],
           [11, 12, 21, 22]])
    >>> unfold(image, (2,))
    Traceback (most recent call last):
    ...
    ValueError: `kernel_size` must be an int or a tuple of 2 ints, got (2,); it has 1 entries
    """
    xp, size = _check.namespace(input=input), tuple(input.shape)
    _check.images("input", size, 2)
    _check.not_empty("input", size, len(size) == 4)
    kernel, *geometry = _windows(kernel_size, stride, padding, dilation)
    x = input if input.ndim == 4 else input[None, ...]
    cols = kernels.columns(xp, x, kernel, *geometry)
    cols = xp.reshape(cols, (x.shape[0], x.shape[1] * prod(kernel), cols.shape[-1]))
    return cols if input.ndim == 4 else cols[0, ...]


def fold(
    input: Array,
    output_size: Ints,
    kernel_size: Ints,
    dilation: Ints = 1,
    padding: Ints = 0,
    stride: Ints = 1,
) -> Array:
    """Add the columns of ``unfold`` back into an image.

    Parameters
    ----------
    input : array (N, C*KH*KW, OH*OW) or (C*KH*KW, OH*OW)
        Columns as ``unfold`` makes them.
    output_size : int or tuple
        Height and width of the image, in pixels.
    kernel_size, dilation, padding, stride
        As for ``unfold``.

    Returns
    -------
    array (N, C, H, W) or (C, H, W)
        Of the input's kind and dtype; every pixel is the sum of its copies.

    Raises
    ------
    ValueError
        If rows or columns do not match the windows.
    TypeError
        If a number is no int.

    Notes
    -----
    The transpose of ``unfold``, not its inverse: a pixel that k windows read comes back k-fold.

    References
    ----------
    ``torch.nn.functional.fold``

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import fold, unfold
    >>> fold(unfold(np.ones((1, 3, 3)), 2), 3, 2)  # how many windows read each pixel
    array([[[1., 2., 1.],
            [2., 4., 2.],
            [1., 2., 1.]]])
    >>> fold(np.ones((4, 3)), 3, 2)
    Traceback (most recent call last):
    ...
    ValueError: `input` must have 4 columns, got 3; `kernel_size` takes 2*2 positions in (3, 3)
    """
    xp = _check.namespace(input=input)
    _check.axes("input", tuple(input.shape), "N, C*taps, positions", "C*taps, positions")
    _check.not_empty("input", tuple(input.shape), input.ndim == 3)
    size = _check.ints("output_size", output_size, 2, 1, lone=False)
    kernel, steps, pads, spacing = _windows(kernel_size, stride, padding, dilation)
    out = positions_of(size, kernel, steps, pads, spacing)
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
