"""Argument normalising, and the one form that every error text of the library has.

``"`name` must <rule>, got <value>; <the arithmetic that failed>"``: ValueError for values and
shapes, TypeError for types.  Nothing here looks at the numbers inside an array.
"""

import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from math import prod
from operator import index
from typing import Any, NoReturn, Protocol, cast

import numpy as np


class Array(Protocol):
    """What the library asks of a NumPy array or a torch tensor; what goes in comes out."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The size along each axis."""

    @property
    def ndim(self) -> int:
        """How many axes there are."""

    @property
    def dtype(self) -> Any:
        """What the entries are."""

    @property
    def device(self) -> Any:
        """Where the entries lie."""

    def __len__(self) -> int: ...
    def __getitem__(self, key: Any, /) -> "Array": ...
    def __setitem__(self, key: Any, value: Any, /) -> None: ...
    def __neg__(self) -> "Array": ...
    def __add__(self, other: Any, /) -> "Array": ...
    def __sub__(self, other: Any, /) -> "Array": ...
    def __mul__(self, other: Any, /) -> "Array": ...
    def __truediv__(self, other: Any, /) -> "Array": ...
    def __floordiv__(self, other: Any, /) -> "Array": ...
    def __or__(self, other: Any, /) -> "Array": ...
    def __le__(self, other: Any, /) -> "Array": ...
    def __gt__(self, other: Any, /) -> "Array": ...
    def __eq__(self, other: Any, /) -> "Array": ...  # type: ignore[override]
    def __ne__(self, other: Any, /) -> "Array": ...  # type: ignore[override]


class Namespace(Protocol):
    """The functions of the array API, for one kind of array."""

    float32: Any
    int64: Any
    iinfo: Any
    finfo: Any

    @property
    def __name__(self) -> str:
        """The module's name."""

    def __getattr__(self, name: str, /) -> Callable[..., Array]: ...


NUMPY = cast(Namespace, np)
Ints = int | Sequence[int]
"""One whole number for every axis, or a tuple or list with one for each."""

AXES = {1: "L", 2: "H, W", 3: "D, H, W"}
PADDING_MODES = ("zeros", "reflect", "replicate", "circular")
REAL, NUMERIC = ("int", "float"), ("int", "float", "complex")


def refuse(
    name: str, rule: str, got: object, why: str = "", error: type[Exception] = ValueError
) -> NoReturn:
    """Raise ``error`` with the library's one form of message."""
    raise error(f"`{name}` must {rule}, got {got}" + (f"; {why}" if why else ""))


def integer(name: str, value: Any, least: int | None = None) -> int:
    """Return ``value`` as an int of at least ``least``; neither a bool nor a float is one."""
    if type(value) is int and (least is None or value >= least):
        return value
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
    return int(number)


def ints(
    name: str, value: Any, rank: int, least: int | None = None, lone: bool = True
) -> tuple[int, ...]:
    """Return one int an axis; an int (or, if ``lone``, a tuple of one) counts for every axis."""
    if type(value) is int and (least is None or value >= least):
        return (value,) * rank
    axes: tuple[int, ...]
    if isinstance(value, (tuple, list)):
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


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """Return ``value`` if it is one of the words allowed."""
    if not isinstance(value, str) or value not in allowed:
        refuse(name, f"be one of {allowed}", repr(value))
    return value


def namespace(**arrays: Any) -> Namespace:
    """Return the array namespace that all arguments share (None stands for a missing one)."""
    given = {name: array for name, array in arrays.items() if array is not None}
    kinds = {name: _kind(name, array) for name, array in given.items()}
    first, *others = kinds
    for name in others:
        if kinds[name] != kinds[first]:
            rule = f"be of the same kind as `{first}` ({kinds[first]})"
            refuse(name, rule, kinds[name], error=TypeError)
    return NUMPY if kinds[first] == "NumPy array" else _torch()


@cache
def _torch() -> Namespace:
    """Return the array API for tensors; it imports torch, which a tensor has imported already."""
    return cast(Namespace, import_module("array_api_compat.torch"))


def _kind(name: str, array: Any) -> str:
    if isinstance(array, np.ndarray):
        if isinstance(array, (np.ma.MaskedArray, np.matrix)):
            rule = "be a plain array: masks, and a matrix's own product, are not honoured"
            refuse(name, rule, type(array).__name__, error=TypeError)
        if not array.dtype.isnative:
            refuse(name, "have this machine's byte order", array.dtype.str, error=TypeError)
        return "NumPy array"
    torch = sys.modules.get("torch")  # without it, there are no tensors
    if torch is not None and isinstance(array, torch.Tensor):
        if array.layout is not torch.strided or array.is_quantized:
            rule = "be a dense tensor"
            layout = "a quantized one" if array.is_quantized else array.layout
            refuse(name, rule, layout, error=TypeError)
        return "torch tensor"
    refuse(name, "be a NumPy array or a torch tensor", type(array).__name__, error=TypeError)


