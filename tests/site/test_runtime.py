"""What runs code in the pages: where it comes from, that it is what was meant, and its absence."""

import hashlib
import io
import logging
import tarfile
import zipfile
from pathlib import Path

import pytest
from lesson.site import runtime as room
from lesson.site.publish import publish
from lesson.site.runtime import packing, sources

from tests.pages.markdown_pages import ROOT
from tests.site.built import html_files, soup

CONTENT = b"a file"
DIGEST = {"file.js": hashlib.sha256(CONTENT).hexdigest()}


@pytest.fixture
def places(tmp_path):
    """A cache, and an address under which files lie."""
    (tmp_path / "there").mkdir()
    (tmp_path / "cache").mkdir()
    return tmp_path / "cache", (tmp_path / "there").as_uri() + "/"


def at(address, member="file.js"):
    return {"url": address, "members": {"file.js": member}}


def lay(address, content, name="file.js"):
    (Path(address.removeprefix("file://")) / name).write_bytes(content)


def test_a_file_is_taken_from_the_first_source_that_has_it(places):
    cache, there = places
    lay(there, CONTENT)
    found = sources.found(cache, [at(there + "nowhere/"), at(there)], DIGEST)
    assert found["file.js"].read_bytes() == CONTENT


def test_a_file_is_fetched_once(places):
    cache, there = places
    lay(there, CONTENT)
    sources.found(cache, [at(there)], DIGEST)
    lay(there, b"another")
    assert sources.found(cache, [], DIGEST)["file.js"].read_bytes() == CONTENT


def test_a_file_that_is_not_the_one_meant_is_never_kept(places):
    cache, there = places
    lay(there, b"another")
    with pytest.raises(sources.UnreachableError, match="must have the SHA-256"):
        sources.found(cache, [at(there)], DIGEST)
    assert list(cache.iterdir()) == []


def test_what_no_source_has_is_named_with_what_each_answered(places):
    cache, there = places
    with pytest.raises(sources.UnreachableError, match=r"file\.js not found \(.*nowhere.*No such"):
        sources.found(cache, [at(there + "nowhere/")], DIGEST)


@pytest.mark.parametrize("told_by", ["the environment", "npm"])
def test_a_package_is_asked_from_the_registry_that_npm_has(told_by, places, tmp_path, monkeypatch):
    cache, there = places
    packed_file = io.BytesIO()
    with tarfile.open(fileobj=packed_file, mode="w:gz") as archive:
        info = tarfile.TarInfo("package/file.mjs")
        info.size = len(CONTENT)
        archive.addfile(info, io.BytesIO(CONTENT))
    lay(there, packed_file.getvalue(), "p.tgz")
    if told_by == "npm":
        npm = tmp_path / "npm"
        npm.write_text(f'#!/bin/sh\n[ "$*" = "config get registry" ] && echo {there}\n')
        npm.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("npm_config_registry", raising=False)
    else:
        monkeypatch.setenv("npm_config_registry", there)
    source = {"npm": "p.tgz", "members": {"file.js": "package/file.mjs"}}
    assert sources.found(cache, [source], DIGEST)["file.js"].read_bytes() == CONTENT


def test_every_file_has_a_digest_and_a_source():
    offered = {name for source in sources.SOURCES for name in source["members"]}
    assert offered == set(sources.DIGESTS) == {*packing.CORE, "numpy.whl"}


def test_the_archive_holds_what_pages_import_and_is_the_same_each_time():
    made = packing.archive()
    names = set(zipfile.ZipFile(io.BytesIO(made)).namelist())
    assert {
        "cnnlib/conv.py", "array_api_compat/numpy/__init__.py", "lesson/examples.py",
        "lesson/data/digits.npz", "lesson/running/session.py",
    } <= names  # fmt: skip
    assert not [name for name in names if "torch" in name or "/site/" in name]
    assert made == packing.archive()


@pytest.mark.parametrize(("ci", "level"), [("", logging.INFO), ("true", logging.WARNING)])
def test_without_the_files_the_build_says_why_and_in_ci_it_stops(
    ci, level, monkeypatch, caplog, tmp_path
):
    def nothing():
        raise sources.UnreachableError("pyodide.js not found")

    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(room, "found", nothing)
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        assert room.runtime(tmp_path) is None
    [record] = caplog.records
    assert record.levelno == level  # a strict build stops at a warning
    assert "pyodide.js not found" in record.message


PAGE = """<!doctype html><html lang="ko"><head>
<meta name="cnn-run" content="">
<script type="importmap">{"imports": {"": "asset:imports"}}</script></head>
<body><div class="highlight"%s></div></body></html>"""


def published(site, runtime, mark):
    page = PAGE % mark
    site.mkdir()
    (site / "index.html").write_text(page, encoding="utf-8")
    raw = {
        "pages": {"index.html": page}, "files": {"math.woff2": b"", "favicon.svg": b""},
        "base": "", "some": ["styles/run.css"], "reference": "", "guarded": True,
        "runtime": runtime,
    }  # fmt: skip
    publish(site, ROOT / "docs" / "theme", raw, site.parent / "kept")
    return (site / "index.html").read_text(encoding="utf-8")


FILES = {"core": {"pyodide.js": b"run()"}, "lessons": b"zip", "size": "9.9"}


def test_a_page_offers_to_run_its_code_where_it_has_some_and_python_is_there(tmp_path):
    offer = '<meta name="cnn-run" content="9.9">'
    assert offer in published(tmp_path / "a", FILES, ' data-run=""')
    assert "cnn-run" not in published(tmp_path / "b", None, ' data-run=""').partition("import")[0]
    assert "cnn-run" not in published(tmp_path / "c", FILES, "").partition("import")[0]
    assert not (tmp_path / "b" / "offline.js").exists()


def test_python_is_published_once_for_both_editions(built_site):
    assert len(list(built_site.rglob("pyodide*.wasm"))) <= 1
    sizes = {
        tag["content"]
        for path in html_files(built_site)
        for tag in soup(path).select("[name=cnn-run]")
    }
    assert len(sizes) <= 1
