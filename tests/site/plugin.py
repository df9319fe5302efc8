"""A plugin of pytest: examples found by Sybil, the built site, and the browser.

The root's conftest.py loads it where the packages that it needs are installed.
"""

import os
import shutil
import subprocess
import sys

import pytest
from filelock import FileLock
from sybil.integration.pytest import pytest_integration as sybil_files

from tests.pages.examples import DOCSTRINGS, FRONT, PAGES, ROOT
from tests.site.server import served
from tests.site.tabs import ONE_PROCESS, Tabs

# The first that is there: the shell is the same engine without windows, and takes half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

pytest_collect_file = sybil_files(PAGES, FRONT, *DOCSTRINGS)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """Let one worker run all of a file: the examples of a page share their names."""
    if getattr(config.option, "dist", None) == "no":
        config.option.dist = "loadfile"


@pytest.fixture(scope="session")
def built_site(tmp_path_factory, worker_id):
    """Path of the site in both languages, built strictly, once a run whatever the workers."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    site, log = shared / "site", shared / "site.log"
    with FileLock(shared / "site.lock"):
        if not log.exists():
            log.write_text(build(site), encoding="utf-8")
    result = log.read_text(encoding="utf-8")
    if not result.startswith("0\n"):
        pytest.fail(f"mkdocs build --strict failed:\n{result}", pytrace=False)
    return site


@pytest.fixture(scope="session")
def staged():
    """Pages that tests add to the site, which the server has beside those that were built."""
    return {"/stage/": "", "/en/stage/": ""}


@pytest.fixture(scope="session")
def site_url(built_site, staged):
    """Address of the built site, served from a thread; it ends with a slash."""
    with served(built_site, staged=staged) as (url, _):
        yield url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the machine's own Chromium; without one the browser tests skip, but never in CI."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        reason = "no Chromium on this machine: apt-get install chromium fonts-noto-cjk"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": ["--no-sandbox", ONE_PROCESS],
    }


@pytest.fixture(scope="module")
def windows(browser):
    """Windows of the browser that the tests of a file share."""
    tabs = Tabs(browser)
    yield tabs
    tabs.close()


@pytest.fixture
def new_tab(windows, site_url):
    """Open a clean tab, in a window with the settings that are asked for."""
    yield lambda **settings: windows.open(site_url.rstrip("/"), **settings)
    windows.clear()


@pytest.fixture
def page(request):
    """A clean tab; a test that asks for a `context` besides has a window of its own."""
    if "context" in request.fixturenames:
        return request.getfixturevalue("context").new_page()
    return request.getfixturevalue("new_tab")()


def build(site):
    """Build the site into `site`; return the exit status and what the build said."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": "http://127.0.0.1:8000/"},
        capture_output=True,
        text=True,
    )
    return f"{done.returncode}\n{done.stdout}{done.stderr}"
