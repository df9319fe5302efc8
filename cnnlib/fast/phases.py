"""Phases: every s-th row and column of an image, as images of their own.

The idea: whatever moves in steps of s stays within one phase, where it moves by single pixels.
With a stride, tap t of output i reads position i*s + t*d: phase (t*d) % s, pixel i + (t*d) // s
there, so each phase meets its own part of the kernel, without a zero. (All taps of a dilated
kernel read one phase, so its layer is an ordinary one over d * d small images; but where a tap is
an offset, as in ``offsets``, the whole image costs no more than its phases.)

    row        0 1 2 3 4 5 6 7         stride 2, kernel k0 k1 k2
    phase 0    0   2   4   6           output i reads pixels i and i + 1 with k0 and k2
    phase 1      1   3   5   7         output i reads pixel i with k1

Cost: one copy of the input, with the padding as zeros around it.
Reference: the polyphase decomposition: P. P. Vaidyanathan, Multirate Systems and Filter Banks,
section 4.3.

    >>> import numpy as np
    >>> from cnnlib.fast.phases import split
    >>> rows = split(np.arange(1.0, 8).reshape(1, 1, 7, 1), (2, 1), (-1, 0), (4, 1))  # padded
    >>> rows[0, 0, 0, 0, :, 0], rows[1, 0, 0, 0, :, 0]
    (array([0., 2., 4., 6.]), array([1., 3., 5., 7.]))
"""

import numpy as np

from cnnlib.fast import scratch
from cnnlib.fast.frames import Floats, frame
from cnnlib.geometry import Axes


def split(x: Floats, step: Axes, start: Axes, shape: Axes) -> Floats:
    """Return the phases (*step, N, C, *shape) of a frame around x (N, C, H, W) at ``start``."""
    parts = scratch.take("phases", (*step, *x.shape[:2], *shape), x.dtype)
    for i, j in np.ndindex(*step):
        (down, odd), (right, even) = divmod(start[0] + i, step[0]), divmod(start[1] + j, step[1])
        frame(parts[i, j], x[..., odd :: step[0], even :: step[1]], (down, right))
    return parts


def places(kernel: int, stride: int, dilation: int) -> list[tuple[int, int]]:
    """Return where each tap along one axis reads: (phase, pixel of that phase)."""
    return [divmod(tap * dilation, stride)[::-1] for tap in range(kernel)]
