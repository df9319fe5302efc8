"""Scratch memory that is kept between calls, one set of buffers a thread.

The idea: a fresh array costs a page fault every 4 KiB at its first write, up to six times the
price of the arithmetic done in it. So a strategy borrows named buffers that stay alive.
A buffer only grows; all buffers of a thread together stay under `LIMIT` bytes.
Nothing borrowed may be returned to a caller: results are always fresh arrays.
Cost: no multiply-adds; at most `LIMIT` bytes a thread.
"""

import threading
from math import prod

import numpy as np

LIMIT = 32 * 2**20

_local = threading.local()


def _buffers():
    try:
        return _local.buffers
    except AttributeError:
        _local.buffers = {}
        return _local.buffers


def take(name, shape, dtype):
    """Return an array of unknown content; the same memory whenever this thread asks for `name`."""
    dtype = np.dtype(dtype)
    size = prod(shape) * dtype.itemsize
    buffers = _buffers()
    memory = buffers.get(name)
    if memory is None or memory.size < size:
        if size > LIMIT:
            return np.empty(shape, dtype)
        others = sum(held.size for key, held in buffers.items() if key != name)
        if others + size > LIMIT:
            buffers.clear()  # arrays still in use live on until their call ends
        memory = buffers[name] = np.empty(size, np.uint8)
    return np.ndarray(shape, dtype, memory)


def held():
    """Return how many bytes this thread keeps."""
    return sum(memory.size for memory in _buffers().values())


def release():
    """Forget this thread's buffers."""
    _buffers().clear()
