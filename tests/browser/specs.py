"""Random figures, possible and impossible, and what cnnlib says of each."""
# ruff: noqa: E501  (scripts, fences and models stand in one piece)

import random

import numpy as np

import cnnlib


def numbers(rng, *shape):
    """Return nested lists of small whole numbers and halves."""
    if not shape:
        return rng.choice([rng.randint(-9, 9), rng.randint(-9, 9) / 2])
    return [numbers(rng, *shape[1:]) for _ in range(shape[0])]


def convolution(rng):
    """Return the spec of a convolution; about one in four cannot be computed."""
    rank, groups = rng.choice([1, 2, 2]), rng.choice([1, 1, 1, 2, 3])
    depth, filters = rng.randint(1, 3), groups * rng.randint(1, 2)
    channels = groups * depth + rng.choice([0] * 12 + [1])
    filters += rng.choice([0] * 12 + [1])
    padding = rng.choice(["same", "valid", 0, 0, 1, 2, [rng.randint(0, 3) for _ in range(rank)]])
    return {
        "kind": f"conv{rank}d",
        "input": numbers(rng, channels, *(rng.randint(1, 7) for _ in range(rank))),
        "weight": numbers(rng, filters, depth, *(rng.randint(1, 4) for _ in range(rank))),
        "bias": rng.choice([None, None, numbers(rng, filters + rng.choice([0] * 9 + [1]))]),
        "stride": rng.choice([1, 1, 2, 3, [rng.randint(0, 3) for _ in range(rank)]]),
        "padding": padding,
        "dilation": rng.choice([1, 1, 1, 2, [rng.randint(1, 3) for _ in range(rank)]]),
        "groups": groups,
        "padding_mode": rng.choice(["zeros", "zeros", "reflect", "replicate", "circular"]),
        "flip": rng.random() < 0.3,
        "at": None,
    }


def computed(spec):
    """Return what cnnlib computes for a convolution's spec, or the message of its refusal."""
    rank = int(spec["kind"][4])
    weight = np.array(spec["weight"], float)
    kernel = np.flip(weight, tuple(range(2, 2 + rank))) if spec["flip"] else weight
    x, bias = np.array(spec["input"], float), spec["bias"]
    each = {key: axes(spec[key], rank) for key in ("stride", "padding", "dilation")}
    try:
        output = getattr(cnnlib, spec["kind"])(
            x, kernel, None if bias is None else np.array(bias, float), each["stride"],
            each["padding"], each["dilation"], spec["groups"], padding_mode=spec["padding_mode"],
        )  # fmt: skip
    except (ValueError, TypeError) as error:
        return {"error": str(error)}
    pairs = borders(each["padding"], weight.shape[2:], each["dilation"])
    mode = {"zeros": "constant"}.get(spec["padding_mode"], spec["padding_mode"])
    padded = cnnlib.pad(x, [side for pair in reversed(pairs) for side in pair], mode)
    shown = {"input": x, "padded": padded, "weight": weight, "kernel": kernel, "output": output}
    return {
        "error": None,
        **{name: array.tolist() for name, array in shown.items()},
        "shapes": {name: list(array.shape) for name, array in shown.items()},
        "bias": bias,
    }


def borders(padding, kernel, dilation):
    """Return (before, after) for each axis."""
    if padding == "same":
        return cnnlib.shape.same_padding(kernel, dilation)
    return [(side, side) for side in ((0,) * len(kernel) if padding == "valid" else padding)]


def axes(value, rank):
    """Return a size as the tuple that the figures hand to cnnlib."""
    if isinstance(value, str):
        return value
    return tuple(value) if isinstance(value, list) else (value,) * rank


