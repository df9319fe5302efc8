"""Imports flow one way, from room to room, as the first lines of ``cnnlib`` draw it."""

import re
from graphlib import TopologicalSorter

import pytest

import cnnlib
from tests.package.sources import FILES, imports, name_of

DRAWN = cnnlib.__doc__.split("below:\n\n")[1].split("\n\n")[0].splitlines()
LINES = [re.match(r" {4}(?:\w+ {0,3})+", line)[0].split() for line in DRAWN]
HEIGHT = {room: height for height, line in enumerate(LINES) for room in line}
LATE = {("fast.grad_input", "fast.dispatch")}
"""Imports within a function: the gradient for the input asks for a correlation of its own."""


def room(module):
    """Return which room a module lies in."""
    return module.split(".")[0]


def test_every_module_has_its_room():
    assert {room(name_of(path)) for path in FILES} - {""} == set(HEIGHT)


@pytest.mark.parametrize("path", [p for p in FILES if name_of(p)], ids=name_of)
def test_a_room_imports_from_the_lines_above_it(path):
    here = room(name_of(path))
    for module in imports(path):
        there = room(module)
        assert there == here or HEIGHT[there] < HEIGHT[here], f"{name_of(path)} imports {module}"


def test_no_import_runs_in_a_circle():
    TopologicalSorter({name_of(path): imports(path, whole=False) for path in FILES}).prepare()


def test_imports_within_functions_are_known():
    late = {
        (name_of(path), module)
        for path in FILES
        for module in imports(path) - imports(path, whole=False)
    }
    assert late == LATE
