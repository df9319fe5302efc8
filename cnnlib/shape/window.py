"""Sizes of poolings and of transposed convolutions."""

from cnnlib._check import Ints, ints, rank_of
from cnnlib.geometry import pooling, transposed


def pool_output_size(
    size: Ints, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> int | tuple[int, ...]:  # fmt: skip
    """Return how many windows a pooling takes along each axis.

    Parameters
    ----------
    size : int or tuple
        Pixels of the input.
    kernel_size : int or tuple
        Size of the window, in pixels.
    stride : int or tuple, optional
        Steps between windows; the window's size if left out.
    padding : int or tuple, default 0
        Pixels around the input, at most half of the window.
    dilation : int or tuple, default 1
        Distance between neighbouring taps, in pixels.
    ceil_mode : bool, default False
        Whether a last window may reach over the end, if it starts inside.

    Returns
    -------
    int or tuple of int
        ``(size + 2*padding - dilation*(kernel_size - 1) - 1) // stride + 1``, rounded up in
        ``ceil_mode``.

    Raises
    ------
    ValueError
        If no window fits, or the padding exceeds half of it.
    TypeError
        If a number is no int.

    References
    ----------
    ``torch.nn.MaxPool2d``, section Shape

    Examples
    --------
    >>> from cnnlib.shape import pool_output_size
    >>> pool_output_size(28, 2), pool_output_size(7, 2), pool_output_size(7, 2, ceil_mode=True)
    (14, 3, 4)
    >>> pool_output_size((6, 7), (2, 3), stride=1)
    (5, 5)
    >>> pool_output_size(4, 2, padding=2)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at most half of `kernel_size`, got 2; 2*2 = 4 > 2
    """
    rank = rank_of(size, kernel_size, stride, padding, dilation)
    pixels = ints("size", size, rank or 1, 0)
    out = pooling(pixels, kernel_size, stride, padding, dilation, ceil_mode).out
    return out if rank else out[0]


def conv_transpose_output_size(
    size: Ints, kernel_size: Ints, stride: Ints = 1, padding: Ints = 0, output_padding: Ints = 0,
    dilation: Ints = 1,
) -> int | tuple[int, ...]:  # fmt: skip
    """Return the size that a convolution with these arguments would shrink to ``size``.

    Parameters
    ----------
    size : int or tuple
        Pixels of the input.
    kernel_size : int or tuple
        Taps of the kernel.
    stride : int or tuple, default 1
        Distance between the copies of neighbouring entries, in pixels.
    padding : int or tuple, default 0
        Pixels cut off on both sides.
    output_padding : int or tuple, default 0
        Pixels added behind: which of the sizes that shrink to the same one is meant.
    dilation : int or tuple, default 1
        Distance between neighbouring taps, in pixels.

    Returns
    -------
    int or tuple of int
        ``(size - 1)*stride - 2*padding + dilation*(kernel_size - 1) + output_padding + 1``.

    Raises
    ------
    ValueError
        If nothing is left, or ``output_padding`` reaches both the stride and the dilation.
    TypeError
        If a number is no int.

    References
    ----------
    V. Dumoulin and F. Visin, arXiv:1603.07285, relationship 14.

    Examples
    --------
    >>> from cnnlib.shape import conv_output_size, conv_transpose_output_size
    >>> conv_transpose_output_size(3, 3, stride=2), conv_output_size(7, 3, stride=2)
    (7, 3)
    >>> conv_transpose_output_size(3, 3, stride=2, output_padding=1), conv_output_size(8, 3, 2)
    (8, 3)
    >>> conv_transpose_output_size((2, 2), 3, padding=-1)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at least 0, got -1
    """
    rank = rank_of(size, kernel_size, stride, padding, output_padding, dilation)
    n = rank or 1
    pixels, kernel = ints("size", size, n, 0), ints("kernel_size", kernel_size, n, 1)
    g = transposed(pixels, kernel, stride, padding, output_padding, dilation)
    return g.size if rank else g.size[0]
