"""Style sheets as readers fetch them: without comments that stand on lines of their own."""

import re

COMMENT_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
INDENT = re.compile(r"^\s+", re.MULTILINE)


def bare(code):
    """Return `code` without comment lines and indentation.

    Examples
    --------
    >>> from lesson.site.assets import bare
    >>> bare("/* Wide. */\\n.cnn-row {\\n  gap: 1rem; /* as text */\\n}\\n")
    '.cnn-row {\\ngap: 1rem; /* as text */\\n}\\n'
    """
    for part in (COMMENT_BLOCK, INDENT):
        code = part.sub("", code)
    return code
