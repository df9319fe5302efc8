"""From a skill and a seed to an exercise, by the same integers as in the browser.

What is drawn: a list is one of its entries; ``from``, ``to`` and ``step`` one of a range; ``each``
a list of draws; ``rows``, ``columns`` and ``of`` a matrix; anything else is itself. Every choice
takes one number of mulberry32. Numbers with which a mistake of ``told`` would go unnoticed, because
it gives the right answer too, are drawn again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lesson import misconception
from lesson.exercise.kinds import KINDS
from lesson.homework.variant import mulberry32
from lesson.mastery import SKILLS

Below = Callable[[int], int]


@dataclass(frozen=True)
class Drawn:
    """What is given, the answer, and what each misconception would have answered."""

    given: dict[str, Any]
    answer: Any
    wrong: list[tuple[str, Any]]


def draw(skill: str, seed: int) -> Drawn:
    """Return the exercise that a seed makes of a skill.

    Examples
    --------
    >>> from lesson.mastery.draw import draw
    >>> draw("padded-size", 1).given
    {'input': 25, 'kernel_size': 3, 'padding': 3}
    >>> draw("padded-size", 1).answer
    29
    """
    entry = SKILLS[skill]
    draws = mulberry32(seed)
    while True:
        given = made(entry["draw"], lambda count: next(draws) % count)
        checked = KINDS[entry["kind"]].check(given)
        answer = KINDS[entry["kind"]].answer(checked)
        wrong = misconception.find(entry["kind"], checked, answer)
        if set(entry["told"]) <= {name for name, _ in wrong}:
            return Drawn(given, answer, wrong)


def made(spec: Any, below: Below) -> Any:
    """Return what a specification of draws becomes; `below` gives a number below its argument."""
    if isinstance(spec, list):
        return spec[below(len(spec))]
    if not isinstance(spec, dict):
        return spec
    if "each" in spec:
        return [made(part, below) for part in spec["each"]]
    if "of" in spec:
        columns = range(spec["columns"])
        return [[made(spec["of"], below) for _ in columns] for _ in range(spec["rows"])]
    if "from" in spec:
        step = spec.get("step", 1)
        return spec["from"] + step * below((spec["to"] - spec["from"]) // step + 1)
    return {name: made(part, below) for name, part in spec.items()}
