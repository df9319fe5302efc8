"""The course's example arrays and its handwriting: all that code on the pages takes from here.

A figure's fence says ``input: lecture.input``; code says ``example("lecture.input")``.
``index.4x5`` and ``index.2x3x3`` are made on demand: every number names its own place.
This module needs NumPy only. The handwriting is MNIST's: tools/digits.py makes the file, whose
licence lies beside it.
"""

import json
import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

DATA = Path(__file__).parent / "data"
HELD_OUT = 1000  # the last digits of the file are never trained on
WEIGHTS = {
    "conv1.weight": (3, 1, 5, 5),
    "conv1.bias": (3,),
    "conv2.weight": (10, 3, 5, 5),
    "conv2.bias": (10,),
    "fc1.weight": (50, 1440),
    "fc1.bias": (50,),
    "fc2.weight": (10, 50),
    "fc2.bias": (10,),
}
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
    "backward.weight": [[1, 0, 2], [0, 1, 0], [0, 0, 1]],
    "backward.error": [[1, 0, -1], [1, 1, -1], [1, 0, 0]],
    "backward.strided": [[1, -1], [1, 0]],
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
    images, labels = handwriting()
    return images[np.flatnonzero(labels == 8)[EIGHT]].astype(np.int64)


@cache
def handwriting():
    """All digits of the file.

    Returns
    -------
    images : (N, 28, 28) uint8 array, read-only
        0 is paper, 255 is ink.
    labels : (N,) int64 array, read-only

    Examples
    --------
    >>> from lesson.examples import handwriting
    >>> images, labels = handwriting()
    >>> images.shape[1:], images.dtype.name, sorted(set(labels.tolist()))
    ((28, 28), 'uint8', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    with np.load(DATA / "digits.npz") as file:
        images, labels = file["images"], file["labels"].astype(np.int64)
    images.flags.writeable = labels.flags.writeable = False
    return images, labels


def digits():
    """Digits to train on and digits held out: ((images, labels), (images, labels)).

    The images are (N, 1, 20, 20) float32 in [0, 1], as `fit_box` cuts them.
    """
    images, labels = handwriting()
    boxed = fit_box(images)
    return ((boxed[:-HELD_OUT], labels[:-HELD_OUT]), (boxed[-HELD_OUT:], labels[-HELD_OUT:]))


def fit_box(images, size=20):
    """Cut each digit out and put it in the middle of a square.

    MNIST's makers scaled every digit to fit a 20×20 box before they centred it in
    28×28, so that box holds all the ink.

    Parameters
    ----------
    images : (N, H, W) uint8 array
    size : int
        Side of the square, pixels.

    Returns
    -------
    (N, 1, size, size) float32 array in [0, 1]

    Examples
    --------
    >>> import numpy as np
    >>> from lesson.examples import fit_box
    >>> image = np.zeros((1, 5, 5), dtype=np.uint8)
    >>> image[0, 0, 3:] = 255
    >>> fit_box(image, size=4)[0, 0]
    array([[0., 0., 0., 0.],
           [0., 1., 1., 0.],
           [0., 0., 0., 0.],
           [0., 0., 0., 0.]], dtype=float32)
    """
    boxed = np.zeros((len(images), 1, size, size), dtype=np.float32)
    for image, square in zip(images, boxed[:, 0], strict=True):
        rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
        if rows.size == 0:
            continue  # an empty sheet stays empty
        ink = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1][:size, :size]
        top, left = (size - ink.shape[0]) // 2, (size - ink.shape[1]) // 2
        square[top : top + ink.shape[0], left : left + ink.shape[1]] = ink / np.float32(255)
    return boxed


def trained_weights(file=DATA / "digit-weights.bin"):
    """Return the weights of the homework's network, as `lesson.weights` trained them.

    Raises
    ------
    ValueError
        The file holds another number of weights.

    Examples
    --------
    >>> from lesson.examples import trained_weights
    >>> weights = trained_weights()
    >>> list(weights)[:2], weights["fc1.weight"].shape
    (['conv1.weight', 'conv1.bias'], (50, 1440))
    """
    values = np.frombuffer(file.read_bytes(), dtype="<f2").astype(np.float32)
    stops = np.cumsum([int(np.prod(shape)) for shape in WEIGHTS.values()])
    if values.size != stops[-1]:
        raise ValueError(f"`file` must hold {stops[-1]} float16 weights, got {values.size}; {file}")
    parts = np.split(values, stops[:-1])
    return {
        name: part.reshape(shape)
        for (name, shape), part in zip(WEIGHTS.items(), parts, strict=True)
    }


@cache
def results():
    """Return what `lesson.experiments` measured: networks, grid, schedules, one run a seed."""
    return json.loads((DATA / "experiments.json").read_text(encoding="utf-8"))
