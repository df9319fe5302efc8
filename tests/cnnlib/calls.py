"""The fuzz's families of calls: each draws one, mostly valid, for both libraries."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

import cnnlib

ODD: tuple[Any, ...] = (0, -1, 1.0, True, None, "same", (), (1,), (2, 1), (1, 2, 1), [1, 1], 7)
MODES = ("reflect", "replicate", "circular")


class Case(NamedTuple):
    """One call: its text, and how either library makes it; both return a list of results."""

    text: str
    name: str
    arguments: dict[str, Any]
    ours: Callable[[], list[Any]]
    theirs: Callable[[], list[Any]]


class Draw:
    """Random choices, mostly sensible ones."""

    def __init__(self, rng: np.random.Generator):
        self.rng = rng
        self.rank = int(rng.integers(1, 4))
        self.torch = bool(rng.random() < 0.3)
        self.dtype = "float64" if rng.random() < 0.85 else str(rng.choice(["float32", "int64"]))

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def whole(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def spatial(self, low: int, high: int) -> tuple[int, ...]:
        return tuple(self.whole(low, high) for _ in range(self.rank))

    def axes(self, low: int, high: int, odd: float = 0.03) -> Any:
        """Return an int or a tuple with one for each axis; sometimes something odd."""
        if self.chance(odd):
            return ODD[self.whole(0, len(ODD) - 1)]
        return self.whole(low, high) if self.chance(0.5) else self.spatial(low, high)

    def array(self, shape: tuple[int, ...], odd: float = 0.02) -> np.ndarray:
        """Return numbers of the shape; sometimes of a shape that is a little off."""
        sizes = list(shape)
        if self.chance(odd) and sizes:
            axis = self.whole(0, len(sizes) - 1)
            sizes[axis] = max(0, sizes[axis] + self.whole(-1, 1) * self.whole(1, 2))
        if self.chance(odd / 2) and sizes:
            sizes.pop(self.whole(0, len(sizes) - 1))
        if self.chance(odd / 2) and sizes:
            sizes[self.whole(0, len(sizes) - 1)] = 0
        if self.dtype == "int64":
            return self.rng.integers(-9, 10, sizes)
        return self.rng.normal(size=sizes).astype(self.dtype)


def tensors(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments with tensors for arrays."""
    return {
        k: torch.from_numpy(v) if isinstance(v, np.ndarray) else v for k, v in arguments.items()
    }


def text_of(name: str, arguments: dict[str, Any]) -> str:
    """Write a call down, arrays as their dtype and shape."""
    said = (
        f"{k}={v.dtype}{tuple(v.shape)}" if hasattr(v, "dtype") else f"{k}={v!r}"
        for k, v in arguments.items()
    )
    return f"{name}({', '.join(said)})"


def case(draw: Draw, name: str, arguments: dict[str, Any], theirs: Any, ours: Any = None) -> Case:
    """Pair cnnlib's function of this name with torch's."""
    function = ours or getattr(cnnlib, name)
    mine = tensors(arguments) if draw.torch else arguments
    return Case(
        text_of(name, mine),
        name,
        arguments,
        lambda: [function(**mine)],
        lambda: [theirs(**tensors(arguments))],
    )


def batch(draw: Draw) -> tuple[int, ...]:
    """Draw the batch axis: mostly there, sometimes empty, sometimes left out."""
    return () if draw.chance(0.25) else (draw.whole(0, 2) if draw.chance(0.1) else 2,)


def convolution(draw: Draw, odd: float = 0.02, batched: bool = False) -> dict[str, Any]:
    """Draw the arguments of a convolution."""
    groups = draw.whole(1, 3)
    depth, filters = draw.whole(1, 3), draw.whole(1, 3)
    kernel, size = draw.spatial(1, 3), draw.spatial(1, 7)
    lead = (2,) if batched else batch(draw)
    return {
        "input": draw.array((*lead, groups * depth, *size), odd),
        "weight": draw.array((groups * filters, depth, *kernel), odd),
        "bias": draw.array((groups * filters,), odd) if draw.chance(0.5) else None,
        "stride": draw.axes(1, 3, odd),
        "padding": draw.axes(0, 3, odd),
        "dilation": draw.axes(1, 2, odd),
        "groups": groups if draw.chance(1 - 1.5 * odd) else draw.whole(-1, 4),
    }


