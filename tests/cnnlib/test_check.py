"""What is taken as a number, and as an array: everything else is refused by its name."""

import warnings

import numpy as np
import pytest
import torch

import cnnlib
from cnnlib import _check

ONES = np.ones((1, 1, 4, 4))
CALLS = {
    "conv2d": lambda x: cnnlib.conv2d(x, np.ones((1, 1, 2, 2))),
    "conv_transpose2d": lambda x: cnnlib.conv_transpose2d(x, np.ones((1, 1, 2, 2))),
    "max_pool2d": lambda x: cnnlib.max_pool2d(x, 2),
    "avg_pool2d": lambda x: cnnlib.avg_pool2d(x, 2),
    "unfold": lambda x: cnnlib.unfold(x, 2),
    "fold": lambda x: cnnlib.fold(x, 2, 1),
    "pad": lambda x: cnnlib.pad(x, (1, 1)),
    "linear": lambda x: cnnlib.linear(x, np.ones((1, 4))),
    "relu": cnnlib.relu,
    "softmax": lambda x: cnnlib.softmax(x, 0),
    "log_softmax": lambda x: cnnlib.log_softmax(x, 0),
    "cross_entropy": lambda x: cnnlib.cross_entropy(x, np.array([0])),
    "grad": lambda x: cnnlib.grad.conv2d_weight(x, (1, 1, 2, 2), np.ones((1, 1, 3, 3))),
}


def matrix():
    """Return a matrix of NumPy's, which warns that it had better not be used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.matrix([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize("name", CALLS)
def test_a_mask_is_refused_and_never_overlooked(name):
    with pytest.raises(TypeError, match=r"^`input` must be a plain array: .*, got MaskedArray"):
        CALLS[name](np.ma.masked_equal(ONES, 1))


@pytest.mark.parametrize("name", CALLS)
def test_a_foreign_byte_order_is_refused(name):
    foreign = ONES.astype(ONES.dtype.newbyteorder())
    with pytest.raises(TypeError, match=r"^`input` must have .* byte order, got [<>]f8"):
        CALLS[name](foreign)


@pytest.mark.parametrize("name", CALLS)
def test_a_sparse_tensor_is_refused(name):
    with pytest.raises(TypeError, match=r"^`input` must be a dense tensor, got torch\.sparse_coo"):
        CALLS[name](torch.from_numpy(ONES).to_sparse())


@pytest.mark.parametrize("name", CALLS)
def test_a_quantized_tensor_is_refused(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        quantized = torch.quantize_per_tensor(torch.ones(1, 1, 4, 4), 0.1, 0, torch.quint8)
    with pytest.raises(TypeError, match=r"^`input` must be a dense tensor, got a quantized one"):
        CALLS[name](quantized)


@pytest.mark.parametrize("value", [matrix(), [[1.0]], 3.0, None, "1", np.float64(1)], ids=repr)
def test_what_is_no_array_is_refused(value):
    with pytest.raises(TypeError, match=r"^`input` must be a"):
        cnnlib.relu(value) if value is not None else _check.shape_of("input", value)


def test_a_matrixs_own_product_is_never_taken_for_an_entrywise_one():
    with pytest.raises(TypeError, match=r"^`a` must be a plain array: .*, got matrix"):
        cnnlib.inner_product(matrix(), matrix())


@pytest.mark.parametrize("value", [3, np.int64(3), np.array(3), torch.tensor(3), np.uint8(3)])
def test_whatever_counts_as_an_int_is_one(value):
    got = _check.integer("n", value)
    assert got == 3
    assert type(got) is int


@pytest.mark.parametrize("value", [True, np.True_, 3.0, "3", None, np.float64(3), [3]])
def test_what_only_looks_like_an_int_is_none(value):
    with pytest.raises(TypeError, match=r"^`n` must be an int, got "):
        _check.integer("n", value)


def test_an_error_quotes_what_was_typed():
    with pytest.raises(ValueError, match=r"^`stride` must be at least 1, got 0$"):
        cnnlib.conv2d(ONES, ONES, stride=0)
    with pytest.raises(ValueError, match=r"^`stride` must be at least 1, got \(1, 0\)$"):
        cnnlib.conv2d(ONES, ONES, stride=(1, 0))
    with pytest.raises(ValueError, match=r"^`stride` must be at least 1, got 0$"):
        cnnlib.max_pool2d(ONES, 2, 0)
    with pytest.raises(
        ValueError, match=r"^`weight` must fit in the padded input, got kernel_size"
    ):
        cnnlib.conv2d(ONES, np.ones((1, 1, 5, 5)))


def test_one_entry_counts_for_every_axis_only_where_torch_says_so():
    assert _check.ints("stride", (2,), 3) == (2, 2, 2)
    with pytest.raises(ValueError, match=r"got \(2,\); it has 1 entries"):
        _check.ints("stride", (2,), 3, lone=False)


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "int32"])
def test_dtypes_whose_sums_would_wrap_around_are_refused_as_in_torch(dtype):
    whole = torch.ones(1, 1, 4, 4, dtype=getattr(torch, dtype))
    small, out = whole[..., :2, :2], whole[..., :3, :3]
    functional, theirs = torch.nn.functional, torch.nn.grad
    pairs = [
        (functional.avg_pool2d, cnnlib.avg_pool2d, (whole, 2)),
        (functional.conv_transpose2d, cnnlib.conv_transpose2d, (whole, small)),
        (theirs.conv2d_input, cnnlib.grad.conv2d_input, (whole.shape, small, out)),
        (theirs.conv2d_weight, cnnlib.grad.conv2d_weight, (whole, small.shape, out)),
    ]
    for torchs, ours, given in pairs:
        with pytest.raises((RuntimeError, NotImplementedError)):
            torchs(*given)
        for kind in (given, [a.numpy() if isinstance(a, torch.Tensor) else a for a in given]):
            with pytest.raises(TypeError, match="must have a dtype that holds its sums"):
                ours(*kind)


def test_kinds_are_not_mixed_and_dtypes_not_promoted():
    with pytest.raises(TypeError, match=r"^`weight` must be of the same kind as `input`"):
        cnnlib.conv2d(ONES, torch.ones(1, 1, 2, 2))
    with pytest.raises(TypeError, match=r"^`bias` must have the dtype of `input`, float64"):
        cnnlib.conv2d(ONES, ONES, np.ones(1, np.float32))
