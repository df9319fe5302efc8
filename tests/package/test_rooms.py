"""Imports flow one way, from room to room, and run in no circle.

    _check
    geometry
    shape    pad    kernels
    fast
    tensors
    engine
    conv  conv_transpose  pool  fold  linear  loss  inner
    grad
    naive    layers

A room imports from the lines above it, and from itself.
"""

from graphlib import TopologicalSorter

import pytest

from tests.package.sources import FILES, imports, name_of

LINES = [line.split() for line in __doc__.splitlines() if line.startswith("    ")]
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
