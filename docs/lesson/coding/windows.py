"""Tasks about windows of one plane: the inner product, the loops, and what arguments change."""

from collections.abc import Iterator

import numpy as np

from lesson.coding.task import Arguments, Task, whole


def inner_product(a, b):
    """Return the sum of the products of cells at the same place: (H, W), (H, W) -> a number."""
    total = 0
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            total += a[i, j] * b[i, j]
    return total


def not_summed(a, b):
    return a * b


def added_cells(a, b):
    return (a + b).sum()


def matrix_product(a, b):
    return a @ b.T


def turned(a, b):
    return (a * b[::-1, ::-1]).sum()


def first_row(a, b):
    return (a[0] * b[0]).sum()


def _pairs(rng: np.random.Generator) -> Iterator[Arguments]:
    for shape in ((2, 2), (3, 3), (2, 4)):
        yield whole(rng, *shape), whole(rng, *shape)


INNER_PRODUCT = Task(
    inner_product, (not_summed, added_cells, matrix_product, turned, first_row), _pairs
)


def cross_correlate(x, w):
    """Slide w over x, one cell at a time: (H, W), (kH, kW) -> (H - kH + 1, W - kW + 1)."""
    y = np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            for u in range(w.shape[0]):
                for v in range(w.shape[1]):
                    y[i, j] += x[i + u, j + v] * w[u, v]
    return y


def flipped_kernel(x, w):
    return cross_correlate(x, w[::-1, ::-1])


def last_window_missing(x, w):
    return cross_correlate(x, w)[:-1, :-1]


def height_for_width(x, w):
    return cross_correlate(x, w).T


def window_stays(x, w):
    return np.full_like(cross_correlate(x, w), cross_correlate(x, w)[0, 0])


def kernel_transposed(x, w):
    y = np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1))
    for i, j in np.ndindex(y.shape):
        for u, v in np.ndindex(w.shape):
            y[i, j] += x[i + u, j + v] * w[v % w.shape[0], u % w.shape[1]]
    return y


def last_cell_only(x, w):
    return x[w.shape[0] - 1 :, w.shape[1] - 1 :] * w[-1, -1]


def _images(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 4, 5), whole(rng, 3, 3)
    yield whole(rng, 6, 4), whole(rng, 2, 2)
    yield whole(rng, 5, 7), whole(rng, 2, 3)


CROSS_CORRELATE = Task(
    cross_correlate,
    (
        flipped_kernel,
        last_window_missing,
        height_for_width,
        window_stays,
        kernel_transposed,
        last_cell_only,
    ),
    _images,
)


def strided(x, w, stride):
    """Slide w over x, `stride` cells at a time: (H, W), (kH, kW), a number -> an array."""
    rows = (x.shape[0] - w.shape[0]) // stride + 1
    columns = (x.shape[1] - w.shape[1]) // stride + 1
    y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = x[i * stride : i * stride + w.shape[0], j * stride : j * stride + w.shape[1]]
            y[i, j] = (window * w).sum()
    return y


def stride_ignored(x, w, stride):
    return cross_correlate(x, w)


def size_alone_strided(x, w, stride):
    right = strided(x, w, stride)
    return cross_correlate(x, w)[: right.shape[0], : right.shape[1]]


def rows_alone_strided(x, w, stride):
    return cross_correlate(x, w)[::stride]


def stride_too_long(x, w, stride):
    return cross_correlate(x, w)[:: stride + 1, :: stride + 1]


def _strides(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 5, 5), whole(rng, 3, 3), 2
    yield whole(rng, 6, 9), whole(rng, 2, 3), 2
    yield whole(rng, 8, 7), whole(rng, 2, 2), 3


STRIDED = Task(
    strided, (stride_ignored, size_alone_strided, rows_alone_strided, stride_too_long), _strides
)


def dilated(x, w, dilation):
    """Slide w over x, its cells `dilation` apart: (H, W), (kH, kW), a number -> an array."""
    rows = x.shape[0] - dilation * (w.shape[0] - 1)
    columns = x.shape[1] - dilation * (w.shape[1] - 1)
    y = np.zeros((rows, columns))
    for u in range(w.shape[0]):
        for v in range(w.shape[1]):
            top, left = dilation * u, dilation * v
            y += x[top : top + rows, left : left + columns] * w[u, v]
    return y


def dilation_ignored(x, w, dilation):
    return cross_correlate(x, w)


def dilation_from_zero(x, w, dilation):
    return dilated(x, w, dilation + 1)


def dilation_as_stride(x, w, dilation):
    return strided(x, w, dilation)


def _dilations(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 8, 9), whole(rng, 3, 3), 2
    yield whole(rng, 8, 7), whole(rng, 2, 3), 2
    yield whole(rng, 9, 9), whole(rng, 2, 2), 3


DILATED = Task(dilated, (dilation_ignored, dilation_from_zero, dilation_as_stride), _dilations)


def max_pool(x, size):
    """Keep the largest of every size x size block: (H, W), a number -> (H // size, W // size)."""
    y = np.zeros((x.shape[0] // size, x.shape[1] // size))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = x[i * size : (i + 1) * size, j * size : (j + 1) * size].max()
    return y


def _pooled(x, size, keep):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return np.array([[keep(blocks[i, :, j]) for j in range(columns)] for i in range(rows)])


def averaged(x, size):
    return _pooled(x, size, np.mean)


def first_of_block(x, size):
    return _pooled(x, size, lambda block: block[0, 0])


def starts_at_zero(x, size):
    return np.maximum(max_pool(x, size), 0)


def windows_overlap(x, size):
    rows, columns = x.shape[0] - size + 1, x.shape[1] - size + 1
    return np.array(
        [[x[i : i + size, j : j + size].max() for j in range(columns)] for i in range(rows)]
    )


def _blocks(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 4, 4), 2
    yield whole(rng, 5, 7), 2
    yield whole(rng, 6, 9) - 12, 3


MAX_POOL = Task(max_pool, (averaged, first_of_block, starts_at_zero, windows_overlap), _blocks)


def im2col(x, size):
    """Lay every window out as a row: (H, W), a number -> (windows, size * size)."""
    rows, columns = x.shape[0] - size + 1, x.shape[1] - size + 1
    windows = []
    for i in range(rows):
        for j in range(columns):
            windows.append(x[i : i + size, j : j + size].reshape(-1))
    return np.array(windows)


def windows_as_columns(x, size):
    return im2col(x, size).T


def windows_down_first(x, size):
    rows, columns = x.shape[0] - size + 1, x.shape[1] - size + 1
    places = [(i, j) for j in range(columns) for i in range(rows)]
    return np.array([x[i : i + size, j : j + size].reshape(-1) for i, j in places])


def cells_down_first(x, size):
    rows, columns = x.shape[0] - size + 1, x.shape[1] - size + 1
    places = np.ndindex(rows, columns)
    return np.array([x[i : i + size, j : j + size].T.reshape(-1) for i, j in places])


def windows_kept_square(x, size):
    return im2col(x, size).reshape(-1, size, size)


def _squares(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 3, 4), 2
    yield whole(rng, 5, 4), 3


IM2COL = Task(
    im2col,
    (windows_as_columns, windows_down_first, cells_down_first, windows_kept_square),
    _squares,
)
