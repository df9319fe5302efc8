"""The fences of questions in Markdown: ``exercise``, ``homework`` and ``grading``.

What is wrong with a fence stops the build, with page, line and reason.
"""

import re

from pymdownx.superfences import SuperFencesException

from lesson.exercise import read, render
from lesson.homework import worksheet
from lesson.markdown import language, place_of


def exercise(source, kind, class_name, options, md, **kwargs):
    """Superfences formatter of ``exercise``."""
    try:
        return render(read(source, language(md)))
    except ValueError as error:
        place = place_of(md, source, _line_of(source, str(error)))
        raise SuperFencesException(f"{place}exercise: {error}") from None


def homework(source, kind, class_name, options, md, **kwargs):
    """Superfences formatter of ``homework`` and ``grading``, which have nothing to say inside."""
    if source.strip():
        raise SuperFencesException(f"{place_of(md, source)}{kind}: the fence must be empty")
    make = {
        "homework": worksheet.worksheet,
        "grading": worksheet.grading,
        "misconceptions": worksheet.names,
    }
    return make[kind](language(md))


def _line_of(source, reason):
    """Return the number of the line whose key the reason names first, 0 if there is none."""
    names = re.findall(r"`([a-z_]+)", reason)
    lines = source.strip().splitlines()
    for name in names:
        for number, line in enumerate(lines):
            if re.search(rf"(^|[{{,\s]){name}\s*:", line):
                return number
    return 0
