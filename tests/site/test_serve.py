"""The development server: fresh code for every build, and pages that wait for the next one."""

import threading
import urllib.request
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from lesson.site import serve


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return a site that the development server has built."""
    made = serve.Site(tmp_path_factory.mktemp("served"))
    made.build(full=True)
    return made


@pytest.fixture(scope="module")
def address(site):
    """Return the address where it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(serve.Handler, site=site))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def get(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode("utf-8")


def test_scripts_and_styles_alone_are_renewed_without_the_pages(site):
    folder, version = site.current, site.version
    (folder / "index.html").write_text("gone")
    before = {path.name for path in (folder / "cnn").iterdir()}
    site.build(full=False)
    assert site.current == folder
    assert site.version == version + 1
    assert "<article" in (folder / "index.html").read_text("utf-8")
    assert {path.name for path in (folder / "cnn").iterdir()} == before


def test_a_page_asks_for_the_next_version_and_gets_it(site, address, page):
    page.goto(address)
    assert f'data-version="{site.version}"' in get(address)
    page.evaluate("window.before = true")
    with page.expect_navigation(), site.renewed:
        site.version += 1
        site.renewed.notify_all()
    assert page.evaluate("window.before") is None


def test_a_build_that_fails_leaves_the_last_good_site(site, monkeypatch):
    folder, version = site.current, site.version
    monkeypatch.setattr(serve, "pages", broken)
    site.build(full=True)
    assert (site.current, site.version) == (folder, version)


def broken(target, raw):
    raise SystemExit(1)


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("docs/theme/styles/page.css", True),
        ("docs/theme/cnn/index.js", True),
        ("docs/theme/main.html", False),
        ("docs/ko/index.md", False),
        ("docs/lesson/plots.py", False),
    ],
)
def test_only_scripts_and_styles_leave_the_pages_as_they_are(name, alone):
    assert serve.is_shared(serve.ROOT / name) is alone
