"""Which blocks of a page can be run, as attributes of their elements."""

import ast

from lesson.running.needs import lacking
from lesson.running.parts import parts

OTHERS = ("api/", "notebooks/")  # a docstring runs by itself, a notebook ran when it was built


def marks(md, text):
    """Return the attributes that offer a block for running, or say what it would need.

    `md` is the Markdown instance of the page: it remembers which names the blocks so far have left
    undefined.
    """
    if not _lesson(md):
        return {}
    if not hasattr(md, "without"):
        md.without = {}
    try:
        read = [ast.parse(part.source).body for part in parts(text)]
    except SyntaxError:  # a mistake that a page shows: the console says what is wrong with it
        return {"data-run": ""}
    needs = [lacking(statement, md.without) for body in read for statement in body]
    if needs and all(needs):
        return {"data-needs": needs[0]}
    return {"data-run": ""}


def _lesson(md):
    """Return whether a page's code belongs together, one block after the other."""
    if "relpath" not in md.treeprocessors:
        return True
    return not md.treeprocessors["relpath"].file.src_uri.startswith(OTHERS)
