"""The public surface: names, signatures, and no torch unless it is brought along."""

import inspect

import numpy as np
import pytest
import torch
from torch.nn import functional

import cnnlib
from cnnlib import naive
from tests.cnnlib.oracle import agree, numbers
from tests.cnnlib.programs import said

PYTHON_SIGNATURES = {"pad", "unfold", "fold"}
SIGNATURES = {
    "conv": "input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1",
    "conv_transpose": "input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, "
    "dilation=1",
    "max_pool": "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False",
    "avg_pool": "input, kernel_size, stride=None, padding=0, ceil_mode=False, "
    "count_include_pad=True",
}


def names_and_defaults(function):
    """Write the positional parameters of a function down."""
    parameters = inspect.signature(function).parameters.values()
    return ", ".join(
        p.name if p.default is p.empty else f"{p.name}={p.default}"
        for p in parameters
        if p.kind is p.POSITIONAL_OR_KEYWORD
    )


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("family", SIGNATURES)
def test_names_order_and_defaults_are_torchs(family, rank):
    want = SIGNATURES[family]
    if family == "avg_pool" and rank > 1:
        want += ", divisor_override=None"
    assert names_and_defaults(getattr(cnnlib, f"{family}{rank}d")) == want
    assert names_and_defaults(getattr(naive, f"{family}{rank}d")) == want


@pytest.mark.parametrize("name", sorted(PYTHON_SIGNATURES))
def test_signatures_that_torch_tells(name):
    assert names_and_defaults(getattr(cnnlib, name)) == names_and_defaults(
        getattr(functional, name)
    )


@pytest.mark.parametrize("name", [n for n in cnnlib.grad.__all__ if n in dir(torch.nn.grad)])
def test_gradients_take_what_torch_nn_grad_takes(name):
    assert names_and_defaults(getattr(cnnlib.grad, name)) == names_and_defaults(
        getattr(torch.nn.grad, name)
    )


def test_every_public_name_is_there_and_documented():
    for module in (cnnlib, cnnlib.grad, cnnlib.naive, cnnlib.shape):
        for name in module.__all__:
            assert inspect.getdoc(getattr(module, name)), name


def test_every_public_function_has_an_example_that_ends_with_a_failure():
    for module in (cnnlib, cnnlib.grad, cnnlib.shape):
        for name in module.__all__:
            function = getattr(module, name)
            if inspect.isfunction(function):
                text = inspect.getdoc(function)
                assert text.count(">>>") >= 3, name
                assert text.count("Error: `") == 1, name


def test_numpy_alone_is_enough():
    code = (
        "import sys; sys.modules['torch'] = None; import numpy as np, cnnlib; "
        "print(cnnlib.conv2d(np.ones((1, 3, 3)), np.ones((1, 1, 3, 3))).item(), "
        "'matplotlib' in sys.modules)"
    )
    assert said(code) == "9.0 False\n"


@pytest.mark.parametrize("name", ["conv2d", "max_pool2d", "pad", "unfold", "relu"])
def test_tensors_come_back_on_their_device(name):
    x = torch.from_numpy(numbers(1, 2, 4, 4)).to("meta")
    rest = {
        "conv2d": (x[:, :, :2, :2],),
        "max_pool2d": (2,),
        "pad": ((1, 1),),
        "unfold": (2,),
        "relu": (),
    }[name]
    out = getattr(cnnlib, name)(x, *rest)
    assert out.device.type == "meta"
    assert out.shape == getattr(functional, name)(x, *rest).shape


def test_a_subclass_of_ndarray_is_an_array():
    class Picture(np.ndarray):
        """An array by another name."""

    x, w = numbers(1, 5, 5), numbers(1, 1, 3, 3)
    agree(np.asarray(cnnlib.conv2d(x.view(Picture), w)), cnnlib.conv2d(x, w))
