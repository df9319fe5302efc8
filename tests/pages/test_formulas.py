"""Worked formulas: whatever a formula says is equal, is equal."""

import re

import pytest
from lesson.accounts.arithmetic import chain

from tests.pages.markdown_pages import DOCS, name, pages, prose

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)
BESIDE = re.compile(r"\\q?quad|\\begin\{\w+\}|\\end\{\w+\}")


def chains(text):
    """Yield the arithmetic of every formula: a formula goes on in the next that starts with =."""
    joined = re.sub(r"\$\$\s*\$\$\s*=", "=", text)
    for block, inline in FORMULA.findall(joined):
        for part in BESIDE.split(block or inline):
            # an aligned formula breaks its lines before an equals sign
            for line in re.split(r"\\\\(?!\s*&?\s*=)|,(?=\s*$)|,\\q", part):
                yield line.replace("\\\\", " ").replace("&", "").strip(" ,.")


@pytest.mark.parametrize("path", pages(), ids=name)
def test_a_formula_that_is_worked_out_holds(path):
    for formula in chains(prose(path.read_text(encoding="utf-8"))):
        values = chain(formula)
        assert len(set(values)) <= 1, (formula, list(map(str, values)))


def test_the_reader_of_formulas_notices_a_changed_digit():
    """Every digit of every worked formula of the shape law's page, changed, is noticed."""
    path = DOCS / "ko" / "shape.md"
    text = prose(path.read_text(encoding="utf-8"))
    start = text.index("\\left\\lfloor \\frac{28")
    worked = text[text.rindex("$$", 0, start) : text.index("= 8", start) + 8]
    for found in re.finditer(r"\d", worked):
        at = found.start()
        other = worked[:at] + str((int(found[0]) + 3) % 10) + worked[at + 1 :]
        wrong = [line for line in chains(other) if len(set(chain(line))) > 1]
        assert wrong, other


def test_worked_formulas_are_found():
    """The arithmetic of the pages is there to be read: at least as many chains as today."""
    worked = sum(
        len(chain(formula)) > 1
        for path in pages("ko")
        for formula in chains(prose(path.read_text(encoding="utf-8")))
    )
    assert worked >= 12
