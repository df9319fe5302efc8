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

ASCII = range(0x20, 0x7F)
GREEK = tuple(map(ord, "ΔΣ"))
# A browser draws <mi>x</mi> with the mathematical italic, not with the ASCII letter.
ITALIC = (*range(0x1D434, 0x1D455), *range(0x1D456, 0x1D468), 0x210E)
ITALIC_GREEK = tuple(map(ord, "𝛼𝛽𝛿𝜀𝜃𝜆𝜇𝜎"))
BOLD = range(0x1D400, 0x1D41A)
SIGNS = (
    "\u00a0\u2002\u2003\u2009\u200a\u2061\u2062\u2063±·×÷′…⋯⋮⋱−∗∘⋅√∞∂∑∏∈⊙⋆≠≈≡≤≥∼←→⇒↦⟶⟨⟩⌈⌉⌊⌋⏟ˆ˜ℓℝ𝖳"
)


def characters():
    """Return the code points that the subset keeps."""
    return sorted({*ASCII, *GREEK, *ITALIC, *ITALIC_GREEK, *BOLD, *map(ord, SIGNS)})


def cut():
    """Write the subset: glyphs for `characters`, their larger variants, no other alternates."""
    font = TTFont(SOURCE)
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = []
    options.hinting = False
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


if __name__ == "__main__":
    print(f"{TARGET}: {cut()} bytes")
