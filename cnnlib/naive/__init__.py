"""The definitions as plain loops: slow, short, and what everything else is tested against.

The names and arguments are those of ``cnnlib``; nested lists are accepted too, and lists come back.
Arguments are checked as everywhere else, the arithmetic is done one number at a time.
"""

from cnnlib.naive.conv import (
    conv1d,
    conv2d,
    conv3d,
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
)
from cnnlib.naive.first import correlate2d, inner_product
from cnnlib.naive.network import fold, linear, pad, relu, unfold
from cnnlib.naive.pool import (
    avg_pool1d,
    avg_pool2d,
    avg_pool3d,
    max_pool1d,
    max_pool2d,
    max_pool3d,
)

__all__ = [
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "correlate2d",
    "fold",
    "inner_product",
    "linear",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "pad",
    "relu",
    "unfold",
]
