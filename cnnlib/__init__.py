"""What a convolution computes, in NumPy arrays and torch tensors."""

from cnnlib import grad, layers, naive, shape
from cnnlib.conv import conv1d, conv2d, conv3d
from cnnlib.conv_transpose import conv_transpose1d, conv_transpose2d, conv_transpose3d
from cnnlib.fold import fold, unfold
from cnnlib.inner import inner_product
from cnnlib.linear import linear, relu
from cnnlib.loss import cross_entropy, log_softmax, softmax
from cnnlib.pad import pad
from cnnlib.pool import avg_pool1d, avg_pool2d, avg_pool3d, max_pool1d, max_pool2d, max_pool3d

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
    "cross_entropy",
    "fold",
    "grad",
    "inner_product",
    "layers",
    "linear",
    "log_softmax",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "naive",
    "pad",
    "relu",
    "shape",
    "softmax",
    "unfold",
]
