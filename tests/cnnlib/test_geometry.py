"""Where the windows lie: sizes counted window by window, and every way to write a padding."""

import itertools

import numpy as np
import pytest

from cnnlib.geometry import (
    Geometry,
    convolution,
    fitting,
    keeping,
    pooling,
    spatial,
    transposed,
)

SMALL = itertools.product(range(1, 9), (1, 2, 3), (1, 2, 3), (0, 1, 3), (0, 2), (1, 2))


def starts(n, k, s, before, after, d):
    """Return where windows start, laid one after another as long as one fits."""
    last = n + after - (d * (k - 1) + 1)
    return list(range(-before, last + 1, s))


def test_there_are_as_many_windows_as_can_be_laid():
    for n, k, s, before, after, d in SMALL:
        g = Geometry((n,), (k,), (s,), ((before, after),), (d,))
        want = starts(n, k, s, before, after, d)
        assert max(0, g.out[0]) == len(want), g


def test_a_tap_reads_where_the_window_lies():
    g = Geometry((5, 6), (2, 3), (2, 1), ((1, 1), (0, 2)), (2, 1))
    frame = np.full(g.padded, -1)
    image = np.arange(30).reshape(5, 6)
    frame[g.inside] = image
    for (i, j), part in zip(np.ndindex(2, 3), g.taps(), strict=True):
        seen = frame[part]
        assert seen.shape == g.out
        for y, x in np.ndindex(*g.out):
            at = (y * 2 + i * 2 - 1, x + j)
            outside = not (0 <= at[0] < 5 and at[1] < 6)
            assert seen[y, x] == (-1 if outside else image[at])


def test_reach_and_positions():
    g = Geometry((9, 9), (3, 2), (1, 2), ((0, 0), (0, 0)), (2, 3))
    assert g.reach == (5, 4)
    assert g.out == (5, 3)
    assert g.positions == 15


def test_a_geometry_is_a_value():
    g = Geometry((5,), (3,), (1,), ((0, 0),), (1,))
    assert g == Geometry((5,), (3,), (1,), ((0, 0),), (1,), 1)
    assert g != g._replace(groups=2)
    assert len({g, g._replace(size=(5,)), g._replace(size=(6,))}) == 2
    with pytest.raises(AttributeError):
        g.size = (6,)  # type: ignore[misc]


def test_padding_after_below_zero_says_that_the_last_pixels_are_not_read():
    g = Geometry((6,), (2,), (2,), ((0, -1),), (1,))
    assert g.out == (2,)
    assert g.padded == (6,)


@pytest.mark.parametrize(
    ("padding", "pairs"),
    [
        (2, ((2, 2), (2, 2))),
        ((1, 0), ((1, 1), (0, 0))),
        ([3], ((3, 3), (3, 3))),
        (np.int64(2), ((2, 2), (2, 2))),
        (((1, 0), (2, 3)), ((1, 0), (2, 3))),
        ([[1, 0], (2, 3)], ((1, 0), (2, 3))),
        ("valid", ((0, 0), (0, 0))),
        ("same", ((1, 2), (2, 2))),
    ],
)
def test_every_way_to_write_a_padding(padding, pairs):
    assert convolution((9, 9), (4, 3), 1, padding, (1, 2)).padding == pairs


def test_keeping_a_size_puts_the_odd_pixel_behind():
    assert keeping((2, 3, 4), (1, 1, 2)) == ((0, 1), (1, 1), (3, 3))


def test_whatever_is_equal_is_the_same_key():
    one = convolution((9, 9), (3, 3), 2, 1, 1)
    other = convolution((9, 9), (3, 3), [2, np.int64(2)], (1, 1), (1,))
    assert hash(one) == hash(other)
    assert one == other
    assert fitting(one) is fitting(other)


@pytest.mark.parametrize("true", [True, 1.0])
@pytest.mark.parametrize("argument", ["stride", "padding", "dilation", "groups"])
def test_what_only_equals_a_number_is_none(argument, true):
    convolution((9,), (3,), 1, 1, 1, 1)  # kept, and still not found by True
    with pytest.raises(TypeError, match=f"^`{argument}` must be an int, got {true}"):
        convolution((9,), (3,), **{"stride": 1, "padding": 1, "dilation": 1, argument: true})


def test_a_window_that_reaches_over_the_end_is_padded_there():
    for n, k, s, p in itertools.product(range(1, 10), (2, 3), (1, 2, 3), (0, 1)):
        if n + 2 * p < k:
            continue
        g = pooling((n,), k, s, p, 1, True)
        last = (g.out[0] - 1) * s - p
        assert last < n, "it starts inside, or in the padding before"
        assert last + s + k > n + p or last + s >= n, "no further one would count"
        assert n + g.padding[0][1] >= last + k, "it lies in the frame"


@pytest.mark.parametrize("stride", [None, (), []])
def test_a_pooling_without_a_stride_moves_by_its_window(stride):
    assert pooling((9, 9), (2, 3), stride, 0, 1, False).stride == (2, 3)


def test_a_transposed_layer_is_the_convolution_that_gives_its_input():
    for n, k, s, p, e, d in itertools.product((1, 2, 4), (1, 3), (1, 2, 3), (0, 1), (0, 1), (1, 2)):
        if e >= max(s, d) or (n - 1) * s - 2 * p + d * (k - 1) + e + 1 < 1:
            continue
        g = transposed((n,), (k,), s, p, e, d)
        assert g.out == (n,)
        assert g.size == ((n - 1) * s - 2 * p + d * (k - 1) + e + 1,)


@pytest.mark.parametrize("name", ["kernel_size", "weight"])
def test_a_kernel_that_does_not_fit_is_named_as_it_was_given(name):
    g = Geometry((2,), (3,), (1,), ((0, 0),), (2,))
    got = "3" if name == "kernel_size" else "kernel_size 3"
    with pytest.raises(ValueError, match=rf"^`{name}` must fit .*, got {got}; .*= 5 > 2 = 2 \+ 0"):
        fitting(g, name)


def test_huge_frames_are_refused_before_they_are_made():
    with pytest.raises(ValueError, match=r"^`padding` must ask for less than 2\*\*59 numbers"):
        fitting(Geometry((5, 5), (3, 3), (1, 1), ((10**12,) * 2,) * 2, (1, 1)))
    with pytest.raises(ValueError, match=r"^`stride` must ask for less than 2\*\*59 numbers"):
        transposed((2, 2), (1, 1), 10**10, 0, 0, 1)


def test_spatial_axes_are_the_last():
    assert spatial((2, 3, 4, 5), 2) == (4, 5)
    assert spatial([7, 8], 1) == (8,)
