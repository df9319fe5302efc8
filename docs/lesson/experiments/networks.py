"""The networks that are compared: their layers, and their costs from the shapes alone."""

from __future__ import annotations

from collections.abc import Mapping

from cnnlib.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU, trace

BOX = 20  # pixels: the square that a digit is cut to
CANVAS = 32  # a larger sheet, with room to shift the digit by 6 either way


def linear(features: int = BOX * BOX) -> dict:
    """Ten scores straight from what comes in: no hidden layer."""
    return {"flatten": Flatten(), "fc": Linear(features, 10)}


def fully_connected(hidden: int, side: int = BOX) -> dict:
    """Flatten, one hidden layer, ten scores."""
    return {
        "flatten": Flatten(),
        "fc1": Linear(side * side, hidden),
        "relu": ReLU(),
        "fc2": Linear(hidden, 10),
    }


def convolutional(channels: int, side: int = BOX, pool: int = 2) -> dict:
    """Two 5×5 convolutions, each followed by max pooling, then ten scores."""
    after = (((side - 4) // 2) - 4) // pool
    return {
        "conv1": Conv2d(1, channels, 5),
        "relu1": ReLU(),
        "pool1": MaxPool2d(2),
        "conv2": Conv2d(channels, 2 * channels, 5),
        "relu2": ReLU(),
        "pool2": MaxPool2d(pool),
        "flatten": Flatten(),
        "fc": Linear(2 * channels * after**2, 10),
    }


def with_stride(channels: int, side: int) -> dict:
    """The same two convolutions, which shrink the map by stride 2 and not by pooling."""
    after = ((side - 5) // 2 + 1 - 5) // 2 + 1
    return {
        "conv1": Conv2d(1, channels, 5, stride=2),
        "relu1": ReLU(),
        "conv2": Conv2d(channels, 2 * channels, 5, stride=2),
        "relu2": ReLU(),
        "flatten": Flatten(),
        "fc": Linear(2 * channels * after**2, 10),
    }


SIZE = {
    "linear": linear(),
    **{f"fc{h}": fully_connected(h) for h in (8, 32, 128, 512)},
    **{f"cnn{c}": convolutional(c) for c in (2, 4, 8)},
}
SHIFT = {
    "fc": fully_connected(128, CANVAS),
    "stride": with_stride(8, CANVAS),
    "pool": convolutional(8, CANVAS),
    # one window over the whole map: only "how strongly", no longer "where"
    "global": convolutional(8, CANVAS, pool=10),
}
CNN, FC = (
    "cnn8",
    "fc512",
)  # the largest of each kind: compared with shuffled pixels and fewer digits


def architecture(chain: Mapping[str, object]) -> str:
    """One line a network, as the result file and the pages show it.

    Examples
    --------
    >>> from lesson.experiments.networks import SIZE, architecture
    >>> architecture(SIZE["fc32"])
    'Flatten, Linear(400, 32), ReLU, Linear(32, 10)'
    """
    return ", ".join(_written(layer) for layer in chain.values())


def cost(chain: Mapping[str, object], side: int = BOX) -> dict[str, int]:
    """Parameters and multiply-adds of one digit, from the shapes alone."""
    rows = trace((1, 1, side, side), chain)
    return {
        "parameters": sum(row.parameters for row in rows),
        "multiply_adds": sum(row.multiply_adds for row in rows),
    }


def _written(layer: object) -> str:
    match layer:
        case Conv2d():
            stride = "" if layer.stride == 1 else f", stride={layer.stride}"
            return f"Conv2d({layer.in_channels}, {layer.out_channels}, {layer.kernel_size}{stride})"
        case Linear():
            return f"Linear({layer.in_features}, {layer.out_features})"
        case MaxPool2d():
            return f"MaxPool2d({layer.kernel_size})"
    return type(layer).__name__
