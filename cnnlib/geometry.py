"""Where the windows lie: one value, from which every size of a convolution follows.

    size 7, kernel 3, stride 2, padding (1, 1), dilation 1     (. is padding)

    position   -1  0  1  2  3  4  5  6  7
    input       .  a  b  c  d  e  f  g  .
    output 0   [       ]                       starts at 0*stride - before = -1
    output 1         [       ]                 starts at 1*stride - before =  1
    output 2               [       ]
    output 3                     [       ]     (7 + 1 + 1 - 3) // 2 + 1 = 4 outputs

Tap ``t`` of output ``i`` reads position ``i*stride + t*dilation - before``; that one line is the
convolution, its gradients, pooling and folding.  A pooling's ``ceil_mode`` and a transposed
convolution's ``output_padding`` only change how much padding stands behind.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import product
from math import prod
from types import EllipsisType
from typing import Any, NamedTuple

from cnnlib._check import Ints, addressable, flag, integer, ints, refuse

Axes = tuple[int, ...]
Pads = tuple[tuple[int, int], ...]
Part = tuple[EllipsisType | slice, ...]


class _Fields(NamedTuple):
    """What a geometry is made of, and all that makes two of them equal."""

    size: Axes
    kernel: Axes
    stride: Axes
    padding: Pads
    dilation: Axes
    groups: int = 1


class Geometry(_Fields):
    """Where the windows of a layer lie: one entry an axis, and the groups of its channels.

    Attributes
    ----------
    size : tuple of int
        Pixels of the input.
    kernel : tuple of int
        Taps of the kernel.
    stride : tuple of int
        Steps between neighbouring windows, in pixels.
    padding : tuple of (before, after)
        Pixels added around the input; ``after`` below 0 says that the last pixels are not read.
    dilation : tuple of int
        Distance between neighbouring taps, in pixels.
    groups : int
        Parts that the channels fall into.

    Examples
    --------
    >>> from cnnlib.geometry import Geometry
    >>> g = Geometry((7,), (3,), (2,), ((1, 1),), (1,))
    >>> g.out, g.reach, g.padded
    ((4,), (3,), (9,))
    >>> [part for _, part in g.taps()]  # where each tap reads in the padded input
    [slice(0, 7, 2), slice(1, 8, 2), slice(2, 9, 2)]
    """

    @cached_property
    def out(self) -> Axes:
        """How many windows there are along each axis: the size law, said once."""
        axes = zip(*self[:5], strict=True)
        return tuple(
            [
                (n + before + after - d * (k - 1) - 1) // s + 1
                for n, k, s, (before, after), d in axes
            ]
        )

    @cached_property
    def reach(self) -> Axes:
        """How many pixels a window spans, from its first tap to its last."""
        return tuple([d * (k - 1) + 1 for k, d in zip(self.kernel, self.dilation, strict=True)])

    @cached_property
    def padded(self) -> Axes:
        """The size of a frame that holds the input and its padding."""
        pairs = zip(self.size, self.padding, strict=True)
        return tuple([n + before + max(after, 0) for n, (before, after) in pairs])

    @cached_property
    def inside(self) -> Part:
        """Where the input lies in that frame."""
        pairs = zip(self.size, self.padding, strict=True)
        return (..., *[slice(before, before + n) for n, (before, _) in pairs])

    @cached_property
    def positions(self) -> int:
        """How many windows there are in all."""
        return prod(self.out)

    @cached_property
    def image(self) -> "Geometry":
        """A sequence's geometry as that of an image one row tall; others as they are."""
        if len(self.size) > 1:
            return self
        ones, none = (1,), ((0, 0),)
        return Geometry(
            ones + self.size,
            ones + self.kernel,
            ones + self.stride,
            none + self.padding,
            ones + self.dilation,
            self.groups,
        )

    def taps(self) -> Iterator[Part]:
        """Yield, tap by tap, the part of the frame that this tap meets as the window moves."""
        for tap in product(*map(range, self.kernel)):
            axes = zip(tap, self.dilation, self.out, self.stride, strict=True)
            yield (..., *[slice(t * d, t * d + (m - 1) * s + 1, s) for t, d, m, s in axes])


def convolution(
    size: Axes, kernel: Axes, stride: Ints, padding: Any, dilation: Ints, groups: int = 1
) -> Geometry:
    """Read a convolution's arguments, as they were typed, into one value."""
    rank = len(kernel)
    steps, spacing = ints("stride", stride, rank, 1), ints("dilation", dilation, rank, 1)
    if type(padding) is int and padding >= 0:
        pads: Pads = ((padding, padding),) * rank
    else:
        pads = _pairs(padding, kernel, stride, spacing)
    if type(groups) is not int or groups < 1:
        groups = integer("groups", groups, 1)
    return Geometry(size, kernel, steps, pads, spacing, groups)


