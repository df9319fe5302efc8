"""The scripts read by a linter and by TypeScript, where Node is there; CI has it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lesson import tables

from tests.pages.markdown_pages import ROOT

HERE = Path(__file__).parent
SCRIPTS = ROOT / "docs" / "theme" / "cnn"
CHECK = ("--allowJs", "--checkJs", "--noEmit", "--strict", "false")
TARGET = ("--target", "esnext", "--module", "esnext", "--lib", "esnext,dom,dom.iterable")


def tool(name):
    """Return the path of a tool; without it the test skips, but never in CI."""
    path = HERE / "node_modules" / ".bin" / name
    if not shutil.which("node") or not path.exists():
        reason = f"no {name}: npm ci --prefix tests/scripts (needs Node)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return str(path)


@pytest.fixture
def sources(tmp_path):
    """The modules with the tables that they import, as the build hands them over."""
    shutil.copytree(SCRIPTS, tmp_path / "cnn")
    for name, text in tables.modules("ko").items():
        path = tmp_path / "cnn" / f"{name}.js"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "cnn"


def told(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_linter_finds_nothing(sources):
    eslint = tool("eslint")
    for name in ("eslint.config.mjs", "node_modules"):
        (sources.parent / name).symlink_to(HERE / name)
    assert told(eslint, "cnn", cwd=sources.parent) == ""


def checked(sources):
    """Return what TypeScript says of every module."""
    modules = sorted(map(str, sources.rglob("*.js")))
    assert len(modules) > 60
    return told(tool("tsc"), *CHECK, *TARGET, str(HERE / "dom.d.ts"), *modules, cwd=sources)


def test_every_script_has_types_that_fit(sources):
    assert checked(sources) == ""


UNFIT = {
    "view/grid.js": "new Grid({ role: 1, label: 'A', values: [[1]] });",
    "kit/element.js": "(/** @type {CnnElement} */ (null)).plain();",
    "kit/fields.js": "flagField({ name: 'a' });",
    "chrome/menu.js": "closeMenuOnLinks('now');",
}


def test_what_does_not_fit_is_found(sources):
    for module, line in UNFIT.items():
        path = sources / module
        path.write_text(f"{path.read_text('utf-8')}\n{line}\n", encoding="utf-8")
    found = checked(sources)
    assert {line.partition("(")[0] for line in found.splitlines() if line[:1] != " "} == set(UNFIT)
