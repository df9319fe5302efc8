"""Handwriting a little moved, for training: a digit never looks quite the same twice."""

from __future__ import annotations

import numpy as np

Array = np.ndarray


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
