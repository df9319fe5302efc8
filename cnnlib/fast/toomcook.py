"""The three small matrices of a fast one-dimensional correlation (Toom and Cook, Winograd).

The idea: m outputs of r taps are coefficients of a product of polynomials. Evaluate both
factors at m + r - 1 points (one of them infinity), multiply value by value, interpolate:
``y = A @ ((G @ taps) * (B @ window))``, with m + r - 1 multiplications instead of m * r.
The points set the rounding error: 0, +-3/4, +-3/2 err 3 to 4 times less than 0, +-1, +-2.
Cost: computed once in fractions and kept.
Reference: S. Winograd, Arithmetic Complexity of Computations, SIAM, 1980; A. Lavin and S. Gray,
Fast Algorithms for Convolutional Neural Networks, arXiv:1509.09308.

    >>> import numpy as np
    >>> from cnnlib.fast.toomcook import matrices
    >>> a, g, b = matrices(2, 3, "d")  # 2 outputs of 3 taps: 4 products instead of 6
    >>> taps, window = np.array([1.0, 2.0, 4.0]), np.array([1.0, 10.0, 100.0, 1000.0])
    >>> (a @ ((g @ taps) * (b @ window))).round(9)  # 1 + 20 + 400, 10 + 200 + 4000
    array([ 421., 4210.])
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from cnnlib.fast.frames import Floats

Polynomial = list[Fraction]
"""Coefficients, lowest power first."""
POINTS = tuple(map(Fraction, ("0", "3/4", "-3/4", "3/2", "-3/2", "3/8", "-3/8")))


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the product of two polynomials."""
    product = [Fraction(0)] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            product[i + j] += a * b
    return product


def _others(points: tuple[Fraction, ...], skip: Fraction | None) -> Polynomial:
    """Return the polynomial with a root at every point but `skip`."""
    polynomial = [Fraction(1)]
    for point in points:
        if point != skip:
            polynomial = _times(polynomial, [-point, Fraction(1)])
    return polynomial


@lru_cache(maxsize=64)
def matrices(m: int, r: int, dtype: str) -> tuple[Floats, Floats, Floats]:
    """Return A (m, a), G (a, r) and B (a, a) for `m` outputs of `r` taps, a = m + r - 1."""
    points = POINTS[: m + r - 2]
    back = [[p**i for p in points] + [Fraction(i == m - 1)] for i in range(m)]
    taps, window = [], []
    for point in points:
        rest = _others(points, point)
        scale = sum(c * point**i for i, c in enumerate(rest))
        taps.append([point**i / scale for i in range(r)])
        window.append([*rest, Fraction(0)])
    taps.append([Fraction(i == r - 1) for i in range(r)])
    window.append(_others(points, None))
    a, g, b = (np.array(matrix, dtype=float) for matrix in (back, taps, window))
    # a power of two moves between G and B without rounding, and keeps the values near one
    size = 2.0 ** np.round(np.log2(abs(b).max(axis=1, keepdims=True)))
    return a.astype(dtype), (g * size).astype(dtype), (b / size).astype(dtype)
