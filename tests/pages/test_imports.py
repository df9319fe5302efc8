"""Code that readers see imports what they can have: NumPy, SciPy, torch, cnnlib, and the course's
example arrays and figures."""

import ast
import builtins
import doctest
import sys

import jupytext
import pytest

from tests.pages.markdown_pages import PYTHON, ROOT, fences, name, pages

ROOTS = {"cnnlib", "numpy", "scipy", "torch"} | sys.stdlib_module_names
COURSE = {"lesson.examples", "lesson.show"}
PAGES = [*pages(), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
NOTEBOOKS = sorted((ROOT / "docs").rglob("notebooks/*.py"))


def code(text):
    """Return the statements of a block, a session's without what it printed."""
    if not text.lstrip().startswith(">>>"):
        return ast.parse(text)
    return ast.parse("".join(e.source for e in doctest.DocTestParser().get_examples(text)))


def imported(tree):
    """Yield the modules that some code imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def strangers(tree):
    """Return the modules that a reader would have to look for."""
    return {
        each for each in imported(tree) if each.split(".")[0] not in ROOTS and each not in COURSE
    }


def shown(path):
    """Return the code of a notebook's cells that the page shows, as one module."""
    cells = jupytext.read(path).cells
    return ast.parse(
        "\n\n".join(
            cell.source
            for cell in cells
            if cell.cell_type == "code"
            and not cell.metadata.get("jupyter", {}).get("source_hidden")
        )
    )


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_import_what_readers_have(path):
    for fence in fences(path.read_text(encoding="utf-8")):
        if fence.language in PYTHON:
            assert strangers(code(fence.text)) == set(), fence.line


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_notebooks_show_imports_that_readers_have(path):
    assert strangers(shown(path)) == set()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_what_a_notebook_shows_stands_without_what_it_hides(path):
    used, made = set(), set(dir(builtins))
    for node in ast.walk(shown(path)):
        match node:
            case ast.Name(id=found, ctx=ast.Load()):
                used.add(found)
            case ast.Name(id=found) | ast.arg(arg=found) | ast.FunctionDef(name=found):
                made.add(found)
            case ast.alias(name=found, asname=other):
                made.add(other or found.split(".")[0])
    assert used - made == set()


@pytest.mark.parametrize(
    "line", ["import yaml", "from lesson.train import Network", "import lesson"]
)
def test_a_stranger_is_found(line):
    assert strangers(code(line))
    assert strangers(code(f">>> {line}\n>>> 1 + 1\n2\n"))
