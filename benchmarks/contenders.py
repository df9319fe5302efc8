"""Everybody's way to compute one layer: each takes a `Layer` and returns a call, or None.

All compute the same: cross-correlation with zero padding and a bias. A contender returns None
where it does not apply, or where its package is not installed.

Tried and left out, since plain im2col was faster on nearly every layer: einsum and tensordot over
sliding windows, scipy.signal.correlate2d, scipy.ndimage.correlate.
"""

import os
from importlib.util import find_spec

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def ours(layer, method="auto"):
    """Return cnnlib's public function, checks included."""
    from cnnlib import conv2d

    x, w, b = layer.arrays()
    return lambda: conv2d(x, w, b, *layer.geometry, method=method)


def exact(layer):
    """Return cnnlib with the strategies that only add the definition's own products."""
    return ours(layer, "exact")


def torch_nchw(layer):
    """Return torch on contiguous NCHW arrays."""
    import torch

    x, w, b = map(torch.from_numpy, layer.arrays())
    return lambda: torch.nn.functional.conv2d(x, w, b, *layer.geometry)


def torch_channels_last(layer):
    """Return torch with input and weight laid out channels-last."""
    import torch

    x, w, b = map(torch.from_numpy, layer.arrays())
    # .contiguous(memory_format=...) would leave a tensor of one channel as it is
    x, w = (array.to(memory_format=torch.channels_last) for array in (x, w))
    return lambda: torch.nn.functional.conv2d(x, w, b, *layer.geometry)


def _model(layer):
    """Return the layer as an ONNX model's bytes."""
    from onnx import TensorProto, helper, numpy_helper

    x, w, b = layer.arrays()
    p, s, d = layer.padding, layer.stride, layer.dilation
    strides, dilations = (s, s), (d, d)
    options = {"pads": (p, p, p, p), "strides": strides, "dilations": dilations}
    node = helper.make_node("Conv", ["x", "w", "b"], ["y"], group=layer.groups, **options)
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)
    made = helper.make_tensor_value_info("y", TensorProto.FLOAT, (layer.n, layer.o, *layer.out))
    kept = [numpy_helper.from_array(w, "w"), numpy_helper.from_array(b, "b")]
    graph = helper.make_graph([node], "layer", [given], [made], kept)
    opset = [helper.make_opsetid("", 17)]
    return helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString()


def _installed(*packages):
    """Return whether all these packages are there."""
    return all(map(find_spec, packages))


def _threads():
    """Return how many threads the environment grants."""
    return int(os.environ.get("OMP_NUM_THREADS", "1"))


def onnx_runtime(layer):
    """Return ONNX Runtime, which has turned the weight as it likes it beforehand."""
    if not _installed("onnx", "onnxruntime"):
        return None
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = _threads()
    session = InferenceSession(_model(layer), options, providers=["CPUExecutionProvider"])
    x = layer.arrays()[0]
    return lambda: session.run(None, {"x": x})[0]


def openvino(layer):
    """Return OpenVINO in float32, which has turned the weight as it likes it beforehand."""
    if not _installed("onnx", "openvino"):
        return None
    from openvino import Core

    core = Core()
    options = {"INFERENCE_NUM_THREADS": _threads(), "INFERENCE_PRECISION_HINT": "f32"}
    compiled = core.compile_model(core.read_model(_model(layer)), "CPU", options)
    request, x = compiled.create_infer_request(), layer.arrays()[0]
    return lambda: request.infer([x], share_inputs=True)[0]


MATRIX = 2**31
"""Bytes of a matrix of windows beyond which the ways that build it whole do not apply."""


def _too_large(layer):
    """Return whether the whole matrix of windows is beyond reason."""
    taps = layer.c * layer.kh * layer.kw
    return 4 * layer.n * taps * layer.out[0] * layer.out[1] > MATRIX


def _seen(layer, x):
    """Return the view (N, C, OH, OW, KH, KW) of the padded input."""
    p, s, d = layer.padding, layer.stride, layer.dilation
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    reach = (d * (layer.kh - 1) + 1, d * (layer.kw - 1) + 1)
    windows = sliding_window_view(padded, reach, axis=(2, 3))
    return windows[:, :, ::s, ::s, ::d, ::d]


