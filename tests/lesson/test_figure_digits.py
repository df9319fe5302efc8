"""The file of handwritten digits is what its script makes."""

import zipfile

import numpy as np
from lesson.examples import DATA, example, handwriting

from tools.digits import write

FILE = DATA / "digits.npz"


def test_the_file_is_what_the_script_makes(tmp_path):
    made = tmp_path / "digits.npz"
    write(made)
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(FILE) as kept:
        assert new.namelist() == kept.namelist()
        for name in kept.namelist():  # contents, not bytes: those depend on the machine's zlib
            assert new.read(name) == kept.read(name)
        assert [entry.date_time for entry in new.infolist()] == [
            entry.date_time for entry in kept.infolist()
        ]


def test_the_digits_take_turns():
    images, labels = handwriting()
    assert images.shape == (5000, 28, 28)
    assert labels[:20].tolist() == [*range(10), *range(10)]
    assert np.bincount(labels).tolist() == [500] * 10


def test_the_file_is_small_and_its_licence_lies_beside_it():
    assert FILE.stat().st_size < 1_000_000
    assert "Share Alike" in (FILE.parent / "digits.LICENSE.txt").read_text(encoding="utf-8")


def test_the_lessons_eight_is_one_of_the_files():
    images, labels = handwriting()
    eight = example("digit.eight")
    (places,) = np.nonzero((images == eight).all(axis=(1, 2)))
    assert labels[places].tolist() == [8]
