"""Worked arithmetic: the numbers whose change would break an equality."""

import re

from lesson.accounts.arithmetic import chain

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.S)
SUM = re.compile(r"(?<![\w.])[\d(][\d.,\s+−·×÷/()-]*=[\d\s.,+−·×÷/()=-]*\d")
BESIDE = re.compile(r"\\q?quad|\\begin\{\w+\}|\\end\{\w+\}|\\\\(?!\s*&?\s*=)")


def equalities(placed):
    """Account for the numbers of a text whose change would break an equality."""
    for found in FORMULA.finditer(placed.text):
        group = 1 if found[1] else 2
        start = found.start(group)
        for part in _parts(found[group]):
            _sum(placed, start + part[0], part[1])
    for found in SUM.finditer(placed.text):
        _sum(placed, found.start(), found[0])


def _parts(formula):
    """Yield (start, text) of what stands beside each other in a formula."""
    position = 0
    for cut in [*BESIDE.finditer(formula), None]:
        end = cut.start() if cut else len(formula)
        yield position, formula[position:end].rstrip(" ,.\n")
        position = cut.end() if cut else end


def _sum(placed, start, text):
    values = chain(text.replace("&", " "))
    if len(values) < 2 or len(set(values)) > 1:
        return
    for each in placed.within(start, start + len(text)):
        if each.kind is None and all(
            _breaks(text, at - start)
            for at in range(each.token.start, each.token.end)
            if placed.text[at].isdigit()
        ):
            each.kind, each.by = "computed", "an equality"


def _breaks(text, at):
    """Whether changing the digit at a place breaks the equality, whatever it is changed to."""
    others = (str((int(text[at]) + step) % 10) for step in (1, 2, 3, 5, 9))
    changed = (chain((text[:at] + other + text[at + 1 :]).replace("&", " ")) for other in others)
    return all(len(set(values)) != 1 for values in changed)
