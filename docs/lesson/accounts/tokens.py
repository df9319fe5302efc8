"""Find what says a number in a text: digits, and the number words of both languages."""

import re
from dataclasses import dataclass

NATIVE = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5,
    "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
    "첫": 1, "절반": 0.5, "반": 0.5,
}  # fmt: skip
ONES = "하나|한|둘|두|셋|세|넷|네|다섯|여섯|일곱|여덟|아홉"
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
DIGITS = (
    r"(?P<name>(?<!\d)[A-Za-z_]+)?"
    r"(?P<digits>\d+(?:(?:,|\{,\})\d{3}(?!\d))*(?:\.\d+)?)"
)
# A determiner stands before a space; 한쪽 and 한꺼번에 are words. 열 is also a column.
KOREAN = (
    rf"(?<![가-힣])(?P<ko>하나|절반|(?:열|스물)(?:{ONES})|스물|다섯|여섯|일곱|여덟|아홉|셋|넷"
    r"|둘(?![러레렀렸지]| 수 있)"
    r"|(?:첫|한|두|세|네|반)(?=[ \n]|$)"
    r"|열(?= ?(?:개|장|번(?!호)|가지|배|명|픽셀|칸)(?![가-힣]*수)))"
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
    >>> [t.value for t in tokens("스물여섯 곳, 열두 장, 열 개")]
    [26, 12, 10]
    """
    return [_token(found) for found in TOKEN.finditer(text)]


def _token(found):
    if found["digits"]:
        said = float(re.sub(r"[,{}]", "", found["digits"]))
        start = found.start("digits")
        name = found["name"] or ""
    else:
        word = found[0].lower()
        tens = 20 * word.startswith("스물") + 10 * (word[0] == "열" and len(word) > 1)
        rest = word.removeprefix("스물") if tens == 20 else word[1:] if tens else word
        said = tens + {**NATIVE, **ENGLISH, "": 0}[rest]
        start, name = found.start(), ""
    value = int(said) if said == int(said) else said
    return Token(start, found.end(), found.string[start : found.end()], value, name)


def values(text):
    """Return what the numbers of a text say, in order, without the digits of names.

    A minus before a number belongs to it, unless something stands before the minus.

    Examples
    --------
    >>> from lesson.accounts.tokens import values
    >>> values("(3, −1)와 28 → 14")
    [3, -1, 28, 14]
    """
    said = [token for token in tokens(text) if not token.name]
    return [-t.value if _negative(text, t.start) else t.value for t in said]


def _negative(text, start):
    return text[start - 1 : start] in ("−", "-") and not re.search(r"[\w)]\s?.$", text[:start])
