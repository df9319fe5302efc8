"""What a task is: a right solution, wrong ones, and cases that tell them apart."""

import ast
import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

Solution = Callable[..., Any]
Arguments = tuple[Any, ...]


class Task(NamedTuple):
    """A function to write.

    `right` is the reference solution: its name and its docstring are the task's own; `wrong` are
    solutions with a mistake each, `cases` yields arguments, drawn afresh from a generator, the
    easiest first.
    """

    right: Solution
    wrong: tuple[Solution, ...]
    cases: Callable[[np.random.Generator], Iterator[Arguments]]

    @property
    def function(self) -> str:
        """The name under which the judge looks for the reader's function."""
        return self.right.__name__

    @property
    def solution(self) -> str:
        """The reference solution as the page shows it."""
        return f"{_heading(self.right)}{inspect.getsource(self.right)}"

    @property
    def starter(self) -> str:
        """What the reader begins with: the first lines of the solution, and nothing of how."""
        source = inspect.getsource(self.right)
        described = ast.parse(source).body[0].body[0]
        kept = source.splitlines()[: described.end_lineno]
        return _heading(self.right) + "\n".join([*kept, "    ...", ""])


def _heading(function: Solution) -> str:
    return "import numpy as np\n\n\n" if "np." in inspect.getsource(function) else ""


def whole(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Return an array of small whole numbers, which no two ways of reading it turn into one."""
    return rng.integers(-4, 9, shape)
