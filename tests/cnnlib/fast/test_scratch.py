"""Reused memory is never seen: not in results, not by other threads, not by the machine."""

import tracemalloc

import numpy as np
import pytest

from cnnlib import fast
from cnnlib.fast import scratch
from cnnlib.geometry import Geometry
from tests.cnnlib.fast.shapes import LAYERS, arrays, geometry


@pytest.mark.parametrize("layer", LAYERS)
def test_inputs_are_never_changed(layer):
    x, w, b = arrays(layer)
    kept = x.copy(), w.copy(), b.copy()
    grad = fast.correlate(x, w, b, geometry(layer))
    seen = grad.copy()
    fast.grad_input(grad, w, geometry(layer))
    fast.grad_weight(x, grad, geometry(layer))
    for array, copy in zip((x, w, b, grad), (*kept, seen), strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("layer", LAYERS)
def test_results_survive_the_next_call(layer):
    x, w, b = arrays(layer)
    first = fast.correlate(x, w, b, geometry(layer))
    kept = first.copy()
    second = fast.correlate(x + 1, w, b, geometry(layer))
    np.testing.assert_array_equal(first, kept)
    assert not np.shares_memory(first, second)
    for memory in scratch._local.buffers.values():
        assert not np.shares_memory(first, memory)


def test_read_only_and_strided_inputs_are_read_as_they_are():
    x, w, b = arrays("many channels")
    wide = np.repeat(np.repeat(x, 2, axis=2), 2, axis=3)[:, :, ::2, ::2]
    x.flags.writeable = w.flags.writeable = b.flags.writeable = False
    expected = fast.correlate(x, w, b, geometry("many channels"))
    got = fast.correlate(wide, np.asfortranarray(w), b, geometry("many channels"))
    np.testing.assert_array_equal(got, expected)


def test_memory_stays_bounded_under_growing_shapes():
    w, b = np.ones((32, 24, 3, 3), np.float32), np.zeros(32, np.float32)
    for size in range(8, 400, 28):
        x = np.ones((1, 24, size, size + 3), np.float32)
        for method in ("auto", "exact", "im2col"):
            g = Geometry(x.shape[2:], (3, 3), (1, 1), ((1, 1), (1, 1)), (1, 1))
            fast.correlate(x, w, b, g, method)
            assert scratch.held() <= scratch.LIMIT


@pytest.mark.parametrize("method", ["winograd", "im2col", "offsets"])
def test_one_call_takes_little_beside_its_result(method):
    x, w, b = (np.ones(s, np.float32) for s in ((2, 64, 200, 200), (64, 64, 3, 3), 64))
    scratch.release()
    tracemalloc.start()
    g = Geometry(x.shape[2:], (3, 3), (1, 1), ((0, 0), (0, 0)), (1, 1))
    got = fast.correlate(x, w, b, g, method)
    taken = tracemalloc.get_traced_memory()[1] - got.nbytes
    tracemalloc.stop()
    assert taken < 64 * 2**20


def test_a_request_beyond_the_limit_is_not_kept():
    scratch.release()
    large = scratch.take("large", (scratch.LIMIT + 1,), np.uint8)
    assert large.size == scratch.LIMIT + 1
    assert scratch.held() == 0


def test_buffers_that_do_not_fit_together_are_forgotten():
    scratch.release()
    size = scratch.LIMIT * 2 // 3
    first = scratch.take("first", (size,), np.uint8)
    first[:] = 7
    scratch.take("second", (size,), np.uint8)[:] = 9
    assert scratch.held() == size
    assert (first == 7).all()
