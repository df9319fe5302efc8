"""Where on a page a piece of Markdown stands, for errors that name page and line."""

import re
from pathlib import Path


def where(md, text):
    """Return ``docs/ko/stride.md:12`` for the first line of `text`, as far as it is known.

    `md` is the Markdown instance. MkDocs lets it know its page by the processor that resolves
    relative links; outside MkDocs there is no page, and the place is empty.
    """
    if "relpath" not in md.treeprocessors:
        return ""
    page = md.treeprocessors["relpath"].file
    source = Path(page.abs_src_path).read_text(encoding="utf-8")
    # A fence inside an admonition or a tab is indented in the file, but not in `text`.
    lines = r"\n[ \t]*".join(re.escape(line.strip()) for line in text.strip().splitlines())
    found = re.search(lines, source) if lines else None
    name = "/".join(Path(page.abs_src_path).parts[-len(Path(page.src_uri).parts) - 2 :])
    return f"{name}:{source.count(chr(10), 0, found.start()) + 1}" if found else name
