"""The numbers of a convolution figure: what is padded, read, multiplied and added."""

from dataclasses import dataclass

import numpy as np

import cnnlib
from cnnlib.geometry import Geometry, convolution
from lesson.fences.error import FenceError
from lesson.figure import fields
from lesson.figure.fields import Field
from lesson.figure.text import plain

FIELDS = {
    **fields.COMMON,
    "input": Field(fields.numbers(1, 2, 3)),
    "weight": Field(fields.numbers(1, 2, 3, 4)),
    "bias": Field(fields.numbers(1), None),
    "stride": Field(fields.whole_or_list(), 1),
    "padding": Field(fields.whole_or_list("same", "valid"), 0),
    "dilation": Field(fields.whole_or_list(), 1),
    "groups": Field(fields.whole, 1),
    "padding_mode": Field(fields.one_of("zeros", "reflect", "replicate", "circular"), "zeros"),
    "flip": Field(fields.flag, False),
    "at": Field(fields.place, (0, 0, 0)),
}
DEEP = {
    **{key: field for key, field in FIELDS.items() if key not in ("groups", "flip")},
    "input": Field(fields.numbers(3, 4)),
    "weight": Field(fields.numbers(3, 4, 5)),
}
"""The keys of a volume's figure: one channel and one filter, which is not turned."""


@dataclass(frozen=True)
class Correlation:
    """A convolution with all numbers known, in two dimensions (a sequence has height 1).

    Shapes: input (C, H, W), padded (C, H', W'), weight and turned (O, C/groups, KH, KW),
    output (O, OH, OW). `turned` is the filter as it lies on the input: by 180° if `flip`.
    `g` says where the windows lie; `at` is (o, row, column) or None.
    """

    rank: int
    input: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    g: Geometry
    flip: bool
    padded: np.ndarray
    turned: np.ndarray
    output: np.ndarray
    at: tuple | None

    @property
    def stride(self):
        """Steps between neighbouring windows, for each axis."""
        return self.g.stride

    @property
    def pads(self):
        """What is added (before, after), for each axis."""
        return self.g.padding

    @property
    def dilation(self):
        """Distance between neighbouring taps, for each axis."""
        return self.g.dilation

    @property
    def groups(self):
        """Parts that the channels fall into."""
        return self.g.groups

    @property
    def bordered(self):
        """Whether there are cells that nobody gave."""
        return bool(np.any(self.pads))

    @property
    def framed(self):
        """Whether the padded input has another size than the input."""
        return self.padded.shape[1:] != self.input.shape[1:]

    def positions(self, axis):
        """Return which padded positions the window reads on an axis, a list for each step."""
        return [
            [step * self.stride[axis] + tap * self.dilation[axis] for tap in range(taps)]
            for taps in [self.g.kernel[axis]]
            for step in range(self.output.shape[axis + 1])
        ]

    def unread(self, axis):
        """Return the padded positions on an axis that no window reads."""
        read = {place for step in self.positions(axis) for place in step}
        return set(range(self.padded.shape[axis + 1])) - read

    def starts(self, axis):
        """Return, for each place where a window would fit, whether one stands there."""
        places, taken = self.padded.shape[axis + 1] - self.g.reach[axis] + 1, self.positions(axis)
        starts = {step[0] for step in taken}
        return [place in starts for place in range(places)]

    def is_padding(self, channel, r, c):
        """Return whether the padded cell lies in the border."""
        (top, _), (left, _) = self.pads
        inside = top <= r < top + self.input.shape[1] and left <= c < left + self.input.shape[2]
        return not inside

    def channels(self, o):
        """Return the input channels that output channel `o` reads."""
        depth = self.weight.shape[1]
        group = o // (self.weight.shape[0] // self.groups)
        return range(group * depth, (group + 1) * depth)

    def filter(self, o):
        """Return which filter makes output channel `o`."""
        return o

    def is_unread(self, channel):
        """Return whether no window reads the channel."""
        return False

    def terms(self, k):
        """Return (input value, filter value, is padding) for channel `k` of the shown window."""
        o, i, j = self.at
        rows, columns = self.positions(0)[i], self.positions(1)[j]
        channel, taps = self.channels(o)[k], self.turned[self.filter(o), k]
        return [
            (self.padded[channel, r, c], taps[y, x], self.is_padding(channel, r, c))
            for y, r in enumerate(rows)
            for x, c in enumerate(columns)
        ]

    def partial(self, k):
        """Return the inner product of channel `k` in the shown window."""
        return sum(x * w for x, w, _ in self.terms(k))


@dataclass(frozen=True)
class Slices(Correlation):
    """A convolution of a volume, slice by slice: its slices stand where channels would.

    Shapes: input (D, H, W), padded (D', H', W'), weight and turned (1, KD, KH, KW),
    output (OD, OH, OW). `depth` holds the stride, (before, after) and dilation of that axis.
    """

    depth: tuple

    @property
    def bordered(self):
        """Whether there are cells that nobody gave, or whole slices of them."""
        return super().bordered or any(self.depth[1])

    def channels(self, o):
        """Return the input slices that output slice `o` reads."""
        stride, _, dilation = self.depth
        return [o * stride + k * dilation for k in range(self.weight.shape[1])]

    def filter(self, o):
        """Return the only filter: it makes every slice of the output."""
        return 0

    def is_border(self, channel):
        """Return whether the whole slice is padding."""
        before = self.depth[1][0]
        return not before <= channel < before + len(self.input)

    def is_padding(self, channel, r, c):
        """Return whether the padded cell lies in the border of a slice, or in such a slice."""
        return self.is_border(channel) or super().is_padding(channel, r, c)

    def is_unread(self, channel):
        """Return whether no window reads the slice."""
        return all(channel not in self.channels(o) for o in range(len(self.output)))


