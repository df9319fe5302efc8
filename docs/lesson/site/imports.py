"""Which of the repository's own files a piece of Python depends on."""

import ast
import hashlib
from functools import cache
from pathlib import Path

import cnnlib

ROOTS = {"cnnlib": Path(cnnlib.__file__).parent, "lesson": Path(__file__).parents[1]}


def state(path, *more):
    """Return a mark of a file, of all that it imports from here, and of `more` files."""
    files = sorted({path, *reached(path), *more})
    return hashlib.sha256(b"\0".join(each.read_bytes() for each in files)).hexdigest()[:16]


def reached(path):
    """Return the files of this repository that the file `path` imports, and those import."""
    found, new = set(), {Path(path)}
    while new:
        new = set().union(*(_imported(each, each.stat().st_mtime_ns) for each in new)) - found
        found |= new
    return found


@cache
def _imported(path, changed):
    """Return the files that one file imports; `changed` makes an edited file a new question."""
    files = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, path)
            names = [base, *(f"{base}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            files |= _files(name)
    return files


def _base(node, path):
    """Return the module that `from ... import` names, from its own place if that is relative."""
    if not node.level:
        return node.module or ""
    for name, root in ROOTS.items():
        if path.is_relative_to(root):
            parts = [name, *path.relative_to(root).parts][: -node.level]
            return ".".join([*parts, *filter(None, [node.module])])
    return ""


def _files(name):
    """Return the files that the import of a module runs: its packages and itself."""
    first, *rest = name.split(".")
    if first not in ROOTS:
        return set()
    places = [ROOTS[first].joinpath(*rest[:depth]) for depth in range(len(rest) + 1)]
    files = [file for place in places for file in (place / "__init__.py", place.with_suffix(".py"))]
    return {file for file in files if file.is_file()}
