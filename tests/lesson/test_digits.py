"""The handwriting that everything is trained and tested on."""

import numpy as np
from lesson.examples import digits, fit_box, handwriting
from lesson.wiggle import wiggle


def test_held_out_digits_are_never_trained_on_and_balanced():
    (images, _), (held, held_labels) = digits()
    assert len(images) + len(held) == len(handwriting()[0])
    assert np.bincount(held_labels).tolist() == [100] * 10
    seen = {image.tobytes() for image in images}
    assert not any(image.tobytes() in seen for image in held)


def test_a_boxed_digit_keeps_its_ink_and_touches_two_opposite_sides():
    images, _ = handwriting()
    boxed = fit_box(images[:200])[:, 0]
    assert boxed.shape == (200, 20, 20)
    ink = images[:200].sum(axis=(1, 2)) / 255
    np.testing.assert_allclose(boxed.sum(axis=(1, 2)), ink, rtol=1e-5)
    inked = boxed > 0
    tall = inked[:, 0].any(axis=1) & inked[:, -1].any(axis=1)
    wide = inked[:, :, 0].any(axis=1) & inked[:, :, -1].any(axis=1)
    assert (tall | wide).all()


def test_an_empty_sheet_stays_empty():
    assert not fit_box(np.zeros((1, 28, 28), dtype=np.uint8)).any()


def test_wiggling_by_nothing_changes_nothing():
    _, (images, _) = digits()
    same = wiggle(images[:10], np.random.default_rng(0), turn=0, scale=0, shear=0, shift=0)
    np.testing.assert_allclose(same, images[:10], atol=1e-6)
    assert same.dtype == images.dtype


def test_a_whole_pixel_shift_moves_every_pixel():
    _, (images, _) = digits()

    class Fixed:
        """A generator whose every shift is one pixel, and everything else nothing."""

        def uniform(self, low, high, size):
            return np.full(size, high)

    moved = wiggle(images[:5], Fixed(), turn=0, scale=0, shear=0, shift=1)
    np.testing.assert_allclose(moved[..., :-1, :-1], images[:5, :, 1:, 1:], atol=1e-6)
    assert not moved[..., -1].any()


def test_wiggling_leaves_the_digits_themselves_alone():
    _, (images, _) = digits()
    before = images[:5].copy()
    wiggle(images[:5], np.random.default_rng(0))
    np.testing.assert_array_equal(images[:5], before)
