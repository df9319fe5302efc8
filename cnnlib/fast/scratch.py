"""Scratch memory that is kept between calls, one set of buffers a thread.

The idea: a fresh array costs a page fault every 4 KiB at its first write, up to six times the
price of the arithmetic done in it. So a strategy borrows named buffers that stay alive.
A buffer only grows; all buffers of a thread together stay under ``LIMIT`` bytes.
A computation within a computation (a gradient's phases, a signal handler that convolves) has
buffers of its own, so nothing borrowed is ever written by another; and nothing borrowed may be
returned to a caller: results are always fresh arrays.
Cost: no multiply-adds; at most ``LIMIT`` bytes a thread.

    >>> from cnnlib.fast import scratch
    >>> def place():
    ...     return scratch.take("rows", (2, 3), "f").ctypes.data
    >>> scratch.apart(place) == scratch.apart(place)  # one after the other
    True
    >>> scratch.apart(lambda: place() == scratch.apart(place))  # one within the other
    False
"""

import threading
from collections.abc import Callable
from math import prod
from typing import Any, TypeVar

import numpy as np

from cnnlib.fast.frames import Floats
from cnnlib.geometry import Axes

T = TypeVar("T")
LIMIT = 32 * 2**20


class _Local(threading.local):
    """This thread's buffers, and how many computations it is in the midst of."""

    def __init__(self) -> None:
        self.buffers: dict[tuple[int, str], Any] = {}
        self.depth = 0


_local = _Local()


def apart(run: Callable[..., T], *arguments: Any) -> T:
    """Return ``run(*arguments)``, a computation whose buffers are its own."""
    _local.depth += 1
    try:
        return run(*arguments)
    finally:
        _local.depth -= 1


def take(name: str, shape: Axes, dtype: Any) -> Floats:
    """Return an array of unknown content; the same memory whenever this level asks for ``name``."""
    dtype = np.dtype(dtype)
    size, key, buffers = prod(shape) * dtype.itemsize, (_local.depth, name), _local.buffers
    memory = buffers.get(key)
    if memory is None or memory.size < size:
        if size > LIMIT:
            return np.empty(shape, dtype)
        others = sum(kept.size for other, kept in buffers.items() if other != key)
        if others + size > LIMIT:
            buffers.clear()  # arrays still in use live on until their call ends
        memory = buffers[key] = np.empty(size, np.uint8)
    return np.ndarray(shape, dtype, memory)


def held() -> int:
    """Return how many bytes this thread keeps."""
    return sum(memory.size for memory in _local.buffers.values())


def release() -> None:
    """Forget this thread's buffers."""
    _local.buffers.clear()
