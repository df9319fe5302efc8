"""What runs the pages' code in a reader's browser: Python and NumPy as wasm, and the course's own.

`sources` finds the foreign files, each by its SHA-256, and keeps them outside of the repository;
`packing` makes of them, and of the library, what the site publishes. Without them a site is built
all the same, and offers nothing to run.
"""

import logging
import os

from lesson.site.runtime.packing import packed
from lesson.site.runtime.sources import UnreachableError, found

log = logging.getLogger("mkdocs.lesson.runtime")


def runtime(folder):
    """Return what the site publishes for running code, or None, having said why.

    Parameters
    ----------
    folder : Path
        Where what is slow to make is kept between builds.

    Returns
    -------
    dict or None
        As `packed` makes it. In CI a build must not go without: the log's line is a warning then,
        which stops a strict build.
    """
    try:
        return packed(found(), folder)
    except UnreachableError as error:
        level = logging.WARNING if os.environ.get("CI") else logging.INFO
        log.log(level, "No block of code can be run in the pages: %s", error)
        return None
