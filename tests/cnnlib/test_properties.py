"""What must hold for every convolution, whatever the numbers: Hypothesis looks for exceptions."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import cnnlib
from cnnlib import conv2d, conv_transpose2d, naive, shape
from tests.cnnlib.oracle import agree, numbers

settings.register_profile("core", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("core")


@st.composite
def layers(draw, stride=3, padding=2):
    """Draw an input (N, C, H, W), a weight and the options of a convolution that fits."""
    groups, dilation = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    kernel = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    size = [draw(st.integers(dilation * (k - 1) + 1, 8)) for k in kernel]
    seed = draw(st.integers(0, 99))
    x = numbers(draw(st.integers(1, 2)), groups * draw(st.integers(1, 2)), *size, seed=seed)
    w = numbers(groups * draw(st.integers(1, 3)), x.shape[1] // groups, *kernel, seed=seed + 1)
    options = {
        "stride": draw(st.integers(1, stride)),
        "padding": draw(st.integers(0, padding)),
        "dilation": dilation,
        "groups": groups,
    }
    return x, w, options


@given(layers())
def test_it_is_what_the_loops_compute(layer):
    x, w, options = layer
    agree(conv2d(x, w, **options), naive.conv2d(x, w, **options))


@given(layers(), st.floats(-3, 3))
def test_it_is_linear_in_the_input_and_in_the_weight(layer, factor):
    x, w, options = layer
    more, other = numbers(*x.shape, seed=77), numbers(*w.shape, seed=78)
    agree(
        conv2d(x + factor * more, w, **options),
        conv2d(x, w, **options) + factor * conv2d(more, w, **options),
    )
    agree(
        conv2d(x, w + factor * other, **options),
        conv2d(x, w, **options) + factor * conv2d(x, other, **options),
    )


@given(layers(stride=1), st.integers(-3, 3), st.integers(-3, 3))
def test_with_circular_padding_a_shifted_input_gives_a_shifted_output(layer, down, right):
    x, w, options = layer
    options = {**options, "padding": "same", "padding_mode": "circular"}
    if any(
        b > n
        for n, k in zip(x.shape[2:], w.shape[2:], strict=True)
        for b in shape.same_padding(k, options["dilation"])
    ):
        return
    moved = conv2d(np.roll(x, (down, right), (2, 3)), w, **options)
    agree(moved, np.roll(conv2d(x, w, **options), (down, right), (2, 3)))


@given(layers())
def test_groups_are_convolutions_side_by_side(layer):
    x, w, options = layer
    groups = options.pop("groups")
    parts = [
        conv2d(a, b, **options)
        for a, b in zip(np.split(x, groups, 1), np.split(w, groups), strict=True)
    ]
    agree(conv2d(x, w, groups=groups, **options), np.concatenate(parts, 1))


@given(layers())
def test_a_dilated_kernel_is_a_kernel_with_zeros_between_its_taps(layer):
    x, w, options = layer
    d = options.pop("dilation")
    stuffed = np.zeros((*w.shape[:2], *(d * (k - 1) + 1 for k in w.shape[2:])))
    stuffed[:, :, ::d, ::d] = w
    agree(conv2d(x, w, dilation=d, **options), conv2d(x, stuffed, **options))


@given(layers(padding=0))
def test_the_transposed_convolution_is_the_adjoint(layer):
    x, w, options = layer
    out = conv2d(x, w, **options)
    y = numbers(*out.shape, seed=79)
    reach = conv_transpose2d(y, w, **options)
    part = x[:, :, : reach.shape[2], : reach.shape[3]]  # pixels behind the last window count not
    agree(np.sum(out * y), np.sum(part * reach))


@given(layers())
def test_gradients_are_the_slopes(layer):
    x, w, options = layer
    out = conv2d(x, w, **options)
    y, step = numbers(*out.shape, seed=80), numbers(*x.shape, seed=81)
    slope = np.sum(cnnlib.grad.conv2d_input(x.shape, w, y, **options) * step)
    agree(np.sum(conv2d(step, w, **options) * y), slope)
    turn = numbers(*w.shape, seed=82)
    slope = np.sum(cnnlib.grad.conv2d_weight(x, w.shape, y, **options) * turn)
    agree(np.sum(conv2d(x, turn, **options) * y), slope)


@given(layers())
def test_a_stride_keeps_every_so_many_th_output(layer):
    x, w, options = layer
    s = options.pop("stride")
    agree(conv2d(x, w, stride=s, **options), conv2d(x, w, **options)[:, :, ::s, ::s])


@given(layers())
def test_the_shape_is_foretold(layer):
    x, w, options = layer
    assert conv2d(x, w, **options).shape == shape.conv_output_shape(x.shape, w.shape, **options)


@given(layers(), st.sampled_from(["reflect", "replicate", "circular"]))
def test_a_padding_mode_is_padding_first(layer, mode):
    x, w, options = layer
    p = min(options.pop("padding"), min(x.shape[2:]) - 1)
    first = cnnlib.pad(x, (p,) * 4, mode)
    agree(conv2d(x, w, padding=p, padding_mode=mode, **options), conv2d(first, w, **options))
