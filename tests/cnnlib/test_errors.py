"""Every error text, literally: reference/errors.txt lists calls and what they answer."""

import ast
import inspect
from pathlib import Path
from types import TracebackType

import numpy as np
import pytest
import torch

import cnnlib

LINES = (Path(__file__).parent / "reference" / "errors.txt").read_text("utf-8").splitlines()
CALLS = list(zip(LINES[::2], (line.strip() for line in LINES[1::2]), strict=True))
NAMES = {**vars(cnnlib), "np": np, "torch": torch, "ones": lambda *shape: np.ones(shape)}
ROOM = Path(inspect.getfile(cnnlib)).parent
SOURCES = [path for path in ROOM.rglob("*.py") if not {"lesson", "fast"} & set(path.parts)]


@pytest.mark.parametrize(("call", "answer"), CALLS, ids=[call for call, _ in CALLS])
def test_a_refusal_says_what_where_and_why(call, answer):
    with pytest.raises((ValueError, TypeError)) as caught:
        eval(call, dict(NAMES))
    assert f"{caught.type.__name__}: {caught.value}" == answer


def places(traceback: TracebackType | None):
    """Yield (file, line) of every frame of a traceback."""
    while traceback:
        yield Path(traceback.tb_frame.f_code.co_filename), traceback.tb_lineno
        traceback = traceback.tb_next


def refusals(path: Path):
    """Yield the lines of every refusal in a source file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = (
            isinstance(node, ast.Call)
            and getattr(node.func, "attr", getattr(node.func, "id", "")) == "refuse"
        )
        if called or isinstance(node, ast.Raise):
            yield path, range(node.lineno, node.end_lineno + 1)


def test_every_refusal_in_the_library_is_listed():
    reached = set()
    for call, _ in CALLS:
        with pytest.raises((ValueError, TypeError)) as caught:
            eval(call, dict(NAMES))
        reached.update(places(caught.tb))
    missing = [
        f"{path.relative_to(ROOM)}:{lines[0]}"
        for source in SOURCES
        for path, lines in refusals(source)
        if not any((path, line) in reached for line in lines)
    ]
    assert not missing


def test_a_refusal_names_the_argument_first():
    for _, answer in CALLS:
        assert answer.split(": ")[1].startswith(("`", "layer "))