def pooling(rng):
    """Return the spec of a pooling."""
    kernel = rng.choice([1, 2, 3, [rng.randint(0, 3), rng.randint(1, 3)]])
    return {
        "kind": "pool2d", "input": numbers(rng, rng.randint(1, 7), rng.randint(1, 7)),
        "kernel_size": list(axes(kernel, 2)), "stride": [rng.randint(1, 3), rng.randint(1, 3)],
        "padding": [rng.randint(0, 2), rng.randint(0, 1)], "mode": rng.choice(["max", "avg"]),
        "at": None,
    }  # fmt: skip


def pooled(spec):
    """Return what cnnlib pools, or the message of its refusal."""
    function = {"max": cnnlib.max_pool2d, "avg": cnnlib.avg_pool2d}[spec["mode"]]
    keys = ("kernel_size", "stride", "padding")
    try:
        x = np.array(spec["input"], float)[None]
        return {
            "error": None,
            "output": function(x, *(tuple(spec[key]) for key in keys))[0].tolist(),
        }
    except (ValueError, TypeError) as error:
        return {"error": str(error)}


def padding(rng):
    """Return the spec of a padding figure."""
    return {
        "kind": "pad2d", "input": numbers(rng, rng.randint(1, 4), rng.randint(1, 4)),
        "pad": [rng.randint(0, 4) for _ in range(4)], "value": rng.randint(0, 3), "at": None,
        "mode": rng.choice(["zeros", "constant", "reflect", "replicate", "circular"]),
    }  # fmt: skip


def padded(spec):
    """Return what cnnlib pads, or the message of its refusal."""
    mode = {"zeros": "constant"}.get(spec["mode"], spec["mode"])
    fill = spec["value"] if mode == "constant" else None
    try:
        x = np.array(spec["input"], float)[None]
        return {"error": None, "padded": cnnlib.pad(x, spec["pad"], mode, fill)[0].tolist()}
    except (ValueError, TypeError) as error:
        return {"error": str(error)}


def chain(rng):
    """Return the shape of an input and lines of layers, right or wrong for each other."""
    shape, lines = (
        [rng.randint(1, 4), rng.randint(1, 4), rng.randint(4, 20), rng.randint(4, 20)],
        [],
    )
    channels = shape[1]
    for _ in range(rng.randint(1, 4)):
        outs = rng.randint(1, 6)
        lines.append(rng.choice([
            f"Conv2d({channels}, {outs}, kernel_size={rng.randint(1, 5)}, stride={rng.randint(1, 2)}, "
            f"padding={rng.randint(0, 2)}, dilation={rng.randint(1, 2)})",
            f"Conv2d({channels}, {outs}, ({rng.randint(1, 4)}, {rng.randint(1, 4)}), padding='same', bias=False)",
            f"MaxPool2d({rng.randint(1, 3)}, ceil_mode={rng.choice([True, False])})",
            f"AvgPool2d({rng.randint(2, 3)}, stride={rng.randint(1, 3)}, padding=1)",
            "ReLU()",
        ]))  # fmt: skip
        channels = outs if lines[-1].startswith("Conv") else channels
    features = rng.choice([channels, 144])
    lines += rng.choice(
        [[], ["Flatten()"], ["Flatten()", f"Linear({features}, {rng.randint(1, 9)})"]]
    )
    return shape, lines


def traced(shape, lines):
    """Return cnnlib's rows for a chain, or the message of its refusal."""
    names = {name: getattr(cnnlib.layers, name) for name in (
        "Conv2d", "MaxPool2d", "AvgPool2d", "ReLU", "Flatten", "Linear")}  # fmt: skip
    try:
        rows = cnnlib.layers.trace(shape, [eval(line, names) for line in lines])
    except (ValueError, TypeError) as error:
        return {"error": str(error)}
    return {"error": None, "rows": [
        [list(row.output_shape), row.parameters, row.multiply_adds,
         row.receptive_field and list(row.receptive_field)] for row in rows
    ]}  # fmt: skip


def many(make, count, seed):
    """Return `count` random specs, the same ones every time."""
    rng = random.Random(seed)
    return [make(rng) for _ in range(count)]
