"""The project's own promises: what serving needs, which hosts and versions are named, and style."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest

import dev
from tests.pages.markdown_pages import ROOT

LIBRARY, SITE = (
    tomllib.loads((ROOT / name).read_text("utf-8"))["project"] for name in dev.PROJECTS
)
# In another process, with torch made impossible to import.
WITHOUT_TORCH = """
import sys
sys.modules["torch"] = None
from mkdocs.config import load_config
from lesson import experiments, search
from lesson.fences import kinds
load_config("mkdocs.yml")
load_config("mkdocs.en.yml")
import cnnlib
"""


def test_serving_needs_no_torch():
    subprocess.run([sys.executable, "-c", WITHOUT_TORCH], cwd=ROOT, check=True)
    assert not [each for each in SITE["dependencies"] if "torch" in each]


def test_no_module_of_the_library_imports_torch():
    for path in sorted((ROOT / "cnnlib").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "torch"], path


def test_notebooks_that_the_build_runs_do_not_import_torch():
    for path in (ROOT / "docs").rglob("notebooks/*.py"):
        assert not re.search(r"^\s*(?:import|from) torch\b", path.read_text("utf-8"), re.MULTILINE)


def test_the_starter_installs_the_torch_that_the_tests_pin():
    assert dev.TORCH in LIBRARY["optional-dependencies"]["test"]


def test_the_starter_needs_the_standard_library_only():
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(ast.parse((ROOT / "dev.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("arguments", [[], ["nonsense"]])
def test_the_starter_explains_itself(arguments):
    done = subprocess.run(
        [sys.executable, ROOT / "dev.py", *arguments], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "python3 dev.py serve" in done.stderr


@pytest.mark.parametrize("name", ["mkdocs", "mkdocs-material", "mkdocs-jupyter", "mkdocstrings"])
def test_fragile_tools_are_pinned_exactly(name):
    assert [r for r in SITE["dependencies"] if re.fullmatch(rf"{name}==[\d.]+", r)]


def test_workflows_pin_actions_by_commit_and_ask_for_little():
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        used = re.findall(r"uses: (\S+)", text)
        assert used
        assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in used)
        assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE)


def test_code_passes_the_linter():
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_annotations_pass_the_type_checker():
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
