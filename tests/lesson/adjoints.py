"""Random gradients and transposed convolutions, and what cnnlib and torch make of them."""

import random

import numpy as np
import torch
import torch.nn.functional as F

import cnnlib

AXES = ("stride", "padding", "dilation")


def numbers(rng, *shape):
    """Return nested lists of small whole numbers."""
    if not shape:
        return rng.randint(-9, 9)
    return [numbers(rng, *shape[1:]) for _ in range(shape[0])]


def gradient(rng):
    """Return the spec of a gradient that is possible, remainders of the stride included."""
    wrt = rng.choice(["input", "weight"])
    groups = rng.choice([1, 1, 2, 3]) if wrt == "input" else 1
    depth = rng.randint(1, 2) if wrt == "input" else 1
    filters = groups * rng.randint(1, 2)
    each = {
        "stride": [rng.randint(1, 3) for _ in range(2)],
        "padding": [rng.randint(0, 2) for _ in range(2)],
        "dilation": [rng.randint(1, 2) for _ in range(2)],
    }
    kernel = [rng.randint(1, 3) for _ in range(2)]
    least = [
        max(1, d * (k - 1) + 1 - 2 * p)
        for k, p, d in zip(kernel, each["padding"], each["dilation"], strict=True)
    ]
    size = [n + rng.randint(0, 5) for n in least]
    out = cnnlib.shape.conv_output_size(size, kernel, *(each[key] for key in AXES))
    return {
        "kind": "conv2d-grad", "wrt": wrt, **each, "groups": groups,
        "input": numbers(rng, groups * depth, *size),
        "weight": numbers(rng, filters, depth, *kernel),
        "grad_output": rng.choice([numbers(rng, filters, *out)] * 3 + [None]),
    }  # fmt: skip


def transpose(rng):
    """Return the spec of a transposed convolution; about one in four cannot be computed."""
    rank, groups = rng.choice([1, 2, 2]), rng.choice([1, 1, 2, 3])
    outputs = rng.randint(1, 2)
    channels = groups * rng.randint(1, 2) + rng.choice([0] * 20 + [1])
    stride, dilation = rng.choice([1, 1, 2, 3]), rng.choice([1, 1, 2])
    size = [rng.randint(1, 4) for _ in range(rank)]
    bias = numbers(rng, groups * outputs + rng.choice([0] * 12 + [1]))
    return {
        "kind": f"conv-transpose{rank}d",
        "input": numbers(rng, channels + rng.choice([0] * 20 + [1]), *size),
        "weight": numbers(rng, channels, outputs, *(rng.randint(1, 3) for _ in range(rank))),
        "bias": rng.choice([None, bias]),
        "stride": [stride] * rank,
        "padding": [rng.choice([0, 0, 1, 2]) for _ in range(rank)],
        "dilation": [dilation] * rank,
        "output_padding": [rng.choice([0, 0, max(stride, dilation) - 1, 2]) for _ in range(rank)],
        "groups": groups,
    }  # fmt: skip


def any_of_them(rng):
    """Return the spec of one or the other."""
    return rng.choice([gradient, transpose])(rng)


def many(count, seed):
    """Return so many specs, the same ones every time."""
    rng = random.Random(seed)
    return [any_of_them(rng) for _ in range(count)]


def computed(spec):
    """Return cnnlib's numbers for a spec, (O, …), or the message of its refusal."""
    x, w = (np.array(spec[key], float) for key in ("input", "weight"))
    axes = [tuple(spec[key]) for key in AXES]
    if spec["kind"] == "conv2d-grad":
        grad = np.array(_grad_of(spec, cnnlib.conv2d(x, w, None, *axes, spec["groups"])), float)
        if spec["wrt"] == "input":
            out = cnnlib.grad.conv2d_input(x.shape, w, grad, *axes, spec["groups"])
        else:
            out = cnnlib.grad.conv2d_weight(x, w.shape, grad, *axes, spec["groups"])[:, 0]
        return {"error": None, "output": out.tolist()}
    bias = None if spec["bias"] is None else np.array(spec["bias"], float)
    law = getattr(cnnlib, spec["kind"].replace("-", "_"))
    try:
        out = law(
            x, w, bias, axes[0], axes[1], tuple(spec["output_padding"]), spec["groups"], axes[2]
        )
    except ValueError as error:
        return {"error": str(error)}
    return {"error": None, "output": out.tolist()}


def by_torch(spec):
    """Return torch's numbers for a spec that cnnlib takes: a gradient by autograd."""
    x, w = (torch.tensor(spec[key], dtype=torch.float64) for key in ("input", "weight"))
    axes = [tuple(spec[key]) for key in AXES]
    if spec["kind"] == "conv2d-grad":
        x.requires_grad_()
        w.requires_grad_()
        y = F.conv2d(x, w, None, *axes, spec["groups"])
        y.backward(torch.tensor(_grad_of(spec, y.detach()), dtype=torch.float64))
        return (x.grad if spec["wrt"] == "input" else w.grad[:, 0]).tolist()
    bias = None if spec["bias"] is None else torch.tensor(spec["bias"], dtype=torch.float64)
    law = getattr(F, spec["kind"].replace("-", "_"))
    return law(
        x, w, bias, axes[0], axes[1], tuple(spec["output_padding"]), spec["groups"], axes[2]
    ).tolist()


def _grad_of(spec, output):
    """Return the output's gradients: ones where the spec has none."""
    return (
        np.ones(tuple(output.shape)).tolist()
        if spec["grad_output"] is None
        else spec["grad_output"]
    )
