"""Train a small network with nothing but cnnlib: forward, gradients, plain SGD.

A network is a dict of `cnnlib.layers` (which only know integers) plus the arrays that
this module gives them. Every layer kind is two lines: what it computes, and what it
hands back to the layer below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

import cnnlib
from cnnlib import cross_entropy, grad, layers

Array = np.ndarray


class Network:
    """A chain of layers with weights, as `torch.nn.Sequential` is.

    Parameters
    ----------
    chain : mapping of str to layer
        `cnnlib.layers` dataclasses by name, applied in order.
    seed : int
        Weights and biases are drawn uniformly from ±1/√fan_in, as torch.nn draws them.

    Examples
    --------
    >>> import numpy as np
    >>> from lesson.train import Network
    >>> from cnnlib.layers import Conv2d, Flatten, Linear, ReLU
    >>> net = Network({"conv": Conv2d(1, 2, 3), "relu": ReLU(), "flat": Flatten(),
    ...                "fc": Linear(8, 10)}, seed=0)
    >>> net.forward(np.zeros((5, 1, 4, 4), dtype=np.float32)).shape
    (5, 10)
    >>> sorted(net.weights)
    ['conv.bias', 'conv.weight', 'fc.bias', 'fc.weight']
    """

    def __init__(self, chain: Mapping[str, object], seed: int) -> None:
        self.chain = dict(chain)
        self.weights: dict[str, Array] = {}
        self.gradients: dict[str, Array] = {}
        rng = np.random.default_rng(seed)
        for name, layer in self.chain.items():
            if not layer.parameters():
                continue
            shape = _weight_shape(layer)
            bound = 1 / np.sqrt(np.prod(shape[1:]))
            self.weights[f"{name}.weight"] = _uniform(rng, bound, shape)
            self.weights[f"{name}.bias"] = _uniform(rng, bound, shape[:1])

    def forward(self, x: Array) -> Array:
        """Scores of a batch; remembers what each layer was given, for `backward`."""
        self._inputs: dict[str, Array] = {}
        for name in self.chain:
            self._inputs[name] = x
            x = self.apply(name, x)
        return x

    def backward(self, g: Array) -> None:
        """Fill `gradients` from the gradient of the loss with respect to the scores."""
        names = list(self.chain)
        for name in reversed(names):
            g = self._give_back(name, self.chain[name], g, last=name == names[0])

    def apply(self, name: str, x: Array) -> Array:
        """What one layer makes of its input."""
        layer = self.chain[name]
        weight, bias = self.weights.get(f"{name}.weight"), self.weights.get(f"{name}.bias")
        match layer:
            case layers.Conv2d():
                return cnnlib.conv2d(x, weight, bias, **_conv_arguments(layer))
            case layers.Linear():
                return cnnlib.linear(x, weight, bias)
            case layers.ReLU():
                return cnnlib.relu(x)
            case layers.MaxPool2d():
                return cnnlib.max_pool2d(x, layer.kernel_size, layer.stride, layer.padding)
            case layers.Flatten():
                return x.reshape(len(x), -1)
        raise TypeError(f"`chain` must hold layers that can be trained, got {layer!r}")

    def _give_back(self, name: str, layer: object, g: Array, last: bool) -> Array:
        x, weight = self._inputs[name], self.weights.get(f"{name}.weight")
        match layer:
            case layers.Conv2d():
                arguments = _conv_arguments(layer)
                self.gradients[f"{name}.weight"] = grad.conv2d_weight(
                    x, weight.shape, g, **arguments
                )
                self.gradients[f"{name}.bias"] = grad.conv2d_bias(g)
                # nobody asks for the gradient of the image itself
                return g if last else grad.conv2d_input(x.shape, weight, g, **arguments)
            case layers.Linear():
                self.gradients[f"{name}.weight"] = grad.linear_weight(x, weight.shape, g)
                self.gradients[f"{name}.bias"] = grad.linear_bias(g)
                return grad.linear_input(x.shape, weight, g)
            case layers.ReLU():
                return grad.relu_input(x, g)
            case layers.MaxPool2d():
                return grad.max_pool2d_input(x, g, layer.kernel_size, layer.stride, layer.padding)
        return g.reshape(x.shape)  # Flatten

    def descend(self, rate: float) -> None:
        """One step of plain gradient descent: w ← w − rate · ∂loss/∂w."""
        for name, gradient in self.gradients.items():
            self.weights[name] -= np.float32(rate) * gradient


def train(
    net: Network,
    images: Array,
    labels: Array,
    *,
    epochs: int,
    rate: float = 0.1,
    batch: int = 32,
    seed: int = 0,
    change: Callable[[Array, np.random.Generator], Array] | None = None,
) -> Iterator[float]:
    """Yield the loss of every step, having taken it.

    The rate warms up over the first tenth of the steps and then falls to zero along a
    half cosine. `change` makes a fresh, slightly moved copy of the digits each epoch.
    """
    rng = np.random.default_rng(seed)
    steps = epochs * (len(images) // batch)
    step = 0
    for _ in range(epochs):
        order = rng.permutation(len(images))
        shown = images[order] if change is None else change(images[order], rng)
        for start in range(0, len(images) - batch + 1, batch):
            chosen = slice(start, start + batch)
            scores, right = net.forward(shown[chosen]), labels[order[chosen]]
            net.backward(grad.cross_entropy_input(scores, right))
            done = step / steps
            net.descend(rate * min(1, 10 * done) * (1 + np.cos(np.pi * done)) / 2)
            step += 1
            yield float(cross_entropy(scores, right))


def accuracy(net: Network, images: Array, labels: Array, batch: int = 250) -> float:
    """Share of the digits whose largest score is their label's."""
    right = 0
    for start in range(0, len(images), batch):
        chosen = slice(start, start + batch)
        right += int(np.sum(net.forward(images[chosen]).argmax(axis=1) == labels[chosen]))
    return right / len(images)


def _weight_shape(layer: layers.Conv2d | layers.Linear) -> tuple[int, ...]:
    if isinstance(layer, layers.Linear):
        return (layer.out_features, layer.in_features)
    return layer.weight_shape


def _conv_arguments(layer: layers.Conv2d) -> dict[str, object]:
    return {
        "stride": layer.stride,
        "padding": layer.padding,
        "dilation": layer.dilation,
        "groups": layer.groups,
    }


def _uniform(rng: np.random.Generator, bound: float, shape: tuple[int, ...]) -> Array:
    return rng.uniform(-bound, bound, shape).astype(np.float32)