def _pairs(padding: Any, kernel: Axes, stride: Ints, dilation: Axes) -> Pads:
    """Return (before, after) for each axis, whichever way ``padding`` was written."""
    rank = len(kernel)
    if isinstance(padding, str):
        if padding not in ("same", "valid"):
            refuse("padding", "be an int, a tuple of ints, 'same' or 'valid'", repr(padding))
        if padding == "valid":
            return ((0, 0),) * rank
        if set(ints("stride", stride, rank)) - {1}:
            refuse("padding", "not be 'same' unless the stride is 1", f"stride {stride}")
        return keeping(kernel, dilation)
    if isinstance(padding, (tuple, list)) and any(isinstance(p, (tuple, list)) for p in padding):
        pairs = tuple(ints("padding", pair, 2, 0) for pair in padding)
        if len(pairs) != rank:
            refuse("padding", f"have {rank} pairs (before, after)", padding)
        return tuple((before, after) for before, after in pairs)
    return tuple((p, p) for p in ints("padding", padding, rank, 0))


def keeping(kernel: Axes, dilation: Axes) -> Pads:
    """Return the padding that keeps a size at stride 1; an odd pixel goes behind."""
    totals = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
    return tuple((total // 2, total - total // 2) for total in totals)


@lru_cache(maxsize=4096)
def fitting(g: Geometry, name: str = "kernel_size") -> Geometry:
    """Return ``g``, or refuse a kernel that does not fit, by the argument it was given as.

    Of equal geometries the first is returned, with what was already worked out from it.
    """
    for n, k, (before, after), reach, m in zip(
        g.size, g.kernel, g.padding, g.reach, g.out, strict=True
    ):
        if m < 1:
            got = k if name == "kernel_size" else f"kernel_size {k}"
            room = f"{n + before + after} = {n} + {before} + {after}"
            why = f"dilation*(kernel_size - 1) + 1 = {reach} > {room}"
            refuse(name, "fit in the padded input", got, why)
    addressable("padding", g.padded)
    return g


def pooling(
    size: Axes, kernel_size: Ints, stride: Ints | None, padding: Ints, dilation: Ints, ceil: bool
) -> Geometry:
    """Read a pooling's arguments; a window that ``ceil`` lets reach over the end is padded."""
    rank = len(size)
    kernel = ints("kernel_size", kernel_size, rank, 1)
    left_out = stride is None or (isinstance(stride, (tuple, list)) and not stride)
    steps = kernel if left_out else ints("stride", stride, rank, 1)
    zeros, spacing = ints("padding", padding, rank, 0), ints("dilation", dilation, rank, 1)
    for k, p in zip(kernel, zeros, strict=True):
        if 2 * p > k:
            refuse("padding", "be at most half of `kernel_size`", p, f"2*{p} = {2 * p} > {k}")
    g = Geometry(size, kernel, steps, tuple((p, p) for p in zeros), spacing)
    if flag("ceil_mode", ceil):
        g = g._replace(padding=tuple(map(_over_the_end, size, g.reach, steps, zeros)))
    return fitting(g)


def _over_the_end(n: int, reach: int, stride: int, before: int) -> tuple[int, int]:
    """Return (before, after) such that the last window counts, if it starts inside."""
    count = -(-(n + 2 * before - reach) // stride) + 1
    if (count - 1) * stride >= n + before:
        count -= 1
    return before, max(before, (count - 1) * stride + reach - n - before)


def transposed(
    out: Axes,
    kernel: Axes,
    stride: Ints,
    padding: Ints,
    output_padding: Ints,
    dilation: Ints,
    groups: int = 1,
) -> Geometry:
    """Return the convolution whose transpose gives ``size``: its ``out`` is what goes in here."""
    rank = len(kernel)
    steps, zeros = ints("stride", stride, rank, 1), ints("padding", padding, rank, 0)
    more, spacing = (
        ints("output_padding", output_padding, rank, 0),
        ints("dilation", dilation, rank, 1),
    )
    size = []
    for n, k, s, p, e, d in zip(out, kernel, steps, zeros, more, spacing, strict=True):
        if e >= s and e >= d:
            rule = "be smaller than the stride or the dilation"
            refuse("output_padding", rule, e, f"stride {s}, dilation {d}")
        size.append((n - 1) * s - 2 * p + d * (k - 1) + e + 1)
        if size[-1] < 1:
            sum_ = f"({n} - 1)*{s} - 2*{p} + {d}*({k} - 1) + {e} + 1 = {size[-1]} < 1"
            refuse("padding", "leave at least one output", p, sum_)
    addressable("stride", size)
    pads = tuple((p, p - e) for p, e in zip(zeros, more, strict=True))
    return Geometry(tuple(size), kernel, steps, pads, spacing, integer("groups", groups, 1))


def spatial(shape: Sequence[int], rank: int) -> Axes:
    """Return the last ``rank`` entries of an array's shape."""
    return tuple(shape)[-rank:]
