"""The layers that are timed, read from the tables beside this file."""

import csv
from dataclasses import dataclass
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
    def family(self):
        """Return the family's name; a layer that no family names is held out."""
        return FAMILIES.get(self.name.split("_")[0], "held out")

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


def find(name):
    """Return the layer called `name`, from either table."""
    return next(layer for layer in read("layers") + read("held_out") if layer.name == name)
