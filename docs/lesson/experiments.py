"""The lecture's claims about CNNs, measured on real handwriting.

`python -m lesson.experiments` trains every network below several times from
different seeds and writes data/experiments.json, which the pages quote.
"""

from __future__ import annotations

import json
import os
import platform
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from cnnlib.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU, trace
from lesson.examples import DATA, digits
from lesson.train import Network, accuracy, train

FILE = DATA / "experiments.json"
SEEDS = 3
STEPS = 1600  # of 32 digits each, whatever the number of different digits
BOX = 20
CANVAS = 32  # room to shift a 20-pixel digit by 6 either way
SHIFTS = range(7)
TRAINING_SIZES = (100, 250, 500, 1000, 2000, 4000)


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


def without_pooling(channels: int, side: int) -> dict:
    """The same two convolutions with stride 2 in place of pooling."""
    after = ((side - 5) // 2 + 1 - 5) // 2 + 1
    return {
        "conv1": Conv2d(1, channels, 5, stride=2),
        "relu1": ReLU(),
        "conv2": Conv2d(channels, 2 * channels, 5, stride=2),
        "relu2": ReLU(),
        "flatten": Flatten(),
        "fc": Linear(2 * channels * after**2, 10),
    }


SIZE_CHAINS = {
    **{f"cnn{c}": convolutional(c) for c in (2, 4, 8)},
    **{f"fc{h}": fully_connected(h) for h in (8, 32, 128, 512)},
}
SHIFT_CHAINS = {
    "fc": fully_connected(128, CANVAS),
    "cnn-stride": without_pooling(8, CANVAS),
    "cnn-pool": convolutional(8, CANVAS),
    # one window over the whole map: only "how strongly", no longer "where"
    "cnn-global": convolutional(8, CANVAS, pool=10),
}


def cost(chain: dict, side: int = BOX) -> dict[str, int]:
    """Parameters and multiply-adds of one digit, from the shapes alone."""
    rows = trace((1, 1, side, side), chain)
    return {
        "parameters": sum(row.parameters for row in rows),
        "multiply_adds": sum(row.multiply_adds for row in rows),
    }


def run(job: tuple[str, str, int]) -> list[float]:
    """Train one network from one seed; the accuracies on held-out digits."""
    kind, name, seed = job
    (images, labels), (held, held_labels) = digits()
    if kind == "permuted":
        order = np.random.default_rng(2026).permutation(BOX * BOX)  # the same for all digits
        images, held = _permute(images, order), _permute(held, order)
    if kind == "data":
        name, count = name.split(":")
        chosen = np.random.default_rng(seed).permutation(len(images))[: int(count)]
        images, labels = images[chosen], labels[chosen]
    if kind == "shift":
        net = _trained(SHIFT_CHAINS[name], place(images, 0), labels, seed)
        return [
            (
                accuracy(net, place(held, s), held_labels)
                + accuracy(net, place(held, -s), held_labels)
            )
            / 2
            for s in SHIFTS
        ]
    net = _trained(SIZE_CHAINS[name], images, labels, seed)
    return [accuracy(net, held, held_labels)]


def place(images: np.ndarray, shift: int) -> np.ndarray:
    """Digits on a larger sheet, `shift` pixels to the right of the middle."""
    edge = (CANVAS - BOX) // 2
    return np.pad(images, ((0, 0), (0, 0), (edge, edge), (edge + shift, edge - shift)))


def _permute(images: np.ndarray, order: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1)[:, order].reshape(images.shape)


def _trained(chain: dict, images: np.ndarray, labels: np.ndarray, seed: int) -> Network:
    net = Network(chain, seed)
    epochs = STEPS // (len(images) // 32)
    for _ in train(net, images, labels, epochs=epochs, rate=0.1, seed=seed):
        pass
    return net


def jobs() -> list[tuple[str, str, int]]:
    """Everything that is trained: (experiment, network, seed)."""
    names = [("size", name) for name in SIZE_CHAINS]
    names += [("permuted", name) for name in ("cnn8", "fc128")]
    names += [("shift", name) for name in SHIFT_CHAINS]
    names += [("data", f"{net}:{n}") for net in ("cnn8", "fc128") for n in TRAINING_SIZES]
    return [(kind, name, seed) for kind, name in names for seed in range(SEEDS)]


def measure(workers: int | None = None) -> dict:
    """Run every job and gather the results: experiment → network → one list a seed."""
    todo = jobs()
    with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        found = list(pool.map(run, todo))
    results: dict = {"size": {}, "permuted": {}, "shift": {}, "data": {}}
    for (kind, name, _), values in zip(todo, found, strict=True):
        results[kind].setdefault(name, []).append(values if kind == "shift" else values[0])
    results["cost"] = {name: cost(chain) for name, chain in SIZE_CHAINS.items()}
    (_, labels), (_, held_labels) = digits()
    results["setup"] = {
        "seeds": SEEDS,
        "steps": STEPS,
        "batch": 32,
        "trained_on": len(labels),
        "held_out": len(held_labels),
        "numpy": np.__version__,
        "python": platform.python_version(),
    }
    return results


def percent(values: list[float], digits_shown: int = 1) -> float:
    """Mean over the seeds, in percent, rounded as the pages print it."""
    return round(100 * float(np.mean(values)), digits_shown)


def spread(values: list[float], digits_shown: int = 1) -> float:
    """Sample standard deviation over the seeds, in percentage points."""
    return round(100 * float(np.std(values, ddof=1)), digits_shown)


def main() -> None:
    """Measure and write the file that the pages read."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # one process a core already
    FILE.write_text(json.dumps(measure(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
