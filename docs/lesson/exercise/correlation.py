"""The small convolutions of `cell` and `output` exercises, lifted to (C, H, W)."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import cnnlib
from lesson.exercise.given import (
    MODES,
    flag,
    integer,
    integers,
    numbers,
    per_axis,
)


@dataclass(frozen=True)
class Correlation:
    """One conv2d call with every argument spelled out."""

    input: np.ndarray  # (C, H, W)
    weight: np.ndarray  # (O, C/groups, KH, KW)
    bias: np.ndarray  # (O,)
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]
    groups: int
    padding_mode: str
    flip: bool
    rank: int  # 1 if the reader sees a row of numbers, 2 if a matrix

    @property
    def turned(self) -> np.ndarray:
        """The kernel as it lies on the input: turned by 180° for a true convolution."""
        return self.weight[:, :, ::-1, ::-1] if self.flip else self.weight

    def output(self) -> np.ndarray:
        """Return the result, shape (O, OH, OW)."""
        result = cnnlib.conv2d(
            self.input[None],
            np.ascontiguousarray(self.turned),
            self.bias,
            self.stride,
            self.padding,
            self.dilation,
            self.groups,
            padding_mode=self.padding_mode,
        )
        return result[0]

    def window(self, at: tuple[int, int, int]) -> np.ndarray:
        """Return the input cells under the kernel of output cell `at`, shape (C/groups, KH, KW)."""
        (top, left), mode = self.padding, self.padding_mode
        border = (left, left, top, top)
        padded = cnnlib.pad(self.input[None], border, "constant" if mode == "zeros" else mode)[0]
        channels, *kernel = self.weight.shape[1:]
        first = at[0] // (self.weight.shape[0] // self.groups) * channels
        rows, cols = (
            slice(i * s, i * s + d * (k - 1) + 1, d)
            for i, s, d, k in zip(at[1:], self.stride, self.dilation, kernel, strict=True)
        )
        return padded[first : first + channels, rows, cols]

    def but(self, **changes: Any) -> "Correlation":
        """Return the same call with some arguments changed."""
        return replace(self, **changes)


DEFAULTS = {
    "bias": None,
    "stride": 1,
    "padding": 0,
    "dilation": 1,
    "groups": 1,
    "padding_mode": "zeros",
    "flip": False,
}


def read(given: dict[str, Any]) -> Correlation:
    """Return the call that `given` describes."""
    image = numbers("input", given["input"], (1, 2, 3))
    rank = 1 if image.ndim == 1 else 2
    weight = numbers("weight", given["weight"], (1,) if rank == 1 else (2, 3, 4))
    if given["padding_mode"] not in MODES:
        raise ValueError(
            f"`padding_mode` must be one of {', '.join(MODES)}, got {given['padding_mode']!r}"
        )
    weight = weight.reshape((1,) * (4 - weight.ndim) + weight.shape)
    bias = given["bias"]
    call = Correlation(
        input=image.reshape((1,) * (3 - image.ndim) + image.shape),
        weight=weight,
        bias=np.zeros(len(weight), image.dtype) if bias is None else numbers("bias", bias, (1,)),
        stride=_axes("stride", given, rank, 1),
        padding=_axes("padding", given, rank, 0),
        dilation=_axes("dilation", given, rank, 1),
        groups=integer("groups", given["groups"]),
        padding_mode=given["padding_mode"],
        flip=flag("flip", given["flip"]),
        rank=rank,
    )
    call.output()  # refuses what cannot be computed, with cnnlib's reason
    return call


def _axes(name: str, given: dict[str, Any], rank: int, least: int) -> tuple[int, int]:
    """Return (vertical, horizontal); along a single row nothing moves vertically."""
    if rank == 1:
        return (least, *per_axis(name, given[name], 1, least))
    return per_axis(name, given[name], 2, least)


def position(call: Correlation, at: Any) -> tuple[int, int, int]:
    """Return `at` as (output channel, row, column) inside the output."""
    shape = call.output().shape
    place = integers("at", [at] if isinstance(at, int) else at, least=0)
    place = (0,) * (3 - len(place)) + place
    if len(place) != 3 or any(i >= n for i, n in zip(place, shape, strict=True)):
        raise ValueError(f"`at` must be a cell of the output {shape}, got {at!r}")
    return place
