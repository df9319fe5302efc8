"""Which room computes: the fast one gets the processor's floats, the kernels all else."""

import numpy as np
import pytest
import torch

from cnnlib import conv2d, engine, fast, grad, kernels
from cnnlib.geometry import Geometry

G = Geometry((4, 4), (2, 2), (1, 1), ((0, 0), (0, 0)), (1, 1))


class Called(Exception):
    """A room was entered."""


@pytest.fixture
def rooms(monkeypatch):
    """Let every sum say which room computes it, instead of computing."""

    def saying(said):
        def call(*_, **__):
            raise Called(said)

        return call

    for room, word in ((fast, "fast"), (kernels, "kernels")):
        for name in ("correlate", "grad_input", "grad_weight"):
            monkeypatch.setattr(room, name, saying(f"{word}.{name}"))


def entered(make):
    """Return which room computes each of the three sums for this kind of array."""
    x, w, y = make(1, 1, 4, 4), make(1, 1, 2, 2), make(1, 1, 3, 3)
    calls = [
        lambda: conv2d(x, w),
        lambda: grad.conv2d_input(x.shape, w, y),
        lambda: grad.conv2d_weight(x, w.shape, y),
    ]
    said = []
    for call in calls:
        with pytest.raises(Called) as caught:
            call()
        said.append(str(caught.value))
    assert [each.split(".")[1] for each in said] == ["correlate", "grad_input", "grad_weight"]
    (room,) = {each.split(".")[0] for each in said}
    return room


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("kind", ["array", "tensor"])
def test_the_fast_room_gets_the_processors_floats(rooms, kind, dtype):
    make = {
        "array": lambda *shape: np.ones(shape, dtype),
        "tensor": lambda *shape: torch.ones(shape, dtype=getattr(torch, dtype)),
    }[kind]
    assert entered(make) == "fast"


@pytest.mark.parametrize("dtype", ["float16", "int64", "complex64", "complex128"])
def test_numpys_other_dtypes_take_the_kernels(rooms, dtype):
    assert entered(lambda *shape: np.ones(shape, dtype)) == "kernels"


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "int64", "complex64"])
def test_torchs_other_dtypes_take_the_kernels(rooms, dtype):
    assert entered(lambda *shape: torch.ones(shape, dtype=getattr(torch, dtype))) == "kernels"


def test_tensors_elsewhere_take_the_kernels(rooms):
    assert entered(lambda *shape: torch.ones(shape, device="meta")) == "kernels"


def test_a_strategy_is_refused_where_the_engine_does_not_compute():
    x, w = np.ones((1, 1, 4, 4), int), np.ones((1, 1, 2, 2), int)
    with pytest.raises(ValueError, match=r"^`method` must be 'auto' or 'exact' .*, got 'winograd'"):
        conv2d(x, w, method="winograd")
    for method in ("auto", "exact"):
        assert conv2d(x, w, method=method).tolist() == np.full((1, 1, 3, 3), 4).tolist()


def test_half_precision_is_widened_once_and_comes_back():
    x = np.full((1, 1, 4, 4), 0.1, np.float16)
    assert engine.widen(np, x).dtype == np.float32
    assert engine.widen(np, x.astype(float)).dtype == np.float64
    assert engine.correlate(np, x, x[..., :2, :2], None, G).dtype == np.float16


@pytest.mark.parametrize("dtype", ["bool", "object"])
def test_what_has_no_arithmetic_is_refused(dtype):
    x = np.ones((1, 1, 4, 4), dtype)
    with pytest.raises(TypeError, match=r"^`input` must have a numeric dtype"):
        conv2d(x, x[..., :2, :2])
