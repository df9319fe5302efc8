"""A convolution run backward: the gradients of its input and filter, and its transpose.

Each is a sum of products of one plane that moves over another, so it is drawn as a convolution:

    gradient for the input    the output's gradients, zeros between  ⋆  the filter, turned
    transposed convolution    the input's numbers, zeros between     ⋆  the filter, turned
    gradient for the filter   the padded input                       ⋆  the output's gradients

A stride of the forward call sets the numbers apart: by zeros in the first two, as the dilation of
what moves in the third, whose own stride is the forward call's dilation.
"""

from dataclasses import dataclass

import numpy as np

import cnnlib
from cnnlib.geometry import Geometry, convolution
from lesson.fences.error import FenceError
from lesson.figure import conv, fields
from lesson.figure.correlation import Correlation, flat, padded_input, place_of, ranked
from lesson.figure.fields import Field
from lesson.figure.text import plain

_AXES = {
    "stride": Field(fields.whole_or_list(), 1),
    "padding": Field(fields.whole_or_list(), 0),
    "dilation": Field(fields.whole_or_list(), 1),
}
TRANSPOSE = {
    **fields.COMMON,
    "input": Field(fields.numbers(1, 2, 3)),
    "weight": Field(fields.numbers(1, 2, 3, 4)),
    "bias": Field(fields.numbers(1), None),
    **_AXES,
    "output_padding": Field(fields.whole_or_list(), 0),
    "groups": Field(fields.whole, 1),
    "at": Field(fields.place, (0, 0, 0)),
}
GRADIENT = {
    **fields.COMMON,
    "wrt": Field(fields.one_of("input", "weight")),
    "input": Field(fields.numbers(2, 3)),
    "weight": Field(fields.numbers(2, 3, 4)),
    "grad_output": Field(fields.numbers(2, 3), None),
    **_AXES,
    "groups": Field(fields.whole, 1),
    "at": Field(fields.place, (0, 0, 0)),
}


@dataclass(frozen=True)
class Spread(Correlation):
    """A convolution over numbers that have zeros between them.

    `sources` says for each axis which number of the input stands at each place, -1 for a zero.
    """

    sources: tuple

    @property
    def bordered(self):
        """Whether there are cells that nobody gave."""
        return any(-1 in axis for axis in self.sources)

    def is_padding(self, channel, r, c):
        """Return whether the cell is a zero between the numbers or around them."""
        return bool(self.sources[0][r] < 0 or self.sources[1][c] < 0)


def render(kind, data, words):
    """Return the figure of a ``conv2d-grad`` or ``conv-transpose`` fence."""
    spec, c = compute(kind, data)
    part = {"input": "gradInput", "weight": "gradWeight"}.get(spec.get("wrt"), "transpose")
    return conv.figure(spec, c, words.within(part))


def compute(kind, data):
    """Return the figure's spec, defaults filled in and names made numbers, and its numbers."""
    return _gradient(kind, data) if kind == "conv2d-grad" else _transposed(kind, data)


def _transposed(kind, data):
    """Return the spec of a transposed convolution, defaults filled in, and its numbers."""
    values, rank = fields.read(kind, data, TRANSPOSE), int(kind[-2])
    x, w = ranked(values["input"], values["weight"], rank)
    values |= _per_axis(values, rank, "stride", "padding", "dilation", "output_padding")
    bias, groups = values["bias"], values["groups"]
    output = _asked(
        getattr(cnnlib, kind.replace("-", "_")), *_floats(x, w, bias),
        *(tuple(values[key]) for key in ("stride", "padding", "output_padding")),
        groups, tuple(values["dilation"]),
    )  # fmt: skip
    more = values["output_padding"]
    at = place_of(values["at"], output.shape, "at" in data)
    spec = _spec(kind, values, input=x, weight=w, bias=bias, at=at)
    return spec, _spread(spec, x, w, output, more, bias=bias)


