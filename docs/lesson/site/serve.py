"""The site while it is written: python -m lesson.site.serve [HOST:PORT]

Every change is built in a process of its own, which starts with the large packages loaded and
without a line of this repository: what it imports is what stands on the disk. A changed script or
style alone renews the shared files and leaves the pages as they are. Open pages load again.
"""

import logging
import multiprocessing
import os
import pickle
import sys
import tempfile
import threading
import time
import traceback
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WATCHED = ("docs", "cnnlib", "mkdocs.yml", "mkdocs.en.yml")
LOADED = [
    "material",
    "math_core",
    "mkdocs.commands.build",
    "mkdocs_autorefs",
    "mkdocs_jupyter.plugin",
    "mkdocstrings_handlers.python",
    "numpy",
    "pymdownx.superfences",
    "rjsmin",
    "tinycss2",
]
ASKING = b"""const now = document.currentScript.dataset.version;
(async function wait() {
  try {
    const answer = await fetch(`/livereload/${now}`);
    if ((await answer.text()) !== now) return location.reload();
  } catch { await new Promise((soon) => setTimeout(soon, 1000)); }
  wait();
})();
"""


def main(arguments):
    """Build, serve and watch until the reader stops it."""
    host, _, port = (arguments[0] if arguments else "127.0.0.1:8000").rpartition(":")
    with tempfile.TemporaryDirectory(prefix="lesson-") as folder:
        site = Site(Path(folder))
        site.build(full=True)
        server = ThreadingHTTPServer((host, int(port)), partial(Handler, site=site))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"Serving http://{host}:{port}/ and watching {', '.join(WATCHED)}", flush=True)
        watch(site)


def watch(site):
    """Build again after every change."""
    before = stamps()
    while True:
        time.sleep(0.1)
        now = stamps()
        changed = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        before = now
        if changed:
            print("Changed:", *sorted(path.relative_to(ROOT) for path in changed), flush=True)
            site.build(full=not all(map(is_shared, changed)))


def stamps():
    """Return when each watched file was last changed."""
    found = {}
    for name in WATCHED:
        top = ROOT / name
        for path in [top] if top.is_file() else top.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
                found[path] = path.stat().st_mtime_ns
    return found


def is_shared(path):
    """Return whether a file is a script or a style, which no page's HTML holds."""
    return path.suffix in {".js", ".css"} and path.is_relative_to(ROOT / "docs" / "theme")


class Site:
    """The newest built site, and its version."""

    def __init__(self, folder):
        self.folder, self.version, self.current = folder, 0, None
        self.renewed = threading.Condition()
        method = (
            "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        )
        self.context = multiprocessing.get_context(method)
        if method == "forkserver":
            self.context.set_forkserver_preload(LOADED)

    def build(self, full):
        """Build in a new process; what is wrong is printed, and the last good site stays."""
        start = time.monotonic()
        full = full or self.current is None
        target = self.folder / f"site-{self.version + 1}" if full else self.current
        raw = self.folder / "raw.pickle"
        worker = self.context.Process(target=pages if full else shared, args=(target, raw))
        worker.start()
        worker.join()
        if worker.exitcode:
            return print("The site stays as it was.", flush=True)
        with self.renewed:
            self.version += 1
            self.current = target
            self.renewed.notify_all()
        return print(f"Built in {time.monotonic() - start:.1f} s", flush=True)

    def wait(self, version, seconds=30):
        """Return the version, as soon as it is another one than this."""
        with self.renewed:
            self.renewed.wait_for(lambda: self.version != version, timeout=seconds)
            return self.version


def pages(target, raw):
    """Build the whole site."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    os.chdir(ROOT)
    os.environ["LESSON_RAW"] = str(raw)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    with _reported():
        config = load_config("mkdocs.yml", site_dir=str(target))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()


def shared(target, raw):
    """Renew scripts and styles alone."""
    from lesson.site.publish import publish

    with _reported():
        publish(
            target, ROOT / "docs" / "theme", pickle.loads(raw.read_bytes()), ROOT / ".cache/pages"
        )


class _reported:
    """Say what was wrong and end the process with a status that says so."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            traceback.print_exception(kind, error, trace)
            sys.exit(1)


class Handler(SimpleHTTPRequestHandler):
    """Serves the newest site; its pages wait for the next one."""

    protocol_version = "HTTP/1.1"
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def __init__(self, *args, site, **kwargs):
        self.site = site
        super().__init__(*args, directory=str(site.current), **kwargs)

    def do_GET(self):
        """Answer with a file of the newest site."""
        self.directory = str(self.site.current)
        if self.path.startswith("/livereload/"):
            asked = self.path.rpartition("/")[2]
            version = self.site.wait(int(asked) if asked.isdigit() else -1)
            return self.answer(str(version).encode(), "text/plain")
        if self.path == "/livereload.js":
            return self.answer(ASKING, "text/javascript")
        page = Path(self.translate_path(self.path))
        page = page / "index.html" if page.is_dir() and self.path.endswith("/") else page
        if page.suffix == ".html" and page.is_file():
            script = f'<script src="/livereload.js" data-version="{self.site.version}"></script>'
            body = page.read_bytes().replace(b"</body>", script.encode() + b"</body>")
            return self.answer(body, "text/html; charset=utf-8")
        return super().do_GET()

    def answer(self, body, kind):
        """Send a whole body."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        """Nothing is kept: the next answer may be another one."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args):
        """Say nothing of single requests."""


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(0)