def shape_of(name: str, array: Any) -> tuple[int, ...]:
    """Return an array's shape, or refuse what is no array."""
    _kind(name, array)
    return tuple(array.shape)


def same_dtype(**arrays: Any) -> None:
    """Refuse arguments of different dtypes: nothing is promoted silently."""
    (first, array), *others = ((name, a) for name, a in arrays.items() if a is not None)
    for name, other in others:
        if other.dtype != array.dtype:
            rule = f"have the dtype of `{first}`, {array.dtype}"
            refuse(name, rule, other.dtype, error=TypeError)


def layer_arrays(input: Any, weight: Any, bias: Any) -> Namespace:
    """Return the namespace of a layer's three arrays, which have one kind and one dtype."""
    if (
        type(input) is type(weight) is np.ndarray
        and input.dtype.isnative
        and (bias is None or type(bias) is np.ndarray)
    ):
        xp = NUMPY
    else:
        xp = namespace(input=input, weight=weight, bias=bias)
    if input.dtype != weight.dtype or (bias is not None and bias.dtype != input.dtype):
        same_dtype(input=input, weight=weight, bias=bias)
    return xp


def family(dtype: Any) -> str:
    """Return 'bool', 'int', 'float', 'complex' or 'other' for a dtype of either library."""
    letter = getattr(dtype, "kind", "")
    if letter:
        return {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}.get(
            letter, "other"
        )
    if dtype.is_complex:
        return "complex"
    if dtype.is_floating_point:
        return "float"
    return "bool" if str(dtype) == "torch.bool" else "int"


def numbers(name: str, dtype: Any, allowed: tuple[str, ...] = REAL) -> None:
    """Refuse a dtype that has no arithmetic here: bool, object, and complex where order counts."""
    if family(dtype) not in allowed:
        rule = "have a numeric dtype" if "complex" in allowed else "have a real numeric dtype"
        refuse(name, rule, dtype, error=TypeError)


def roomy(name: str, dtype: Any, allowed: tuple[str, ...] = NUMERIC) -> None:
    """Refuse, as torch does, a whole-number dtype in which a sum would soon wrap around."""
    numbers(name, dtype, allowed)
    if family(dtype) == "int" and not str(dtype).endswith("64"):
        rule = "have a dtype that holds its sums: floating, or whole numbers of 64 bits"
        refuse(name, rule, dtype, error=TypeError)


def floating(name: str, dtype: Any) -> None:
    """Refuse a dtype that is not floating."""
    if family(dtype) != "float":
        refuse(name, "have a floating dtype", dtype, error=TypeError)


def axes(name: str, shape: Sequence[int], *letters: str) -> None:
    """Refuse a shape whose number of axes is none of those that ``letters`` spell out."""
    counts = [text.count(",") + 1 for text in letters]
    if len(shape) not in counts:
        allowed = " or ".join(
            f"{n} {'axis' if n == 1 else 'axes'} ({text})"
            for n, text in zip(counts, letters, strict=True)
        )
        refuse(name, f"have {allowed}", len(shape), f"its shape is {tuple(shape)}")


def images(name: str, shape: Sequence[int], rank: int) -> bool:
    """Return whether (N, C, ...) has a batch; refuse what is neither that nor (C, ...)."""
    if len(shape) not in (rank + 1, rank + 2):
        axes(name, shape, f"N, C, {AXES[rank]}", f"C, {AXES[rank]}")
    return len(shape) == rank + 2


def not_empty(name: str, shape: Sequence[int], batched: bool) -> None:
    """Refuse an empty axis anywhere but in the batch."""
    if 0 in shape[batched:]:
        refuse(name, "have no empty axis but the batch", tuple(shape))


def addressable(name: str, shape: Sequence[int]) -> None:
    """Refuse an argument that asks for more entries than a machine can number."""
    if prod(shape) >= 2**59:  # of 8 bytes each
        refuse(name, "ask for less than 2**59 numbers", tuple(shape))


def like_output(grad: Array, expected: tuple[int, ...]) -> None:
    """Refuse a gradient that does not look like the forward call's output."""
    if tuple(grad.shape) != expected:
        refuse("grad_output", f"have the output's shape {expected}", tuple(grad.shape))


def sizes(name: str, value: Any) -> tuple[int, ...]:
    """Return a shape as a tuple of ints."""
    if not isinstance(value, (tuple, list)):
        refuse(name, "be a tuple of ints", repr(value), error=TypeError)
    return tuple([integer(name, entry, 0) for entry in value])


def rank_of(*arguments: Any) -> int:
    """Return how many axes the tuples among the arguments have; 0 if all are ints."""
    return max((len(a) for a in arguments if isinstance(a, (tuple, list))), default=0)
