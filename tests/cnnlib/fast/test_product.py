"""Products cut into pieces that a BLAS does not pack."""

import numpy as np
import pytest

from cnnlib.fast.product import UNPACKED, multiply, pieces, shareable


@pytest.mark.parametrize(
    ("m", "k", "n"), [(3, 4, 5), (64, 64, 3136), (50, 150, 333), (7, 600, 1000), (200, 100, 64)]
)
def test_a_cut_product_is_the_product(m, k, n):
    rng = np.random.default_rng(1)
    a, x = rng.standard_normal((2, m, k)), rng.standard_normal((2, k, n))
    out = np.empty((2, m, n))
    assert multiply(a, x, out) is not None
    np.testing.assert_allclose(out, a @ x, rtol=0, atol=1e-11)


def test_a_cut_product_writes_into_a_part_of_a_larger_array():
    rng = np.random.default_rng(2)
    a, x, whole = rng.random((70, 130)), rng.random((130, 500)), np.zeros((80, 600))
    multiply(a, x, whole[3:73, 50:550])
    np.testing.assert_allclose(whole[3:73, 50:550], a @ x)
    assert not whole[:3].any()
    assert not whole[:, :50].any()
    assert not whole[:, 550:].any()


@pytest.mark.parametrize(
    ("m", "k", "n"), [(64, 64, 3136), (512, 512, 64), (16, 256, 9999), (8, 700, 9999)]
)
def test_pieces_stay_under_the_size_that_a_blas_packs(m, k, n):
    rows, columns = pieces(m, k, n)
    assert rows * k * columns <= UNPACKED
    assert rows >= 8
    assert columns >= 15


def test_long_sums_are_shared_by_the_blas_alone():
    assert shareable(10**9, 768) == 10**9
    assert shareable(10**9, 769) == 0


def test_threads_that_share_a_layer_cut_every_product():
    assert pieces(256, 128, 196, shared=True) == (32, 196)
    assert pieces(256, 128, 9999, shared=True) == (32, 192)
    assert pieces(256, 4608, 196, shared=True) == (256, 196)


@pytest.mark.parametrize(("m", "k", "n"), [(256, 4608, 64), (256, 128, 196), (64, 256, 3136)])
def test_a_deep_or_a_large_product_is_left_to_the_blas(m, k, n):
    assert pieces(m, k, n) == (m, n)
