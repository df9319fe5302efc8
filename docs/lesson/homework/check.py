"""Check a typed shape: right, carried on from an earlier mistake, or a named misconception."""

import re
import unicodedata
from dataclasses import dataclass

from lesson.homework.steps import Shape, Step, apply

LONGEST_REPLY = 80
RIGHT, CARRIED, WRONG, UNREAD, EMPTY = "right", "carried", "wrong", "unread", "empty"
POINTS = {RIGHT: 1.0, CARRIED: 0.5}
"""Half a point: the step is right, but starts from a wrong shape."""


@dataclass(frozen=True)
class Verdict:
    """What a reply is, and the misconceptions that would give it."""

    state: str
    misconceptions: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """The score of the step."""
        return POINTS.get(self.state, 0.0)


def read_shape(text: str) -> tuple[float, ...] | None:
    """Return the numbers of a typed shape, or None if it holds anything else.

    Examples
    --------
    >>> from lesson.homework.check import read_shape
    >>> read_shape("torch.Size([10, 3, 16, 16])") == read_shape("10 × 3 x 16x16")
    True
    >>> read_shape("about 16") is None
    True
    """
    plain = re.sub(r"[−–—]", "-", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"torch\.size", " ", plain, flags=re.IGNORECASE)
    plain = re.sub(r"[()\[\]{}]", " ", plain)
    plain = re.sub(r"(?<=[\d\s.])\s*[xX×✕*·]\s*(?=[-\d\s.])", " ", plain)
    tokens = re.sub(r"[,;]", " ", plain).split()
    if not tokens or not all(
        re.fullmatch(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)", token) for token in tokens
    ):
        return None
    return tuple(float(token) for token in tokens)


def check(step: Step, reply: str, earlier: str | None = None) -> Verdict:
    """Return the verdict on `reply`; `earlier` is what the student wrote for the step before."""
    if not reply.strip():
        return Verdict(EMPTY)
    shape = read_shape(reply)
    if shape is None:
        return Verdict(UNREAD)
    if shape == step.after:
        return Verdict(RIGHT)
    if earlier is not None and shape == _carried(step, earlier):
        return Verdict(CARRIED)
    names = [name for name, wrong in step.misconceptions() if _agree(shape, wrong)]
    return Verdict(WRONG, tuple(dict.fromkeys(names)))


def _agree(shape: tuple[float, ...], wrong: Shape) -> bool:
    """Whether two shapes agree; a size that is no integer may be rounded to two places."""
    return len(shape) == len(wrong) and all(
        abs(a - b) <= (1e-6 if b == int(b) else 0.006) for a, b in zip(shape, wrong, strict=True)
    )


def _carried(step: Step, earlier: str) -> Shape | None:
    """Return what the step makes of the student's own earlier shape, if it is wrong but usable."""
    before = read_shape(earlier)
    if before is None or before == step.before or not all(n == int(n) >= 1 for n in before):
        return None
    if max(before) > 10**6:
        return None
    try:
        return apply(step.layer, tuple(int(n) for n in before))
    except ValueError:
        return None
