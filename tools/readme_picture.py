"""Take the picture of a lesson that stands in the README.

    python tools/readme_picture.py

builds the site, opens the convolution lesson in Chromium and writes .github/lesson.png.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / ".github" / "lesson.png"
sys.path.insert(0, str(ROOT))


def take(site):
    """Open the lesson at its second figure and keep what a reader sees."""
    from tests.site.server import served

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with served(site) as (url, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url + "convolution/#see")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as site:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", site]
        subprocess.run(command, cwd=ROOT, check=True)
        take(site)
