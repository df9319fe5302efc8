"""Depthwise kernels on wide images, shifted after the product."""

import numpy as np

import cnnlib


def test_shifts_lets_rows_of_padding_alone_add_nothing():
    rng = np.random.default_rng(5)
    x, w = rng.standard_normal((1, 30, 18, 36)), rng.standard_normal((30, 1, 2, 4))
    given = {"padding": 3, "groups": 30}
    shifted = cnnlib.conv2d(x, w, method="shifts", **given)
    np.testing.assert_allclose(shifted, cnnlib.conv2d(x, w, method="im2col", **given), atol=1e-12)
