"""What a wrong shape of the homework comes from, beyond one axis gone wrong.

`lesson.misconception` knows what goes wrong inside an axis. Here are whole shapes with too few or
too many axes, and last, for any other shape, which part of it is not right.
"""

import math
from collections.abc import Iterator

Shape = tuple[int, ...]
Wrong = Iterator[tuple[str, Shape]]


def axes(kind: str, before: Shape, after: Shape, kernel: int) -> Wrong:
    """Yield (name, wrong shape) for answers whose axes are not those of the shape."""
    if kind == "linear":
        yield from _linear(before, after)
    elif kind == "flatten":
        yield from _flatten(before)
    else:
        yield from _window(before, after, kernel, pool=kind != "conv")


def _window(before: Shape, after: Shape, kernel: int, pool: bool) -> Wrong:
    n, c, *_ = before
    _, o, h, w = after
    yield "size-only", (h, w)
    yield "one-length", (h,)
    yield "channel-only", (o,)
    yield "sides-joined", (n, o, h * w)
    yield "flattened-early", (n, o * h * w)
    yield "flattened-early", (o * h * w,)
    yield "all-multiplied", (n * o * h * w,)
    yield "batch-one", (1, o, h, w)
    yield "batch-and-channels-swapped", (o, n, h, w)
    yield "one-side-written", (n, o, h)
    yield "input-copied", before
    if not pool:
        yield "filter-shape", (o, c, kernel, kernel)
        yield "filter-shape", (o, kernel, kernel)
        yield "filter-shape", (kernel, kernel)
        yield "filter-size-kept", (n, o, kernel, kernel)


def _flatten(before: Shape) -> Wrong:
    n, c, h, w = before
    yield "flat-swapped", (c * h * w, n)
    yield "ones-kept", (n, c * h * w, 1, 1)
    yield "ones-kept", (n, 1, c * h * w)
    yield "batch-with-channels", (n * c, h * w)
    yield "batch-one", (1, c * h * w)
    yield "batch-into-features", (1, n * c * h * w)
    yield "no-batch-nor-join", (c, h, w)
    yield "averaged", (n, c)
    yield "channels-forgotten", (h * w,)


def _linear(before: Shape, after: Shape) -> Wrong:
    (n, f), (_, o) = before, after
    yield "weight-shape", (f, o)
    yield "batch-one", (1, o)
    yield "ones-kept", (n, o, 1, 1)
    yield "features-summed", (n, f + o)
    yield "features-subtracted", (n, f - o)
    yield "parameters-counted", (f * o,)
    yield "parameters-counted", (f * o + o,)
    yield "parameters-counted", (n, f * o + o)
    yield "batch-only", (n,)
    yield "all-multiplied", (n * o,)


def part(shape: tuple[float, ...], after: Shape) -> str:
    """Return the name of what is not right in a shape that no misconception gives."""
    if len(shape) != len(after):
        return "axes-fewer" if len(shape) < len(after) else "axes-more"
    if any(size < 1 or size != math.floor(size) for size in shape):
        return "not-whole"
    if shape[0] != after[0]:
        return "batch-changed"
    if len(after) == 2:
        return "features-other"
    if shape[1] != after[1]:
        return "channels-other"
    return "sides-differ" if shape[2] != shape[3] else "size-other"


PARTS = (
    "axes-fewer",
    "axes-more",
    "not-whole",
    "batch-changed",
    "features-other",
    "channels-other",
    "sides-differ",
    "size-other",
)
REPEATED = ("no-batch", "channels-last")
"""Ways to write every shape; whoever keeps to one has made one mistake, not one at each step."""


def written(name: str, shape: Shape) -> Shape:
    """Return `shape` as someone writes it who keeps to a way of `REPEATED`."""
    if name == "no-batch":
        return shape[1:]
    return (shape[0], *shape[2:], shape[1]) if len(shape) > 2 else shape
