"""Pictures of numbers as SVG paths: one path for each strength, in the page's own colours."""

from __future__ import annotations

import numpy as np

LEVELS = 10


def paths(plane: np.ndarray, most: float = 1.0, left: int = 0, top: int = 0) -> str:
    """Cells of a plane as squares whose opacity is their strength.

    Cells of the same strength share a path and neighbours in a row share a square, which is a
    tenth of the size of one rectangle a cell. A negative cell is a smaller square of the class
    ``minus``, so that the sign is told by its shape too.

    Parameters
    ----------
    plane : (H, W) array
    most : float
        The magnitude that is drawn solid.
    left, top : int
        Where the first cell stands, cells.

    Examples
    --------
    >>> import numpy as np
    >>> from lesson.pixels import paths
    >>> paths(np.array([[0, 1, 1], [0, 0, 0.5]]))
    '<path opacity="0.5" d="M2 1h1v1h-1z"/><path opacity="1" d="M1 0h2v1h-2z"/>'
    >>> paths(np.array([[-1.0]]))
    '<path class="minus" opacity="1" d="M0.2 0.2h0.6v0.6h-0.6z"/>'
    """
    levels = np.rint(np.clip(plane / (most or 1), -1, 1) * LEVELS).astype(int)
    parts = []
    for level in np.unique(levels[levels != 0]):
        draw, name = (_run, "") if level > 0 else (_smaller, 'class="minus" ')
        moves = "".join(
            draw(left + start, top + y, stop - start)
            for y, row in enumerate(levels == level)
            for start, stop in _runs(row)
        )
        parts.append(f'<path {name}opacity="{abs(level) / LEVELS:g}" d="{moves}"/>')
    return "".join(parts)


def _runs(row: np.ndarray) -> list[tuple[int, int]]:
    """Where stretches of true begin and end: [0 1 1 0 1] → [(1, 3), (4, 5)]."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
    return [(int(start), int(stop)) for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def _run(x: int, y: int, length: int) -> str:
    return f"M{x} {y}h{length}v1h-{length}z"


def _smaller(x: int, y: int, length: int) -> str:
    return "".join(f"M{x + k + 0.2:g} {y + 0.2:g}h0.6v0.6h-0.6z" for k in range(length))
