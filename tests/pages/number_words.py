"""The numbers of a text, written in digits or as words."""

import re

UNITS = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5,
    "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
}  # fmt: skip
ALONE = {"둘": 2, "셋": 3, "넷": 4}
ENGLISH = {
    "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
COUNTED = "칸|개|장|줄|자리|번|곳|행|열|겹|가지|배|방향|픽셀|채널|필터|수|축|계층|값|토큰"
# What says no count: one line, step by step, once more.
IDIOMS = re.compile(
    r"한 줄(?:로|씩)?|한 번(?:에|도)?|두 행렬|한 조각|두 값|한 칸(?:씩)? 걸러|줄 걸러 한 줄"
)
WORD = re.compile(rf"(?<![가-힣])({'|'.join(UNITS)}) ?(?=(?:{COUNTED})(?![가-힣]*째))")
LONE = re.compile(rf"(?<![가-힣])({'|'.join(ALONE)})(?=[이을은의 ]|[가-힣]{{0,2}}[ ,.])")
PLACE = re.compile(rf"(?<![가-힣])({'|'.join(['첫', *list(UNITS)[1:]])}) 번째")
DIGITS = re.compile(r"(?<![\w.])[−-]?\d+(?:,\d{3})*(?:\.\d+)?")


def numbers(text):
    """Return the numbers that a text says, in order of kind: digits, then words.

    Examples
    --------
    >>> from tests.pages.number_words import numbers
    >>> numbers("너비가 16,000인 줄을 두 칸씩, 필터 여덟 개로")
    [16000, 2, 8]
    >>> numbers("Three filters of width 5")
    [5, 3]
    """
    spread = re.sub(r"(?<=\d)[×xX](?=\d)|(?<=\d)번|(?<=\d)채널", " ", text)
    found = [float(digits.replace(",", "").replace("−", "-")) for digits in DIGITS.findall(spread)]
    counted = IDIOMS.sub(" ", spread)
    found += [UNITS[word] for word in WORD.findall(counted)]
    found += [ALONE[word] for word in LONE.findall(counted)]
    found += [
        ENGLISH[word.lower()]
        for word in re.findall(r"\b[A-Za-z]+\b", text)
        if word.lower() in ENGLISH
    ]
    return [int(number) if number == int(number) else number for number in found]


def places(text):
    """Return what ordinals say, counted from 1: 첫 번째, 두 번째."""
    return [1 if word == "첫" else UNITS[word] for word in PLACE.findall(text)]
