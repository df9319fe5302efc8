"""A learning-management system around a package: scorm-again's API, the sheet in a frame."""

import os
import zipfile
from pathlib import Path

import pytest

API = Path(__file__).parents[1] / "scripts/node_modules/scorm-again/dist/scorm12.min.js"
HOST = """<!doctype html><html lang="ko"><title>LMS</title><link rel="icon" href="data:,">
<script src="scorm12.js"></script>
<iframe title="sheet" style="width: 100%; height: 95vh; border: 0"></iframe>"""
LAUNCH = """async ([source, kept, spoil]) => {
  window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
  Object.assign(API.cmi, kept.cmi);
  Object.assign(API.cmi.core, kept.core);
  window.commits = 0;
  API.on('LMSCommit', () => { window.commits += 1; });
  const take = API.LMSSetValue;
  window.sent = {};
  API.LMSSetValue = (key, value) => take.call(API, key, sent[key] = value);
  const refuse = (names) => Object.fromEntries(names.map((name) => [name, () => 'false']));
  if (spoil === null) window.API = undefined;
  else Object.assign(API, refuse(spoil));
  const frame = document.querySelector('iframe');
  await new Promise((done) => { frame.onload = done; frame.src = source; });
}"""
LEAVE = """async () => {
  const frame = document.querySelector('iframe');
  await new Promise((done) => { frame.onload = done; frame.src = 'about:blank'; });
}"""
TOLD = """() => {
  const { core, interactions, suspend_data } = API.renderCMIToJSONObject().cmi;
  return { core, interactions, suspend_data };
}"""
STUDENT = {"student_id": "20260007", "student_name": "가, 나다"}


def lay(folder, content):
    """Unpack a package into a folder, beside the page that plays the system's part."""
    if not API.exists():
        reason = "no scorm-again: npm ci --prefix tests/scripts (needs Node)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with zipfile.ZipFile(content) as archive:
        archive.extractall(folder / "package")
    (folder / "host.html").write_text(HOST, encoding="utf-8")
    (folder / "scorm12.js").write_bytes(API.read_bytes())


class System:
    """The system in a page: it launches the package and keeps what it was told between launches."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.kept = {"cmi": {}, "core": dict(STUDENT)}

    def launch(self, refused=()):
        """Open the package; calls in `refused` answer false, None is a system without an API."""
        self.page.goto(f"{self.address}host.html")
        self.page.evaluate(LAUNCH, [f"{self.address}package/index.html", self.kept, refused])
        self.page.wait_for_function(
            "document.querySelector('iframe').contentDocument.querySelector('cnn-scorm').ready"
        )
        return self.page.frame_locator("iframe").locator("cnn-homework")

    def told(self):
        """What the system has been told: core, interactions, suspend_data."""
        return self.page.evaluate(TOLD)

    def sent(self, key):
        """The last value that the sheet sent under a key, before the system made its own of it."""
        return self.page.evaluate("(key) => sent[key]", key)

    def said(self):
        """What the sheet says of the system."""
        return self.page.frame_locator("iframe").locator(".cnn-scorm__said").inner_text()

    def leave(self):
        """Close the sheet; return what was told, which the system has at the next launch."""
        self.page.evaluate(LEAVE)
        told = self.told()
        self.kept["cmi"] = {"suspend_data": told["suspend_data"]}
        self.kept["core"]["lesson_status"] = told["core"]["lesson_status"]
        return told
