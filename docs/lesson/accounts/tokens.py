"""Find what says a number in a text: digits, and the number words of both languages."""

import re
from dataclasses import dataclass

NATIVE = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5,
    "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
    "열두": 12, "첫": 1, "절반": 0.5, "반": 0.5,
}  # fmt: skip
ENGLISH = {
    word: number
    for number, words in enumerate(
        (
            "one first once",
            "two second twice",
            "three third",
            "four fourth",
            "five fifth",
            "six sixth",
            "seven seventh",
            "eight eighth",
            "nine ninth",
            "ten tenth",
        ),
        start=1,
    )
    for word in words.split()
} | {"half": 0.5}
DIGITS = r"(?P<name>[A-Za-z_][A-Za-z_]*)?(?P<digits>\d+(?:(?:,|\{,\})\d{3}(?!\d))*(?:\.\d+)?)"
# A determiner stands before a space; 한쪽 and 두세 are written together. 열 is also a column.
KOREAN = (
    r"(?<![가-힣])(?P<ko>하나|절반|열두|다섯|여섯|일곱|여덟|아홉|셋|넷|둘(?![러레])"
    r"|(?:첫|한|두|세|네|반)(?=[ \n])|한(?=쪽|번|데|꺼)"
    r"|열(?= ?(?:개|장|번|가지|배|명|픽셀|칸)(?![가-힣]*수)))"
)
WORD = r"\b(?P<en>" + "|".join(sorted(ENGLISH, key=len, reverse=True)) + r")\b"
TOKEN = re.compile(f"{DIGITS}|{KOREAN}|{WORD}", re.IGNORECASE)


@dataclass(frozen=True)
class Token:
    """A number in a text: where it stands, what it says, and the name it belongs to, if any."""

    start: int
    end: int
    text: str
    value: float
    name: str = ""


def tokens(text):
    """Return the numbers of a text in order.

    Examples
    --------
    >>> from lesson.accounts.tokens import tokens
    >>> [(t.text, t.value) for t in tokens("너비가 16,000인 줄을 두 칸씩, 필터 여덟 개로")]
    [('16,000', 16000), ('두', 2), ('여덟', 8)]
    >>> [(t.text, t.name) for t in tokens("Three layers `Conv2d`, 2P")]
    [('Three', ''), ('2', 'Conv'), ('2', '')]
    """
    return [_token(found) for found in TOKEN.finditer(text)]


def _token(found):
    if found["digits"]:
        said = float(re.sub(r"[,{}]", "", found["digits"]))
        start = found.start("digits")
        name = found["name"] or ""
    else:
        word = found[0].lower()
        said, start, name = {**NATIVE, **ENGLISH}[word], found.start(), ""
    value = int(said) if said == int(said) else said
    return Token(start, found.end(), found.string[start : found.end()], value, name)


def values(text):
    """Return what the numbers of a text say, in order; a minus before a number belongs to it.

    Examples
    --------
    >>> from lesson.accounts.tokens import values
    >>> values("(3, −1)와 28 → 14")
    [3, -1, 28, 14]
    """
    return [-t.value if _negative(text, t.start) else t.value for t in tokens(text)]


def _negative(text, start):
    return text[start - 1 : start] in ("−", "-") and not re.search(r"[\w)]\s?.$", text[:start])
