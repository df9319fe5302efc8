"""Share independent pieces of one call between threads.

The idea: NumPy lets go of the interpreter inside a matrix product and a copy, so plain Python
threads run side by side. Each takes one run of neighbouring pieces and writes its own part of
the result; small products never meet the BLAS's own threads.
The number of threads is the environment's (OMP_NUM_THREADS, else the processors at hand).
Cost: some 50 microseconds to wake a thread; scratch memory once a thread.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

WORTHWHILE = 4_000_000
"""Multiply-adds under which one thread does all the work."""


def available():
    """Return the number of threads that the environment grants."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        if os.environ.get(name, "").isdigit():
            return max(1, int(os.environ[name]))
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Pool:
    threads = available()
    executor = None


def set_threads(count):
    """Let one call use up to `count` threads."""
    _Pool.threads = max(1, count)
    _forget()


def _forget():
    _Pool.executor = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)  # a child process has none of the threads


def shares(count, work):
    """Return how many threads `count` pieces of `work` multiply-adds in all are worth."""
    return min(_Pool.threads, count) if work >= WORTHWHILE else 1


def at_most(size, others, work):
    """Return the largest step through `size` that leaves every thread a piece.

    `others` pieces exist besides, for every step; `work` is the call's multiply-adds.
    """
    steps = -(-shares(size * others, work) // others)
    return -(-size // max(1, steps))


def share(task, count, work):
    """Call ``task(pieces)`` with ranges that together cover ``range(count)``."""
    parts = shares(count, work)
    if parts <= 1:
        task(range(count))
        return
    if _Pool.executor is None:
        _Pool.executor = ThreadPoolExecutor(_Pool.threads - 1, "cnnlib")
    edges = [count * i // parts for i in range(parts + 1)]
    others = [
        _Pool.executor.submit(task, range(start, stop)) for start, stop in pairwise(edges[1:])
    ]
    task(range(edges[1]))
    for other in others:
        other.result()
