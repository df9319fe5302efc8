"""Argument normalising, and the one form that every error text of the library has.

``"`name` must <rule>, got <value>; <the arithmetic that failed>"``: ValueError for values and
shapes, TypeError for types.  Nothing here looks at the numbers inside an array.
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
    """Return ``value`` as an int of at least ``least``; neither a bool nor a float is one."""
    number = value
    if type(value) is not int:
        try:
            number = index(value)
        except TypeError:
            refuse(name, "be an int", repr(value), error=TypeError)
        if isinstance(value, (bool, np.bool_)):
            refuse(name, "be an int", repr(value), error=TypeError)
    if least is not None and number < least:
        refuse(name, f"be at least {least}", number)
    return number


def ints(
    name: str, value: Any, rank: int, least: int | None = None, lone: bool = True
) -> tuple[int, ...]:
    """Return one int an axis; an int (or, if ``lone``, a tuple of one) counts for every axis."""
    if type(value) is int:
        axes: tuple[int, ...] = (value,) * rank
    elif isinstance(value, (tuple, list)):
        axes = tuple([integer(name, entry) for entry in value])
        if lone and len(axes) == 1:
            axes *= rank
    else:
        axes = (integer(name, value),) * rank
    if len(axes) != rank:
        refuse(name, f"be an int or a tuple of {rank} ints", value, f"it has {len(axes)} entries")
    if least is not None and min(axes) < least:
        refuse(name, f"be at least {least}", value)
    return axes


def flag(name: str, value: Any) -> bool:
    """Return ``value`` if it is True or False; 0 and None are neither."""
    if not isinstance(value, bool):
        refuse(name, "be True or False", repr(value), error=TypeError)
    return value


def namespace(**arrays: Any) -> ModuleType:
    """Return the array namespace that all arguments share (None stands for a missing one)."""
    given = {name: array for name, array in arrays.items() if array is not None}
    kinds = {name: _kind(name, array) for name, array in given.items()}
    first, *others = kinds
    for name in others:
        if kinds[name] != kinds[first]:
            rule = f"be of the same kind as `{first}` ({kinds[first]})"
            refuse(name, rule, kinds[name], error=TypeError)
    if kinds[first] == "NumPy array":
        return np
    return array_api_compat.array_namespace(*given.values())


def _kind(name: str, array: Any) -> str:
    if isinstance(array, np.ndarray):
        return "NumPy array"
    if array_api_compat.is_torch_array(array):
        return "torch tensor"
    refuse(name, "be a NumPy array or a torch tensor", type(array).__name__, error=TypeError)


def same_dtype(**arrays: Any) -> None:
    """Refuse arguments of different dtypes: nothing is promoted silently."""
    (first, array), *others = ((name, a) for name, a in arrays.items() if a is not None)
    for name, other in others:
        if other.dtype != array.dtype:
            rule = f"have the dtype of `{first}`, {array.dtype}"
            refuse(name, rule, other.dtype, error=TypeError)


def numbers(xp: Any, name: str, dtype: Any, *, complex_too: bool = False) -> None:
    """Refuse a dtype that has no arithmetic here: bool, object, and complex where order counts."""
    kinds = ("integral", "real floating") + (("complex floating",) if complex_too else ())
    if not xp.isdtype(dtype, kinds):
        rule = "have a numeric dtype" if complex_too else "have a real numeric dtype"
        refuse(name, rule, dtype, error=TypeError)


def axes(name: str, shape: tuple[int, ...], *letters: str) -> None:
    """Refuse a shape whose number of axes is none of those that ``letters`` spell out."""
    counts = [text.count(",") + 1 for text in letters]
    if len(shape) not in counts:
        allowed = " or ".join(
            f"{n} {'axis' if n == 1 else 'axes'} ({text})"
            for n, text in zip(counts, letters, strict=True)
        )
        refuse(name, f"have {allowed}", len(shape), f"its shape is {tuple(shape)}")


def images(name: str, shape: tuple[int, ...], rank: int) -> None:
    """Refuse a shape that is neither (N, C, ...) nor (C, ...) for ``rank`` spatial axes."""
    axes(name, shape, f"N, C, {AXES[rank]}", f"C, {AXES[rank]}")


def not_empty(name: str, shape: tuple[int, ...], batched: bool) -> None:
    """Refuse an empty axis anywhere but in the batch."""
    if 0 in shape[batched:]:
        refuse(name, "have no empty axis but the batch", tuple(shape))


def sizes(name: str, value: Any) -> tuple[int, ...]:
    """Return a shape as a tuple of ints."""
    if not isinstance(value, (tuple, list)):
        refuse(name, "be a tuple of ints", repr(value), error=TypeError)
    return tuple([integer(name, entry, 0) for entry in value])


def rank_of(*arguments: Any) -> int:
    """Return how many axes the tuples among the arguments have; 0 if all are ints."""
    return max((len(a) for a in arguments if isinstance(a, (tuple, list))), default=0)
