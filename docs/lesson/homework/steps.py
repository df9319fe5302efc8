"""The steps of a network: each layer's shapes, its formula with numbers, its code."""

from dataclasses import dataclass
from typing import Any

from lesson import misconception
from lesson.exercise.kinds import KINDS
from lesson.homework import mistakes
from lesson.homework.variant import Layer, Network

Shape = tuple[int, ...]
EXERCISE = {
    "conv": "output-shape",
    "pool": "output-shape",
    "avg": "output-shape",
    "flatten": "flatten",
    "linear": "linear-shape",
}
WINDOWS = ("conv", "pool", "avg")


@dataclass(frozen=True)
class Step:
    """One layer with the shape that enters and the shape that leaves."""

    layer: Layer
    before: Shape
    after: Shape
    lazy: bool = False  # the layer finds its input features itself, so its code tells no answer
    start: Shape = ()  # the shape after the last step that was asked
    chain: tuple[Layer, ...] = ()  # the layers from there up to this one

    def misconceptions(self) -> list[tuple[str, Shape]]:
        """Return (name, wrong shape) for every misconception that can be told apart."""
        found = misconception.find(*_question(self.layer, self.before), self.after)
        kind, kernel = self.layer.kind, self.layer.kernel_size
        for name, wrong in mistakes.axes(kind, self.before, self.after, kernel):
            if wrong != self.after and (name, wrong) not in found:
                found.append((name, wrong))
        return found

    @property
    def blanks(self) -> tuple[int, ...]:
        """The numbers that the formula leaves open, the result last."""
        layer, before, after = self.layer, self.before, self.after
        if layer.kind in WINDOWS:
            return (before[2], layer.padding, layer.kernel_size, layer.stride, after[2])
        if layer.kind == "flatten":
            return (*before[1:], after[1])
        return (before[1], after[1])

    @property
    def filled(self) -> str:
        """The formula with its numbers, without the result."""
        numbers = self.blanks
        if self.layer.kind in WINDOWS:
            size, padding, kernel, stride, _ = numbers
            return f"⌊({size} + 2·{padding} − {kernel}) / {stride}⌋ + 1"
        if self.layer.kind == "flatten":
            return " · ".join(map(str, numbers[:-1]))
        return f"({self.before[0]}, {numbers[0]}) → ({self.before[0]}, ?)"

    @property
    def worked(self) -> str:
        """The whole worked line."""
        if self.layer.kind == "linear":
            return f"{self.before} → {self.after}"
        line = f"{self.filled} = "
        if self.layer.kind != "flatten":
            size, padding, kernel, stride, _ = self.blanks
            line += f"⌊{size + 2 * padding - kernel} / {stride}⌋ + 1 = "
        return f"{line}{self.blanks[-1]} → {self.after}"

    @property
    def code(self) -> str:
        """The layer as it is written in PyTorch."""
        layer = self.layer
        if layer.kind == "flatten":
            return "Flatten()"
        if self.lazy:
            return f"LazyLinear({layer.outs})"
        if layer.kind == "linear":
            return f"Linear({self.before[1]}, {layer.outs})"
        pool = layer.kind != "conv"
        usual = layer.kernel_size if pool else 1
        extra = f", stride={layer.stride}" if layer.stride != usual else ""
        extra += f", padding={layer.padding}" if layer.padding else ""
        if pool:
            name = "AvgPool2d" if layer.kind == "avg" else "MaxPool2d"
            return f"{name}({layer.kernel_size}{extra})"
        return f"Conv2d({self.before[1]}, {layer.outs}, kernel_size={layer.kernel_size}{extra})"


def _question(layer: Layer, before: Shape) -> tuple[str, dict[str, Any]]:
    """Return the step as an exercise: its kind and what is given."""
    kind = EXERCISE[layer.kind]
    if layer.kind == "flatten":
        given: dict[str, Any] = {"shape": before}
    elif layer.kind == "linear":
        given = {"input": before, "out_features": layer.outs}
    else:
        given = {
            "input": before,
            "kernel_size": layer.kernel_size,
            "stride": layer.stride,
            "padding": layer.padding,
            "out_channels": layer.outs or None,
        }
    return kind, KINDS[kind].check(given)


def apply(layer: Layer, before: Shape) -> Shape:
    """Return the shape after `layer`; ValueError if it does not fit.

    Examples
    --------
    >>> from lesson.homework.steps import apply
    >>> from lesson.homework.variant import LECTURE
    >>> apply(LECTURE.layers[0], (10, 1, 20, 20))
    (10, 3, 16, 16)
    """
    axes = 2 if layer.kind == "linear" else 4
    if len(before) != axes:
        raise ValueError(f"`before` must have {axes} axes, got {before}")
    kind, given = _question(layer, before)
    return KINDS[kind].answer(given)


def steps(network: Network, asked: tuple[str, ...] | None = None) -> list[Step]:
    """Return the network's steps in order: all of them, or those that are asked."""
    rows, chain = [], ()
    shape = start = network.input
    lazy = True  # the first layer of features does not say what flattening gives
    for layer in network.layers:
        after, chain = apply(layer, shape), (*chain, layer)
        first = lazy and layer.kind == "linear"
        lazy = lazy and not first
        if asked is None or layer.name in asked:
            rows.append(Step(layer, shape, after, first, start, chain))
            start, chain = after, ()
        shape = after
    return rows


def code(network: Network) -> str:
    """Return the network as PyTorch code, ReLU after every layer that learns but the last."""
    lines, rows = [], steps(network)
    for step in rows:
        lines.append(f"{step.layer.name}=nn.{step.code},")
        if step.layer.outs and step is not rows[-1]:
            lines.append(f"relu{sum('relu' in line for line in lines) + 1}=nn.ReLU(),")
    body = "\n".join(f"    {line}" for line in lines)
    return f"net = nn.Sequential(OrderedDict(\n{body}\n))\nimages = torch.rand{network.input}"
