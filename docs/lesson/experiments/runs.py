"""One training of one network: the digits it sees, its schedule, and how many digits it reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from lesson.examples import digits
from lesson.experiments.networks import BOX, CANVAS, CNN, SHIFT, SIZE, linear
from lesson.train import Network, accuracy, train

BATCH = 32
VALIDATION = 1000  # digits of the training part on which rates and schedules are chosen
SHIFTS = range(7)  # pixels
TRAINING_SIZES = (100,)  # all 4,000 are the experiment `size`

Part = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Job:
    """One training.

    Parameters
    ----------
    experiment : {'size', 'permuted', 'shift', 'data', 'stage'}
    network : str
        A name in `networks`; for ``data`` followed by ``:`` and the number of digits.
    rate : float
        The learning rate at its highest.
    steps : int
        Of 32 digits each, whatever the number of different digits.
    seed : int
        Of the first weights, and of the order of the digits.
    final : bool
        False: learn from 3,000 digits and read the 1,000 set apart for choosing.
        True: learn from all 4,000 and read the 1,000 that nothing was chosen on.
    below : (rate, steps), optional
        For ``stage``: how the network was trained whose first maps are read.
    """

    experiment: str
    network: str
    rate: float
    steps: int
    seed: int
    final: bool
    below: tuple[float, int] | None = None


def chain_of(experiment: str, network: str) -> dict:
    """The layers that a job trains."""
    if experiment == "stage":
        return linear(int(np.prod(_features(SIZE[CNN]))))
    return (SHIFT if experiment == "shift" else SIZE)[network.partition(":")[0]]


def run(job: Job) -> list[float]:
    """Train once; the share of the digits read, for ``shift`` one value a distance."""
    (images, labels), (held, held_labels) = parts(job)
    chain = chain_of(job.experiment, job.network)
    with np.errstate(all="ignore"):  # a rate that is too high ends in infinities, and reads badly
        net = trained(chain, images, labels, job)
        if job.experiment != "shift":
            return [accuracy(net, held, held_labels)]
        shifts = SHIFTS if job.final else (0,)  # nothing is chosen on shifted digits
        return [_shifted(net, held, held_labels, shift) for shift in shifts]


def parts(job: Job) -> tuple[Part, Part]:
    """The digits that the job learns from, and those that it is judged on."""
    learned, judged = _split(job.final)
    if job.experiment == "permuted":
        order = np.random.default_rng(2026).permutation(BOX * BOX)  # the same for all digits
        return tuple((_permute(images, order), labels) for images, labels in (learned, judged))
    if job.experiment == "data":
        count = int(job.network.partition(":")[2])
        chosen = np.random.default_rng(job.seed).permutation(len(learned[0]))[:count]
        return (learned[0][chosen], learned[1][chosen]), judged
    if job.experiment == "shift":
        return (place(learned[0], 0), learned[1]), judged
    if job.experiment == "stage":
        net = _reader(job.seed, job.final, job.below)
        return tuple((_after_pool1(net, images), labels) for images, labels in (learned, judged))
    return learned, judged


def trained(chain: dict, images: np.ndarray, labels: np.ndarray, job: Job) -> Network:
    """A network trained as the job says."""
    net = Network(chain, job.seed)
    epochs = max(1, round(job.steps / (len(images) // BATCH)))
    for _ in train(net, images, labels, epochs=epochs, rate=job.rate, batch=BATCH, seed=job.seed):
        pass
    return net


def place(images: np.ndarray, shift: int) -> np.ndarray:
    """Digits on a larger sheet, `shift` pixels to the right of the middle."""
    edge = (CANVAS - BOX) // 2
    return np.pad(images, ((0, 0), (0, 0), (edge, edge), (edge + shift, edge - shift)))


def _split(final: bool) -> tuple[Part, Part]:
    """(learned from, judged on): the held-out digits stay unseen until everything is chosen."""
    (images, labels), held = digits()
    if final:
        return (images, labels), held
    return (
        (images[:-VALIDATION], labels[:-VALIDATION]),
        (images[-VALIDATION:], labels[-VALIDATION:]),
    )


def _permute(images: np.ndarray, order: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1)[:, order].reshape(images.shape)


def _shifted(net: Network, images: np.ndarray, labels: np.ndarray, shift: int) -> float:
    """Accuracy on digits shifted to the right and to the left."""
    return sum(accuracy(net, place(images, s), labels) for s in (shift, -shift)) / 2


@cache
def _reader(seed: int, final: bool, schedule: tuple[float, int]) -> Network:
    """The convolutional network whose first maps are read; trained once for all its readers."""
    images, labels = _split(final)[0]
    return trained(SIZE[CNN], images, labels, Job("size", CNN, *schedule, seed, final))


def _after_pool1(net: Network, images: np.ndarray) -> np.ndarray:
    """What the first convolution, ReLU and pooling make of the digits."""
    for name in ("conv1", "relu1", "pool1"):
        images = net.apply(name, images)
    return images


def _features(chain: dict) -> tuple[int, ...]:
    return _after_pool1(Network(chain, 0), np.zeros((1, 1, BOX, BOX), dtype=np.float32)).shape