def im2col(layer):
    """Return im2col as a course writes it: one matrix of all windows, one product."""
    if _too_large(layer):
        return None
    x, w, b = layer.arrays()
    g = layer.groups

    def call():
        seen = _seen(layer, x).transpose(0, 1, 4, 5, 2, 3)
        columns = seen.reshape(layer.n, g, -1, layer.out[0] * layer.out[1])
        out = w.reshape(g, layer.o // g, -1) @ columns
        return out.reshape(layer.n, layer.o, *layer.out) + b[:, None, None]

    return call


def _per_plane(layer, plane, most=300):
    """Return a call that sums ``plane(x, w)`` over the channels, or None where that is absurd."""
    if layer.stride > 1 or layer.n * layer.o * layer.c // layer.groups > most:
        return None
    x, w, b = layer.arrays()
    p, d, g = layer.padding, layer.dilation, layer.groups
    spread = np.zeros((*w.shape[:2], d * (layer.kh - 1) + 1, d * (layer.kw - 1) + 1), w.dtype)
    spread[..., ::d, ::d] = w
    per_group = layer.c // g

    def call():
        padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        out = np.empty((layer.n, layer.o, *layer.out), np.float32)
        for n, o in np.ndindex(layer.n, layer.o):
            first = o // (layer.o // g) * per_group
            total = plane(padded[n, first], spread[o, 0])
            for c in range(1, per_group):
                total = total + plane(padded[n, first + c], spread[o, c])
            out[n, o] = total + b[o]
        return out

    return call


def scipy_fft(layer):
    """Return scipy.signal.fftconvolve with the kernel turned, plane by plane."""
    from scipy.signal import fftconvolve

    return _per_plane(layer, lambda x, w: fftconvolve(x, w[::-1, ::-1], "valid"))


def scipy_overlap_add(layer):
    """Return scipy.signal.oaconvolve with the kernel turned, plane by plane."""
    from scipy.signal import oaconvolve

    return _per_plane(layer, lambda x, w: oaconvolve(x, w[::-1, ::-1], "valid"))


def _same_size(layer, plane):
    """Return `_per_plane` for a library that keeps the size: its rim is cut off."""

    def valid(x, w):
        top, left = w.shape[0] // 2, w.shape[1] // 2
        high, wide = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
        return plane(x, w)[top : top + high, left : left + wide]

    return _per_plane(layer, valid)


def opencv(layer):
    """Return cv2.filter2D, plane by plane."""
    import cv2

    cv2.setNumThreads(1)
    return _same_size(layer, lambda x, w: cv2.filter2D(x, cv2.CV_32F, w, borderType=0))


def ours_backward(layer):
    """Return cnnlib's gradients for input and weight."""
    from cnnlib.grad import conv2d_input, conv2d_weight

    x, w, _ = layer.arrays()
    grad = np.ones((layer.n, layer.o, *layer.out), np.float32)

    def call():
        conv2d_input(x.shape, w, grad, *layer.geometry)
        return conv2d_weight(x, w.shape, grad, *layer.geometry)

    return call


def torch_backward(layer):
    """Return torch's autograd for input and weight."""
    import torch

    x, w, _ = map(torch.from_numpy, layer.arrays())
    x.requires_grad_()
    w.requires_grad_()
    y = torch.nn.functional.conv2d(x, w, None, *layer.geometry)
    grad = torch.ones_like(y)
    return lambda: torch.autograd.grad(y, (x, w), grad, retain_graph=True)


FORWARD = {
    "cnnlib": ours,
    "torch": torch_nchw,
    "channels_last": torch_channels_last,
    "ONNX Runtime": onnx_runtime,
    "OpenVINO": openvino,
}
STRICT = {"cnnlib": exact, "torch": torch_nchw}
BACKWARD = {"cnnlib": ours_backward, "torch": torch_backward}
PEERS = {
    "im2col": im2col,
    "scipy.signal FFT": scipy_fft,
    "scipy.signal overlap-add": scipy_overlap_add,
    "OpenCV filter2D": opencv,
}
EVERYBODY = {"cnnlib": ours} | PEERS


def strategies(layer):
    """Return {name: call} of every strategy of cnnlib that can compute the layer."""
    from cnnlib.fast.cost import Layer
    from cnnlib.fast.table import TABLE

    sizes = Layer(layer.windows, *layer.planes)
    fitting = [name for name, way in TABLE["output"].items() if way.fits(sizes)]
    return {name: ours(layer, name) for name in fitting}
