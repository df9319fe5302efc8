"""What a page's Markdown became, kept until the page or the code behind it changes.

A page of the API reference depends on the library and on the extensions of Markdown, which are
modules of their own, any other on the library and all of the lessons' Python. The reference is the
same text in both editions: what one edition has rendered, the other takes over.
"""

import copy
import functools
import hashlib
import pickle
import re
from contextlib import contextmanager
from pathlib import Path

from mkdocs.structure.pages import Page

from lesson.site.imports import ROOTS

DIRECTIVE = "\n::: "
OWN = ("site",)  # rooms of `lesson` that no page's Markdown runs
ADDRESS = re.compile(r" at 0x[0-9a-f]+")
drawn = {}  # what a directive became in this run: (name, options) -> (HTML, headings)


def mark(page, config, files):
    """Return the name under which a page is kept: a digest of all that it is made of."""
    reference = DIRECTIVE in page.markdown
    parts = [
        page.markdown,
        config.theme["language"],
        ADDRESS.sub("", repr(sorted((key, str(each)) for key, each in config.mdx_configs.items()))),
        repr(sorted(file.src_uri for file in files.documentation_pages())),
        code("cnnlib"),
        code("lesson", "*.py" if reference else "**/*"),
    ]
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:24]


@functools.cache
def code(package, pattern="**/*"):
    """Return a digest of a package's files, with the data that they read."""
    root = ROOTS[package]
    files = sorted(
        path
        for path in root.glob(pattern)
        if path.suffix in {".py", ".json", ".npz", ".bin"}
        and path.relative_to(root).parts[0] not in OWN
    )
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def render(page, config, files, folder):
    """Do what `Page.render` does, or what it did the last time."""
    place = Path(folder) / f"{mark(page, config, files)}.pickle"
    references = config.plugins["autorefs"]
    if place.exists():
        made = pickle.loads(place.read_bytes())
        place.touch()  # it is still in use
    else:
        with _noted(references) as anchors:
            Page.render(page, config, files)
        links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
        made = (page.content, page.toc, page.present_anchor_ids, links, anchors)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pickle.dumps(made))
        return
    page.content, page.toc, page.present_anchor_ids, links, anchors = made
    page.links_to_anchors = {files.src_uris[name]: found for name, found in links.items()}
    for given, named in anchors:
        references.register_anchor(page, *given, **named)


@contextmanager
def _noted(references):
    """Note what a page registers for the links between pages of the reference."""
    notes, register = [], references.register_anchor

    def noting(page, *given, **named):
        notes.append((given, named))
        register(page, *given, **named)

    references.register_anchor = noting
    try:
        yield notes
    finally:
        references.register_anchor = register


def share_reference(handler):
    """Let every edition's handler of the reference take over what another has rendered."""
    own = handler.render

    @functools.wraps(own)
    def taken(data, options, **named):
        key = (data.path, repr(options))
        if key not in drawn:
            html = own(data, options, **named)
            drawn[key] = (html, handler.get_headings())
        html, headings = drawn[key]
        handler._headings.extend(copy.deepcopy(headings))
        return html

    handler.render = taken
