"""conv1d, conv2d, conv3d: against torch, the loops and SciPy."""

import numpy as np
import pytest
import torch
from scipy import ndimage, signal

import cnnlib
from cnnlib import conv1d, conv2d, conv3d, naive
from tests.cnnlib.oracle import KERNEL, SIZE, agree, check, numbers

OPTIONS = [
    {},
    {"stride": 2},
    {"padding": 1},
    {"padding": "same"},
    {"padding": "valid", "stride": 3},
    {"dilation": 2},
    {"groups": 2},
    {"stride": 2, "padding": 2, "dilation": 2, "groups": 2},
]


def layer(rank, groups=1, dtype=np.float64, batch=(2,)):
    x = numbers(*batch, 4, *SIZE[rank], dtype=dtype)
    w = numbers(6, 4 // groups, *KERNEL[rank], dtype=dtype, seed=1)
    return x, w, numbers(6, dtype=dtype, seed=2)


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_values_and_gradients_are_torchs(rank, options):
    check(f"conv{rank}d", *layer(rank, options.get("groups", 1)), **options)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_without_a_bias(rank):
    check(f"conv{rank}d", *layer(rank)[:2])


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_the_batch_may_be_left_out(rank):
    x, w, b = layer(rank, batch=())
    out = check(f"conv{rank}d", x, w, b, padding=1)
    agree(out, getattr(cnnlib, f"conv{rank}d")(x[None], w, b, padding=1)[0])


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_an_empty_batch_gives_an_empty_batch(rank):
    x, w, b = layer(rank, batch=(0,))
    assert check(f"conv{rank}d", x, w, b).shape[:2] == (0, 6)


def test_no_input_channels_give_no_output_channels_as_in_torch():
    x, w = np.ones((1, 0, 5, 5)), np.ones((4, 0, 3, 3))
    assert conv2d(x, w).shape == (1, 0, 3, 3)
    agree(conv2d(x, w), torch.nn.functional.conv2d(torch.tensor(x), torch.tensor(w)))


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int16", "int32", "int64"])
def test_whole_numbers_wrap_around_in_their_own_dtype(dtype):
    rng = np.random.default_rng(0)
    x, w = (rng.integers(0, 100, shape).astype(dtype) for shape in ((1, 2, 5, 5), (3, 2, 3, 3)))
    theirs = torch.nn.functional.conv2d(torch.from_numpy(x), torch.from_numpy(w))
    agree(conv2d(x, w), theirs)
    agree(conv2d(torch.from_numpy(x), torch.from_numpy(w)), theirs)


@pytest.mark.parametrize("dtype", ["float16", "float32", "complex64", "complex128"])
def test_the_dtype_is_kept(dtype):
    x, w, b = (a.astype(dtype) for a in layer(2))
    assert conv2d(x, w, b).dtype == dtype
    agree(conv2d(x, w, b), torch.nn.functional.conv2d(*map(torch.from_numpy, (x, w, b))))


def test_half_precision_rounds_a_long_sum_once():
    x, w = np.full((1, 1, 64, 64), 1, np.float16), np.full((1, 1, 64, 64), 1, np.float16)
    assert conv2d(x, w).item() == 4096  # adding ones in float16 stops at 2048


def test_bfloat16_tensors():
    tensors = [torch.from_numpy(a).bfloat16() for a in layer(2)]
    agree(conv2d(*tensors), torch.nn.functional.conv2d(*tensors))


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular"])
@pytest.mark.parametrize("padding", [1, (2, 1), "same"])
def test_padding_modes_are_those_of_torch_nn_conv2d(mode, padding):
    x, w, b = layer(2)
    module = torch.nn.Conv2d(4, 6, (3, 2), padding=padding, padding_mode=mode, dtype=torch.float64)
    module.weight.data, module.bias.data = torch.from_numpy(w), torch.from_numpy(b)
    ours = conv2d(x, w, b, padding=padding, padding_mode=mode)
    agree(ours, module(torch.from_numpy(x)))
    agree(naive.conv2d(x, w, b, padding=padding, padding_mode=mode), ours)


@pytest.mark.parametrize(
    ("mode", "theirs"),
    [("zeros", "constant"), ("replicate", "nearest"), ("circular", "wrap"), ("reflect", "mirror")],
)
def test_padding_modes_under_scipys_names(mode, theirs):
    image, kernel = numbers(9, 8), numbers(3, 5, seed=1)
    ours = conv2d(image[None], kernel[None, None], padding="same", padding_mode=mode)[0]
    agree(ours, ndimage.correlate(image, kernel, mode=theirs))


def test_scipy_correlates_the_same_and_convolves_the_filter_turned_round():
    image, kernel = numbers(9, 8), numbers(3, 4, seed=1)
    agree(conv2d(image[None], kernel[None, None])[0], signal.correlate2d(image, kernel, "valid"))
    turned = kernel[None, None, ::-1, ::-1]
    agree(conv2d(image[None], turned)[0], signal.convolve2d(image, kernel, "valid"))


@pytest.mark.parametrize("value", [np.int64(2), np.array(2), torch.tensor(2), [2], (2,), (2, 2)])
def test_whatever_counts_as_an_int_is_a_stride(value):
    x, w, b = layer(2)
    agree(conv2d(x, w, b, stride=value), conv2d(x, w, b, stride=2))


def test_memory_order_does_not_matter():
    x, w, b = layer(2)
    strange = np.asfortranarray(x), w[:, :, ::-1][:, :, ::-1], np.repeat(b, 2)[::2]
    agree(conv2d(*strange), conv2d(x, w, b))
    agree(conv2d(np.broadcast_to(x[:1], (3, *x.shape[1:])), w), conv2d(np.repeat(x[:1], 3, 0), w))


def test_the_output_is_a_copy_that_later_calls_leave_alone():
    x, w, b = layer(2)
    first = conv2d(x, w, b)
    kept = first.copy()
    conv2d(2 * x, w, b)
    assert np.array_equal(first, kept)
    one = conv2d(x, np.ones((4, 1, 1, 1)), groups=4)
    one += 1
    assert not np.shares_memory(one, x)


def test_stride_drops_the_last_partial_window():
    ramp = np.arange(8)[None]
    assert conv1d(ramp, np.array([[[1, 0, 0]]]), stride=2).tolist() == [[0, 2, 4]]


def test_dilation_skips_between_taps():
    ramp = np.arange(6)[None]
    assert conv1d(ramp, np.array([[[1, 10]]]), dilation=3).tolist() == [[30, 41, 52]]


def test_same_puts_the_odd_pixel_behind():
    assert conv1d(np.array([[1, 2, 3]]), np.array([[[1, 1]]]), padding="same").tolist() == [
        [3, 5, 3]
    ]


def test_groups_read_their_own_channels():
    x = np.array([[1], [10], [100], [1000]])[..., None]  # (C=4, H=1, W=1)
    w = np.ones((2, 2, 1, 1), int)
    assert conv2d(x, w, groups=2).ravel().tolist() == [11, 1100]


def test_a_volume_is_read_in_all_three_directions():
    volume = np.arange(27).reshape(1, 3, 3, 3)
    taps = np.zeros((1, 1, 2, 2, 2), int)
    taps[0, 0, 1, 1, 1] = 1
    assert conv3d(volume, taps)[0, 0].tolist() == [[13, 14], [16, 17]]


@pytest.mark.parametrize("method", ["auto", "exact"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_engine_agrees_with_the_array_api_kernels(method, dtype):
    x = numbers(2, 24, 20, 21, dtype=dtype)
    w = numbers(32, 24, 3, 3, dtype=dtype, seed=1)
    ours = conv2d(x, w, padding=1, method=method)
    agree(ours, conv2d(torch.from_numpy(x), torch.from_numpy(w), padding=1), 2e-5)


def test_two_calls_that_look_alike_keep_their_own_types():
    x, w, _ = layer(2)
    conv2d(x, w, stride=1)
    for wrong in (True, 1.0, (1.0, 1), (True, 1)):
        with pytest.raises(TypeError, match=r"`stride` must be an int, got (True|1\.0)"):
            conv2d(x, w, stride=wrong)
