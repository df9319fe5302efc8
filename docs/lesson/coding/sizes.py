"""Tasks about sizes and counts."""

from collections.abc import Iterator

import numpy as np

from lesson.coding.task import Arguments, Task


def output_size(size, kernel_size, stride, padding, dilation):
    """Return how many windows fit along one axis: five numbers -> a number."""
    covered = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - covered) // stride + 1


def no_plus_one(size, kernel_size, stride, padding, dilation):
    return output_size(size, kernel_size, stride, padding, dilation) - 1


def padding_once(size, kernel_size, stride, padding, dilation):
    return output_size(size + padding, kernel_size, stride, 0, dilation)


def rounded_up(size, kernel_size, stride, padding, dilation):
    moves = size + 2 * padding - dilation * (kernel_size - 1) - 1
    return -(-moves // stride) + 1


def not_rounded(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1


def stride_left_out(size, kernel_size, stride, padding, dilation):
    return output_size(size, kernel_size, 1, padding, dilation)


def dilation_left_out(size, kernel_size, stride, padding, dilation):
    return output_size(size, kernel_size, stride, padding, 1)


def dilation_times_kernel(size, kernel_size, stride, padding, dilation):
    return output_size(size, dilation * kernel_size, stride, padding, 1)


def _layers(rng: np.random.Generator) -> Iterator[Arguments]:
    size = int(rng.integers(9, 30))
    yield size, 3, 1, 0, 1
    yield size, 5, 1, 2, 1
    yield 2 * size, 3, 1, 0, 2
    yield 2 * size, 3, 2, 1, 1
    yield 2 * size + 1, 4, 3, 1, 2
    yield 2 * size, 2, 3, 3, 3


OUTPUT_SIZE = Task(
    output_size,
    (
        no_plus_one,
        padding_once,
        rounded_up,
        not_rounded,
        stride_left_out,
        dilation_left_out,
        dilation_times_kernel,
    ),
    _layers,
)


def parameters(in_channels, out_channels, kernel_size, groups, bias):
    """Count what a layer with square filters learns: four numbers and True or False -> a number."""
    weights = out_channels * (in_channels // groups) * kernel_size * kernel_size
    return weights + (out_channels if bias else 0)


def no_bias(in_channels, out_channels, kernel_size, groups, bias):
    return parameters(in_channels, out_channels, kernel_size, groups, False)


def always_bias(in_channels, out_channels, kernel_size, groups, bias):
    return parameters(in_channels, out_channels, kernel_size, groups, True)


def one_bias(in_channels, out_channels, kernel_size, groups, bias):
    return parameters(in_channels, out_channels, kernel_size, groups, False) + bias


def bias_per_input(in_channels, out_channels, kernel_size, groups, bias):
    added = in_channels * out_channels if bias else 0
    return parameters(in_channels, out_channels, kernel_size, groups, False) + added


def groups_left_out(in_channels, out_channels, kernel_size, groups, bias):
    return parameters(in_channels, out_channels, kernel_size, 1, bias)


def groups_twice(in_channels, out_channels, kernel_size, groups, bias):
    weights = (out_channels // groups) * (in_channels // groups) * kernel_size**2
    return weights + (out_channels if bias else 0)


def kernel_not_squared(in_channels, out_channels, kernel_size, groups, bias):
    weights = out_channels * (in_channels // groups) * kernel_size
    return weights + (out_channels if bias else 0)


def _counts(rng: np.random.Generator) -> Iterator[Arguments]:
    first, second = (int(each) for each in rng.integers(2, 9, 2))
    yield first, second, 3, 1, False
    yield first, second, 5, 1, True
    yield 4 * first, 4 * second, 3, 4, True
    yield 6, 6 * second, 1, 6, False


PARAMETERS = Task(
    parameters,
    (
        no_bias,
        always_bias,
        one_bias,
        bias_per_input,
        groups_left_out,
        groups_twice,
        kernel_not_squared,
    ),
    _counts,
)