def compute(kind, data):
    """Return the figure's spec, defaults filled in and names made numbers, and its numbers."""
    rank = int(kind[4])
    values = {"groups": 1, "flip": False} | fields.read(kind, data, FIELDS if rank < 3 else DEEP)
    x, w = ranked(values["input"], values["weight"], rank)
    axes = {key: fields.per_axis(key, values[key], rank) for key in ("stride", "dilation")}
    padding = values["padding"]
    if not isinstance(padding, str):
        padding = fields.per_axis("padding", padding, rank)
    bias = values["bias"]
    turned = np.flip(w, tuple(range(2, 2 + rank))) if values["flip"] else w
    try:
        output = getattr(cnnlib, kind)(
            x.astype(float),
            turned.astype(float),
            None if bias is None else bias.astype(float),
            tuple(axes["stride"]),
            _axes(padding),
            tuple(axes["dilation"]),
            values["groups"],
            padding_mode=values["padding_mode"],
        )
    except (ValueError, TypeError) as error:
        raise FenceError(str(error)) from None
    at = place_of(values["at"], output.shape, "at" in data)
    spec = {
        "kind": kind, "id": values["id"], "input": plain(x), "weight": plain(w),
        "bias": None if bias is None else plain(bias), "stride": axes["stride"],
        "padding": padding, "dilation": axes["dilation"], "groups": values["groups"],
        "padding_mode": values["padding_mode"], "flip": values["flip"],
        "at": at and list(at), "caption": values["caption"],
    }  # fmt: skip
    return spec, (_flat if rank < 3 else _slices)(spec, x, w, bias, turned, output)


def ranked(x, w, rank):
    """Return (C, …) input and (O, C/groups, …) weight; leading axes of size 1 may be left out."""
    if not rank <= x.ndim <= rank + 1:
        fields.refuse("input", f"have {rank} or {rank + 1} axes", x.shape)
    if not rank <= w.ndim <= rank + 2:
        fields.refuse("weight", f"have {rank} to {rank + 2} axes", w.shape)
    return x.reshape((1,) * (rank + 1 - x.ndim) + x.shape), w.reshape(
        (1,) * (rank + 2 - w.ndim) + w.shape
    )


def place_of(at, shape_, given):
    """Return the shown output cell as (o, …), checked against the output's shape."""
    if at is None:
        return None
    at = tuple(at) if given else (0,) * len(shape_)
    if len(at) == len(shape_) - 1:
        at = (0, *at)
    inside = len(at) == len(shape_) and all(0 <= a < n for a, n in zip(at, shape_, strict=True))
    if not inside:
        fields.refuse("at", "name a cell of the output", list(at), f"output {shape_}")
    return at


def _flat(spec, x, w, bias, turned, output):
    """Return the numbers of a sequence or an image."""
    g, padded = padded_input(spec, x, w)
    arrays = {"input": x, "weight": w, "padded": padded, "turned": turned, "output": output}
    return flat(Correlation, arrays, g, spec["at"], bias=bias, flip=spec["flip"])


def flat(made, arrays, g, at, **rest):
    """Return the numbers in two dimensions: a sequence is an image of height 1."""
    rank = arrays["input"].ndim - 1
    lead = (1,) * (2 - rank)

    def tall(name):
        array, axes = arrays[name], 2 if name in ("weight", "turned") else 1
        return array.reshape(*array.shape[:axes], *lead, *array.shape[axes:])

    at = at and (at[0], *(0,) * (2 - rank), *at[1:])
    return made(rank=rank, g=g.image, at=at, **{name: tall(name) for name in arrays}, **rest)


def _slices(spec, x, w, bias, turned, output):
    """Return the numbers of a volume, slice by slice."""
    if len(x) > 1:
        fields.refuse("input", "have one channel", x.shape, "a figure's slices stand for depth")
    if len(w) > 1:
        fields.refuse("weight", "be one filter", w.shape)
    if not spec["at"]:
        fields.refuse("at", "name a cell of the output", spec["at"])
    g, padded = padded_input(spec, x, w)
    return Slices(
        rank=3, input=x[0], weight=w[0], bias=bias, g=Geometry(*(axes[1:] for axes in g[:5])),
        flip=False, padded=padded[0], turned=turned[0], output=output[0],
        at=tuple(spec["at"][1:]), depth=(g.stride[0], g.padding[0], g.dilation[0]),
    )  # fmt: skip


def padded_input(spec, x, w):
    """Return where the windows lie, and the input with its border."""
    arguments = (spec["stride"], spec["padding"], spec["dilation"], spec["groups"])
    g = convolution(x.shape[1:], w.shape[2:], *arguments)
    mode = "constant" if spec["padding_mode"] == "zeros" else spec["padding_mode"]
    return g, cnnlib.pad(x, [n for pair in reversed(g.padding) for n in pair], mode)


def _axes(padding):
    return padding if isinstance(padding, str) else tuple(padding)
