"""Where on a page a piece of Markdown stands, for errors that name page and line."""

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
    offset = source.find(text.strip())
    name = "/".join(Path(page.abs_src_path).parts[-len(Path(page.src_uri).parts) - 2 :])
    return f"{name}:{source.count(chr(10), 0, offset) + 1}" if offset >= 0 else name
