"""The homework's network, trained: the weights that the digit lab runs in the browser.

`python -m lesson.weights` trains with cnnlib alone from a fixed seed and writes
data/digit-weights.bin: float16, little endian, one array after another.
"""

from __future__ import annotations

from pathlib import Path

from cnnlib.layers import Conv2d, Flatten, Linear, ReLU
from lesson.examples import DATA, WEIGHTS, digits, trained_weights
from lesson.train import Network, accuracy, train
from lesson.wiggle import wiggle

FILE = DATA / "digit-weights.bin"
SEED = 1
EPOCHS = 40
RATE = 0.1
BATCH = 16


def homework_chain() -> dict:
    """The network of the lecture's homework, for (N, 1, 20, 20) images."""
    return {
        "conv1": Conv2d(1, 3, kernel_size=5),
        "relu1": ReLU(),  # (N, 3, 16, 16)
        "conv2": Conv2d(3, 10, kernel_size=5),
        "relu2": ReLU(),  # (N, 10, 12, 12)
        "flatten": Flatten(),  # (N, 1440)
        "fc1": Linear(1440, 50),
        "relu3": ReLU(),  # (N, 50)
        "fc2": Linear(50, 10),  # (N, 10)
    }


def trained(seed: int = SEED, epochs: int = EPOCHS) -> Network:
    """Train on all but the held-out digits, each epoch on freshly moved copies of them."""
    (images, labels), _ = digits()
    net = Network(homework_chain(), seed)
    for _ in train(
        net, images, labels, epochs=epochs, rate=RATE, batch=BATCH, seed=seed, change=wiggle
    ):
        pass
    return net


def save(net: Network, file: Path = FILE) -> None:
    """Write the weights as float16: 146,796 bytes for 73,398 of them."""
    file.write_bytes(b"".join(net.weights[name].astype("<f2").tobytes() for name in WEIGHTS))


def load() -> Network:
    """A network with the committed weights, as float32."""
    net = Network(homework_chain(), seed=0)
    net.weights = trained_weights()
    return net


def main() -> None:
    """Train, save, and say how the saved weights do on the held-out digits."""
    save(trained())
    _, (images, labels) = digits()
    print(f"{100 * accuracy(load(), images, labels):.1f} % of {len(labels)} held-out digits")


if __name__ == "__main__":
    main()
