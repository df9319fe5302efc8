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
# Modules without DOM, and parts of views; elements hang properties on nodes, which has no type.
TYPED = ("core/*.js", "kit/[!e]*.js", "view/law.js", "view/parts.js")
UNTYPED = {"homework-net"}
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


def test_modules_without_dom_have_types_that_fit(sources):
    tsc = tool("tsc")
    modules = [path for pattern in TYPED for path in sorted(sources.glob(pattern))]
    names = [str(path) for path in modules if path.stem not in UNTYPED]
    assert len(names) > 12
    assert told(tsc, *CHECK, *TARGET, *names, cwd=sources) == ""
