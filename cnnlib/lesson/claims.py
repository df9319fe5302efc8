"""Claims: what the prose says in numbers, written so that a test can check it.

``<!-- claim: 70 == inner_product(A, B); 4 == output[0, 0] -->`` stands after the paragraph, list or
table whose literals it checks. The left side is the literal as it stands there, a number or a
quoted string; the right side is a Python expression in the page's namespace.
"""

import ast
import re
from dataclasses import dataclass

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

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
    >>> from cnnlib.lesson.claims import parse
    >>> parse('70 == 5 + 12 + 21 + 32; "(3, 3)" == windows.shape')[1]
    Claim(text='(3, 3)', value='(3, 3)', expression='windows.shape')
    >>> parse("seventy")
    Traceback (most recent call last):
        ...
    ValueError: a claim must be `literal == expression`, got 'seventy'
    """
    return [_parse_one(part.strip()) for part in _split(body)]


def holds(claim, namespace):
    """Return whether the claim's expression, evaluated in `namespace`, has the literal's value."""
    found = eval(claim.expression, namespace)
    if isinstance(claim.value, str):
        return claim.value in (found, str(found)) if isinstance(found, str) else str(found) == claim.value
    return bool(found == claim.value)


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
        value = ast.literal_eval(literal.strip().replace(",", "") if literal[0] not in "\"'" else literal)
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
        """Register before fences are read (25), after line ends are normalised (30)."""
        md.preprocessors.register(_Strip(md), "cnnlib-claims", 28)


def makeExtension(**config):
    """Return the Markdown extension."""
    return Claims(**config)
