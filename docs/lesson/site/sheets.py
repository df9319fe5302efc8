"""Style sheets as readers fetch them: each in its layer, one for all pages and one an element.

A later layer wins over an earlier one whatever their selectors, so that no sheet has to outbid
another: Material's styles come first, then the values that ours speak of, the text, the frame, the
controls, the numbers that can be asked, the elements, the ring around what has the focus, and what
paper needs.
"""

import re
from pathlib import Path

from lesson.site import scripts
from lesson.site.assets import bare
from lesson.site.memory import remember
from lesson.site.styles import Names, needed, read_in, selectors, trim

COMMON = ("tokens", "page", "frame", "controls", "numbers", "focus", "print")  # what every page has
LAYERS = ("theme", *COMMON[:-2], "elements", *COMMON[-2:])
PARTS = {"frame": ("frame", "search", "tools")}  # a layer's files, where it has several
URL = re.compile(r"url\(\"?([\w.-]+)\"?\)")
OWN = re.compile(r"\bcnn-|\.doc\b")  # what only some pages have
MADE = re.compile(r"(?<![.\w-])cnn-[\w-]+")  # with a dot before it, a script looks for it


def link(assets, theme, raw, code, folder):
    """Write the style sheets; return the names that each page links to.

    `raw` and `folder` are those of `publish`, `code` the scripts: what they may make is used too.
    """

    def read(name):
        return _with_urls(bare((theme / name).read_text(encoding="utf-8")), assets.names)

    own = "".join(
        layer(name, "".join(read(f"styles/{part}.css") for part in PARTS.get(name, (name,))))
        for name in COMMON
    )
    special = {Path(name).stem: layer("elements", read(name)) for name in raw["some"]}
    own_reference = layer("elements", read("styles/reference.css"))
    special["reference"] = layer("theme", bare(raw["reference"])) + own_reference
    seen, names = {}, Names()
    for place, html in raw["pages"].items():
        seen[place] = Names()
        seen[place].read_page(html)
        names.take(seen[place])
    for text in code.values():
        names.read_script(text)
    others = read_in("".join([own, *special.values(), *code.values()]))
    base = remember(folder, trim, raw["base"], names, others)
    common = f"@layer {','.join(LAYERS)};" + layer("theme", base) + own
    first = assets.add("page.css", common)
    some = {assets.add(f"{name}.css", css): selectors(css, OWN) for name, css in special.items()}
    made = {name: MADE.findall(text) for name, text in scripts.elements(theme / "cnn").items()}
    return {place: [first, *wanted(some, met, made)] for place, met in seen.items()}


def wanted(sheets, met, made):
    """Return the names of those sheets that have a rule for something on a page.

    Parameters
    ----------
    sheets : dict
        The selectors of each sheet.
    met : Names
        What the page names; what its elements make is added.
    made : dict
        The words of the scripts that make each element.
    """
    fresh = set(made) & met.words
    while fresh:
        words = set().union(*(made[element] for element in fresh))
        fresh = (words & set(made)) - met.words
        met.words |= words
    return [name for name, some in sheets.items() if any(needed(each, met) for each in some)]


def layer(name, css):
    """Return a style sheet within its layer."""
    return f"@layer {name}{{{css}}}"


def _with_urls(css, names):
    """Return a style sheet that names shared files by their hashed names."""
    return URL.sub(lambda match: f'url("{names.get(match[1], match[1])}")', css)
