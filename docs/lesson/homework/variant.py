"""A student number becomes a network of its own; no number is the lecture's network.

The browser makes the same network (docs/theme/cnn/core/homework-net.js), so every step is integer
arithmetic on 32 bits:

1. The number is normalised (`normalise`): full-width forms become plain, spaces, hyphens and
   underscores go, letters become upper case.
2. The input's side comes from the number modulo 11, with letters counted in base 36 digits, so
   neighbouring numbers never share it.
3. FNV-1a of the characters seeds mulberry32; each draw takes one entry of a short list by the
   remainder of the next 32-bit number. A draw that breaks a rule of `_fair` is made again.

Equal difficulty: one convolution is padded, the other has stride 2 and a remainder that the floor
drops, and one 2×2 pooling divides evenly.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SIZES = (24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44)
KERNELS = ((3, 3), (3, 5), (5, 3), (5, 5), (7, 3), (7, 5))
LONGEST = 20
MASK = 0xFFFFFFFF


@dataclass(frozen=True)
class Layer:
    """One layer; `outs` are filters or features, and the sizes are 0 where they mean nothing."""

    name: str
    kind: str  # conv, pool (of the largest), avg, flatten or linear
    outs: int = 0
    kernel_size: int = 0
    stride: int = 1
    padding: int = 0


@dataclass(frozen=True)
class Network:
    """The input (batch, channels, size, size) and the layers that it passes through."""

    number: str
    batch: int
    channels: int
    size: int
    layers: tuple[Layer, ...]

    @property
    def input(self) -> tuple[int, int, int, int]:
        """The input's shape."""
        return (self.batch, self.channels, self.size, self.size)


LECTURE = Network(
    number="",
    batch=10,
    channels=1,
    size=20,
    layers=(
        Layer("conv1", "conv", 3, 5),
        Layer("conv2", "conv", 10, 5),
        Layer("flatten", "flatten"),
        Layer("fc1", "linear", 50),
        Layer("fc2", "linear", 10),
    ),
)
"""The network of the lecture's five questions, as far as it can be reconstructed."""


def normalise(number: str) -> str:
    """Return the student number in the one spelling that is hashed.

    Raises
    ------
    ValueError
        Something other than at most 20 digits and Latin letters is left.

    Examples
    --------
    >>> from lesson.homework.variant import normalise
    >>> normalise(" 2026-00123 ")
    '202600123'
    >>> normalise("<b>7</b>")
    Traceback (most recent call last):
        ...
    ValueError: `number` must be at most 20 digits and Latin letters, got '<b>7</b>'
    """
    plain = re.sub(r"[\s\-_]", "", unicodedata.normalize("NFKC", number)).upper()
    if not re.fullmatch(rf"[0-9A-Z]{{0,{LONGEST}}}", plain):
        raise ValueError(
            f"`number` must be at most {LONGEST} digits and Latin letters, got {number!r}"
        )
    return plain


def variant(number: str) -> Network:
    """Return the network of a student number; the lecture's own for an empty one.

    Examples
    --------
    >>> from lesson.homework.variant import variant
    >>> variant("").layers[0]
    Layer(name='conv1', kind='conv', outs=3, kernel_size=5, stride=1, padding=0)
    >>> variant("20260001") == variant("2026-0001") != variant("20260002")
    True
    """
    number = normalise(number)
    if not number:
        return LECTURE
    draws = mulberry32(fnv1a(number.encode()))

    def choose(options: Sequence[int]) -> int:
        return options[next(draws) % len(options)]

    while True:
        network = _draw(number, choose)
        if _fair(network):
            return network


def fnv1a(data: bytes) -> int:
    """Return the 32-bit FNV-1a hash."""
    value = 0x811C9DC5
    for byte in data:
        value = (value ^ byte) * 0x01000193 & MASK
    return value


def mulberry32(state: int) -> Iterator[int]:
    """Yield 32-bit numbers; the generator that the browser runs too."""
    while True:
        state = state + 0x6D2B79F5 & MASK
        t = (state ^ state >> 15) * (1 | state) & MASK
        t = (t + ((t ^ t >> 7) * (61 | t) & MASK) & MASK) ^ t
        yield t ^ t >> 14


def _size(number: str) -> int:
    remainder = 0
    for character in number:
        remainder = (remainder * 10 + int(character, 36)) % len(SIZES)
    return SIZES[remainder]


def _draw(number: str, choose: Callable[[Sequence[int]], int]) -> Network:
    """Draw every choice in a fixed order, which the browser repeats."""
    batch, channels = choose(range(8, 33)), choose((1, 3))
    kernels = KERNELS[choose(range(len(KERNELS)))]
    padded = choose((0, 1))
    padding = choose(range(1, kernels[padded] // 2 + 1))
    widths = choose(range(4, 10)), choose(range(10, 21))
    after = choose((1, 2))
    features, classes = choose(range(40, 121, 10)), choose(range(5, 13))
    layers = [
        Layer(
            f"conv{i + 1}",
            "conv",
            widths[i],
            kernels[i],
            2 - int(i == padded),
            padding * int(i == padded),
        )
        for i in (0, 1)
    ]
    layers.insert(after, Layer("pool", "pool", kernel_size=2, stride=2))
    rest = (
        Layer("flatten", "flatten"),
        Layer("fc1", "linear", features),
        Layer("fc2", "linear", classes),
    )
    return Network(number, batch, channels, _size(number), (*layers, *rest))


def _fair(network: Network) -> bool:
    """Whether the floor matters once, pooling divides evenly, and no two numbers coincide."""
    size, sizes = network.size, [network.size]
    for layer in network.layers[:3]:
        room = size + 2 * layer.padding - layer.kernel_size
        if room < 0 or bool(room % layer.stride) != (layer.kind == "conv" and layer.stride == 2):
            return False
        size = room // layer.stride + 1
        sizes.append(size)
    widths = [network.batch, network.channels, *(x.outs for x in network.layers if x.outs)]
    return 3 <= size <= 10 and len({*sizes, *widths}) == len(sizes) + len(widths)
