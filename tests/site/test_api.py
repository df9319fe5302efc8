"""The API reference has every public name, and nothing about it is written twice."""

import types

import pytest
from lesson.site.adapter import ENGLISH

import cnnlib
from tests.pages.markdown_pages import DOCS, ROOT
from tests.site.built import soup

PAGES = sorted((DOCS / "ko" / "api").glob("*.md"))


@pytest.fixture(scope="module")
def documented(built_site):
    """Return the last part of every name that the reference documents."""
    ids = [
        tag["id"]
        for page in PAGES
        if page.stem != "index"
        for tag in soup(built_site / "api" / page.stem / "index.html").find_all(id=True)
    ]
    return {name.rpartition(".")[2] for name in ids if name.startswith("cnnlib.")}


def test_every_public_function_is_in_the_reference(documented):
    functions = {n for n in cnnlib.__all__ if not isinstance(getattr(cnnlib, n), types.ModuleType)}
    assert functions - documented == set()


def test_every_public_module_has_its_page():
    modules = {n for n in cnnlib.__all__ if isinstance(getattr(cnnlib, n), types.ModuleType)}
    assert modules <= {page.stem for page in PAGES}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_index_lists_every_page(language):
    index = (DOCS / language / "api" / "index.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"({page.name})" not in index] == ["index.md"]


@pytest.mark.parametrize("settings", ["mkdocs.yml", ENGLISH])
def test_the_navigation_lists_every_page(settings):
    text = (ROOT / settings).read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"api/{page.name}" not in text] == []


def test_both_languages_share_the_docstrings():
    for page in PAGES:
        korean, english = page, DOCS / "en" / "api" / page.name
        directives = [
            [line for line in path.read_text(encoding="utf-8").splitlines() if line[:3] == ":::"]
            for path in (korean, english)
        ]
        assert directives[0] == directives[1]


def test_on_a_phone_what_explains_an_argument_is_in_sight(new_tab, site_url):
    page = new_tab(viewport={"width": 390, "height": 800})
    page.goto(site_url + "api/conv/")
    ends = "all => all.map((each) => each.getBoundingClientRect().right)"
    found = page.locator(".doc-md-description").evaluate_all(ends)
    assert len(found) > 10
    assert max(found) <= 390
