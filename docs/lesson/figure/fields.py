"""A figure's keys, read strictly: every key known, every value of its type, names made numbers."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np

from lesson.examples import example
from lesson.fences.error import FenceError

REQUIRED = object()
MOST = 4096  # numbers in one array: a 64×64 picture


@dataclass(frozen=True)
class Field:
    """How the value of one key is checked, and what stands for it when it is left out."""

    read: Callable[[str, Any], Any]
    default: Any = REQUIRED


def read(kind, data, fields):
    """Return the checked value of every field of `kind`, in the fields' order."""
    for key in data:
        if key not in fields:
            close = get_close_matches(str(key), fields, n=1)
            hint = f"close: {close[0]}" if close else f"keys: {', '.join(fields)}"
            raise FenceError(f"`{kind}` has no key {key!r}; {hint}", key)
    missing = [key for key, f in fields.items() if f.default is REQUIRED and key not in data]
    if missing:
        raise FenceError(f"`{missing[0]}` must be given")
    return {
        key: field.read(key, data[key]) if key in data else field.default
        for key, field in fields.items()
    }


def refuse(key, rule, value, why=""):
    """Raise the library's form of message, about the key."""
    raise FenceError(f"`{key}` must {rule}, got {value!r}" + (f"; {why}" if why else ""), key)


def numbers(*ranks):
    """Read nested lists of numbers, or an example's name, with one of the given ranks."""

    def read_numbers(key, value):
        if isinstance(value, str):
            try:
                array = example(value)
            except ValueError as error:
                raise FenceError(str(error).replace("`name`", f"`{key}`", 1), key) from None
        else:
            array = _array(key, value)
        if array.ndim not in ranks:
            axes = " or ".join(map(str, ranks))
            refuse(key, f"have {axes} axes", array.shape)
        if not 0 < array.size <= MOST:
            refuse(key, f"hold 1 to {MOST} numbers", array.size)
        return array

    return read_numbers


def _array(key, value):
    def check(entry):
        if isinstance(entry, list):
            for each in entry:
                check(each)
        elif isinstance(entry, bool) or not isinstance(entry, int | float):
            refuse(key, "hold numbers", entry)
        elif not math.isfinite(entry) or abs(entry) > 1e9:
            refuse(key, "hold numbers from -1e9 to 1e9", entry)

    check(value)
    try:
        return np.array(value)
    except ValueError:
        raise FenceError(f"`{key}` must have rows of one length", key) from None


def whole(key, value):
    """Read an int."""
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(key, "be an int", value)
    return value


def whole_or_list(*words):
    """Read an int, a list of ints, or one of the words."""

    def read_whole(key, value):
        if isinstance(value, str) and value in words:
            return value
        entries = value if isinstance(value, list) else [value]
        if not entries or any(isinstance(e, bool) or not isinstance(e, int) for e in entries):
            either = "".join(f", {word!r}" for word in words)
            refuse(key, f"be an int or a list of ints{either}", value)
        return value

    return read_whole


def one_of(*words):
    """Read one of the words."""

    def read_word(key, value):
        if value not in words:
            refuse(key, f"be one of {', '.join(words)}", value)
        return value

    return read_word


def flag(key, value):
    """Read true or false."""
    if not isinstance(value, bool):
        refuse(key, "be true or false", value)
    return value


def place(key, value):
    """Read a list of ints from 0 up, or null for no highlighted place."""
    if value is None:
        return None
    listed = isinstance(value, list) and value
    if not listed or any(isinstance(e, bool) or not isinstance(e, int) for e in value):
        refuse(key, "be a list of ints", value)
    return value


def text(key, value):
    """Read a line of text."""
    if not isinstance(value, str) or not value.strip():
        refuse(key, "be text", value)
    return value.strip()


def ident(key, value):
    """Read an id: small letters, digits and hyphens."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9-]*", value):
        refuse(key, "be small letters, digits and hyphens", value)
    return value


def per_axis(key, value, rank):
    """Return one int an axis."""
    entries = value if isinstance(value, list) else [value] * rank
    if len(entries) != rank:
        refuse(key, f"be an int or a list of {rank} ints", value)
    return list(entries)


COMMON = {"id": Field(ident), "caption": Field(text, None)}
