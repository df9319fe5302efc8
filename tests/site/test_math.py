"""Formulas: MathML in every page, characters that the font has, nothing left as TeX."""

import re

import pytest
from fontTools.ttLib import TTFont
from lesson.mathml import mathml
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from tests.pages.markdown_pages import ROOT, pages, prose
from tests.site.built import html_files, soup
from tools.math_font import ITALIC, characters

FONT = ROOT / "docs" / "theme" / "site" / "math.woff2"


def convert(text):
    return Markdown(extensions=["lesson.mathml", "tables"]).convert(text)


@pytest.fixture(scope="module")
def formulas(built_site):
    """Return every <math> of the site."""
    return [math for path in html_files(built_site) for math in soup(path).find_all("math")]


def test_every_formula_of_the_sources_is_mathml_in_the_pages(built_site):
    for language, root in (("ko", built_site), ("en", built_site / "en")):
        for path in (p for p in pages(language) if p.stem != "index"):
            text = re.sub(r"`[^`\n]*`", "", prose(path.read_text(encoding="utf-8")))
            blocks = re.findall(r"\$\$.+?\$\$", text, re.DOTALL)
            rest = re.sub(r"\$\$.+?\$\$", "", text, flags=re.DOTALL)
            inline = re.findall(r"(?<![\\$])\$[^$\n]+\$", rest)
            name = path.relative_to(
                path.parents[0] if path.parent.name == language else path.parents[1]
            )
            page = soup(root / name.with_suffix("") / "index.html")
            own = [
                m for m in page.article.find_all("math") if not m.find_parent(re.compile("^cnn-"))
            ]
            assert len(own) == len(blocks) + len(inline), path


def test_no_dollar_sign_of_a_formula_is_left(built_site):
    for path in html_files(built_site):
        article = soup(path).article
        texts = article.strings if article else []
        shown = [text for text in texts if not text.find_parent(["code", "pre", "script"])]
        assert not re.search(r"\$[^$]+\$", "".join(shown)), path


def test_the_font_has_every_character_that_formulas_use(formulas):
    has = set(TTFont(FONT).getBestCmap())
    hangul = range(0xAC00, 0xD7A4)
    used = {ord(char) for math in formulas for char in math.get_text() if not char.isspace()}
    assert {chr(point) for point in used - has if point not in hangul} == set()
    # <mi>x</mi> is drawn with the mathematical italic of x
    letters = {mi.get_text() for math in formulas for mi in math.find_all("mi")}
    assert {x for x in letters if len(x) == 1 and x.isascii() and not italic(x) & has} == set()


def italic(letter):
    """Return the code point of a letter's mathematical italic, as a set."""
    first = 0x1D434 if letter.isupper() else 0x1D44E
    point = first + ord(letter.lower()) - ord("a")
    return {point if point in ITALIC else 0x210E}


def test_the_font_is_what_the_script_cuts_and_names_its_licence():
    font = TTFont(FONT)
    assert set(characters()) <= set(font.getBestCmap())
    assert "MATH" in font
    assert "Open Font License" in font["name"].getDebugName(13)
    assert FONT.stat().st_size < 18_000
    assert FONT.with_name("math.LICENSE.txt").exists()


def test_brackets_of_any_height_are_glyphs_or_put_together_from_parts():
    font = TTFont(FONT)
    variants, glyphs = font["MATH"].table.MathVariants, font.getBestCmap()
    grown = dict(
        zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True)
    )
    for bracket in "()[]{}|⌈⌉⌊⌋":
        parts = grown[glyphs[ord(bracket)]].GlyphAssembly.PartRecords
        assert any(part.PartFlags for part in parts), bracket  # one can be repeated


def test_a_block_scrolls_and_takes_the_focus():
    html = convert("$$\nx^2\n$$")
    assert re.match(r'<div class="math" role="group" aria-label="수식" tabindex="0"><math', html)


@pytest.mark.parametrize(
    "text",
    ["price $5 and $6", r"\$x\$", "`$x$`", "```\n$x$\n```", "US$ and $ alone", "$ x $"],
)
def test_what_is_not_a_formula_is_left_alone(text):
    assert "<math" not in convert(text)


@pytest.mark.parametrize("text", ["$x_i$", "a $x$, b", "| $a$ | $b$ |\n| - | - |\n", "**$x$**"])
def test_a_formula_stands_anywhere_in_a_line(text):
    assert "<math" in convert(text)


def test_emphasis_marks_inside_a_formula_are_the_formulas():
    assert "<em>" not in convert("$a_1 * b_1$ and $c_2 * d_2$")


def test_formulas_are_kept_out_of_the_search_index():
    assert mathml("x", display=False).startswith('<math data-search-exclude="true">')


def test_a_mistake_says_which_formula_and_why():
    with pytest.raises(SuperFencesException, match=r"`x_\{` is not a formula: Expected"):
        convert("$x_{$")
