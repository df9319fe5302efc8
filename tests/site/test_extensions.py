"""What outlives MkDocs and its theme: the Markdown extensions alone make every lesson whole."""

import re

import markdown
import pytest
from bs4 import BeautifulSoup
from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import yaml_load

from tests.pages.markdown_pages import DRAWN, ROOT, WRITTEN, fences, name, pages

ELEMENT = re.compile("^cnn-")
LESSONS = [
    (lang, path) for lang in ("ko", "en") for path in pages(lang) if path.parent.name != "api"
]


def extensions(settings):
    """Return the Markdown extensions of a settings file, with their options."""
    with (ROOT / settings).open("rb") as file:
        return yaml_load(file)["markdown_extensions"]


def convert(text, lang):
    """Return a page's HTML, made without MkDocs, its hooks and its plugins."""
    own = extensions("mkdocs.yml")
    if lang == "en":
        for key, options in extensions("mkdocs.en.yml").items():
            own[key] = {**own[key], **options}
    body, _ = get_data(text)
    return BeautifulSoup(
        markdown.Markdown(extensions=list(own), extension_configs=own).convert(body), "html.parser"
    )


@pytest.mark.parametrize(
    ("lang", "path"), LESSONS, ids=[f"{lang}-{name(path)}" for lang, path in LESSONS]
)
def test_a_lesson_is_whole_with_the_extensions_alone(lang, path):
    text = path.read_text(encoding="utf-8")
    page, kinds = convert(text, lang), [fence.language for fence in fences(text)]
    assert page.h1
    drawn = [tag for tag in page.find_all(ELEMENT) if not tag.find_parent(ELEMENT)]
    assert len(drawn) == sum(kind in DRAWN - set(WRITTEN) for kind in kinds)
    assert page.find(style=True) is None
    headings = [tag for tag in page.find_all(["h1", "h2", "h3"]) if not tag.find_parent(ELEMENT)]
    assert all(heading.get("id") for heading in headings)
    for table in page.find_all("table", class_=False):
        assert table.parent["class"] == ["cnn-scroll"]
    assert all(code.get("tabindex") == "0" for code in page.select("pre > code"))
    for code in page.find_all(["pre", "code"]):
        code.extract()
    assert not re.search(r"\$[^$]+\$", page.get_text())


def test_a_table_and_a_block_of_code_can_be_reached_by_keys():
    page = convert("| a |\n| - |\n| 1 |\n\n```python\nx = 1\n```\n", "ko")
    assert page.select_one("div.cnn-scroll[tabindex='0'] > table")
    assert page.select_one("pre > code[tabindex='0']")
