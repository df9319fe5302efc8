"""Windows as columns, and columns added back: im2col and col2im."""

from math import prod

from cnnlib import _check, kernels
from cnnlib._check import Array, Ints
from cnnlib.geometry import Axes, Geometry, fitting


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
    batched = _check.images("input", size, 2)
    _check.not_empty("input", size, batched)
    g = fitting(windows(size[-2:], kernel_size, stride, padding, dilation))
    x = input if batched else input[None, ...]
    cols = kernels.columns(xp, x, g)
    cols = xp.reshape(cols, (x.shape[0], x.shape[1] * prod(g.kernel), g.positions))
    return cols if batched else cols[0, ...]


def fold(
    input: Array, output_size: Ints, kernel_size: Ints, dilation: Ints = 1, padding: Ints = 0,
    stride: Ints = 1,
) -> Array:  # fmt: skip
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
    Reference: ``torch.nn.functional.fold``.

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
    g = fitting(windows(size, kernel_size, stride, padding, dilation))
    taps, (rows, positions) = prod(g.kernel), input.shape[-2:]
    if rows % taps:
        _check.refuse(
            "input", f"have a multiple of {taps} rows", rows, f"{rows} % {taps} = {rows % taps}"
        )
    if positions != g.positions:
        why = f"`kernel_size` takes {g.out[0]}*{g.out[1]} positions in {size}"
        _check.refuse("input", f"have {g.positions} columns", positions, why)
    x = input if input.ndim == 3 else input[None, ...]
    cols = xp.reshape(x, (x.shape[0], rows // taps, taps, positions))
    result = kernels.spread(xp, cols, g)
    return result if input.ndim == 3 else result[0, ...]


def windows(size: Axes, kernel_size: Ints, stride: Ints, padding: Ints, dilation: Ints) -> Geometry:
    """Return where the windows lie; as in torch, a tuple of one does not count for both axes."""
    kernel = _check.ints("kernel_size", kernel_size, 2, 1, lone=False)
    steps = _check.ints("stride", stride, 2, 1, lone=False)
    zeros = _check.ints("padding", padding, 2, 0, lone=False)
    spacing = _check.ints("dilation", dilation, 2, 1, lone=False)
    return Geometry(size, kernel, steps, tuple((p, p) for p in zeros), spacing)
