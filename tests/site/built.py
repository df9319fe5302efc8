"""The built site as data: its pages, parsed once, and what each links to."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

from tests.pages.markdown_pages import DOCS

HERE = "http://site/"


@cache
def html_files(site):
    """Return every page of the site, the 404 pages too."""
    return sorted(Path(site).rglob("*.html"))


@cache
def soup(path):
    """Return a parsed page."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def anchors(path):
    """Return every place in a page that a link can lead to."""
    return {tag["id"] for tag in soup(path).find_all(id=True)}


def page_addresses():
    """Return the address of every page, relative to the site's root, from the sources alone."""
    found = []
    for language, root in (("ko", ""), ("en", "en/")):
        for path in sorted((DOCS / language).rglob("*")):
            if path.suffix in (".md", ".py", ".ipynb"):
                name = path.relative_to(DOCS / language).with_suffix("").as_posix()
                found.append(root + (name.removesuffix("index") if is_index(name) else name + "/"))
    return found


def is_index(name):
    """Return whether a page is its folder's index."""
    return name == "index" or name.endswith("/index")


def target(site, path, link):
    """Return (file, anchor) that an internal link on the page `path` leads to."""
    base = HERE + path.relative_to(site).as_posix()
    address, anchor = urldefrag(urljoin(base, link))
    file = Path(site) / unquote(urlsplit(address).path).lstrip("/")
    return (file / "index.html" if address.endswith("/") or file.is_dir() else file), unquote(
        anchor
    )
