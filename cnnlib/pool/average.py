"""Average pooling: the mean of each window."""

from cnnlib import _check
from cnnlib._check import Array, Ints, Namespace
from cnnlib.geometry import Geometry
from cnnlib.kernels import surround
from cnnlib.pool.windows import pool_forward


def avg_pool1d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    ceil_mode: bool = False, count_include_pad: bool = True,
) -> Array:  # fmt: skip
    """Take the mean of each window of a sequence.

    As ``avg_pool2d`` with one axis: input (N, C, L) or (C, L), result (N, C, OL) or (C, OL).

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import avg_pool1d
    >>> avg_pool1d(np.array([[1.0, 3.0, 5.0, 9.0]]), 2)
    array([[2., 7.]])
    >>> avg_pool1d(np.array([[6.0, 6.0]]), 2, padding=1, count_include_pad=False)
    array([[6., 6.]])
    >>> avg_pool1d(np.array([[1.0, 3.0]]), 2, stride=-1)
    Traceback (most recent call last):
    ...
    ValueError: `stride` must be at least 1, got -1
    """
    xp = _check.namespace(input=input)
    g = pool_forward(1, input.shape, kernel_size, stride, padding, 1, ceil_mode)
    return _average(xp, input, g, count_include_pad, None)


def avg_pool2d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int | None = None,
) -> Array:  # fmt: skip
    """Take the mean of each window of an image.

    Parameters
    ----------
    input : array (N, C, H, W) or (C, H, W)
        NumPy array or torch tensor of real numbers.
    kernel_size, stride, padding, ceil_mode
        As for ``max_pool2d``; padding counts as zeros.
    count_include_pad : bool, default True
        Whether padding counts among the entries by which a sum is divided.
    divisor_override : int, optional
        Divide by this number instead.

    Returns
    -------
    array (N, C, OH, OW) or (C, OH, OW)
        Of the input's kind and dtype, a fresh copy; rounded up in ``ceil_mode``:
        ``out = (size + 2*padding - kernel) // stride + 1``.

    Raises
    ------
    ValueError
        If a window does not fit, or the padding exceeds half of it.
    TypeError
        If the dtype has no order, a number is no int or a flag no bool.

    Notes
    -----
    A window that reaches over the end in ``ceil_mode`` is divided by what lies inside the padded
    input.  Whole numbers round towards zero.  ``N*C*OH*OW * KH*KW`` additions.
    Reference: ``torch.nn.functional.avg_pool2d``.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import avg_pool2d
    >>> image = np.array([[[1.0, 3.0, 5.0], [5.0, 7.0, 9.0]]])
    >>> avg_pool2d(image, 2)
    array([[[4.]]])
    >>> avg_pool2d(image, 2, stride=1)
    array([[[4., 6.]]])
    >>> avg_pool2d(image, 2, divisor_override=0)
    Traceback (most recent call last):
    ...
    ValueError: `divisor_override` must not be 0, got 0
    """
    xp = _check.namespace(input=input)
    g = pool_forward(2, input.shape, kernel_size, stride, padding, 1, ceil_mode)
    return _average(xp, input, g, count_include_pad, divisor_override)


def avg_pool3d(
    input: Array, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0,
    ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int | None = None,
) -> Array:  # fmt: skip
    """Take the mean of each window of a volume.

    As ``avg_pool2d`` with three axes: input (N, C, D, H, W) or (C, D, H, W), result
    (N, C, OD, OH, OW) or (C, OD, OH, OW).

    As in torch, a window must not exceed a volume without its padding.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnlib import avg_pool3d
    >>> avg_pool3d(np.arange(8.0).reshape(1, 2, 2, 2), 2)
    array([[[[3.5]]]])
    >>> avg_pool3d(np.arange(8.0).reshape(1, 2, 2, 2), (2, 2))
    Traceback (most recent call last):
    ...
    ValueError: `kernel_size` must be an int or a tuple of 3 ints, got (2, 2); it has 2 entries
    """
    xp = _check.namespace(input=input)
    g = pool_forward(3, input.shape, kernel_size, stride, padding, 1, ceil_mode)
    return _average(xp, input, g, count_include_pad, divisor_override)


def _average(
    xp: Namespace, x: Array, g: Geometry, include_pad: bool, divisor_override: int | None
) -> Array:
    """Add tap by tap, then divide each window by its number of entries."""
    _check.roomy("input", x.dtype, _check.REAL)
    check_volume(g)
    divisor = divisors(xp, x, g, include_pad, divisor_override)
    around = surround(xp, x, g)
    total = around[next(parts := g.taps())]
    for part in parts:
        total = total + around[part]
    if _check.family(x.dtype) == "float":
        return total / divisor
    return xp.sign(total) * xp.sign(divisor) * (xp.abs(total) // xp.abs(divisor))  # to zero


def check_volume(g: Geometry) -> None:
    """Refuse, as torch does for averages of volumes only, a window larger than the input itself."""
    if len(g.size) == 3 and any(k > n for k, n in zip(g.kernel, g.size, strict=True)):
        rule = "not exceed the input without its padding in avg_pool3d"
        _check.refuse("kernel_size", rule, g.kernel, f"the input is {g.size}")


def divisors(
    xp: Namespace, like: Array, g: Geometry, include_pad: bool, divisor_override: int | None
) -> Array:
    """Return by what each window's sum is divided, (*out), in the dtype of ``like``."""
    padded, rank = _check.flag("count_include_pad", include_pad), len(g.size)
    if divisor_override is not None:
        if _check.integer("divisor_override", divisor_override) == 0:
            _check.refuse("divisor_override", "not be 0", divisor_override)
        return xp.asarray(int(divisor_override), dtype=like.dtype, device=like.device)
    total = xp.ones((1,) * rank, dtype=like.dtype, device=like.device)
    for axis, (n, k, s, (p, _), _) in enumerate(zip(*g[:5], strict=True)):
        low, high = (-p, n + p) if padded else (0, n)
        counts = [min(i * s - p + k, high) - max(i * s - p, low) for i in range(g.out[axis])]
        row = xp.asarray(counts, dtype=like.dtype, device=like.device)
        total = total * xp.reshape(row, (-1, *(1,) * (rank - axis - 1)))
    return total
