"""The three small matrices of a fast one-dimensional correlation (Toom and Cook, Winograd).

The idea: m outputs of r taps are coefficients of a product of polynomials. Evaluate both
factors at m + r - 1 points (one of them infinity), multiply value by value, interpolate:
``y = A @ ((G @ taps) * (B @ window))``, with m + r - 1 multiplications instead of m * r.
The points set the rounding error: 0, +-3/4, +-3/2 err 3 to 4 times less than 0, +-1, +-2.
Cost: computed once in fractions and kept.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

POINTS = tuple(map(Fraction, ("0", "3/4", "-3/4", "3/2", "-3/2", "3/8", "-3/8")))


def _times(left, right):
    """Return the product of two polynomials, lowest power first."""
    product = [Fraction(0)] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            product[i + j] += a * b
    return product


def _others(points, skip):
    """Return the polynomial with a root at every point but `skip`."""
    polynomial = [Fraction(1)]
    for point in points:
        if point != skip:
            polynomial = _times(polynomial, [-point, Fraction(1)])
    return polynomial


@lru_cache(maxsize=64)
def matrices(m, r, dtype):
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
    return tuple(matrix.astype(dtype) for matrix in (a, g * size, b / size))
