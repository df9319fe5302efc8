"""Argument normalising, and every error text of the library in one place.

A caller sees ``"`name` must <rule>, got <value>; <the arithmetic that failed>"``: ValueError for
values and shapes, TypeError for types.  Nothing here touches the numbers inside an array.
"""

from operator import index
from types import ModuleType
from typing import Any, NoReturn

import array_api_compat
import numpy as np

Array = Any
"""A NumPy array or a torch tensor; what goes in comes out."""
Ints = int | tuple[int, ...]
"""One whole number for every axis, or one for each."""

AXES = {1: "L", 2: "H, W", 3: "D, H, W"}
PADDING_MODES = ("zeros", "reflect", "replicate", "circular")


def refuse(name: str, rule: str, got: object, why: str = "", error: type = ValueError) -> NoReturn:
    """Raise ``error`` with the library's one form of message."""
    raise error(f"`{name}` must {rule}, got {got}" + (f"; {why}" if why else ""))


def integer(name: str, value: Any, least: int | None = None) -> int:
    """Return ``value`` as an int of at least ``least``; bools and floats are no whole numbers."""
    if type(value) is not int:
        if isinstance(value, (bool, np.bool_)) or not hasattr(value, "__index__"):
            refuse(name, "be an int", repr(value), error=TypeError)
        try:
            value = index(value)
        except TypeError:
            refuse(name, "be an int", repr(value), error=TypeError)
    if least is not None and value < least:
        refuse(name, f"be at least {least}", value)
    return value


def ints(name: str, value: Any, rank: int, least: int | None = None) -> tuple[int, ...]:
    """Return one int an axis: an int or a sequence of one int counts for every axis."""
    if type(value) is int:
        axes: tuple[int, ...] = (value,) * rank
    elif isinstance(value, (tuple, list)):
        axes = tuple([integer(name, v) for v in value])
        if len(axes) == 1:
            axes *= rank
    else:
        axes = (integer(name, value),) * rank
    if len(axes) != rank:
        refuse(name, f"be an int or a tuple of {rank} ints", value, f"it has {len(axes)} entries")
    if least is not None and min(axes, default=least) < least:
        refuse(name, f"be at least {least}", value)
    return axes


def namespace(**arrays: Any) -> ModuleType:
    """Return the array namespace that all arguments share (None stands for a missing one)."""
    first, kind = "", None
    for name, array in arrays.items():
        if array is None:
            continue
        own = _kind(name, array)
        first, kind = (first, kind) if kind else (name, own)
        if own != kind:
            rule = f"be of the same kind as `{first}` ({kind})"
            refuse(name, rule, own, error=TypeError)
    if kind == "NumPy array":
        return np
    return array_api_compat.array_namespace(*(a for a in arrays.values() if a is not None))


def _kind(name: str, array: Any) -> str:
    if isinstance(array, np.ndarray):
        return "NumPy array"
    if array_api_compat.is_torch_array(array):
        return "torch tensor"
    refuse(name, "be a NumPy array or a torch tensor", type(array).__name__, error=TypeError)


def same_dtype(**arrays: Any) -> None:
    """Refuse arguments of different dtypes: nothing is promoted silently."""
    (first, array), *others = ((n, a) for n, a in arrays.items() if a is not None)
    for name, other in others:
        if other.dtype != array.dtype:
            rule = f"have the dtype of `{first}` ({array.dtype})"
            refuse(name, rule, other.dtype, error=TypeError)


def dtype_of(array: Array, *allowed: str) -> str:
    """Return the dtype's name ("float32"), whichever library it is from."""
    return str(array.dtype).rpartition(".")[2]


def axes(name: str, got: tuple[int, ...], rank: int, letters: str, unbatched: bool = False) -> None:
    """Refuse an array that has not ``rank`` axes behind its two first (or one, if unbatched)."""
    if len(got) == rank + 2 or (unbatched and len(got) == rank + 1):
        return
    several = f"{rank + 2} axes {letters}"
    if unbatched:
        several += f" or {rank + 1} without the batch"
    refuse(name, f"have {several}", len(got), f"{name} has shape {got}")
