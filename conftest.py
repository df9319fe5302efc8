"""Where the packages of docs[test] are installed, the tests get the site and its examples.

The library's own tests, tests/cnnlib, run without them.
"""

from importlib.util import find_spec

pytest_plugins = ["tests.site.plugin"] if find_spec("sybil") else []
