"""The layers that are timed: read from the tables beside this file, or drawn by a seed."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from cnnlib.geometry import convolution

HERE = Path(__file__).parent
NEVER_AVERAGED = ("img2048_k63",)
LARGE = ("img2048_k3", "img2048_k15", "img2048_k63", "k31_dw_64x56")
"""Not among the ordinary layers."""

BACKWARD = (
    "hw_b_10x3x16_k5",
    "lenet_c3",
    "mnist128_c1",
    "alexnet_c2_k5",
    "vgg_c3_256x56",
    "res18_l1_64x56",
    "res18_l2_down_s2",
    "res18_l3_256x14_b8",
    "res50_1x1_256-64",
    "mbn_pw_512x14",
    "mbn_dw_32x112",
    "dilated2_256x33",
)

FAMILIES = {
    "toy": "the lecture's toy",
    "hw": "the homework's network",
    "lenet": "LeNet",
    "mnist128": "MNIST, batches of 128",
    "alexnet": "AlexNet",
    "vgg": "VGG",
    "resnet": "ResNet",
    "res18": "ResNet",
    "res50": "ResNet",
    "mbn": "MobileNet",
    "resnext": "grouped",
    "dilated2": "dilated",
    "k11": "large kernels",
    "k31": "large kernels",
    "img2048": "one large image",
    "random": "random",
}


@dataclass(frozen=True)
class Layer:
    """One row of a table: a name and the eleven numbers of a layer."""

    name: str
    n: int
    c: int
    h: int
    w: int
    o: int
    kh: int
    kw: int
    stride: int
    padding: int
    dilation: int
    groups: int

    @property
    def planes(self):
        """Return the images, and the channels in and out of a group."""
        return self.n, self.c // self.groups, self.o // self.groups

    @property
    def family(self):
        """Return the family's name, which is no network's where the layer is held out."""
        if self.name in held_out():
            return "held out"
        return FAMILIES[self.name.split("_")[0].split("-")[0]]

    @property
    def geometry(self):
        """Return (stride, padding, dilation, groups)."""
        return self.stride, self.padding, self.dilation, self.groups

    @property
    def windows(self):
        """Return where the layer's windows lie."""
        return convolution((self.h, self.w), (self.kh, self.kw), *self.geometry)

    @property
    def out(self):
        """Return the output's (height, width)."""
        return self.windows.out

    @property
    def multiply_adds(self):
        """Return how many multiply-adds the definition takes."""
        taps = self.c // self.groups * self.kh * self.kw
        return self.n * self.o * self.out[0] * self.out[1] * taps

    def arrays(self, dtype=np.float32):
        """Return input, weight and bias, the same numbers every time."""
        rng = np.random.default_rng(20)
        taps = self.c // self.groups * self.kh * self.kw
        x = rng.standard_normal((self.n, self.c, self.h, self.w), np.float32)
        w = rng.standard_normal((self.o, self.c // self.groups, self.kh, self.kw), np.float32)
        b = rng.standard_normal(self.o, np.float32)
        return x.astype(dtype), (w / np.float32(taps**0.5)).astype(dtype), b.astype(dtype)


def read(name):
    """Return the layers of the table `name`."""
    with (HERE / f"{name}.csv").open() as table:
        rows = list(csv.reader(table))[1:]
    return [Layer(row[0], *map(int, row[1:])) for row in rows]


@cache
def held_out():
    """Return the names of the layers that nothing was tuned for."""
    return {layer.name for layer in read("held_out")}


@cache
def drawn(seed, count):
    """Return `count` layers that the seed decides and nobody chose; more only follow.

    From 0.2 to 400 million multiply-adds, and at most 64 MB of input and output.
    """
    rng, layers = np.random.default_rng(seed), []

    def between(low, high):
        return round(low * (high / low) ** rng.random())

    while len(layers) < count:
        n, h = int(rng.choice([1, 1, 1, 1, 2, 4, 8, 32, 64])), between(6, 160)
        w = h if rng.random() < 0.7 else between(6, 160)
        c, o, groups = between(1, 400), between(1, 400), 1
        kh = int(rng.choice([1, 1, 2, 3, 3, 3, 3, 4, 5, 5, 7, 9, 11]))
        kw = kh if rng.random() < 0.85 else int(rng.choice([1, 3, 5, 7]))
        stride, dilation = int(rng.choice([1, 1, 1, 1, 2, 2, 3])), 1
        if stride == 1 < max(kh, kw):
            dilation = int(rng.choice([1, 1, 1, 1, 1, 2, 3, 6]))
        kind = rng.random()
        if kind < 0.15:
            groups = o = c
        elif kind < 0.25:
            groups = int(rng.choice([2, 4, 8, 32]))
            c, o = (-(-channels // groups) * groups for channels in (c, o))
        reach = (max(kh, kw) - 1) * dilation + 1
        padding = int(rng.choice([0, reach // 2, reach // 2, reach // 2]))
        if min(h, w) + 2 * padding < reach:
            continue
        name = f"random-{seed}-{len(layers)}"
        layer = Layer(name, n, c, h, w, o, kh, kw, stride, padding, dilation, groups)
        size = 4 * n * (c * h * w + o * layer.out[0] * layer.out[1])
        if 2e5 <= layer.multiply_adds <= 4e8 and size < 64e6:
            layers.append(layer)
    return layers


def find(name):
    """Return the layer called `name`, from either table or drawn."""
    if name.startswith("random-"):
        _, seed, place = name.split("-")
        return drawn(int(seed), int(place) // 100 * 100 + 100)[int(place)]
    return next(layer for layer in read("layers") + read("held_out") if layer.name == name)
