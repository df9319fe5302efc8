"""The content policy: what a page may load, run and send; all of it from this site alone.

It stands in every page as a meta element, and in `_headers` for hosts that read one. The few
scripts that stand in the pages themselves are allowed by their hashes.
"""

import base64
import hashlib
import re

RULES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # which lets Python run, and no text as a script
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
DATA = re.compile(r"type=\"(?:application/(?:ld\+)?json|text/)")

HEADERS = """\
# Read by hosts that let a site name its own headers.
/*
  Content-Security-Policy: {policy}
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin

/cnn/*
  Cache-Control: public, max-age=31536000, immutable
"""


def hashes(html):
    """Return the hashes of the scripts that stand in a page, each once, in order.

    Examples
    --------
    >>> from lesson.site.policy import hashes
    >>> hashes('<script src="a.js"></script><script>run()</script>')
    ["'sha256-AvyuiL0SD1mVY3NNxR+V2uo+lhk6RMFrytWmRt6CrJQ='"]
    """
    found = [code for kind, code in INLINE.findall(html) if not DATA.search(kind)]
    return list(dict.fromkeys(_hash(code) for code in found))


def _hash(code):
    digest = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy(allowed):
    """Return the policy's text with the scripts of these hashes allowed."""
    rules = {**RULES, "script-src": " ".join([RULES["script-src"], *allowed])}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def headers(allowed):
    """Return the headers file of a site whose pages have the scripts of these hashes."""
    return HEADERS.format(policy=policy(allowed))
