"""`pytest tests/cnnlib` needs the library's own few packages, and nothing of the site."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest

from tests.package.process import run_with, run_without
from tests.pages.markdown_pages import ROOT

FILES = sorted((ROOT / "tests" / "cnnlib").rglob("*.py"))
LIBRARY = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FEW = {
    re.match(r"[\w-]+", each)[0].replace("-", "_")
    for each in LIBRARY["dependencies"] + LIBRARY["optional-dependencies"]["test"]
}
OF_THE_SITE = {
    *("axe_playwright_python", "bs4", "cv2", "filelock", "fontTools", "lesson", "markdown", "mypy"),
    *("matplotlib", "mkdocs", "nbformat", "playwright", "psutil", "pytest_playwright", "ruff"),
    *("sybil", "threadpoolctl", "xdist", "yaml"),
}
COLLECT = """
import pytest
sys.exit(pytest.main(["--collect-only", "-q", "tests/cnnlib"]))
"""
# The handwriting is read, the weights and the results too: no other package by the back door.
TAKE = """
from lesson import examples
for name in examples.names():
    examples.example(name)
examples.digits(), examples.trained_weights(), examples.results()
"""


def imports(path):
    """Return the names that a file imports, dotted."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
    return found


def test_the_librarys_tests_ask_for_few_packages():
    assert not FEW & OF_THE_SITE
    assert len(FEW) <= 7


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_librarys_tests_import_only_few_packages(path):
    for name in imports(path):
        root = name.split(".")[0]
        own = root == "cnnlib" or name.startswith("tests.cnnlib")
        assert own or root in FEW or root in sys.stdlib_module_names, name


def test_the_librarys_tests_are_collected_without_the_sites_packages():
    done = run_without(OF_THE_SITE, COLLECT, ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) tests collected", done.stdout)[1]) > 500


@pytest.mark.parametrize("place", ["README.md", "docs/ko/convolution.md", "cnnlib/pad.py"])
def test_where_sybil_is_installed_the_examples_are_collected(place):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", place],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) tests collected", done.stdout)[1]) >= 3


def test_the_courses_examples_need_numpy_only():
    done = run_with({"numpy", "lesson"}, TAKE, ROOT)
    assert done.returncode == 0, done.stderr
