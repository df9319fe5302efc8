"""No function mixes NumPy with torch, and none promotes one dtype to another."""

import inspect
from math import prod

import numpy as np
import pytest
import torch

import cnnlib

SHAPES = {
    "input": (2, 3, 4, 4), "weight": (5, 3, 2, 2), "bias": (5,), "a": (2, 2), "b": (2, 2),
    "target": (2, 4, 4), "grad_output": (2, 5, 3, 3),
}  # fmt: skip
SIZES = {"input_size": "input", "weight_size": "weight"}
OTHERS = {"kernel_size": 2, "dim": 1}
# What other shapes a family takes, by the beginning of its name.
FAMILIES = {
    "linear": {"input": (2, 3), "weight": (5, 3), "grad_output": (2, 5)},
    "conv_transpose": {"weight": (3, 5, 2, 2), "grad_output": (2, 5, 5, 5)},
    "max_pool": {"grad_output": (2, 3, 2, 2)},
    "cross_entropy": {"input": (2, 3), "target": (2,)},
    "relu": {"grad_output": (2, 3, 4, 4)},
    "log_softmax": {"grad_output": (2, 3, 4, 4)},
}


def call(name):
    """Return a function and arguments that it takes; one and three axes have their own twins."""
    module = cnnlib if hasattr(cnnlib, name) else cnnlib.grad
    shapes = dict(SHAPES)
    for start, own in FAMILIES.items():
        shapes |= own if name.startswith(start) else {}
    given, function = {}, getattr(module, name)
    for each in inspect.signature(function).parameters:
        if each in shapes:
            kind = np.int64 if each == "target" else np.float64
            given[each] = (np.arange(prod(shapes[each])) % 3).reshape(shapes[each]).astype(kind)
        elif each in SIZES:
            given[each] = shapes[SIZES[each]]
        elif each in OTHERS:
            given[each] = OTHERS[each]
    return function, given


def arrays(given):
    return [name for name, value in given.items() if isinstance(value, np.ndarray)]


SEVERAL = [
    name
    for name in (*cnnlib.__all__, *cnnlib.grad.__all__)
    if callable(getattr(cnnlib, name, None) or getattr(cnnlib.grad, name, None))
    and not any(other in name for other in ("1d", "3d"))
    and len(arrays(call(name)[1])) > 1
]


def test_every_function_of_several_arrays_is_tried():
    assert len(SEVERAL) > 10
    for name in SEVERAL:
        function, given = call(name)
        function(**given)


@pytest.mark.parametrize("name", SEVERAL)
def test_one_array_of_another_kind_is_refused(name):
    function, given = call(name)
    for odd in arrays(given):
        with pytest.raises(TypeError, match="of the same kind as"):
            function(**{**given, odd: torch.from_numpy(given[odd])})


@pytest.mark.parametrize("name", SEVERAL)
def test_one_array_of_another_dtype_is_refused(name):
    function, given = call(name)
    # classes are whole numbers, and scores of any precision go with them
    for odd in ["target"] if "target" in given else arrays(given):
        other = np.float64 if odd == "target" else np.float32
        with pytest.raises(TypeError, match="dtype"):
            function(**{**given, odd: given[odd].astype(other)})
