"""Every link leads somewhere, wherever the site is put, and nothing is fetched from elsewhere."""

import re

import pytest
from lesson.site.adapter import ENGLISH

from tests.pages.markdown_pages import DOCS, ROOT, name, pages
from tests.site.built import anchors, html_files, is_index, page_addresses, soup, target

BUILT_FOR = "http://127.0.0.1:8000/"
OUTSIDE = re.compile(r"^(?:[a-z]+:)?//|^(?:mailto|data):")
FETCHED = (
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
)


def links(page):
    """Return every address that a page mentions in an href or a src."""
    return [tag[key] for key in ("href", "src") for tag in page.find_all(attrs={key: True})]


def test_every_source_is_a_page_and_every_page_has_a_source(built_site):
    found = {
        path.relative_to(built_site).as_posix().removesuffix("index.html")
        for path in html_files(built_site)
        if path.name != "404.html"
    }
    assert found == set(page_addresses())


def test_every_internal_link_and_anchor_leads_somewhere(built_site):
    broken = []
    for path in html_files(built_site):
        for link in links(soup(path)):
            if OUTSIDE.match(link) or link.startswith("javascript:"):
                continue
            file, anchor = target(built_site, path, link)
            if not (file.is_file() and has(file, anchor)):
                broken.append((path.relative_to(built_site).as_posix(), link))
    assert broken == []


def has(file, anchor):
    """Return whether an anchor is none, or a place in the page."""
    return not anchor or file.suffix != ".html" or anchor in anchors(file)


def test_every_address_is_relative_so_that_any_path_will_do(built_site):
    absolute = [
        (path.parent.name, link)
        for path in html_files(built_site)
        if path.name != "404.html"  # it stands in for addresses of any depth
        for link in links(soup(path))
        if link.startswith(("/", BUILT_FOR)) and not canonical(path, link)
    ]
    assert absolute == []


def canonical(path, link):
    """Return whether the page says that this is its own address."""
    found = soup(path).find("link", rel="canonical")
    return found is not None and found["href"] == link


def test_no_page_names_a_resource_of_another_host(built_site):
    foreign = [
        (path.parent.name, tag[key])
        for path in html_files(built_site)
        for element, key in FETCHED
        for tag in soup(path).find_all(element, attrs={key: OUTSIDE})
        if not canonical(path, tag[key])
    ]
    assert foreign == []


def test_no_style_fetches_anything_from_another_host(built_site):
    for path in built_site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", text), path.name


def test_no_script_of_the_site_names_another_host(built_site):
    for path in (built_site / "cnn").glob("*.js"):  # Python's own lie in a folder, under the policy
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "://" not in text, path.name


@pytest.mark.parametrize("path", pages("en"), ids=name)
def test_an_english_page_has_the_address_of_its_korean_sister(path, built_site):
    page = path.relative_to(DOCS / "en").with_suffix("").as_posix()
    address = page.removesuffix("index") if is_index(page) else page + "/"
    korean, english = built_site / address, built_site / "en" / address
    for here, other, code in ((korean, english, "en"), (english, korean, "ko")):
        file = here / "index.html"
        [switch] = soup(file).select("header a[hreflang]")
        assert switch["hreflang"] == code
        assert target(built_site, file, switch["href"])[0] == other / "index.html"


def test_a_page_that_english_lacks_leads_to_the_english_home(built_site):
    missing = [p for p in pages("ko") if not (DOCS / "en" / p.relative_to(DOCS / "ko")).exists()]
    for page in missing:
        file = built_site / page.relative_to(DOCS / "ko").with_suffix("") / "index.html"
        [switch] = soup(file).select("header a[hreflang]")
        assert target(built_site, file, switch["href"])[0] == built_site / "en" / "index.html"


def test_the_english_home_leads_to_every_lesson_that_english_lacks(built_site):
    home = soup(built_site / "en" / "index.html")
    linked = {link["href"] for link in home.select("article a[href^='../']")}
    korean = soup(built_site / "index.html").select(".cnn-path li")
    lessons = [entry.a["href"] for entry in korean if entry.b.text.isdigit()]
    own = [page for page in lessons if (built_site / "en" / page).exists()]
    assert sorted(linked) == sorted(f"../{page}" for page in lessons if page not in own)
    assert own  # neither list is empty
    assert linked


def test_every_page_has_a_description_and_a_title_of_its_own(built_site):
    files = [path for path in html_files(built_site) if path.name != "404.html"]
    titles = [soup(path).title.string for path in files]
    described = [
        soup(path).find("meta", attrs={"name": "description"})["content"] for path in files
    ]
    assert all(described)
    assert len(set(titles)) == len(titles)


def test_both_editions_name_the_same_pages_in_the_same_order():
    korean, english = (
        re.findall(r"[\w/-]+\.md", (ROOT / file).read_text("utf-8").split("\nnav:")[1])
        for file in ("mkdocs.yml", ENGLISH)
    )
    assert english == [page for page in korean if page in english]
