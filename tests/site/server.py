"""A web server in a thread for the built site, at the root or under a path, gzip and all."""

import contextlib
import gzip
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BUILT_FOR = b"http://127.0.0.1:8000/"
TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml")


class Handler(SimpleHTTPRequestHandler):
    """Serve files quietly; the addresses in the sitemap are this server's own."""

    protocol_version = "HTTP/1.1"  # one connection for many files, as real servers do
    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".woff2": "font/woff2",
    }

    def __init__(self, *args, prefix, **kwargs):
        self.prefix = prefix
        super().__init__(*args, **kwargs)

    def do_GET(self):
        """Send a file below the prefix, compressed when the client takes it."""
        if not self.path.startswith(self.prefix):
            return self.send_error(404)
        self.path = "/" + self.path[len(self.prefix) :]
        if (staged := self.path.partition("?")[0]) in self.server.staged:
            self._send(staged, self.server.staged[staged].encode())
            return None
        path = self.translate_path(self.path)
        if path.endswith("/") or not path.endswith(TEXT):
            return self._page(path) if path.endswith("/") else super().do_GET()
        return self._text(path)

    def _page(self, path):
        return self._text(path + "index.html")

    def _text(self, path):
        try:
            with open(path, "rb") as file:
                body = file.read()
        except OSError:
            self.send_error(404)
            return
        self._send(path, body)

    def _send(self, path, body):
        here = f"http://{self.headers['Host']}{self.prefix}".encode()
        if path.endswith("sitemap.xml"):
            body = body.replace(BUILT_FOR, here)
        self.send_response(200)
        kind = "text/html" if path.endswith("/") else self.guess_type(path)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        """Send the policy that the site asks its host for."""
        if self.server.policy:
            self.send_header("Content-Security-Policy", self.server.policy)
        super().end_headers()

    def send_header(self, keyword, value):
        """Note how much is sent of what."""
        if keyword == "Content-Length":
            self.server.sent[self.path] = int(value)
        super().send_header(keyword, value)

    def log_message(self, *args):
        """Say nothing."""


@contextlib.contextmanager
def served(folder, prefix="/", staged=None):
    """Yield the address of `folder`, served under `prefix` on a free port, and what was sent.

    The second is a dict from path to bytes that fills as a browser asks. `staged` is one from path
    to the HTML of pages that the folder does not have.
    """
    handler = partial(Handler, directory=str(folder), prefix=prefix)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.sent, server.staged = {}, staged or {}
    server.policy = policy_of(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}", server.sent
    finally:
        server.shutdown()
        server.server_close()


def policy_of(folder):
    """Return the content policy in the site's headers file, if it has one."""
    file = Path(folder) / "_headers"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    found = re.search(r"^  Content-Security-Policy: (.*)$", text, re.MULTILINE)
    return found and found[1]
