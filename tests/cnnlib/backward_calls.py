"""The fuzz's backward families: cnnlib.grad and autograd through cnnlib, against torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

import cnnlib
from tests.cnnlib.calls import Case, Draw, convolution, pooling, tensors, text_of


def conv_grad(rng: np.random.Generator) -> Case:
    """A gradient of a convolution, against torch.nn.grad."""
    draw = Draw(rng)
    draw.dtype = "float64"
    forward = convolution(draw, batched=True)
    name = f"conv{draw.rank}d_{rng.choice(['input', 'weight'])}"
    try:
        out = getattr(F, f"conv{draw.rank}d")(**tensors(forward))
        grad = draw.array(tuple(out.shape), odd=0.06)
    except Exception:
        grad = draw.array((2, 2, *draw.spatial(1, 4)))
    return gradient_case(draw, name, forward, grad, getattr(torch.nn.grad, name))


def gradient_case(draw: Draw, name: str, forward: dict[str, Any], grad: Any, theirs: Any) -> Case:
    """Make a case of a gradient's name, its forward arguments and the output's gradient."""
    x, w = forward.pop("input"), forward.pop("weight")
    forward.pop("bias")
    wanted = (
        {"input_size": x.shape, "weight": w}
        if name.endswith("input")
        else {"input": x, "weight_size": w.shape}
    )
    arguments = {**wanted, "grad_output": grad, **forward}
    mine = tensors(arguments) if draw.torch else arguments
    return Case(
        text_of(name, mine),
        name,
        {"input": x, **arguments},
        lambda: [getattr(cnnlib.grad, name)(**mine)],
        lambda: [theirs(**tensors(arguments))],
    )


def conv_transpose_grad(rng: np.random.Generator) -> Case:
    """A gradient of a transposed convolution, against torch's autograd."""
    draw = Draw(rng)
    draw.dtype = "float64"
    forward = convolution(draw, odd=0.0, batched=draw.chance(0.8))
    forward["groups"] = groups = max(1, forward["groups"])
    channels = forward["input"].shape[-draw.rank - 1]
    w = forward["weight"]
    forward["weight"] = draw.array((channels, w.shape[1], *w.shape[2:]), odd=0.0)
    forward["output_padding"] = draw.axes(0, 2, odd=0.0)
    which = str(rng.choice(["input", "weight"]))
    name = f"conv_transpose{draw.rank}d"
    bias, forward["bias"] = forward["bias"], None
    leaves = tensors(forward)
    leaves[which].requires_grad_()
    try:
        if channels % groups:
            raise ValueError("no such layer")
        out = getattr(F, name)(**leaves)
        grad = draw.array(tuple(out.shape), odd=0.0)
    except Exception:
        out, grad = None, draw.array((2, 2, *draw.spatial(1, 4)), odd=0.0)
    forward["bias"] = bias

    def theirs(**_: Any) -> torch.Tensor:
        if out is None:
            raise ValueError("the forward call was refused")
        return torch.autograd.grad(out, leaves[which], torch.from_numpy(grad))[0]

    return gradient_case(draw, f"{name}_{which}", forward, grad, theirs)


def pool_grad(rng: np.random.Generator) -> Case:
    """A gradient of a pooling, against torch's autograd."""
    draw = Draw(rng)
    draw.dtype = "float64"
    forward = pooling(draw, odd=0.01)
    kind = str(rng.choice(["max", "avg"]))
    name = f"{kind}_pool{draw.rank}d"
    if kind == "avg" and draw.chance(0.5):
        forward["count_include_pad"] = False
    x = forward.pop("input")
    if kind == "max":  # ties, so that the choice among equals is compared too
        x = np.round(x)
    leaf = torch.from_numpy(x.copy()).requires_grad_()
    try:
        out = getattr(F, name)(leaf, **forward)
        grad = draw.array(tuple(out.shape), odd=0.05)
    except Exception:
        out, grad = None, draw.array((2, 2, *draw.spatial(1, 4)), odd=0.0)
    which = {"input": x} if kind == "max" else {"input_size": x.shape}
    arguments = {**which, "grad_output": grad, **forward}
    mine = tensors(arguments) if draw.torch else arguments

    def theirs() -> list[torch.Tensor]:
        if out is None or out.shape != grad.shape:
            raise ValueError("the forward call was refused")
        return list(torch.autograd.grad(out, leaf, torch.from_numpy(grad)))

    function = getattr(cnnlib.grad, f"{name}_input")
    return Case(
        text_of(f"{name}_input", mine),
        name,
        {"input": x, **arguments},
        lambda: [function(**mine)],
        theirs,
    )


def autograd(rng: np.random.Generator) -> Case:
    """Output and gradients of a torch tensor that went through cnnlib."""
    draw = Draw(rng)
    draw.dtype, draw.torch = "float64", True
    name = str(rng.choice([f"conv{draw.rank}d", f"max_pool{draw.rank}d", f"avg_pool{draw.rank}d"]))
    arguments = convolution(draw, odd=0.005) if "conv" in name else pooling(draw, odd=0.005)

    def results(function: Callable[..., torch.Tensor]) -> list[torch.Tensor]:
        given = tensors(arguments)
        leaves = [v.requires_grad_() for v in given.values() if isinstance(v, torch.Tensor)]
        out = function(**given)
        return [out.detach(), *torch.autograd.grad((out * out).sum(), leaves)]

    return Case(
        text_of(f"autograd of {name}", arguments),
        name,
        arguments,
        lambda: results(getattr(cnnlib, name)),
        lambda: results(getattr(F, name)),
    )


BACKWARD: list[Callable[[np.random.Generator], Case]] = [
    conv_grad,
    conv_transpose_grad,
    pool_grad,
    autograd,
]
