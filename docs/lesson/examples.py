"""Named inputs and filters, so that figures, exercises and pages show the same numbers.

A figure's fence says ``input: lecture.input``; code says ``example("lecture.input")``.
``index.4x5`` and ``index.2x3x3`` are made on demand: every number names its own place.
"""

import re
from difflib import get_close_matches
from typing import NamedTuple

import numpy as np

from lesson.digits import load

EIGHT = 13  # of the 8s in the file: one with two round, closed loops
INDEX = re.compile(r"index\.(\d{1,2}(?:x\d{1,2}){0,2})")


class Kernel(NamedTuple):
    """A classic filter: whole numbers, and what the result is divided by."""

    weight: list[list[int]]
    divisor: int = 1


KERNELS = {
    "identity": Kernel([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
    "edge": Kernel([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    "laplacian": Kernel([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    "vertical": Kernel([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "horizontal": Kernel([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
    "sharpen": Kernel([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "emboss": Kernel([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
    "blur": Kernel([[1, 1, 1], [1, 1, 1], [1, 1, 1]], 9),
    "gaussian": Kernel([[1, 2, 1], [2, 4, 2], [1, 2, 1]], 16),
    "blur5": Kernel([[1] * 5] * 5, 25),
    "gaussian5": Kernel(
        [
            [1, 4, 6, 4, 1],
            [4, 16, 24, 16, 4],
            [6, 24, 36, 24, 6],
            [4, 16, 24, 16, 4],
            [1, 4, 6, 4, 1],
        ],
        256,
    ),
    "edge5": Kernel(
        [
            [0, 0, -1, 0, 0],
            [0, -1, -2, -1, 0],
            [-1, -2, 16, -2, -1],
            [0, -1, -2, -1, 0],
            [0, 0, -1, 0, 0],
        ]
    ),
    "motion5": Kernel([[int(i == j) for j in range(5)] for i in range(5)], 5),
}

ARRAYS = {
    "lecture.input": [
        [1, 1, 1, 0, 0],
        [0, 1, 1, 1, 0],
        [0, 0, 1, 1, 1],
        [0, 0, 1, 1, 0],
        [0, 1, 1, 0, 0],
    ],
    "lecture.weight": [[1, 0, 1], [0, 1, 0], [1, 0, 1]],
    "inner.a": [[1, 3], [2, 4]],
    "inner.b": [[5, 7], [6, 8]],
    "colour.input": [
        [[1, 2, 0], [0, 1, 3], [2, 0, 1]],
        [[0, 1, 1], [2, 0, 1], [1, 1, 0]],
        [[1, 0, 2], [1, 2, 0], [0, 1, 1]],
    ],
    "colour.filters": [
        [[[1, 0], [0, 2]], [[0, 1], [1, 0]], [[1, 0], [-1, 0]]],
        [[[0, 1], [0, 0]], [[0, 0], [1, 0]], [[0, 0], [0, 1]]],
    ],
    "groups.input": [
        [[1, 0, 2], [0, 1, 0], [2, 0, 1]],
        [[0, 1, 0], [1, 0, 1], [0, 2, 0]],
        [[3, 0, 0], [0, 3, 0], [0, 0, 3]],
        [[1, 1, 1], [2, 2, 2], [3, 3, 3]],
    ],
    "groups.filters": [[[[1, 0], [0, 2]], [[0, 1], [0, 0]]], [[[1, -1], [0, 0]], [[0, 0], [1, 0]]]],
    "pooling.input": [[1, 3, 2, 0], [4, 6, 1, 5], [7, 2, 9, 3], [0, 8, 4, 1]],
    "bird.first": [
        [0, 1, 1, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0, 0, 0],
        [0, 1, 1, 0, 0, 0, 0, 0],
        [0, 0, 1, 1, 1, 0, 0, 0],
        [0, 0, 1, 1, 1, 0, 0, 0],
        [0, 0, 1, 1, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0],
    ],
    "bird.moved": [
        [0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 1, 1, 0, 0, 0],
        [0, 0, 1, 1, 0, 0, 0, 0],
        [0, 0, 0, 1, 1, 0, 0, 0],
        [0, 0, 0, 0, 1, 1, 1, 0],
        [0, 0, 0, 0, 1, 1, 1, 0],
        [0, 0, 0, 0, 1, 1, 1, 0],
    ],
    "bird.beak": [[-1, 1, 1], [1, 1, -1], [-1, 1, 1]],
    "sentence.input": [[1, 3, 2, 5, 4], [0, 1, 0, 1, 1]],
    "sentence.filter": [[1, 0, -1], [1, 2, 0]],
    "dilation.filter": [[1, -1], [0, 2]],
    "asymmetric.2x2": [[0, 1], [2, 3]],
    "asymmetric.3x3": [[1, 0, 0], [0, 2, 0], [0, 0, -1]],
}


def example(name):
    """Return the numbers that `name` stands for, as a fresh array.

    Parameters
    ----------
    name : str
        A key of `ARRAYS`, ``kernel.`` and a key of `KERNELS`, ``digit.eight``,
        or ``index.`` and a shape of one to three sizes.

    Returns
    -------
    int64 or float64 array

    Raises
    ------
    ValueError
        There is no such example.

    Examples
    --------
    >>> from lesson.examples import example
    >>> example("index.2x2x3")
    array([[[  0,   1,   2],
            [ 10,  11,  12]],
    <BLANKLINE>
           [[100, 101, 102],
            [110, 111, 112]]])
    >>> example("lecture.imput")
    Traceback (most recent call last):
        ...
    ValueError: `name` must be an example's name, got 'lecture.imput'; close: lecture.input
    """
    if found := INDEX.fullmatch(name):
        return index([int(size) for size in found[1].split("x")])
    if name == "digit.eight":
        return eight()
    if name in ARRAYS:
        return np.array(ARRAYS[name])
    if name.startswith("kernel.") and name[7:] in KERNELS:
        kernel = KERNELS[name[7:]]
        weight = np.array(kernel.weight)
        return weight if kernel.divisor == 1 else weight / kernel.divisor
    close = get_close_matches(name, names(), n=1)
    hint = f"close: {close[0]}" if close else f"names: {', '.join(names())}"
    raise ValueError(f"`name` must be an example's name, got {name!r}; {hint}")


def names():
    """Return every fixed name, without the shapes that ``index.`` makes."""
    return [*ARRAYS, "digit.eight", *(f"kernel.{name}" for name in KERNELS)]


def index(shape):
    """Return the array whose entry at (c, i, j) is ``100*c + 10*i + j``."""
    places = np.indices(shape)[::-1]  # last axis first: units, tens, hundreds
    return sum(10**power * place for power, place in enumerate(places))


def eight():
    """Return the lesson's handwritten 8, a (28, 28) array: 0 is paper, 255 is ink."""
    images, labels = load()
    return images[np.flatnonzero(labels == 8)[EIGHT]].astype(np.int64)
