"""Read a shape as a person types it: with words and units around it, and any sign between.

The page and its exercises read the same way (docs/theme/cnn/core/reading.js), with the same
substitutions in the same order.
"""

import re
import unicodedata

Shape = tuple[float, ...]

BEFORE = (
    (
        "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+",
        " ",
    ),
    ("[ㅌ×✕✖⨯∗ㆍ・·⋅‧∙•]", "x"),
    ("、", ","),
    ("。", "."),
    ("[−–—]", "-"),
)
"""Before full-width forms are made plain, since that would change some of these."""
AFTER = (
    ("[-=]+>|⇒|➔|➜", "→"),
    ("^.*→(?=.*[0-9])", " "),
    ("[a-z_가-힣]+[0-9]* ?[=:] ?(?=[-+0-9({t]|\\[)", " "),
    ("^.*=(?=.*[0-9])", " "),
    ("(?<=[0-9)}]|\\])\\.? ?(?:입니다|이다|임|이에요|예요)", " "),
    ("(?<=[0-9]) ?(?:개|장|칸|채널|픽셀|px)(?![a-z])", " "),
    ("(?:conv|fc|pool|relu|linear)[0-9]d?(?![a-z0-9])", " "),
)
"""An answer stands after the last arrow or equals sign; labels and units say nothing more."""
UNSURE = re.compile(
    "about|approx|maybe|(?<![a-z])or(?![a-z])|not|[~?<]|약|대략|아마|또는|아니|정도|쯤"
)
"""Whoever writes one of these has not settled on an answer."""
GROUP = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
PLAIN = (
    ("[()\\[\\]{}]", " "),
    ("(?<=[0-9.]) ?[x*/|] ?(?=[-+0-9.])", " "),
    ("(?<=[0-9])-(?=[0-9])", " "),
    ("(?<![0-9a-z_.가-힣])[a-z_.가-힣]*[a-z_가-힣](?![0-9a-z_가-힣])", " "),
    ("[,;!\"'`:]", " "),
    ("(?<![0-9])\\.(?![0-9])", " "),
)
THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)")


def readings(text: str) -> list[Shape]:
    """Return what a typed shape can mean, likeliest first; nothing if it is no shape.

    A comma may stand between two numbers or inside one.

    Examples
    --------
    >>> from lesson.homework.reading import readings
    >>> readings("torch.Size([10, 3, 16, 16])")
    [(10.0, 3.0, 16.0, 16.0)]
    >>> readings("10, 1,440")
    [(10.0, 1.0, 440.0), (10.0, 1440.0)]
    >>> readings("약 16")
    []
    """
    said = _replaced(text, BEFORE)
    said = _replaced(unicodedata.normalize("NFKC", said).lower(), BEFORE[:1])
    if UNSURE.search(said):
        return []
    said = _group(_replaced(said, AFTER))
    found = (_numbers(each) for each in (said, THOUSANDS.sub("", said)))
    return list(dict.fromkeys(each for each in found if each))


def read_shape(text: str) -> Shape | None:
    """Return the likeliest reading of a typed shape, or None."""
    return next(iter(readings(text)), None)


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for pattern, new in pairs:
        text = re.sub(pattern, new, text)
    return text


def _group(said: str) -> str:
    """Return what stands in the only brackets, if no number stands outside of them."""
    groups = GROUP.findall(said)
    outside = GROUP.sub(" ", said)
    return groups[0] if len(groups) == 1 and not re.search("[0-9]", outside) else said


def _numbers(said: str) -> Shape:
    tokens = _replaced(said, PLAIN).split()
    return tuple(map(float, tokens)) if all(map(NUMBER.fullmatch, tokens)) else ()
