"""The library's sources, read once: its files, what they import, and its functions."""

import ast
from pathlib import Path
from typing import NamedTuple

from tests.pages.markdown_pages import ROOT

LIBRARY = ROOT / "cnnlib"
FILES = sorted(LIBRARY.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return a file's name inside the library: ``fast.table``, or ``fast`` for its __init__."""
    parts = path.relative_to(LIBRARY).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


class Function(NamedTuple):
    """One function: where it stands, its parameters and its body's lines."""

    place: str
    public: bool
    parameters: list[ast.arg]
    lines: int


def _parameters(node: ast.FunctionDef) -> list[ast.arg]:
    """Return a function's parameters, ``self`` and its kin left out."""
    given = node.args
    several = [given.vararg, given.kwarg]
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, *(a for a in several if a)]
    return [a for a in every if a.arg not in ("self", "cls")]


def _lines(node: ast.FunctionDef, source: list[str]) -> int:
    """Return how many lines a body has: no docstring, no signature, nothing blank, no comment."""
    first, *rest = node.body
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    body = rest if said else node.body
    if not body:
        return 0
    lines = (line.strip() for line in source[body[0].lineno - 1 : node.end_lineno])
    return sum(bool(line) and not line.startswith("#") for line in lines)


def functions() -> list[Function]:
    """Return every function and method of the library, those within others too."""
    found = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        top = {id(node) for node in tree.body}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                place = f"{name_of(path)}.{node.name}"
                public = id(node) in top and _is_public(name_of(path), node.name)
                lines = _lines(node, text.splitlines())
                found.append(Function(place, public, _parameters(node), lines))
    return found


def _is_public(module: str, name: str) -> bool:
    """Return whether a room that readers import offers the function, with torch's arguments."""
    import cnnlib

    rooms = (cnnlib, cnnlib.grad, cnnlib.naive, cnnlib.shape)
    offered = [getattr(room, name, None) for room in rooms if name in room.__all__]
    return any(getattr(f, "__module__", "") == f"cnnlib.{module}" for f in offered)


def imports(path: Path, whole: bool = True) -> set[str]:
    """Return which modules of the library a file imports; within functions only if ``whole``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree) if whole else tree.body:
        if isinstance(node, ast.Import):
            found |= {_own(alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {_own(f"{node.module}.{alias.name}") for alias in node.names}
    return found - {""}


def _own(dotted: str) -> str:
    """Return the module of the library that a dotted name lies in, or nothing."""
    known = {name_of(path) for path in FILES}
    root, _, inner = dotted.partition(".")
    while root == "cnnlib" and inner not in known:
        inner = inner.rpartition(".")[0]
    return inner if root == "cnnlib" else ""
