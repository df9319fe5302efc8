"""The pages' own engine under Node: Python as wasm, with NumPy, the library and the session."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lesson.site.runtime.packing import packed
from lesson.site.runtime.sources import UnreachableError, found

from tests.pages.markdown_pages import ROOT

HERE = Path(__file__).parent
ENGINE = ROOT / "docs" / "theme" / "cnn" / "run" / "engine.js"


def unpacked(folder):
    """Write the files that the site publishes into `folder`; without them skip, but never in CI."""
    problem = "" if shutil.which("node") else "no Node on this machine"
    try:
        runtime = packed(found(), ROOT / ".cache" / "pages")
    except UnreachableError as error:
        problem = str(error)
    if problem:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(problem)
    for name, content in [*runtime["core"].items(), ("lessons.zip", runtime["lessons"])]:
        (folder / name).write_bytes(content)
    shutil.copy(ENGINE, folder / "engine.js")
    return folder


def ran(folder, pages):
    """Run pages, each a list of blocks in a session of its own; return what came of every block."""
    given = {
        "engine": (folder / "engine.js").as_uri(),
        "base": f"{folder}/",
        "lessons": str(folder / "lessons.zip"),
        "pages": pages,
    }
    done = subprocess.run(
        ["node", str(HERE / "pages.mjs")], input=json.dumps(given), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
