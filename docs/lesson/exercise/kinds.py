"""What each kind of exercise is given, and its answer as cnnlib computes it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnlib import inner_product, shape
from lesson.exercise import backward, correlation
from lesson.exercise.given import (
    flag,
    integer,
    integers,
    known,
    numbers,
    per_axis,
    window,
)

Answer = Any
"""A number, a tuple of integers (a shape) or nested lists of numbers (a grid)."""

WINDOW = {"stride": None, "padding": 0, "dilation": 1, "ceil_mode": False}


@dataclass(frozen=True)
class Kind:
    """The names that `given` has, and how they become an answer."""

    required: tuple[str, ...]
    optional: dict[str, Any]
    read: Callable[[dict[str, Any]], dict[str, Any]]
    answer: Callable[[dict[str, Any]], Answer]

    def check(self, given: Any) -> dict[str, Any]:
        """Return `given` complete and normalised, or say what is wrong with it."""
        return self.read(known(given, self.required, self.optional))


def _size(given: dict[str, Any]) -> dict[str, Any]:
    size = given["input"]
    rank = len(size) if isinstance(size, list | tuple) else 1
    pool = flag("pool", given["pool"])
    stride = 1 if given["stride"] is None and not pool else given["stride"]
    return {
        "input": per_axis("input", size, rank),
        **window({**given, "stride": stride}, rank),
        "pool": pool,
        "ceil_mode": flag("ceil_mode", given["ceil_mode"]),
    }


def output_size(given: dict[str, Any]) -> int | tuple[int, ...]:
    """Return the spatial size after the layer: one number for one axis."""
    size, kernel, stride = given["input"], given["kernel_size"], given["stride"]
    pad, dilation = given["padding"], given["dilation"]
    if given["pool"]:
        if pad in ("same", "valid"):
            raise ValueError(f"`padding` of a pooling must be a number, got {pad!r}")
        result = shape.pool_output_size(size, kernel, stride, pad, dilation, given["ceil_mode"])
    else:
        result = shape.conv_output_size(size, kernel, stride, pad, dilation)
    return result[0] if len(size) == 1 else tuple(result)


def _layer(given: dict[str, Any]) -> dict[str, Any]:
    lengths = integers("input", given["input"])
    if len(lengths) < 3:
        raise ValueError(f"`input` must be (N, C, ...), got {lengths}")
    pool = flag("pool", given.get("pool", False)) or given["out_channels"] is None
    return {
        **_size({**given, "input": lengths[2:], "pool": pool}),
        "batch": lengths[0],
        "channels": lengths[1],
        "out_channels": lengths[1] if pool else integer("out_channels", given["out_channels"]),
        "groups": integer("groups", given["groups"]),
    }


def output_shape(given: dict[str, Any]) -> tuple[int, ...]:
    """Return (N, C, ...) after the layer."""
    filters = shape.weight_shape(
        given["channels"], given["out_channels"], given["kernel_size"], given["groups"]
    )
    size = output_size(given)
    spatial = size if isinstance(size, tuple) else (size,)
    return (given["batch"], filters[0], *spatial)


def _weight(given: dict[str, Any]) -> dict[str, Any]:
    kernel = given["kernel_size"]
    rank = len(kernel) if isinstance(kernel, list | tuple) else 2
    return {
        "in_channels": integer("in_channels", given["in_channels"]),
        "out_channels": integer("out_channels", given["out_channels"]),
        "kernel_size": per_axis("kernel_size", kernel, rank),
        "groups": integer("groups", given["groups"]),
        "bias": flag("bias", given["bias"]),
    }


def weight_shape(given: dict[str, Any]) -> tuple[int, ...]:
    """Return (out_channels, in_channels / groups, *kernel_size)."""
    names = ("in_channels", "out_channels", "kernel_size", "groups")
    return tuple(shape.weight_shape(*(given[name] for name in names)))


def _parameters(given: dict[str, Any]) -> dict[str, Any]:
    if "in_features" in given:
        linear = known(given, ("in_features", "out_features"), {"bias": True})
        return {
            "in_features": integer("in_features", linear["in_features"]),
            "out_features": integer("out_features", linear["out_features"]),
            "bias": flag("bias", linear["bias"]),
        }
    names = ("in_channels", "out_channels", "kernel_size")
    return _weight(known(given, names, {"groups": 1, "bias": True}))


def parameters(given: dict[str, Any]) -> int:
    """Return how many numbers the layer learns."""
    if "in_features" in given:
        return shape.linear_parameters(*given.values())
    return shape.conv_parameters(*given.values())


def multiply_adds(given: dict[str, Any]) -> int:
    """Return how many multiplications (each with its addition) the layer makes."""
    filters = shape.weight_shape(
        given["channels"], given["out_channels"], given["kernel_size"], given["groups"]
    )
    return math.prod(output_shape(given)) * math.prod(filters[1:])


def _pair(given: dict[str, Any]) -> dict[str, Any]:
    a, b = (numbers(name, given[name], (1, 2)) for name in ("a", "b"))
    if a.shape != b.shape:
        raise ValueError(f"`a` and `b` must have one shape, got {a.shape} and {b.shape}")
    return {"a": a, "b": b}


def _cell(given: dict[str, Any]) -> dict[str, Any]:
    call = correlation.read(given)
    return {"call": call, "at": correlation.position(call, given["at"])}


def _output(given: dict[str, Any]) -> dict[str, Any]:
    call = correlation.read(given)
    channels, rows, cols = call.output().shape
    if channels != 1 or cols > 6 or rows * cols > 36:
        raise ValueError(
            "`output` must be one matrix of at most 6 columns and 36 cells, "
            f"got {(channels, rows, cols)}"
        )
    return {"call": call}


def _flatten(given: dict[str, Any]) -> dict[str, Any]:
    lengths = integers("shape", given["shape"])
    start, end = given["start_dim"], given["end_dim"]
    for name, value in (("start_dim", start), ("end_dim", end)):
        integer(name, value, least=-len(lengths))
        if value >= len(lengths):
            raise ValueError(f"`{name}` must be below {len(lengths)}, got {value}")
    start, end = start % len(lengths), end % len(lengths)
    if start > end:
        raise ValueError(f"`start_dim` must not come after `end_dim`, got {start} and {end}")
    return {"shape": lengths, "start_dim": start, "end_dim": end}


def flatten(given: dict[str, Any]) -> tuple[int, ...]:
    """Return the shape after joining the axes from start_dim to end_dim."""
    lengths, start, end = given["shape"], given["start_dim"], given["end_dim"]
    return (*lengths[:start], math.prod(lengths[start : end + 1]), *lengths[end + 1 :])


def _linear(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "input": integers("input", given["input"]),
        "out_features": integer("out_features", given["out_features"]),
    }


def _field(given: dict[str, Any]) -> dict[str, Any]:
    layers = given["layers"]
    if not isinstance(layers, list | tuple) or not layers:
        raise ValueError(f"`layers` must be a list of [kernel_size, stride], got {layers!r}")
    rows = []
    for i, layer in enumerate(layers):
        row = integers(f"layers[{i}]", layer)
        if len(row) not in (2, 3):
            raise ValueError(
                f"`layers[{i}]` must be [kernel_size, stride] or "
                f"[kernel_size, stride, dilation], got {layer!r}"
            )
        rows.append((*row, 1)[:3])
    return {"layers": rows}


_SIZE = {**WINDOW, "pool": False}
_LAYER = {**_SIZE, "out_channels": None, "groups": 1}
_CONV = ("in_channels", "out_channels", "kernel_size")
_CALL = ("input", "weight")

KINDS: dict[str, Kind] = {
    "output-size": Kind(("input", "kernel_size"), _SIZE, _size, output_size),
    "output-shape": Kind(("input", "kernel_size"), _LAYER, _layer, output_shape),
    "weight-shape": Kind(_CONV, {"groups": 1, "bias": True}, _weight, weight_shape),
    "parameters": Kind(
        (),
        dict.fromkeys(("in_features", "out_features", *_CONV, "groups", "bias")),
        lambda given: _parameters({k: v for k, v in given.items() if v is not None}),
        parameters,
    ),
    "multiply-adds": Kind(
        ("input", "out_channels", "kernel_size"),
        {**WINDOW, "groups": 1},
        _layer,
        multiply_adds,
    ),
    "inner-product": Kind(
        ("a", "b"),
        {},
        _pair,
        lambda given: np.asarray(inner_product(given["a"], given["b"])).item(),
    ),
    "cell": Kind(
        (*_CALL, "at"),
        correlation.DEFAULTS,
        _cell,
        lambda given: given["call"].output()[given["at"]].item(),
    ),
    "output": Kind(
        _CALL,
        correlation.DEFAULTS,
        _output,
        lambda given: given["call"].output()[0].tolist(),
    ),
    "flatten": Kind(("shape",), {"start_dim": 1, "end_dim": -1}, _flatten, flatten),
    "linear-shape": Kind(
        ("input", "out_features"),
        {},
        _linear,
        lambda given: (*given["input"][:-1], given["out_features"]),
    ),
    "receptive-field": Kind(
        ("layers",),
        {},
        _field,
        lambda given: shape.receptive_field(given["layers"]),
    ),
    "transposed-size": Kind(
        ("input", "kernel_size"), backward.SIZE, backward.read_size, backward.transposed_size
    ),
    "gradient-cell": Kind(
        ("wrt", *_CALL, "grad_output", "at"),
        backward.LAYER,
        backward.read_gradient,
        backward.gradient_cell,
    ),
}
