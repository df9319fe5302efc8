"""What is kept between builds is made again when what it depends on has changed, and only then."""

from types import SimpleNamespace

import pytest
from lesson.site import imports, kept, memory

from tests.pages.markdown_pages import ROOT

TRAINING = ROOT / "docs" / "ko" / "notebooks" / "training.py"


@pytest.fixture
def page():
    """Return a page, a site's settings and its files, as far as they matter here."""
    return (
        SimpleNamespace(markdown="# A page\n"),
        SimpleNamespace(theme={"language": "ko"}, mdx_configs={"toc": {"depth": 3}}),
        SimpleNamespace(documentation_pages=lambda: [SimpleNamespace(src_uri="a.md")]),
    )


def test_a_page_is_kept_under_all_that_it_is_made_of(page, monkeypatch):
    one, config, _ = page
    first = kept.mark(*page)
    assert kept.mark(*page) == first
    one.markdown += "more"
    second = kept.mark(*page)
    config.mdx_configs["toc"]["depth"] = 2
    third = kept.mark(*page)
    monkeypatch.setattr(kept, "code", lambda package, pattern="": f"another {package}")
    assert len({first, second, third, kept.mark(*page)}) == 4


def test_the_reference_depends_on_the_library_and_the_extensions_of_markdown(page, monkeypatch):
    page[0].markdown += kept.DIRECTIVE + "cnnlib.conv"
    versions = {("cnnlib", "**/*"): 1, ("lesson", "**/*"): 1, ("lesson", "*.py"): 1}
    monkeypatch.setattr(
        kept, "code", lambda package, pattern="**/*": str(versions[package, pattern])
    )
    marks = [kept.mark(*page)]
    for changed in (("lesson", "**/*"), ("lesson", "*.py"), ("cnnlib", "**/*")):
        versions[changed] = 2
        marks.append(kept.mark(*page))
    assert marks[0] == marks[1]  # a figure of a lesson, say
    assert len(set(marks)) == 3


def test_the_modules_behind_markdown_are_seen_one_by_one():
    some = kept.code("lesson", "*.py")
    assert some != kept.code("lesson")
    assert {"lines.py", "mathml.py"} <= {path.name for path in imports.ROOTS["lesson"].glob("*.py")}


def test_what_was_remembered_is_not_made_again(tmp_path):
    made = []

    def double(number):
        made.append(number)
        return 2 * number

    assert [memory.remember(tmp_path, double, n) for n in (3, 3, 4)] == [6, 6, 8]
    assert made == [3, 4]


def test_the_oldest_is_forgotten(tmp_path):
    for number in range(5):
        memory.remember(tmp_path, abs_of, number)
    memory.forget(tmp_path, most=2)
    assert len(list(tmp_path.iterdir())) == 2


def abs_of(number):
    return abs(number)


def test_a_notebook_reaches_what_it_imports_and_what_that_imports():
    found = {path.relative_to(ROOT).as_posix() for path in imports.reached(TRAINING)}
    assert {"docs/lesson/plots.py", "docs/lesson/pixels.py", "cnnlib/__init__.py"} <= found
    assert not [name for name in found if name.startswith("docs/lesson/site")]


def test_a_file_that_nothing_imports_changes_no_notebook(tmp_path):
    book, other = tmp_path / "book.py", tmp_path / "other.py"
    book.write_text("import json\n")
    other.write_text("x = 1\n")
    first = imports.state(book)
    other.write_text("x = 2\n")
    assert imports.state(book) == first
    assert imports.state(book, other) != first
    book.write_text("import math\n")
    assert imports.state(book) != first
