"""What a layer costs: its sizes, and the few measured constants that every strategy counts with.

The idea: a strategy spends its time in matrix products, in copies and in calls, and how many of
each a layer needs follows from its sizes. So a strategy says its cost in these three, and the
cheapest one is chosen. A product behaves as if each side were a little longer than it is, and a
copy as if every run of neighbours in memory were.

    (m + 7) * (k + 17) * (n + 15)   multiply-adds at full speed for (m, k) @ (k, n)

The constants are nanoseconds on one thread of a 2.6 GHz processor with AVX-512; only their ratios
matter. They were fitted to the times of 280 layers drawn at random (``python -m benchmarks``).
Cost: some fifty multiplications, once a layer.

    >>> from cnnlib.fast.cost import product
    >>> round(product(64, 64, 1000) / product(64, 32, 1000), 2)  # twice the depth, less than twice
    1.65
"""

from math import prod
from typing import NamedTuple

from cnnlib.geometry import Geometry

CALL = 1400.0
"""One call into NumPy."""
ADDED = 0.2
"""Adding one element to another in the cache, or to a bias."""


def product(m: float, k: float, n: float, times: float = 1) -> float:
    """Return the nanoseconds of ``times`` products (m, k) @ (k, n)."""
    return times * (m + 7) * (k + 17) * (n + 15) * 0.011


def moved(elements: float, run: float) -> float:
    """Return the nanoseconds of a copy in runs of ``run`` neighbours."""
    return elements * (0.18 + 3.2 / run)


class Layer(NamedTuple):
    """Where the windows lie, and what they see: images, channels in and out of a group."""

    g: Geometry
    n: int
    c: int
    o: int

    @property
    def taps(self) -> int:
        """How many taps the kernel has."""
        return prod(self.g.kernel)

    @property
    def plane(self) -> bool:
        """Whether the layer sees images, the only thing that most strategies know."""
        return len(self.g.size) == 2

    @property
    def dense(self) -> bool:
        """Whether the windows move by single pixels."""
        return set(self.g.stride) == {1}

    @property
    def alone(self) -> bool:
        """Whether each channel of an image has one filter of its own, with neighbouring rows."""
        return self.plane and self.g.dilation[0] == self.c == self.o == 1

    @property
    def square(self) -> int:
        """The side of a square kernel, else 0."""
        return self.g.kernel[0] if self.plane and len(set(self.g.kernel)) == 1 else 0

    @property
    def inputs(self) -> int:
        """How many channels all images have, in every group."""
        return self.n * self.g.groups * self.c

    @property
    def outputs(self) -> int:
        """How many numbers come out."""
        return self.n * self.g.groups * self.o * self.g.positions

    @property
    def windows(self) -> int:
        """How many elements the matrix of windows has."""
        return self.inputs * self.taps * self.g.positions

    @property
    def untouched(self) -> bool:
        """Whether the input as it lies is that matrix."""
        return self.taps == 1 and self.dense and self.g.padded == self.g.size == self.g.out

    def lowering(self) -> float:
        """Return the nanoseconds in which the matrix of windows is made."""
        if self.untouched:
            return 0
        strided = 0 if self.g.stride[-1] == 1 else 0.29 * self.windows
        padding = (
            0.0
            if self.g.padded == self.g.size
            else moved(self.inputs * prod(self.g.padded), self.g.padded[-1])
        )
        return moved(self.windows, self.g.out[-1]) + strided + padding
