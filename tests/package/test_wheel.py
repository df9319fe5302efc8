"""The library's wheel: small, nothing of the site in it, and every module imports."""

import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.package.process import run_with
from tests.pages.markdown_pages import ROOT

BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
IMPORT = """
from importlib import import_module
from pathlib import Path
wheel = Path(sys.argv[1])
sys.path.insert(0, str(wheel))
names = [
    ".".join(path.relative_to(wheel).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted(wheel.glob("cnnlib/**/*.py"))
]
for name in names:
    assert Path(import_module(name).__file__).is_relative_to(wheel), name
print(len(names))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel's path, built from a copy, since setuptools writes beside what it builds."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "cnnlib", source / "cnnlib", ignore=shutil.ignore_patterns("*.pyc"))
    # What lies beside the library in a checkout must not be taken along.
    shutil.copytree(ROOT / "docs" / "lesson", source / "docs" / "lesson")
    shutil.copytree(ROOT / "benchmarks", source / "benchmarks")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, made], cwd=source, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (path,) = made.glob("*.whl")
    return path


def test_the_wheel_is_small(wheel):
    assert wheel.stat().st_size <= 150_000


def test_the_wheel_holds_the_library_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    roots = {name.split("/")[0] for name in names}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"cnnlib"}
    code = {name for name in names if name.startswith("cnnlib/")}
    kept = (path for path in (ROOT / "cnnlib").rglob("*") if path.suffix in {".py", ".typed"})
    assert code == {path.relative_to(ROOT).as_posix() for path in kept}


def test_every_module_imports_with_numpy_and_array_api_compat_alone(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    done = run_with({"cnnlib", "numpy", "array_api_compat"}, IMPORT, tmp_path, tmp_path)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(list((ROOT / "cnnlib").rglob("*.py")))


def test_the_wheel_asks_for_numpy_and_array_api_compat_only(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith("/METADATA")]
        asked = re.findall(r"^Requires-Dist: (.+)$", archive.read(name).decode(), re.MULTILINE)
    needed = {re.match(r"[\w-]+", each)[0] for each in asked if "extra ==" not in each}
    assert needed == {"numpy", "array-api-compat"}
