"""Cut the math font of the site out of STIX Two Math, which PyPI's ziamath carries.

    python tools/math_font.py

writes docs/theme/site/math.woff2. Browsers without a math font (Android, many Linux desktops) do
not stretch brackets and roots; this subset has the letters and signs that lessons use, with the
MATH table that makes them stretch. The licence (OFL) stands beside it.
"""

from pathlib import Path

import ziamath
from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path(ziamath.__file__).parent / "fonts" / "STIXTwoMath-Regular.ttf"
TARGET = Path(__file__).parents[1] / "docs" / "theme" / "site" / "math.woff2"

ASCII = tuple(map(ord, "!%'()*+,-./0123456789:;<=>?[]{|}"))
LETTERS = (*range(0x41, 0x5B), *range(0x61, 0x7B))  # of names: max, ReLU
# A browser draws <mi>x</mi> with the mathematical italic, not with the ASCII letter.
ITALIC = (*range(0x1D434, 0x1D455), *range(0x1D456, 0x1D468), 0x210E)
BOLD = tuple(map(ord, "𝐀𝐁"))
SIGNS = "\u00a0\u2009\u200a\u2061\u2062\u2063±×…⋯⋮⋱−∗⋅√∂∏∑∈⊙⋆≠≈≤≥→⟶⟨⟩⌈⌉⌊⌋˜ℓ𝖳"
# A bracket of this height, in thousandths of the letters', and any above, is put together from its
# parts; smaller ones are glyphs of their own.
TALL = 2600


def characters():
    """Return the code points that the subset keeps."""
    return sorted({*ASCII, *LETTERS, *ITALIC, *BOLD, *map(ord, SIGNS)})


def cut():
    """Write the subset: glyphs for `characters`, their larger variants, no other alternates."""
    font = TTFont(SOURCE)
    leave_out_tall_brackets(font["MATH"].table.MathVariants)
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = []
    options.hinting = False
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "gasp"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters())
    cutter.subset(font)
    # A fixed date keeps the file the same when it is made again.
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.flavor = "woff2"
    font.save(TARGET)
    return TARGET.stat().st_size


def leave_out_tall_brackets(variants):
    """Leave tall brackets to the parts that a browser puts together for the tallest anyway."""
    for each in variants.VertGlyphConstruction:
        if each.GlyphAssembly:
            kept = [r for r in each.MathGlyphVariantRecord if r.AdvanceMeasurement < TALL]
            each.MathGlyphVariantRecord, each.VariantCount = kept, len(kept)


if __name__ == "__main__":
    print(f"{TARGET}: {cut()} bytes")
