"""Check a typed shape: right, carried on from an earlier mistake, or a named misconception."""

from dataclasses import dataclass

from lesson.homework import mistakes
from lesson.homework.reading import Shape, read_shape, readings
from lesson.homework.steps import Step, apply

RIGHT, CARRIED, REPEATED = "right", "carried", "repeated"
WRONG, UNREAD, EMPTY = "wrong", "unread", "empty"
POINTS = {RIGHT: 1.0, CARRIED: 0.5, REPEATED: 1.0}
"""Of a step's points. Half: the step is right, but starts from a wrong shape. Whole again: the one
mistake in all of them, how a shape is written, has cost its point at the step before."""


@dataclass(frozen=True)
class Verdict:
    """What a reply is, and the misconceptions that would give it."""

    state: str
    misconceptions: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """The share of the step's points."""
        return POINTS.get(self.state, 0.0)


def check(step: Step, reply: str, earlier: str | None = None) -> Verdict:
    """Return the verdict on `reply`; `earlier` is what the student wrote for the step before.

    Examples
    --------
    >>> from lesson.homework.check import check
    >>> from lesson.homework.assignment import read
    >>> first, second, *rest = read("lecture").steps_of("")
    >>> check(first, "10x3x15x15").misconceptions
    ('no-plus-one',)
    >>> check(second, "10x10x11x11", earlier="10x3x15x15").state
    'carried'
    >>> check(second, "(10, 12, 12)", earlier="(3, 16, 16)").state
    'repeated'
    """
    if not reply.strip():
        return Verdict(EMPTY)
    shapes = readings(reply)
    if not shapes:
        return Verdict(UNREAD)
    if step.after in shapes:
        return Verdict(RIGHT)
    before = read_shape(earlier) if earlier is not None else None
    if before is not None:
        for name in mistakes.REPEATED:
            if _repeats(step, name, shapes, before):
                return Verdict(REPEATED, (name,))
        if any(shape in shapes for shape in _carried(step, before)):
            return Verdict(CARRIED)
    return Verdict(WRONG, _names(step, shapes))


def _names(step: Step, shapes: list[Shape]) -> tuple[str, ...]:
    for shape in shapes:
        names = [name for name, wrong in step.misconceptions() if _agree(shape, wrong)]
        if names:
            return tuple(dict.fromkeys(names))
    return (mistakes.part(shapes[0], step.after),)


def _repeats(step: Step, name: str, shapes: list[Shape], before: Shape) -> bool:
    """Whether this shape and the one before are both right but for the same way to write them."""
    start, after = mistakes.written(name, step.start), mistakes.written(name, step.after)
    return before == start != step.start and after in shapes


def _agree(shape: Shape, wrong: Shape) -> bool:
    """Whether two shapes agree; a size that is no integer may be rounded to two places."""
    return len(shape) == len(wrong) and all(
        abs(a - b) <= (1e-6 if b == int(b) else 0.006) for a, b in zip(shape, wrong, strict=True)
    )


def _carried(step: Step, before: Shape) -> list[Shape]:
    """Return what the step makes of the student's own earlier shape, if it is wrong but usable."""
    if before == step.start or not all(n == int(n) and 1 <= n <= 10**6 for n in before):
        return []
    whole = tuple(int(n) for n in before)
    found = [_through(step, whole)]
    without = _through(step, (step.start[0], *whole))  # the batch is missing from both
    return [shape for shape in (*found, without[1:] if without else None) if shape]


def _through(step: Step, shape: Shape) -> Shape | None:
    try:
        for layer in step.chain:
            shape = apply(layer, shape)
    except ValueError:
        return None
    return shape