def _gradient(kind, data):
    """Return the spec of a gradient, defaults filled in, and its numbers."""
    values = fields.read(kind, data, GRADIENT)
    x, w = ranked(values["input"], values["weight"], 2)
    values |= _per_axis(values, 2, "stride", "padding", "dilation")
    axes = [tuple(values[key]) for key in ("stride", "padding", "dilation")]
    forward = _asked(cnnlib.conv2d, *_floats(x, w, None), *axes, values["groups"])
    grad = np.ones_like(forward, int) if values["grad_output"] is None else values["grad_output"]
    grad = grad.reshape((1,) * (3 - grad.ndim) + grad.shape)
    wrt = values["wrt"]
    law = getattr(cnnlib.grad, f"conv2d_{wrt}")
    given = (x.shape, w.astype(float)) if wrt == "input" else (x.astype(float), w.shape)
    output = _asked(law, *given, grad.astype(float), *axes, values["groups"])
    if wrt == "weight":
        output = _one_channel(x, output)
    at = place_of(values["at"], output.shape, "at" in data)
    spec = _spec(kind, values, input=x, weight=w, grad_output=grad, at=at)
    if wrt == "weight":
        return spec, _sampled(spec, x, grad, output)
    g = convolution(x.shape[1:], w.shape[2:], *axes, values["groups"])
    dropped = [
        (room - reach) % step for room, reach, step in zip(g.padded, g.reach, g.stride, strict=True)
    ]
    return spec, _spread(spec, grad, w, output, dropped)


def _one_channel(x, output):
    """Return the filters' gradients as planes; refuse an input of several channels."""
    if len(x) > 1:
        fields.refuse("input", "have one channel", x.shape, "each filter's gradient is one plane")
    return output[:, 0]


def _per_axis(values, rank, *names):
    return {name: fields.per_axis(name, values[name], rank) for name in names}


def _floats(x, w, bias):
    return x.astype(float), w.astype(float), None if bias is None else bias.astype(float)


def _asked(law, *arguments):
    """Return what cnnlib computes, or refuse with its reason."""
    try:
        return law(*arguments)
    except (ValueError, TypeError) as error:
        raise FenceError(str(error)) from None


def _spec(kind, values, at, **arrays):
    """Return what the element carries: names made numbers, every size a list."""
    numbers = {name: None if array is None else plain(array) for name, array in arrays.items()}
    return {"kind": kind, **values, **numbers, "at": at and list(at)}


def gathered(weight, groups):
    """Return the weight by what it gives to: (C, O/groups, …) for (O, C/groups, …), or back.

    Examples
    --------
    >>> import numpy as np
    >>> from lesson.figure.adjoint import gathered
    >>> gathered(np.zeros((4, 3, 5, 5)), 2).shape
    (6, 2, 5, 5)
    """
    first, depth, *taps = weight.shape
    parts = weight.reshape(groups, first // groups, depth, *taps).swapaxes(1, 2)
    return parts.reshape(groups * depth, first // groups, *taps)


def _sources(size, gap, pair):
    """Return which number stands at each place when they are set `gap` cells apart."""
    length = gap * (size - 1) + 1
    places = np.arange(length + sum(pair)) - pair[0]
    stands = (places >= 0) & (places < length) & (places % gap == 0)
    return np.where(stands, places // gap, -1)


def _spread(spec, x, w, output, more, bias=None):
    """Return the numbers of a window that moves by one over `x` with zeros between and around."""
    rank, groups = x.ndim - 1, spec["groups"]
    keys = ("stride", "padding", "dilation")
    axes = list(zip(w.shape[2:], *(spec[key] for key in keys), more, strict=True))
    pairs = tuple((d * (k - 1) - p, d * (k - 1) - p + e) for k, _, p, d, e in axes)
    sources = [
        _sources(n, s, pair) for n, (_, s, *_), pair in zip(x.shape[1:], axes, pairs, strict=True)
    ]
    padded = np.pad(x, [(0, 0)] + [(0, 1)] * rank)[:, *np.ix_(*sources)]  # -1 is the zero behind
    filters = gathered(w, groups)
    arrays = {
        "input": x, "weight": filters, "padded": padded, "output": output,
        "turned": np.flip(filters, tuple(range(2, 2 + rank))),
    }  # fmt: skip
    ones = (1,) * rank
    length = tuple(s * (n - 1) + 1 for n, (_, s, *_) in zip(x.shape[1:], axes, strict=True))
    g = Geometry(length, w.shape[2:], ones, pairs, tuple(spec["dilation"]), groups)
    lead = [np.zeros(1, int)] * (2 - rank)
    return flat(Spread, arrays, g, spec["at"], bias=bias, flip=True, sources=(*lead, *sources))


def _sampled(spec, x, grad, output):
    """Return the numbers of the output's gradients as they move over the padded input."""
    g, padded = padded_input({**spec, "padding_mode": "zeros"}, x, np.array(spec["weight"]))
    g = g._replace(kernel=grad.shape[1:], stride=g.dilation, dilation=g.stride)
    filters = grad[:, None]
    arrays = {
        "input": x, "weight": filters, "padded": padded, "turned": filters, "output": output
    }  # fmt: skip
    return flat(Correlation, arrays, g, spec["at"], bias=None, flip=False)
