"""tests/cnnlib mirrors the library: one file of tests a module."""

from tests.package.sources import FILES, LIBRARY
from tests.pages.markdown_pages import ROOT

TESTS = ROOT / "tests" / "cnnlib"
ACROSS = {
    "test_errors.py": "every refusal of every module, literally",
    "test_mixing.py": "no function mixes kinds and dtypes",
    "test_fuzz.py": "random calls of all functions, beside torch",
    "test_properties.py": "laws that hold between functions",
    "test_public.py": "names, signatures and docstrings",
    "test_reference.py": "literal cases of other projects",
}
"""Tests of no single module, and of what they are."""


def mirrored(path):
    """Return the file of tests that belongs to a module; an underscore before its name goes."""
    inside = path.relative_to(LIBRARY)
    return str(inside.with_name(f"test_{inside.name.lstrip('_')}"))


MODULES = {mirrored(path) for path in FILES if path.name != "__init__.py"}
TESTED = {str(path.relative_to(TESTS)) for path in TESTS.rglob("test_*.py")}


def test_every_module_has_its_file_of_tests():
    assert len(MODULES) > 40
    assert not MODULES - TESTED


def test_every_file_of_tests_has_its_module():
    assert set(ACROSS) == TESTED - MODULES


def test_every_file_of_tests_begins_with_what_it_claims():
    for name in TESTED:
        text = (TESTS / name).read_text(encoding="utf-8")
        assert text.startswith('"""'), name
        assert "\ndef test_" in text, name
