"""Random calls, valid and invalid, compared with torch: ``python -m tests.cnnlib.fuzz [N] [seed]``.

A case is one call with NumPy arrays or torch tensors.  Both libraries must accept it or both must
refuse it (cnnlib with ValueError or TypeError), and what they give must have the same shape, dtype
and values: in float64 to 1e-9 of the largest.
"""

import sys
import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import torch

from tests.cnnlib.backward_calls import BACKWARD
from tests.cnnlib.calls import FORWARD
from tests.cnnlib.known import known_difference
from tests.cnnlib.large_calls import LARGE
from tests.cnnlib.oracle import difference

FAMILIES = FORWARD + BACKWARD + LARGE
REFUSED = (RuntimeError, TypeError, ValueError, IndexError)


class Report(NamedTuple):
    """How a run went: calls by family and outcome, and what disagreed."""

    outcomes: Counter[tuple[str, str]]
    disagreements: list[str]


def outcome(function: Callable[..., Any], errors: tuple[type[Exception], ...]) -> Any:
    """Return what a call gives, or the error by which it refuses."""
    try:
        return function()
    except NotImplementedError:
        raise
    except errors as error:
        return error


def said(result: Any) -> str:
    """Write an outcome down: an error's first line, or the shapes of what came."""
    if isinstance(result, Exception):
        return f"{type(result).__name__}: {str(result).splitlines()[0][:160]}"
    return ", ".join(str(tuple(a.shape)) for a in result)


def compare(case: Any) -> tuple[str, str]:
    """Return the kind of agreement, and how the two disagree, or nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = outcome(case.theirs, REFUSED)
    except NotImplementedError:
        return "torch has no kernel for the dtype", ""
    ours = outcome(case.ours, (ValueError, TypeError))
    if isinstance(ours, Exception) or isinstance(theirs, Exception):
        if isinstance(ours, Exception) and isinstance(theirs, Exception):
            return "refused", ""
        known = known_difference(case.name, case.arguments, ours, theirs)
        if known:
            return known, ""
        return "refused", f"ours {said(ours)}, theirs {said(theirs)}"
    problems = [difference(a, b) for a, b in zip(ours, theirs, strict=True)]
    return "accepted", "; ".join(p for p in problems if p)


def run(count: int, seed: int = 0) -> Report:
    """Make ``count`` calls, the families in turn."""
    rng, report = np.random.default_rng(seed), Report(Counter(), [])
    for number in range(count):
        family = FAMILIES[number % len(FAMILIES)]
        case = family(rng)
        try:
            kind, problem = compare(case)
        except Exception as error:  # an error of the wrong type is a finding, not a crash
            kind, problem = "refused", f"{type(error).__name__}: {error}"
        report.outcomes[family.__name__, kind] += 1
        if problem:
            report.disagreements.append(f"#{number} {case.text}\n    {problem}")
    return report


def main(count: int = 100_000, seed: int = 0) -> int:
    """Print a table of outcomes and every disagreement; 0 if there is none."""
    torch.set_num_threads(1)
    report = run(count, seed)
    for (family, kind), number in sorted(report.outcomes.items()):
        print(f"{number:7}  {family:16} {kind}")
    for text in report.disagreements[:40]:
        print(text)
    print(f"{count} calls, {len(report.disagreements)} disagreements")
    return bool(report.disagreements)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
