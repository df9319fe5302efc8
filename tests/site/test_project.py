"""The project's own promises: what serving needs, which hosts and versions are named, and style."""

import ast
import hashlib
import re
import subprocess
import sys
import tomllib

import pytest
import yaml

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
from lesson.experiments import measure
from lesson.fences import kinds
from lesson.site import publish
from lesson.homework import __main__
load_config("mkdocs.yml")
load_config("mkdocs.en.yml")
import cnnlib
"""


def test_serving_needs_no_torch():
    subprocess.run([sys.executable, "-c", WITHOUT_TORCH], cwd=ROOT, check=True)
    assert not [each for each in SITE["dependencies"] if "torch" in each]


def test_the_library_imports_torch_only_where_a_tensor_has_arrived():
    for path in sorted((ROOT / "cnnlib").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        within = {
            id(node)
            for f in ast.walk(tree)
            if isinstance(f, ast.FunctionDef)
            for node in ast.walk(f)
        }
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "torch" for name in names):
                assert path.name == "tensors.py"
                assert id(node) in within, f"{path}:{node.lineno}"


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


@pytest.fixture
def started(monkeypatch):
    """The starter, in the environment at hand, with nothing to install."""
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    monkeypatch.setattr(dev, "install", lambda site, cuda: None)
    return dev.main


def test_the_starter_grades_the_folder_where_the_lecturer_stands(
    started, tmp_path, monkeypatch, capfd
):
    (tmp_path / "handed-in").mkdir()
    (tmp_path / "handed-in" / "broken.json").write_text("{", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    nothing_graded = 1
    assert started(["grade", "handed-in", "--csv", "scores.csv"]) == nothing_graded
    assert "broken.json" in capfd.readouterr().out
    assert (tmp_path / "scores.csv").read_text(encoding="utf-8-sig").startswith("number,")


def test_the_starter_shows_the_network_of_a_number(started, capfd):
    assert started(["show", "20260001"]) == 0
    assert "(29, 18, 6, 6)" in capfd.readouterr().out


def test_the_starter_passes_on_that_a_folder_is_missing(started, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert started(["grade", "nowhere"]) != 0


@pytest.mark.parametrize("of", ["installed", "installed-test"])
def test_what_is_installed_is_not_installed_again(of, tmp_path, monkeypatch):
    state = b"".join((ROOT / name).read_bytes() for name in dev.PROJECTS)
    (tmp_path / of).write_text(hashlib.sha256(state).hexdigest())
    monkeypatch.setattr(dev, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(dev, "pip", lambda *arguments, **options: pytest.fail("pip was run"))
    dev.install("docs")


@pytest.mark.parametrize("command", ["grade FOLDER", "show NUMBER"])
def test_the_starter_and_the_page_name_the_lecturers_commands(command):
    assert f"python3 dev.py {command}" in dev.__doc__
    page = (ROOT / "docs" / "ko" / "grading.md").read_text(encoding="utf-8")
    assert f"$ python3 dev.py {command.split()[0]} " in page


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


def test_a_commit_is_published_when_its_own_tests_have_passed():
    flows = {
        flow["name"]: flow
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for flow in [yaml.safe_load(path.read_text(encoding="utf-8"))]
    }
    publish = flows["Publish"]
    [started] = publish[True]  # YAML reads `on` so
    assert started == "workflow_run"
    assert publish[True]["workflow_run"]["workflows"] == [flows["Test"]["name"]]
    assert publish[True]["workflow_run"]["branches"] == ["main"]
    build, deploy = publish["jobs"]["build"], publish["jobs"]["deploy"]
    assert "workflow_run.conclusion == 'success'" in build["if"]
    assert build["steps"][0]["with"]["ref"] == "${{ github.event.workflow_run.head_sha }}"
    assert deploy["needs"] == "build"


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
