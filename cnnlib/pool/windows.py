"""The windows of a pooling: read once, for both poolings, their gradients and the loops."""

from collections.abc import Sequence

from cnnlib import _check
from cnnlib._check import Ints
from cnnlib.geometry import Geometry, pooling, spatial


def pool_forward(
    rank: int, x: Sequence[int], kernel_size: Ints, stride: Ints | None, padding: Ints,
    dilation: Ints, ceil_mode: bool,
) -> Geometry:  # fmt: skip
    """Return where the windows of a pooling lie, from its input's shape and its arguments."""
    batched = _check.images("input", x, rank)
    _check.not_empty("input", tuple(x), batched)
    return pooling(spatial(x, rank), kernel_size, stride, padding, dilation, ceil_mode)
