"""Claims: what the prose says in numbers, written so that a test can check it.

``<!-- claim: 70 == inner_product(A, B); 4 == output[0, 0] -->`` stands after the paragraph, list or
table whose literals it checks. The left side is the literal as it stands there, a number, a
quoted string, or a quoted number word with what it counts (``"두 칸" == stride``); the right side
is a Python expression in the page's namespace, where ``site("homework.check:POINTS")`` is a name
of the site's own modules, which no page imports.
"""

import ast
import re
from dataclasses import dataclass
from pkgutil import resolve_name

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "한 하나 one",
            "두 둘 two",
            "세 셋 three",
            "네 넷 four",
            "다섯 five",
            "여섯 six",
            "일곱 seven",
            "여덟 eight",
            "아홉 nine",
            "열 ten",
        ),
        start=1,
    )
    for word in words.split()
}
COMMENT = re.compile(r"<!--\s*claim:(?P<body>.*?)-->", re.DOTALL)


@dataclass(frozen=True)
class Claim:
    """One ``literal == expression``: the literal's text and value, and the expression's source."""

    text: str
    value: object
    expression: str


def parse(body):
    """Return the claims in the text of one comment, split at ``;``.

    Raises
    ------
    ValueError
        A claim is not a literal, ``==`` and an expression.

    Examples
    --------
    >>> from lesson.claims import parse
    >>> parse('70 == 5 + 12 + 21 + 32; "(3, 3)" == windows.shape')[1]
    Claim(text='(3, 3)', value='(3, 3)', expression='windows.shape')
    >>> parse("seventy")
    Traceback (most recent call last):
        ...
    ValueError: a claim must be `literal == expression`, got 'seventy'
    """
    return [_parse_one(part.strip()) for part in _split(body)]


def check(claim, text_above, namespace):
    """Return what is wrong with `claim`: None, an exception, or a sentence.

    Parameters
    ----------
    claim : Claim
    text_above : str
        The page up to the comment; the literal must stand in its last block.
    namespace : dict
        The names that the page has defined so far.

    Examples
    --------
    >>> from lesson.claims import check, parse
    >>> [claim] = parse("70 == 5 + 12 + 21 + 32")
    >>> check(claim, "The sum is 70.", {})
    >>> check(claim, "The sum is 170.", {})
    "the literal 70 does not stand in the block above: 'The sum is 170.'"
    >>> [claim] = parse("71 == 5 + 12 + 21 + 32")
    >>> check(claim, "The sum is 71.", {})
    'the page says 71, but 5 + 12 + 21 + 32 is 70'
    >>> [claim] = parse('"두 칸" == 5 - 3')
    >>> check(claim, "창을 두 칸씩 옮깁니다.", {})
    >>> [claim] = parse('"세 칸" == 5 - 3')
    >>> check(claim, "창을 세 칸씩 옮깁니다.", {})
    'the page says 세 칸, but 5 - 3 is 2'
    """
    above = block_above(text_above)
    if not stands_in(claim.text, above):
        return f"the literal {claim.text} does not stand in the block above: {above!r}"
    try:
        found = eval(claim.expression, {**namespace, "site": site})
    except Exception as error:
        return error
    return (
        None
        if bool(_says(claim.value, found))
        else f"the page says {claim.text}, but {claim.expression} is {found}"
    )


def _says(literal, found):
    """Whether a literal says `found`: as a number, as it is printed, or as a number word."""
    if not isinstance(literal, str):
        return found == literal
    counted = NUMBER_WORDS.get(literal.split()[0].lower()) if literal.strip() else None
    return str(found) == literal or (counted is not None and found == counted)


def site(name):
    """Return what a name of the site's own modules stands for.

    Examples
    --------
    >>> from lesson.claims import site
    >>> site("examples:HELD_OUT")
    1000
    """
    return resolve_name(f"lesson.{name}")


def stands_in(literal, text):
    """Return whether `literal` stands in `text` and is not a part of a longer number."""
    pattern = re.escape(literal.replace("\u2212", "-"))
    return bool(
        re.search(rf"(?<![\d.])(?<!\d,){pattern}(?!,?\d|\.\d)", text.replace("\u2212", "-"))
    )


def block_above(text):
    """Return the last paragraph, table, formula or whole list of `text`, other claims left out."""
    blocks = re.split(r"\n\s*\n", COMMENT.sub("", text).strip())
    first = len(blocks) - 1
    while first > 0 and _in_list(blocks[first]) and _in_list(blocks[first - 1]):
        first -= 1
    return "\n\n".join(blocks[first:])


def _in_list(block):
    return bool(re.match(r"(?:[-*+]|\d+\.)\s|\s{2,}\S", block))


def _split(body):
    """Split at the semicolons outside of quotes and brackets."""
    parts, start, quote, depth = [], 0, "", 0
    for index, char in enumerate(body):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == ";" and depth == 0:
            parts.append(body[start:index])
            start = index + 1
    return [part for part in [*parts, body[start:]] if part.strip()]


def _parse_one(part):
    literal, equals, expression = part.partition("==")
    try:
        quoted = literal[0] in "\"'"
        value = ast.literal_eval(literal.strip() if quoted else literal.strip().replace(",", ""))
        ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError):
        equals = ""
    if not equals or not isinstance(value, (int, float, str)):
        raise ValueError(f"a claim must be `literal == expression`, got {part!r}")
    text = value if isinstance(value, str) else literal.strip()
    return Claim(text, value, expression.strip())


class _Strip(Preprocessor):
    """Leave the comments out of the built page, keeping its line count."""

    def run(self, lines):
        text = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), "\n".join(lines))
        return text.split("\n")


class Claims(Extension):
    """Markdown extension that strips the claims' comments."""

    def extendMarkdown(self, md):
        """Register after fences are read (25), which may show a claim, and before HTML (20)."""
        md.preprocessors.register(_Strip(md), "cnnlib-claims", 22)


def makeExtension(**config):
    """Return the Markdown extension."""
    return Claims(**config)
