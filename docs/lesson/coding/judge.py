"""The judge: runs a reader's function on fresh cases, and names the mistake where it knows it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from lesson.coding.task import Arguments, Task
from lesson.coding.tasks import TASKS
from lesson.running.session import Session


@cache
def texts() -> dict[str, Any]:
    """Return what the tasks and the judge say, in both languages."""
    found = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def judge(name: str, code: str, lang: str, seed: int | None = None) -> dict[str, Any]:
    """Return whether the function that `code` defines does what the task asks.

    Parameters
    ----------
    name : str
        The task, one of `TASKS`.
    code : str
        What the reader wrote.
    lang : str
        The language of the answer, "ko" or "en".
    seed : int, optional
        Draws the cases; without it they are drawn afresh.

    Returns
    -------
    dict
        "right": bool; "said": a sentence or two; "error": the error's last lines, or None; "case":
        the arguments, the value wanted and the value got, each as text, or None.

    Examples
    --------
    >>> from lesson.coding.judge import judge
    >>> judge("inner-product", "def inner_product(a, b):\\n    return (a * b).sum()", "en")["right"]
    True
    >>> judge("inner-product", "def inner_product(a, b):\\n    return (a + b).sum()", "en")["said"]
    'The cells are added in pairs. They have to be multiplied in pairs, and the products added.'
    """
    task, words = TASKS[name], texts()["judge"]
    session = Session(lang)
    parts = session.run(code)
    if parts and parts[-1]["cut"]:
        return _verdict(words["printed"][lang])
    if error := parts and parts[-1]["error"]:
        return _verdict(error["why"] or words["raised"][lang], error=error)
    function = session.names.get(task.function)
    if not callable(function):
        return _verdict(words["missing"][lang].format(name=task.function))
    cases = list(task.cases(np.random.default_rng(seed)))
    wanted, replies = [task.right(*case) for case in cases], []
    for case, want in zip(cases, wanted, strict=True):
        got, error = session.call(function, *_copies(case))
        if error:
            why = error["why"] or words["raised"][lang]
            return _verdict(why, error=error, case=_case(task, case, want))
        replies.append(got)
    first = next((i for i, want in enumerate(wanted) if not _alike(replies[i], want)), None)
    if first is None:
        return {**_verdict(words["right"][lang].format(n=len(cases))), "right": True}
    why = _why(name, cases, replies, replies[first], wanted[first], lang)
    return _verdict(why, case=_case(task, cases[first], wanted[first], replies[first]))


def told(name: str, code: str, lang: str) -> str:
    """Return what `judge` returns, as the worker hands it on."""
    return json.dumps(judge(name, code, lang))


def _copies(case: Arguments) -> Arguments:
    """Return the arguments anew: what a reader's function changes in them stays with it."""
    return tuple(each.copy() if isinstance(each, np.ndarray) else each for each in case)


def _why(
    name: str, cases: list[Arguments], replies: list[Any], got: Any, want: Any, lang: str
) -> str:
    """Return what is wrong: nothing returned, a known mistake, another shape, or other values."""
    words = texts()["judge"]
    if got is None:
        return words["nothing"][lang]
    for wrong in TASKS[name].wrong:
        if all(_alike(got, wrong(*case)) for got, case in zip(replies, cases, strict=True)):
            return texts()["tasks"][name]["wrong"][wrong.__name__][lang]
    if _shape(got) != np.shape(want):
        return words["shape"][lang].format(want=np.shape(want), got=_shape(got))
    return words["values" if np.shape(want) else "value"][lang]


def _shape(value: Any) -> Any:
    """Return the shape of what a reader's function returned, or its type where it has none."""
    try:
        return np.shape(value)
    except ValueError:
        return type(value).__name__


def _alike(got: Any, want: Any) -> bool:
    """Return whether a value is of the shape and the size that was wanted."""
    try:
        found = np.asarray(got, dtype=float)
    except (TypeError, ValueError):
        return False
    return found.shape == np.shape(want) and np.allclose(found, want)


def _case(task: Task, case: Arguments, want: Any, got: Any = None) -> dict[str, str]:
    """Return a case as text: the arguments by their names, the value wanted and the value got."""
    names = task.right.__code__.co_varnames
    given = [
        f"{name} = {value!r}".replace("\n", "\n" + " " * len(f"{name} = "))
        for name, value in zip(names, case, strict=False)
    ]
    return {
        "given": "\n".join(given),
        "want": _text(np.asarray(want)),
        "got": "" if got is None else _text(got),
    }


def _text(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    return str(value) if isinstance(value, np.generic) else repr(value)[:2000]


def _verdict(
    said: str, error: dict[str, Any] | None = None, case: dict[str, str] | None = None
) -> dict[str, Any]:
    return {"right": False, "said": said, "error": error and _lines(error), "case": case}


def _lines(error: dict[str, Any]) -> str:
    """Return the lines of the reader's own code that an error came from, and what it says."""
    return "\n".join([*error["trace"], error["said"]])
