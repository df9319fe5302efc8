"""Real handwriting for the experiments: MNIST digits, cut out, moved and split.

The file is made by tools/digits.py; its licence lies beside it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

Array = np.ndarray

FILE = Path(__file__).parent / "data" / "digits.npz"
HELD_OUT = 1000  # the last digits of the file are never trained on


@cache
def load() -> tuple[Array, Array]:
    """All digits of the file.

    Returns
    -------
    images : (N, 28, 28) uint8 array, read-only
        0 is paper, 255 is ink.
    labels : (N,) int64 array, read-only

    Examples
    --------
    >>> from lesson.digits import load
    >>> images, labels = load()
    >>> images.shape[1:], images.dtype.name, sorted(set(labels.tolist()))
    ((28, 28), 'uint8', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    with np.load(FILE) as file:
        images, labels = file["images"], file["labels"].astype(np.int64)
    images.flags.writeable = labels.flags.writeable = False
    return images, labels


def split() -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Digits to train on and digits held out: ((images, labels), (images, labels)).

    The images are (N, 1, 20, 20) float32 in [0, 1], as `fit_box` cuts them.
    """
    images, labels = load()
    boxed = fit_box(images)
    return ((boxed[:-HELD_OUT], labels[:-HELD_OUT]), (boxed[-HELD_OUT:], labels[-HELD_OUT:]))


def fit_box(images: Array, size: int = 20) -> Array:
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
    >>> from lesson.digits import fit_box
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


def wiggle(
    images: Array,
    rng: np.random.Generator,
    *,
    turn: float = 12,
    scale: float = 0.1,
    shear: float = 0.1,
    shift: float = 1.5,
) -> Array:
    """Every image a little turned, scaled, sheared and shifted, each in its own way.

    Parameters
    ----------
    images : (N, 1, S, S) float array
    rng : numpy.random.Generator
    turn : float
        Largest angle, degrees.
    scale, shear : float
        Largest relative change.
    shift : float
        Largest shift, pixels.

    Returns
    -------
    (N, 1, S, S) array of the same dtype, sampled bilinearly; outside is paper (0).
    """
    count, _, side, _ = images.shape
    angle = np.deg2rad(rng.uniform(-turn, turn, count))
    zoom = 1 + rng.uniform(-scale, scale, count)
    slant = rng.uniform(-shear, shear, count)
    down, right = rng.uniform(-shift, shift, (2, count))
    cosine, sine = np.cos(angle) / zoom, np.sin(angle) / zoom
    axis = np.arange(side) - (side - 1) / 2
    y, x = axis[:, None], axis[None, :]

    def each(values: Array) -> Array:
        return values[:, None, None]

    rows = each(cosine) * y + each(sine) * x + each(down)  # (N, S, S)
    columns = -each(sine) * y + each(cosine + slant) * x + each(right)
    return _sample(images[:, 0], rows - axis[0], columns - axis[0])[:, None].astype(images.dtype)


def _sample(images: Array, rows: Array, columns: Array) -> Array:
    """Bilinear values at fractional places; one ring of paper catches what falls outside."""
    side = images.shape[1]
    ringed = np.pad(images, ((0, 0), (1, 2), (1, 2)))
    rows, columns = (np.clip(places + 1, 0, side + 1) for places in (rows, columns))
    top, left = rows.astype(int), columns.astype(int)
    below, beside = rows - top, columns - left
    n = np.arange(len(images))[:, None, None]
    return (
        (1 - below) * (1 - beside) * ringed[n, top, left]
        + (1 - below) * beside * ringed[n, top, left + 1]
        + below * (1 - beside) * ringed[n, top + 1, left]
        + below * beside * ringed[n, top + 1, left + 1]
    )
