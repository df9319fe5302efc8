"""Tasks about gradients, and about the way back."""

from collections.abc import Iterator

import numpy as np

from lesson.coding.task import Arguments, Task, whole


def weight_gradient(x, grad_output):
    """Gradient of the filter: (H, W), (oH, oW) -> (H - oH + 1, W - oW + 1)."""
    rows, columns = grad_output.shape
    grad = np.zeros((x.shape[0] - rows + 1, x.shape[1] - columns + 1))
    for u in range(grad.shape[0]):
        for v in range(grad.shape[1]):
            grad[u, v] = (x[u : u + rows, v : v + columns] * grad_output).sum()
    return grad


def gradient_turned(x, grad_output):
    return weight_gradient(x, grad_output)[::-1, ::-1]


def output_turned(x, grad_output):
    return weight_gradient(x, grad_output[::-1, ::-1])


def mean_taken(x, grad_output):
    return weight_gradient(x, grad_output) / grad_output.size


def output_left_out(x, grad_output):
    return weight_gradient(x, np.ones_like(grad_output))


def sign_turned(x, grad_output):
    return -weight_gradient(x, grad_output)


def _seen(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 4, 4), whole(rng, 3, 3)
    yield whole(rng, 5, 6), whole(rng, 3, 5)


WEIGHT_GRADIENT = Task(
    weight_gradient,
    (gradient_turned, output_turned, mean_taken, output_left_out, sign_turned),
    _seen,
)


def input_gradient(grad_output, w):
    """Gradient of the input: (oH, oW), (kH, kW) -> (oH + kH - 1, oW + kW - 1)."""
    rows, columns = w.shape
    grad = np.zeros((grad_output.shape[0] + rows - 1, grad_output.shape[1] + columns - 1))
    for i in range(grad_output.shape[0]):
        for j in range(grad_output.shape[1]):
            grad[i : i + rows, j : j + columns] += grad_output[i, j] * w
    return grad


def kernel_not_turned(grad_output, w):
    return input_gradient(grad_output, w[::-1, ::-1])


def written_over(grad_output, w):
    rows, columns = w.shape
    grad = np.zeros((grad_output.shape[0] + rows - 1, grad_output.shape[1] + columns - 1))
    for i, j in np.ndindex(grad_output.shape):
        grad[i : i + rows, j : j + columns] = grad_output[i, j] * w
    return grad


def edge_cut_off(grad_output, w):
    rows, columns = w.shape
    return input_gradient(grad_output, w)[rows - 1 : 1 - rows, columns - 1 : 1 - columns]


def kernel_summed(grad_output, w):
    return input_gradient(grad_output, np.full_like(w, 1)) * w.sum()


def _returned(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 3, 3) + 1, whole(rng, 2, 2)
    yield whole(rng, 4, 5), whole(rng, 2, 3)


INPUT_GRADIENT = Task(
    input_gradient, (kernel_not_turned, written_over, edge_cut_off, kernel_summed), _returned
)


def transposed(x, w, stride):
    """Spread every cell as a scaled w, `stride` apart, and add: (H, W), (kH, kW) -> larger."""
    rows, columns = w.shape
    y = np.zeros(((x.shape[0] - 1) * stride + rows, (x.shape[1] - 1) * stride + columns))
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            top, left = i * stride, j * stride
            y[top : top + rows, left : left + columns] += x[i, j] * w
    return y


def stride_of_one(x, w, stride):
    return transposed(x, w, 1)


def last_wins(x, w, stride):
    rows, columns = w.shape
    y = np.zeros_like(transposed(x, w, stride))
    for i, j in np.ndindex(x.shape):
        top, left = i * stride, j * stride
        y[top : top + rows, left : left + columns] = x[i, j] * w
    return y


def kernel_flipped(x, w, stride):
    return transposed(x, w[::-1, ::-1], stride)


def size_times_stride(x, w, stride):
    y = transposed(x, w, stride)
    return y[: x.shape[0] * stride, : x.shape[1] * stride]


def _small(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 2, 2) + 5, whole(rng, 3, 3), 2
    yield whole(rng, 3, 2) + 5, whole(rng, 4, 4), 3
    yield whole(rng, 2, 3) + 5, whole(rng, 3, 4), 2


TRANSPOSED = Task(transposed, (stride_of_one, last_wins, kernel_flipped, size_times_stride), _small)
