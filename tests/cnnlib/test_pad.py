"""pad: against torch, numpy.pad and the loops."""

import array_api_strict as strict
import numpy as np
import pytest

from cnnlib import naive, pad
from cnnlib.pad import pad_from_input
from tests.cnnlib.oracle import agree, check, numbers

MODES = ["reflect", "replicate", "circular"]
ROW = np.array([[1, 2, 3, 4]])


@pytest.mark.parametrize(
    ("mode", "want"),
    [
        ("constant", "00123400"),
        ("reflect", "32123432"),
        ("replicate", "11123444"),
        ("circular", "34123412"),
    ],
)
def test_what_a_mode_adds(mode, want):
    assert "".join(map(str, pad(ROW, (2, 2), mode)[0])) == want


def test_what_is_added_lies_on_the_device_of_the_input():
    row = strict.asarray([[1, 2, 3, 4]], device=strict.Device("device1"))
    found = pad_from_input(strict, row, [(2, 2)], "circular")
    assert found.device == row.device
    assert found.shape == (1, 8)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("flat", [(1, 2), (1, 2, 0, 1), (2, 1, 1, 0, 0, 2)])
def test_values_and_gradients_are_torchs(mode, flat):
    rank = len(flat) // 2
    check("pad", numbers(2, 3, *(4, 5, 3)[:rank]), flat, mode)
    check("pad", numbers(3, *(4, 5, 3)[:rank]), flat, mode)


@pytest.mark.parametrize("flat", [(), (1, 0), (0, 2, 1, 1), (-1, 2), (-2, -2), (1, 1) * 4])
def test_a_constant_on_any_axes(flat):
    check("pad", numbers(2, 3, 4, 5), flat)
    check("pad", numbers(2, 3, 4, 5), flat, "constant", 1.5)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("flat", [(-1, 1), (2, -1), (-2, 0)])
def test_negative_numbers_cut_off(mode, flat):
    check("pad", numbers(1, 2, 5), flat, mode, naive=mode != "circular")


@pytest.mark.parametrize(
    ("mode", "numpys"),
    [("constant", "constant"), ("reflect", "reflect"), ("replicate", "edge"), ("circular", "wrap")],
)
def test_numpys_pad_does_the_same_first_axis_first(mode, numpys):
    x = numbers(2, 4, 5)
    agree(pad(x, (1, 2, 3, 0), mode), np.pad(x, ((0, 0), (3, 0), (1, 2)), numpys))
    agree(naive.pad(x, (1, 2, 3, 0), mode), pad(x, (1, 2, 3, 0), mode))


def test_the_last_axis_comes_first():
    assert pad(np.zeros((2, 3)), (1, 1)).shape == (2, 5)
    assert pad(np.zeros((2, 3)), (0, 0, 1, 1)).shape == (4, 3)


def test_the_dtype_is_kept_and_a_value_is_rounded_into_it():
    check("pad", np.array([[True, False]]), (1, 1))
    assert pad(np.array([[1]]), (1, 0), value=2.7).tolist() == [[2, 1]]
    check("pad", np.array([[1, 2]]), (1, 0), "constant", 2.7, naive=False)


def test_empty_axes_where_torch_allows_them():
    check("pad", np.zeros((0, 2, 3)), (1, 1), "reflect")
    check("pad", np.zeros((2, 0)), (1, 1))


@pytest.mark.parametrize("mode", ["reflect", "replicate"])
@pytest.mark.parametrize("dtype", ["bool", "object"])
def test_what_is_no_number_is_not_continued(mode, dtype):
    with pytest.raises(TypeError, match=r"^`input` must have a numeric dtype"):
        pad(np.ones((1, 4), dtype), (1, 1), mode)


@pytest.mark.parametrize("mode", ["reflect", "replicate"])
def test_an_empty_axis_is_not_continued(mode):
    for shape in ((2, 0, 3), (0, 3)):  # no channels, and no batch to be empty
        with pytest.raises(ValueError, match=r"^`input` must have no empty axis but the batch"):
            pad(np.ones(shape), (1, 1), mode)


@pytest.mark.parametrize("value", ["2", [2], np.ones(1)], ids=repr)
def test_a_value_that_is_no_number_is_refused(value):
    with pytest.raises(TypeError, match=r"^`value` must be a number, got "):
        pad(ROW, (1, 1), value=value)


def test_an_index_of_numpy_is_an_int():
    assert pad(ROW, (np.int64(1), np.int32(0))).tolist() == [[0, 1, 2, 3, 4]]
