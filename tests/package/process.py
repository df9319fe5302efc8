"""Run Python where only some packages can be found, without making an environment of its own."""

import os
import subprocess
import sys

FINDERS = '''
import sys
class Only:
    """A finder to which some packages are not installed."""
    def __init__(self, finder):
        self.finder = finder
    def find_spec(self, name, path=None, target=None):
        root = name.split(".")[0]
        if {seen}:
            return self.finder.find_spec(name, path, target)
sys.meta_path = [Only(finder) for finder in sys.meta_path]
'''


def run_with(packages, code, cwd, *arguments):
    """Run `code` where the standard library and `packages` are all that there is."""
    return _run(f"root in sys.stdlib_module_names or root in {packages}", code, cwd, arguments)


def run_without(packages, code, cwd, *arguments):
    """Run `code` where everything that is installed can be found, `packages` excepted."""
    return _run(f"root not in {packages}", code, cwd, arguments)


def _run(seen, code, cwd, arguments):
    return subprocess.run(
        [sys.executable, "-c", FINDERS.format(seen=seen) + code, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
