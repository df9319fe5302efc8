"""Styles of the built site, lighter, and Material's script, open to everybody.

The styles in docs/theme are commented; the copies that readers fetch lose comments that stand on
lines of their own and the spaces that begin a line. Material's script is changed in five places,
each found by its text, so that another version of it stops the build.
"""

import re
from pathlib import Path

COMMENT_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
# Search index and worker, more than half of a page's weight, are fetched when the search is opened.
LAZY_WORKER = (
    "t=Object.assign(new EventTarget,{postMessage(m){this.w||(this.w=new Worker(e),"
    'this.w.onmessage=({data})=>this.dispatchEvent(new MessageEvent("message",{data}))),'
    "this.w.postMessage(m)}})"
)
MATERIAL = {
    '$(location.protocol!=="file:")': "$(!1)",
    "t=new Worker(e)": LAZY_WORKER,
    # A landmark for every block of code would bury the page's own.
    'x("nav",{class:"md-code__nav"}': 'x("div",{class:"md-code__nav"}',
    # Code that scrolls takes the focus on every device: a phone may have a keyboard, or a switch.
    'd&&r?e.setAttribute("tabindex","0")': 'd?e.setAttribute("tabindex","0")',
    # A table that scrolls takes the focus, so that keys can scroll it.
    '{class:"md-typeset__scrollwrap"}': '{class:"md-typeset__scrollwrap",tabindex:0}',
}
INDENT = re.compile(r"^\s+", re.MULTILINE)


def lighten(site):
    """Rewrite the site's own styles in place."""
    for folder in ("cnn", "site"):
        for path in sorted((Path(site) / folder).glob("*.css")):
            path.write_text(bare(path.read_text(encoding="utf-8")), encoding="utf-8")


def join(paths):
    """Return the text of all the styles: one file, which a browser asks for once."""
    return "".join(bare(path.read_text(encoding="utf-8")) for path in paths)


def adapt_material(site):
    """Make the changes of `MATERIAL` in the script of the built site."""
    for old, new in MATERIAL.items():
        replace(Path(site) / "assets" / "javascripts", "bundle.*.min.js", old, new)


def replace(folder, pattern, old, new):
    """Replace `old` in the one file of `folder` that matches `pattern`; it must stand there once.

    Raises
    ------
    ValueError
        It stands there never, or more than once.
    """
    [path] = folder.glob(pattern)
    code = path.read_text(encoding="utf-8")
    if code.count(old) != 1:
        raise ValueError(f"`{path.name}` must contain {old!r} once, got {code.count(old)}")
    path.write_text(code.replace(old, new), encoding="utf-8")


def bare(code):
    """Return `code` without comment lines and indentation.

    Examples
    --------
    >>> from lesson.assets import bare
    >>> bare("/* Wide. */\\n.cnn-row {\\n  gap: 1rem; /* as text */\\n}\\n")
    '.cnn-row {\\ngap: 1rem; /* as text */\\n}\\n'
    """
    for part in (COMMENT_BLOCK, INDENT):
        code = part.sub("", code)
    return code
