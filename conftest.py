"""Where the packages of docs[test] are installed, the tests get the site and its examples.

The library's own tests, tests/cnnlib, run without them.
"""

from importlib.util import find_spec

import pytest

pytest_plugins = ["tests.site.plugin"] if find_spec("sybil") else []


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path):
    """Never import a module as a file of tests, though it is named: its docstrings are run.

    Imported a second time, the module `cnnlib.pad` would stand where the function does.
    """
    found = yield
    tests = file_path.name.startswith(("test_", "conftest"))
    return [each for each in found if tests or not isinstance(each, pytest.Module)]
