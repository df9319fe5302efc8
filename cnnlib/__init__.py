"""What a convolution computes, in NumPy arrays and torch tensors.

The rooms, and what each is for; a room uses those above it, never one beside or below:

    _check                                  arguments read once, and every error text
    geometry                                where the windows lie: one value
    shape   kernels   pad                   integers; the three sums; what stands around
    fast                                    how the sums are really computed
    tensors                                 torch's tensors through fast, with gradients
    engine                                  which room computes
    conv   conv_transpose   pool   fold     torch's names over them
    linear   loss   inner   layers
    grad                                    gradients of the above
    naive                                   the definition as loops: what tests compare with

To understand convolution, read ``geometry``, ``kernels`` and one file of ``fast``.
"""

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
