"""Max pooling: the largest entry of each window."""

from cnnlib import _check
from cnnlib._check import Array, Ints, Namespace
from cnnlib.geometry import Geometry
from cnnlib.kernels import surround
from cnnlib.pool.windows import pool_forward


def max_pool1d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Array:  # fmt: skip
    """Keep the largest entry of each window of a sequence.

    As ``max_pool2d`` with one axis: input (N, C, L) or (C, L), result (N, C, OL) or (C, OL).

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import max_pool1d
    >>> digits = np.array([[3, 1, 4, 1, 5, 9, 2]])
    >>> max_pool1d(digits, 2)  # the last entry is left over
    array([[3, 4, 9]])
    >>> max_pool1d(digits, 2, ceil_mode=True)
    array([[3, 4, 9, 2]])
    >>> max_pool1d(digits, 2, padding=2)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at most half of `kernel_size`, got 2; 2*2 = 4 > 2
    """
    xp = _check.namespace(input=input)
    g = pool_forward(1, input.shape, kernel_size, stride, padding, dilation, ceil_mode)
    return largest(xp, input, g)[0]


def max_pool2d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Array:  # fmt: skip
    """Keep the largest entry of each window of an image.

    Parameters
    ----------
    input : array (N, C, H, W) or (C, H, W)
        NumPy array or torch tensor of real numbers.
    kernel_size : int or tuple
        Size of the window, in pixels.
    stride : int or tuple, optional
        Steps between windows, in pixels; the window's size if left out.
    padding : int or tuple, default 0
        Pixels around the input, at most half of the window; they never win.
    dilation : int or tuple, default 1
        Distance between neighbouring taps, in pixels.
    ceil_mode : bool, default False
        Whether a last window may reach over the end, instead of being dropped.

    Returns
    -------
    array (N, C, OH, OW) or (C, OH, OW)
        Of the input's kind and dtype, a fresh copy; rounded up in ``ceil_mode``:
        ``out = (size + 2*padding - dilation*(kernel - 1) - 1) // stride + 1``.

    Raises
    ------
    ValueError
        If a window does not fit, or the padding exceeds half of it.
    TypeError
        If the dtype has no order, a number is no int or a flag no bool.

    Notes
    -----
    ``out[n, c, y, x] = max over i, j of input[n, c, y*stride + i*dilation - padding, ...]``;
    ``N*C*OH*OW * KH*KW`` comparisons.  Of equal entries the first counts, for the gradient too.
    Reference: ``torch.nn.functional.max_pool2d``.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import max_pool2d
    >>> image = np.array([[[10 * i + j for j in range(5)] for i in range(4)]])
    >>> max_pool2d(image, 2)  # the last column is left over
    array([[[11, 13],
            [31, 33]]])
    >>> max_pool2d(image, 3, stride=1, padding=1)[0, :2]
    array([[11, 12, 13, 14, 14],
           [21, 22, 23, 24, 24]])
    >>> max_pool2d(image, 2, padding=2)
    Traceback (most recent call last):
    ...
    ValueError: `padding` must be at most half of `kernel_size`, got 2; 2*2 = 4 > 2
    """
    xp = _check.namespace(input=input)
    g = pool_forward(2, input.shape, kernel_size, stride, padding, dilation, ceil_mode)
    return largest(xp, input, g)[0]


def max_pool3d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    dilation: Ints = 1, ceil_mode: bool = False,
) -> Array:  # fmt: skip
    """Keep the largest entry of each window of a volume.

    As ``max_pool2d`` with three axes: input (N, C, D, H, W) or (C, D, H, W), result
    (N, C, OD, OH, OW) or (C, OD, OH, OW).

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import max_pool3d
    >>> max_pool3d(np.arange(8).reshape(1, 2, 2, 2), 2)
    array([[[[7]]]])
    >>> max_pool3d(np.arange(8).reshape(1, 2, 2, 2), 2, ceil_mode=1)
    Traceback (most recent call last):
    ...
    TypeError: `ceil_mode` must be True or False, got 1
    """
    xp = _check.namespace(input=input)
    g = pool_forward(3, input.shape, kernel_size, stride, padding, dilation, ceil_mode)
    return largest(xp, input, g)[0]


def largest(xp: Namespace, x: Array, g: Geometry) -> tuple[Array, Array]:
    """Return each window's largest entry and its tap, comparing tap by tap: the first one wins."""
    _check.numbers("input", x.dtype)
    real = _check.family(x.dtype) == "float"
    around = surround(xp, x, g, float("-inf") if real else xp.iinfo(x.dtype).min)
    first, *others = g.taps()
    best = around[first] if others else xp.concat((around[first],), axis=0)  # never a view
    where = xp.zeros((), dtype=xp.int64, device=x.device)
    for tap, part in enumerate(others, 1):
        seen = around[part]
        larger = (seen > best) | (seen != seen)  # NaN is unequal to itself
        best, where = xp.where(larger, seen, best), xp.where(larger, tap, where)
    return best, where
