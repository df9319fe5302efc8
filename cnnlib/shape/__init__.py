"""Shape arithmetic: what sizes, parameters and multiplications follow from whole numbers alone.

Sizes take one int for one axis, or a tuple with an entry for each axis, and give back the same:
``conv_output_size(28, 5)`` is 24, ``conv_output_size((28, 20), 5)`` is (24, 16).
"""

from cnnlib.shape.convolution import (
    conv_output_shape,
    conv_output_size,
    same_padding,
)
from cnnlib.shape.counts import (
    conv_multiply_adds,
    conv_parameters,
    linear_parameters,
    receptive_field,
    weight_shape,
)
from cnnlib.shape.window import conv_transpose_output_size, pool_output_size

__all__ = [
    "conv_multiply_adds",
    "conv_output_shape",
    "conv_output_size",
    "conv_parameters",
    "conv_transpose_output_size",
    "linear_parameters",
    "pool_output_size",
    "receptive_field",
    "same_padding",
    "weight_shape",
]
