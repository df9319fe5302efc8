"""Tasks about what stands around an image."""

from collections.abc import Iterator

import numpy as np

from lesson.coding.task import Arguments, Task, whole


def zero_pad(x, padding):
    """Put `padding` zeros on every side: (H, W), a number -> (H + 2 padding, W + 2 padding)."""
    y = np.zeros((x.shape[0] + 2 * padding, x.shape[1] + 2 * padding))
    y[padding : padding + x.shape[0], padding : padding + x.shape[1]] = x
    return y


def one_side(x, padding):
    return np.pad(x, ((padding, 0), (padding, 0)))


def image_in_the_corner(x, padding):
    return np.pad(x, ((0, 2 * padding), (0, 2 * padding)))


def rows_alone(x, padding):
    return np.pad(x, ((padding, padding), (0, 0)))


def columns_alone(x, padding):
    return np.pad(x, ((0, 0), (padding, padding)))


def one_cell_always(x, padding):
    return np.pad(x, 1)


def edge_repeated(x, padding):
    return np.pad(x, padding, mode="edge")


def _padded(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 3, 3), 1
    yield whole(rng, 2, 4), 2
    yield whole(rng, 3, 2), 3


ZERO_PAD = Task(
    zero_pad,
    (one_side, image_in_the_corner, rows_alone, columns_alone, one_cell_always, edge_repeated),
    _padded,
)


def reflect_pad(x, padding):
    """Mirror at the first and last cell, which are not repeated: (L,), a number -> (L + 2 p,)."""
    y = np.zeros(len(x) + 2 * padding)
    for i in range(len(y)):
        at = abs(i - padding)
        last = len(x) - 1
        y[i] = x[at] if at <= last else x[2 * last - at]
    return y


def edge_mirrored_too(x, padding):
    return np.pad(x, padding, mode="symmetric")


def edge_everywhere(x, padding):
    return np.pad(x, padding, mode="edge")


def around_the_circle(x, padding):
    return np.pad(x, padding, mode="wrap")


def zeros_instead(x, padding):
    return np.pad(x, padding)


def _lines(rng: np.random.Generator) -> Iterator[Arguments]:
    for length, padding in ((4, 1), (5, 2), (6, 4)):
        yield whole(rng, length) + 10 * np.arange(length), padding


REFLECT_PAD = Task(
    reflect_pad, (edge_mirrored_too, edge_everywhere, around_the_circle, zeros_instead), _lines
)
