"""What stands between the convolutions of a network: fully connected layers and ReLU."""

from cnnlib import _check
from cnnlib._check import Array


def linear(input: Array, weight: Array, bias: Array | None = None) -> Array:
    """Take the inner product of every row of ``input`` with every row of ``weight``."""
    xp = _check.namespace(input=input, weight=weight, bias=bias)
    _check.same_dtype(input=input, weight=weight, bias=bias)
    if input.shape[-1] != weight.shape[-1]:
        raise ValueError(
            f"`input` has {input.shape[-1]} features but `weight` expects {weight.shape[-1]} "
            f"(weight.shape[1]); input {tuple(input.shape)}, weight {tuple(weight.shape)}"
        )
    out = xp.matmul(input, xp.permute_dims(weight, (1, 0)))
    return out if bias is None else out + bias


def relu(input: Array) -> Array:
    """Replace every negative entry by zero."""
    xp = _check.namespace(input=input)
    return xp.where(input <= 0, xp.zeros_like(input), input)
