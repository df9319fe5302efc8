"""pytest finds the same tests, however it is called."""

import subprocess
import sys

from tests.pages.markdown_pages import ROOT


def test_a_module_that_is_named_runs_its_docstrings_and_is_not_imported_twice():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "cnnlib/pad.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
