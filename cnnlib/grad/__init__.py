"""Gradients, with torch.nn.grad's names: what the loss tells the input, the weight and the bias."""

from cnnlib.grad.bias import conv1d_bias, conv2d_bias, conv3d_bias
from cnnlib.grad.conv import (
    conv1d_input,
    conv1d_weight,
    conv2d_input,
    conv2d_weight,
    conv3d_input,
    conv3d_weight,
)
from cnnlib.grad.network import (
    cross_entropy_input,
    linear_bias,
    linear_input,
    linear_weight,
    log_softmax_input,
    relu_input,
)
from cnnlib.grad.pool import (
    avg_pool1d_input,
    avg_pool2d_input,
    avg_pool3d_input,
    max_pool1d_input,
    max_pool2d_input,
    max_pool3d_input,
)
from cnnlib.grad.transpose import (
    conv_transpose1d_input,
    conv_transpose1d_weight,
    conv_transpose2d_input,
    conv_transpose2d_weight,
    conv_transpose3d_input,
    conv_transpose3d_weight,
)

__all__ = [
    "avg_pool1d_input",
    "avg_pool2d_input",
    "avg_pool3d_input",
    "conv1d_bias",
    "conv1d_input",
    "conv1d_weight",
    "conv2d_bias",
    "conv2d_input",
    "conv2d_weight",
    "conv3d_bias",
    "conv3d_input",
    "conv3d_weight",
    "conv_transpose1d_input",
    "conv_transpose1d_weight",
    "conv_transpose2d_input",
    "conv_transpose2d_weight",
    "conv_transpose3d_input",
    "conv_transpose3d_weight",
    "cross_entropy_input",
    "linear_bias",
    "linear_input",
    "linear_weight",
    "log_softmax_input",
    "max_pool1d_input",
    "max_pool2d_input",
    "max_pool3d_input",
    "relu_input",
]