def conv(rng: np.random.Generator) -> Case:
    """Any convolution."""
    draw = Draw(rng)
    arguments = convolution(draw)
    if draw.chance(0.15):
        arguments["padding"] = str(rng.choice(["same", "valid", "full"]))
        arguments["stride"] = 1 if draw.chance(0.8) else arguments["stride"]
    name = f"conv{draw.rank}d"
    return case(draw, name, arguments, getattr(F, name))


def conv_padded(rng: np.random.Generator) -> Case:
    """A convolution with another padding mode, as torch.nn.Conv2d does it."""
    draw = Draw(rng)
    arguments = convolution(draw)
    arguments["padding"] = draw.axes(0, 4, odd=0.0) if draw.chance(0.8) else "same"
    if arguments["padding"] == "same":
        arguments["stride"] = 1
    arguments["dilation"] = draw.axes(1, 2, odd=0.0)
    arguments["padding_mode"] = str(rng.choice(MODES))
    name = f"conv{draw.rank}d"

    def theirs(padding_mode: str, padding: Any, **rest: Any) -> torch.Tensor:
        kernel, spacing = rest["weight"].shape[2:], rest["dilation"]
        pairs = []
        for axis, k in enumerate(kernel):
            p = padding if isinstance(padding, (int, str)) else padding[axis]
            d = spacing if isinstance(spacing, int) else spacing[axis]
            total = d * (k - 1)
            pairs.append((total // 2, total - total // 2) if p == "same" else (p, p))
        flat = [int(n) for pair in pairs[::-1] for n in pair]
        rest["input"] = F.pad(rest["input"], flat, padding_mode)
        return getattr(F, name)(**rest)

    return case(draw, name, arguments, theirs)


def conv_transpose(rng: np.random.Generator) -> Case:
    """Any transposed convolution."""
    draw = Draw(rng)
    arguments = convolution(draw)
    arguments["padding"] = draw.axes(0, 1)
    if draw.chance(0.4):
        arguments["output_padding"] = draw.axes(0, 1 if draw.chance(0.8) else 2)
    w = arguments["weight"]
    groups = max(1, arguments["groups"])
    if w.ndim > 1 and w.shape[0] % groups == 0:
        x = arguments["input"]
        channels = x.shape[-draw.rank - 1] if x.ndim > draw.rank else 1
        arguments["weight"] = draw.array((channels, w.shape[1], *w.shape[2:]))
        if arguments["bias"] is not None:
            arguments["bias"] = draw.array((w.shape[1] * groups,))
    name = f"conv_transpose{draw.rank}d"
    return case(draw, name, arguments, getattr(F, name))


def pooling(draw: Draw, odd: float = 0.02) -> dict[str, Any]:
    """Draw what both poolings take."""
    arguments = {
        "input": draw.array((*batch(draw), draw.whole(1, 3), *draw.spatial(1, 7)), odd),
        "kernel_size": draw.axes(1, 3, odd),
        "padding": 0 if draw.chance(0.5) else draw.axes(0, 1, odd),
        "ceil_mode": draw.chance(0.5) if draw.chance(1 - odd) else 1,
    }
    if draw.chance(0.6):
        arguments["stride"] = draw.axes(1, 3, odd)
    return arguments


def max_pool(rng: np.random.Generator) -> Case:
    """Any max pooling."""
    draw = Draw(rng)
    arguments = pooling(draw)
    if draw.chance(0.5):
        arguments["dilation"] = draw.axes(1, 2)
    name = f"max_pool{draw.rank}d"
    return case(draw, name, arguments, getattr(F, name))


def avg_pool(rng: np.random.Generator) -> Case:
    """Any average pooling."""
    draw = Draw(rng)
    arguments = pooling(draw)
    if draw.chance(0.5):
        arguments["count_include_pad"] = draw.chance(0.5) if draw.chance(0.98) else 0
    if draw.chance(0.2):
        arguments["divisor_override"] = draw.whole(-2, 3)
    name = f"avg_pool{draw.rank}d"
    return case(draw, name, arguments, getattr(F, name))


def pad(rng: np.random.Generator) -> Case:
    """Any padding."""
    draw = Draw(rng)
    axes = draw.whole(1, 5)
    shape = tuple(draw.whole(1, 4) for _ in range(axes))
    rank = min(max(axes - draw.whole(1, 2), 1), 3) if draw.chance(0.8) else draw.whole(0, 6)
    flat = tuple(draw.whole(-2, 3) for _ in range(2 * rank + draw.chance(0.02)))
    arguments = {"input": draw.array(shape), "pad": flat if draw.chance(0.98) else 1}
    arguments["mode"] = str(rng.choice(["constant", *MODES])) if draw.chance(0.98) else "edge"
    if draw.chance(0.2):
        arguments["value"] = draw.whole(0, 2) / 2
    return case(draw, "pad", arguments, F.pad)


def unfold(rng: np.random.Generator) -> Case:
    """Any unfold."""
    draw = Draw(rng)
    draw.rank, draw.dtype = 2, "float64"
    lead = () if draw.chance(0.25) else (2,)
    return case(
        draw,
        "unfold",
        {
            "input": draw.array((*lead, draw.whole(1, 3), *draw.spatial(1, 7))),
            "kernel_size": draw.axes(1, 3),
            "dilation": draw.axes(1, 2),
            "padding": draw.axes(0, 2),
            "stride": draw.axes(1, 3),
        },
        F.unfold,
    )


def fold(rng: np.random.Generator) -> Case:
    """Any fold."""
    draw = Draw(rng)
    draw.rank, draw.dtype = 2, "float64"
    kernel, spacing, zeros, steps = (
        draw.spatial(low, high) for low, high in ((1, 3), (1, 2), (0, 2), (1, 3))
    )
    size = draw.spatial(3, 7)
    taken = [
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, k, d, p, s in zip(size, kernel, spacing, zeros, steps, strict=True)
    ]
    positions = max(0, taken[0]) * max(0, taken[1])
    lead = () if draw.chance(0.25) else (2,)
    shape = (*lead, kernel[0] * kernel[1] * draw.whole(1, 2), positions)
    odd = draw.axes(1, 3, odd=1.0) if draw.chance(0.05) else kernel
    return case(
        draw,
        "fold",
        {
            "input": draw.array(shape),
            "output_size": size,
            "kernel_size": odd,
            "dilation": spacing,
            "padding": zeros,
            "stride": steps,
        },
        F.fold,
    )


def linear(rng: np.random.Generator) -> Case:
    """Any fully connected layer."""
    draw = Draw(rng)
    lead = tuple(draw.whole(1, 3) for _ in range(draw.whole(0, 3)))
    features, out = draw.whole(1, 4), draw.whole(1, 4)
    weight = draw.array((out, features) if draw.chance(0.8) else (features,))
    shape = (out,) if draw.chance(0.8) else (*lead, out)[draw.whole(0, len(lead) + 1) :]
    bias = draw.array(shape, odd=0.1) if draw.chance(0.6) else None
    return case(
        draw,
        "linear",
        {
            "input": draw.array((*lead, features)),
            "weight": weight,
            "bias": bias,
        },
        F.linear,
    )


FORWARD: list[Callable[[np.random.Generator], Case]] = [
    conv,
    conv_padded,
    conv_transpose,
    max_pool,
    avg_pool,
    pad,
    unfold,
    fold,
    linear,
]
