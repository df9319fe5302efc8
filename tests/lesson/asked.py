"""Texts as the pages' own extensions make them, and what readers can ask of their numbers."""

import json

import markdown
from bs4 import BeautifulSoup

from tests.site.test_extensions import extensions

OWN = extensions("mkdocs.yml")


def converter(*, without=()):
    """Return a converter of Markdown with the site's extensions."""
    return markdown.Markdown(
        extensions=[each for each in OWN if each not in without], extension_configs=OWN
    )


def made(text):
    """Return a text's HTML, parsed, and the rows that found no place."""
    md = converter()
    return BeautifulSoup(md.convert(text), "html.parser"), md.unplaced


def marked(text):
    """Return (what is marked, what is said of it) of every mark."""
    soup, unplaced = made(text)
    assert unplaced == []
    table = rows(soup)
    return [(tag.get_text(), table[int(tag["data-from"])][0]) for tag in soup.select("[data-from]")]


def rows(soup):
    """Return the table of a page: (text, where it leads, whether it is quoted) rows."""
    table = soup.select_one("script.cnn-sources")
    return json.loads(table.string)["rows"] if table else []
