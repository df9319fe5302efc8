"""What a page shows and could show wrongly: digits and number words, by where they stand.

Read with regular expressions of its own, so that a number which the accounting overlooks is
doubted all the same.
"""

import re
from itertools import accumulate

from tests.doubt.change import Change
from tests.pages.markdown_pages import DRAWN, PYTHON, fences

# A number that is no part of a name: Conv2d, x1, 0x1F.
DIGITS = re.compile(r"(?<![\w.])(?<!\w-)\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z_]\w)")
ROW = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"]
NEXT = dict(zip(ROW, [*ROW[1:], "두"], strict=True))
NEXT |= {"하나": "둘", "둘": "셋", "셋": "넷", "넷": "다섯"}
NEXT |= {"one": "two", "two": "three", "three": "four", "four": "five", "five": "six"}
COUNTED = "칸|개|장|줄|자리|번|곳|행|열|겹|가지|배|방향|픽셀|채널|필터|축|계층|층|값|토큰|단계"
WORD = re.compile(
    rf"(?<![가-힣])(?:(?:{'|'.join(ROW)})(?= ?(?:{COUNTED})(?![가-힣]*째))"
    r"|(?:하나|둘|셋|넷)(?=[를을이은는의와과 ]|로만|뿐))"
    r"|\b(?:one|two|three|four|five)(?= (?:cell|row|column|channel|filter|value|place|step|time|"
    r"image|layer|ax[ie]s|number)s?\b)"
)
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
# No text: targets of links, anchors, comments, tags, addresses, what a page weighs in a search.
UNSEEN = re.compile(
    r"\]\([^)\s]*\)|\{[^}\n]*\}|<!--.*?-->|<[^>\n]*>|https?://\S+|^  boost: \S+$",
    re.DOTALL | re.MULTILINE,
)
TEXTS = re.compile(r"\s*(?:- )?(?P<key>ask|hint|explain|text|why|caption|title|label|alt): ?")


def changes(path, text, rng):
    """Yield one change for every number and number word that the page `path` shows.

    Examples
    --------
    >>> import random
    >>> from tests.doubt.of_pages import changes
    >>> page = "두 칸을 더하면 $1 + 2$, 곧 3입니다."
    >>> [(c.kind, c.was) for c in changes("a.md", page, random.Random(1))]
    [('formula', '1'), ('formula', '2'), ('prose', '3'), ('word', '두')]
    """
    blank = list(text)
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for fence in fences(text):
        end = fence.line + fence.text.count("\n") + 1
        yield from _of_fence(path, fence, starts[fence.line], lines[fence.line : end], rng)
        for i in range(starts[fence.line - 1], min(starts[end + 1], len(text))):
            blank[i] = " " if text[i] != "\n" else "\n"
    body = _without("".join(blank), UNSEEN)
    for formula in FORMULA.finditer(body):
        yield from _digits("formula", path, formula[0], formula.start(), rng)
    body = _without(body, FORMULA)
    yield from _digits("prose", path, body, 0, rng)
    yield from _words("word", path, body, 0)


def _of_fence(path, fence, start, lines, rng):
    """The output of a session, the texts and the numbers of a drawing's or an exercise's YAML."""
    session = fence.language in PYTHON and fence.text.startswith(">>>")
    kind, under = "figure", 0
    for line in lines:
        if session and not line.startswith((">>>", "...", "Traceback", "    ...")):
            yield from _digits("output", path, line, start, rng)
        elif fence.language in (*DRAWN, "exercise"):
            indent = len(line) - len(line.lstrip())
            named = TEXTS.match(line)
            if named or (line.strip() and indent <= under):
                kind = "figure"
            if named:
                kind = "exercise" if fence.language == "exercise" else "caption"
                under = indent
            if kind == "figure" and line.startswith(("id:", "kind:")):
                kind = "figure"
            else:
                shown = _without(line, FORMULA)
                yield from _digits(kind, path, shown, start, rng)
                if kind != "figure":
                    yield from _words(kind, path, shown, start)
        start += len(line) + 1


def _digits(kind, path, text, start, rng):
    """Change one digit of every number."""
    for found in DIGITS.finditer(text):
        places = [i for i, char in enumerate(found[0]) if char.isdigit()]
        at = rng.choice(places)
        digit = rng.choice([d for d in "123456789" if d != found[0][at]])
        became = found[0][:at] + digit + found[0][at + 1 :]
        yield Change(kind, path, start + found.start(), found[0], became)


def _words(kind, path, text, start):
    """Change every number word to the next one."""
    for found in WORD.finditer(text):
        yield Change(kind, path, start + found.start(), found[0], NEXT[found[0]])


def _without(text, pattern):
    """Blank out what a pattern finds, every line and column in its place."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
