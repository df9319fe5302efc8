"""The matrices of the fast one-dimensional correlation."""

import numpy as np
import pytest

from cnnlib.fast.toomcook import matrices


@pytest.mark.parametrize(("m", "r"), [(2, 3), (4, 3), (2, 5), (4, 4), (4, 5), (4, 2), (4, 1)])
def test_the_three_matrices_correlate(m, r):
    a, g, b = matrices(m, r, "d")
    rng = np.random.default_rng(3)
    taps, window = rng.standard_normal(r), rng.standard_normal(m + r - 1)
    got = a @ ((g @ taps) * (b @ window))
    np.testing.assert_allclose(got, np.correlate(window, taps, "valid"), rtol=0, atol=1e-12)


def test_our_points_err_less_than_the_usual_ones():
    usual = np.array([[4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0]])
    assert abs(matrices(4, 3, "d")[2]).sum(axis=1).max() < abs(usual).sum(axis=1).max()
