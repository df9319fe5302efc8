"""Scripts and styles of the site without what only their authors read.

The sources in docs/theme are commented and need no build; the copies that readers fetch lose
comments that stand on lines of their own and the spaces that begin a line, a fifth of their weight.
"""

import re
from pathlib import Path

COMMENT_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
COMMENT_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
INDENT = re.compile(r"^\s+", re.MULTILINE)


def lighten(site):
    """Rewrite the site's own scripts and styles in place."""
    for folder in ("cnn", "site"):
        for path in sorted((Path(site) / folder).glob("*.[cj]s*")):
            path.write_text(bare(path.read_text(encoding="utf-8")), encoding="utf-8")


def bare(code):
    """Return `code` without comment lines and indentation.

    Examples
    --------
    >>> from cnnlib.lesson.assets import bare
    >>> bare("/* Adds. */\\nfunction add(a, b) {\\n  // no checks\\n  return a + b; // sum\\n}\\n")
    'function add(a, b) {\\nreturn a + b; // sum\\n}\\n'
    """
    return INDENT.sub("", COMMENT_LINE.sub("", COMMENT_BLOCK.sub("", code)))
