"""Exercises about the way back: a number of a gradient, a size of a transposed convolution."""

import math
from typing import Any

import numpy as np

import cnnlib
from lesson.exercise.given import integers, numbers, per_axis
from lesson.exercise.writing import LETTERS, Line, Worked, into, number, out, sum_of_products

Given = dict[str, Any]
SIZE = {"stride": 1, "padding": 0, "output_padding": 0, "dilation": 1}
LAYER = {"stride": 1, "padding": 0}


def read_size(given: Given) -> Given:
    """Return what a size depends on, one number an axis."""
    size = given["input"]
    rank = len(size) if isinstance(size, list | tuple) else 1
    least = {"padding": 0, "output_padding": 0}
    checked = {
        name: per_axis(name, given[name], rank, least.get(name, 1))
        for name in ("input", "kernel_size", *SIZE)
    }
    transposed_size(checked)  # refuses what cannot be computed, with cnnlib's reason
    return checked


def transposed_size(given: Given) -> int | tuple[int, ...]:
    """Return the spatial size after a transposed convolution: one number for one axis."""
    size, kernel = given["input"], given["kernel_size"]
    law = {1: cnnlib.conv_transpose1d, 2: cnnlib.conv_transpose2d}[len(size)]
    arguments = (given[name] for name in ("stride", "padding", "output_padding"))
    out = law(
        np.zeros((1, *size)), np.zeros((1, 1, *kernel)), None, *arguments, 1, given["dilation"]
    )
    return out.shape[1] if len(size) == 1 else tuple(out.shape[1:])


def worked_size(given: Given, lang: str) -> Worked:
    """Undo the moves, take the padding off, add what the filter reaches further."""
    law = {
        "ko": "입력의 칸마다 필터를 $S$칸 간격으로 내려놓고, 양쪽에서 $P$칸씩 잘라 냅니다"
        "($E$는 `output_padding`): ",
        "en": "The filter is put down for each cell of the input, $S$ apart, and $P$ cells are cut "
        "off at each end ($E$ is `output_padding`): ",
    }
    letter = LETTERS[len(given["kernel_size"])][-2:][0]
    size = f"${out(letter)} = ({into(letter)} - 1) S - 2P + D(K - 1) + E + 1$"
    names = ("input", "kernel_size", *SIZE)
    rows = dict.fromkeys(zip(*(given[name] for name in names), strict=True))
    lines = []
    for n, k, s, p, e, d in rows:
        filled = rf"({n} - 1) \cdot {s} - 2 \cdot {p} + {d} \cdot ({k} - 1) + {e} + 1"
        lines.append(Line(f"${filled}$", f"$= {(n - 1) * s - 2 * p + d * (k - 1) + e + 1}$"))
    return Worked(law[lang] + size, tuple(lines))


def read_gradient(given: Given) -> Given:
    """Return the arrays, and the cell of the gradient that is asked for."""
    if given["wrt"] not in ("input", "weight"):
        raise ValueError(f"`wrt` must be input or weight, got {given['wrt']!r}")
    arrays = {name: numbers(name, given[name], (2,)) for name in ("input", "weight", "grad_output")}
    layer = {
        name: per_axis(name, given[name], 2, least)
        for name, least in zip(LAYER, (1, 0), strict=True)
    }
    checked = {"wrt": given["wrt"], **arrays, **layer}
    at, shape = integers("at", given["at"], least=0), gradient(checked).shape
    if len(at) != 2 or any(place >= size for place, size in zip(at, shape, strict=True)):
        raise ValueError(f"`at` must be a cell of the gradient {shape}, got {list(at)}")
    return {**checked, "at": at}


def gradient(given: Given) -> np.ndarray:
    """Return the whole gradient, (H, W) or (KH, KW)."""
    x, w, grad = (given[name][None].astype(float) for name in ("input", "weight", "grad_output"))
    layer = (given["stride"], given["padding"])
    if given["wrt"] == "input":
        return cnnlib.grad.conv2d_input(x.shape, w[None], grad, *layer)[0]
    return cnnlib.grad.conv2d_weight(x, w[None].shape, grad, *layer)[0, 0]


def gradient_cell(given: Given) -> int | float:
    """Return one number of the gradient."""
    found = float(gradient(given)[given["at"]])
    return int(found) if found == int(found) else found


def pairs(given: Given) -> list[tuple[float, float]]:
    """Return (output's gradient, what it is multiplied by) of every output that counts."""
    found = []
    for place in np.ndindex(*given["grad_output"].shape):
        start = [
            i * s - p for i, s, p in zip(place, given["stride"], given["padding"], strict=True)
        ]
        if given["wrt"] == "weight":
            other, at = given["input"], tuple(np.add(start, given["at"]))
        else:
            other, at = given["weight"], tuple(np.subtract(given["at"], start))
        if all(0 <= a < n for a, n in zip(at, other.shape, strict=True)):
            found.append((given["grad_output"][place].item(), other[at].item()))
    return found


def worked_cell(given: Given, lang: str) -> Worked:
    """Write the products of the outputs in whose sums the cell stands."""
    law = {
        "weight": {
            "ko": "필터의 이 칸이 창마다 곱해진 입력에, "
            "그 창에서 나온 출력의 기울기를 곱해 모두 더합니다.",
            "en": "Multiply the input that this cell of the filter has met in each window by the "
            "gradient of that window's output, and add them all.",
        },
        "input": {
            "ko": "입력의 이 칸이 창마다 곱해진 필터의 수에, "
            "그 창에서 나온 출력의 기울기를 곱해 모두 더합니다.",
            "en": "Multiply the number of the filter that this cell of the input has met in each "
            "window by the gradient of that window's output, and add them all.",
        },
    }[given["wrt"]][lang]
    found = pairs(given)
    left, right = (np.array(side) for side in zip(*found, strict=True)) if found else ([0], [0])
    total = math.fsum(a * b for a, b in found)
    return Worked(
        law, (Line(sum_of_products(np.asarray(left), np.asarray(right)), f"= **{number(total)}**"),)
    )
