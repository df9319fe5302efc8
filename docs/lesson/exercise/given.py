"""Read the `given` of an exercise: strict, with the reason of every refusal."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lesson.examples import example

MODES = ("zeros", "reflect", "replicate", "circular")


def integer(name: str, value: Any, least: int = 1) -> int:
    """Return `value` if it is an integer of at least `least`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"`{name}` must be an integer, got {value!r}")
    if value < least:
        raise ValueError(f"`{name}` must be at least {least}, got {value}")
    return value


def integers(name: str, value: Any, least: int = 1) -> tuple[int, ...]:
    """Return `value` as a tuple if it is a list of integers of at least `least`."""
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f"`{name}` must be a list of integers, got {value!r}")
    return tuple(integer(f"{name}[{i}]", v, least) for i, v in enumerate(value))


def per_axis(name: str, value: Any, rank: int, least: int = 1) -> tuple[int, ...]:
    """Return one integer for each of `rank` axes; a single integer serves them all."""
    if isinstance(value, list | tuple):
        if len(value) != rank:
            raise ValueError(f"`{name}` must have {rank} numbers, got {value!r}")
        return integers(name, value, least)
    return (integer(name, value, least),) * rank


def flag(name: str, value: Any) -> bool:
    """Return `value` if it is true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"`{name}` must be true or false, got {value!r}")
    return value


def numbers(name: str, value: Any, ranks: Sequence[int]) -> np.ndarray:
    """Return nested lists of numbers, or a named example, as an array of one of `ranks`."""
    if isinstance(value, str):
        value = example(value)
    try:
        array = np.array(value)
    except ValueError as error:
        raise ValueError(f"`{name}` must have rows of one length, got {value!r}") from error
    if array.dtype.kind not in "if" or array.size == 0:
        raise ValueError(f"`{name}` must hold numbers only, got {value!r}")
    if array.ndim not in ranks:
        wanted = " or ".join(map(str, ranks))
        raise ValueError(f"`{name}` must have {wanted} axes, got shape {array.shape}")
    return array


def padding(value: Any, rank: int) -> tuple[int, ...] | str:
    """Return `padding` as one number for each axis, or the words 'same' and 'valid'."""
    if value in ("same", "valid"):
        return value
    return per_axis("padding", value, rank, least=0)


def known(given: Any, required: Sequence[str], optional: Mapping[str, Any]) -> dict[str, Any]:
    """Return `given` with its defaults, refusing unknown and missing names."""
    if not isinstance(given, dict):
        raise ValueError(f"`given` must be a mapping of names to values, got {given!r}")
    unknown = sorted(map(str, set(given) - set(required) - set(optional)))
    if unknown:
        names = ", ".join([*required, *optional])
        raise ValueError(f"`given` has unknown {', '.join(unknown)}; it may have {names}")
    missing = [name for name in required if name not in given]
    if missing:
        raise ValueError(f"`given` must have {', '.join(missing)}")
    return {**optional, **given}


def window(given: dict[str, Any], rank: int) -> dict[str, Any]:
    """Return kernel size, stride, padding and dilation as one number for each axis.

    A stride of None is the kernel size, as in pooling.
    """
    kernel = per_axis("kernel_size", given["kernel_size"], rank)
    stride = given["stride"]
    return {
        "kernel_size": kernel,
        "stride": kernel if stride is None else per_axis("stride", stride, rank),
        "padding": padding(given["padding"], rank),
        "dilation": per_axis("dilation", given["dilation"], rank),
    }
