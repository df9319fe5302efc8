"""A layer cut into blocks, and the blocks shared between threads: for every strategy, once.

The idea: a block is as large as the cache allows, so that what one step writes, the next finds
there. NumPy lets go of the interpreter inside a matrix product and a copy, so plain Python
threads run side by side: each takes one run of neighbouring blocks and writes its own part of the
result; small products never meet the BLAS's own threads.

    axes (4 images, 2 at a time), (10 rows, 4 at a time)     two threads

        images 0:2   rows 0:4   4:8   8:10     first thread
        images 2:4   rows 0:4   4:8   8:10     second thread

The number of threads is the environment's (OMP_NUM_THREADS, else the processors at hand).
Cost: some 50 microseconds to wake a thread; scratch memory once a thread.

    >>> from cnnlib.fast import blocks
    >>> blocks.share(lambda images, rows: print(images, rows), 0, (1, 1), (10, 4))
    slice(0, 1, None) slice(0, 4, None)
    slice(0, 1, None) slice(4, 8, None)
    slice(0, 1, None) slice(8, 10, None)
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise, product
from math import prod
from typing import Any

from cnnlib.fast import scratch

WORTHWHILE = 4_000_000
"""Multiply-adds under which one thread does all the work."""


def available() -> int:
    """Return the number of threads that the environment grants."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        if os.environ.get(name, "").isdigit():
            return max(1, int(os.environ[name]))
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Pool:
    """The threads, and whether this one is in the midst of sharing."""

    threads = available()
    executor: ThreadPoolExecutor | None = None
    busy = threading.local()


def set_threads(count: int) -> None:
    """Let one call use up to ``count`` threads."""
    _Pool.threads = max(1, count)
    _forget()


def _forget() -> None:
    """Begin with no threads: they stay behind in a fork, and a new number needs new ones."""
    _Pool.executor, _Pool.busy = None, threading.local()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)  # a child process has none of the threads


def threads_for(work: int) -> int:
    """Return how many threads ``work`` multiply-adds are worth, here and now."""
    return 1 if work < WORTHWHILE or sharing() else _Pool.threads


def steps(work: int, *axes: tuple[int, int]) -> tuple[int, ...]:
    """Return the axes' steps, evened out, the last ones small enough that no thread is idle.

    Each axis is (its size, its largest step).

    >>> from cnnlib.fast.blocks import steps
    >>> steps(0, (1, 1), (10, 4))  # 4, 4 and 2 rows rather than 4, 4, 2: as many blocks
    (1, 4)
    >>> steps(0, (9, 4))
    (3,)
    """
    counts = [max(1, -(-size // max(1, step))) for size, step in axes]
    wanted = threads_for(work)
    for axis in reversed(range(len(axes))):
        missing = -(-wanted // (prod(counts) // counts[axis]))
        counts[axis] = max(counts[axis], min(missing, axes[axis][0]))
    return tuple(-(-size // count) for (size, _), count in zip(axes, counts, strict=True))


def share(task: Callable[..., Any], work: int, *axes: tuple[int, int]) -> None:
    """Call ``task`` with a slice along each axis, (its size, its largest step), for every block."""
    grid = [
        [slice(start, min(start + step, size)) for start in range(0, size, step)]
        for (size, _), step in zip(axes, steps(work, *axes), strict=True)
    ]
    cells = list(product(*grid))
    parts = min(threads_for(work), len(cells))
    if parts == 1:
        for cell in cells:
            task(*cell)
    elif parts:
        _share(
            task,
            [cells[a:b] for a, b in pairwise(len(cells) * i // parts for i in range(parts + 1))],
        )


def _share(task: Callable[..., Any], runs: list[list[tuple[slice, ...]]]) -> None:
    """Let this thread do the first run, others the rest, and wait for all of them."""

    def work(run: list[tuple[slice, ...]]) -> None:
        before, _Pool.busy.sharing = sharing(), True  # what a block computes is shared no further
        try:
            scratch.apart(lambda: [task(*cell) for cell in run])
        finally:
            _Pool.busy.sharing = before

    _Pool.busy.sharing = True  # for a signal handler that convolves while we wait, too
    others: list[Future[None]] = []
    try:
        for run in runs[1:]:
            try:
                others.append(_executor().submit(work, run))
            except RuntimeError:  # the interpreter is ending, and starts no thread any more
                work(run)
        work(runs[0])
    finally:
        errors = [other.exception() for other in others]
        _Pool.busy.sharing = False
    for error in errors:
        if error is not None:
            raise error


def sharing() -> bool:
    """Return whether this thread is in the midst of sharing."""
    return getattr(_Pool.busy, "sharing", False)


def _executor() -> ThreadPoolExecutor:
    """Return the threads, made when first asked for."""
    if _Pool.executor is None:
        _Pool.executor = ThreadPoolExecutor(_Pool.threads - 1, "cnnlib")
    return _Pool.executor
