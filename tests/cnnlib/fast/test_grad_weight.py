"""The gradient for the weight: every tap's inner product with what it has read."""

import numpy as np
import pytest

from cnnlib.fast import blocks
from cnnlib.fast.grad_weight import lowered, pointwise
from tests.cnnlib.fast.shapes import definition, ramps, windows


def check(way, g, n=3, c=2, o=3):
    """Assert <grad, x * w> == <w, way(x, grad)> for the weight of every single tap."""
    x, w, _ = ramps(g, n, c, o)
    grad = np.arange(float(n * len(w) * np.prod(g.out))).reshape(n, len(w), *g.out) % 13 - 5
    got = way(x, grad, g)
    assert got.shape == w.shape
    for tap in np.ndindex(*w.shape):
        alone = np.zeros_like(w)
        alone[tap] = 1
        assert np.sum(grad * definition(x, alone, None, g)) == pytest.approx(got[tap]), tap


LAYERS = {
    "sequence": windows((9,), (3,), (2,), (1,), (2,)),
    "image": windows((6, 7), (2, 3), (2, 1), ((1, 0), 2), (1, 2), groups=2),
    "volume": windows((3, 4, 5), (2, 1, 3), (1, 2, 1), (1, 0, 1), (2, 1, 1)),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_every_tap_gets_its_inner_product(layer):
    check(lowered, LAYERS[layer])


def test_blocks_of_rows_add_up(monkeypatch):
    monkeypatch.setitem(lowered.__globals__, "WIDE", 7)
    check(lowered, LAYERS["image"])


def test_threads_add_to_one_sum_without_losing_any(monkeypatch):
    monkeypatch.setattr(blocks, "WORTHWHILE", 1)
    monkeypatch.setattr(blocks._Pool, "threads", 2)
    monkeypatch.setattr(blocks._Pool, "executor", None)
    check(lowered, LAYERS["image"], n=8)


def test_a_kernel_of_one_tap_needs_no_lowering():
    check(pointwise, windows((4, 5), (1, 1), groups=2))
