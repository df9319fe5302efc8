"""The first two loops: an inner product, and one kernel that slides over one image."""

from typing import Any


def inner_product(a: Any, b: Any) -> Any:
    """Multiply entry by entry and add everything up.

    Parameters
    ----------
    a, b : nested lists or arrays of one shape

    Returns
    -------
    number
        ``sum of a[i, j] * b[i, j]`` over all positions.

    Raises
    ------
    ValueError
        If the two differ in length somewhere.

    Examples
    --------
    >>> from cnnlib import naive
    >>> naive.inner_product([[1, 3], [2, 4]], [[5, 7], [6, 8]])
    70
    >>> naive.inner_product([1, 2], [1, 2, 3])
    Traceback (most recent call last):
    ...
    ValueError: zip() argument 2 is longer than argument 1
    """
    total = 0
    for x, y in zip(a, b, strict=True):
        rows = hasattr(x, "__len__") and hasattr(y, "__len__")
        total = total + (inner_product(x, y) if rows else x * y)
    return total


def correlate2d(image: Any, kernel: Any) -> list[list[Any]]:
    """Lay a kernel on every place of an image where it fits, and take the inner product there.

    Parameters
    ----------
    image : nested list or array (H, W)
        Pixels.
    kernel : nested list or array (KH, KW)
        Weights, not turned round.

    Returns
    -------
    nested list (H - KH + 1, W - KW + 1)
        One inner product for each place; no rows where the kernel does not fit.

    Notes
    -----
    ``out[y][x] = sum over i, j of image[y + i][x + j] * kernel[i][j]``

    Examples
    --------
    >>> from cnnlib import naive
    >>> image = [[10 * i + j for j in range(4)] for i in range(3)]
    >>> naive.correlate2d(image, [[0, 1], [0, 0]])  # reads the pixel to the right
    [[1, 2, 3], [11, 12, 13]]
    >>> naive.correlate2d(image, [[1, 2, 3, 4, 5]])  # too wide: no place
    [[], [], []]
    """
    height, width = len(kernel), len(kernel[0])
    out = []
    for y in range(len(image) - height + 1):
        row = []
        for x in range(len(image[0]) - width + 1):
            window = [image[y + i][x : x + width] for i in range(height)]
            row.append(inner_product(window, kernel))
        out.append(row)
    return out
