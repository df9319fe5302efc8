"""Claims: what the prose says in numbers, written so that a test can check it.

``<!-- claim: 70 == inner_product(A, B); 4 == output[0, 0] -->`` stands after the paragraph, list,
table, heading, formula or fence whose literals it checks. The left side is the literal as it
stands there, the right side a Python expression in the page's namespace. A literal is

- a number, or several with as many values: ``3, 4 == output[0, 1], output[0, 0]``;
- a quoted text whose numbers, digits or words, are those of the value:
  ``"두 칸" == stride``, ``"3×3" == kernel.shape``, ``"28 → 14 → 7" == sizes``;
- TeX, which holds whatever its letters are: ``"$2P$" == pad_output_size(H, P) - H``.

``np``, ``cnnlib`` and ``example`` can be named on every page, ``default(conv2d, "stride")`` is an
argument's default, ``message(conv2d, x, w)`` a call's error, ``refuses(…)`` whether there is one,
and ``site("homework.check:POINTS")`` a name of the site's own modules, which no page imports.
After a fence, its keys are names too (see `lesson.accounts.given`); ``shown("id").stride`` is a key
of another fence of the page, and ``named("높이", "너비")`` counts things that the page names.
"""

import ast
import re
from dataclasses import dataclass
from functools import partial
from inspect import signature
from pkgutil import resolve_name
from types import SimpleNamespace

import numpy as np
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

import cnnlib
import cnnlib.layers
import cnnlib.shape
from lesson.accounts import law
from lesson.accounts.tokens import values
from lesson.examples import example

COMMENT = re.compile(r"<!--\s*claim:(?P<body>.*?)-->", re.DOTALL)
# What says where a number comes from: none of it is shown.
NOTE = re.compile(r"<!--\s*(?P<kind>claim|throughout|quoted|excused):(?P<body>.*?)-->", re.DOTALL)


def default(function, argument):
    """Return the default of a function's argument."""
    return signature(function).parameters[argument].default


def message(function, *args, **kwargs):
    """Return the text of the error that a call raises."""
    try:
        function(*args, **kwargs)
    except Exception as error:
        return str(error)
    raise AssertionError("nothing was raised")


def refuses(function, *args, **kwargs):
    """Return whether a call raises ValueError."""
    try:
        function(*args, **kwargs)
    except ValueError:
        return True
    return False


# What every claim may name, whatever its page has imported.
COMMON = {
    "np": np,
    "cnnlib": cnnlib,
    "example": example,
    "default": default,
    "message": message,
    "refuses": refuses,
}


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
    return [claim for part in split(body) for claim in _parse_one(part.strip())]


def check(claim, text_above, namespace, page=""):
    """Return what is wrong with `claim`: None, an exception, or a sentence.

    Parameters
    ----------
    claim : Claim
    text_above : str
        The page up to the comment; the literal must stand in its last block.
    namespace : dict
        The names that the page has defined so far.
    page : str
        The whole page, whose fences ``shown("id")`` finds.

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
        found_on = {"shown": partial(_shown, page), "named": partial(_named, page)}
        names = {**COMMON, **namespace, **_given(above), **found_on, "site": site}
        if claim.text.startswith("$"):
            return law.problem(claim.text, claim.expression, names)
        found = eval(claim.expression, names)
    except Exception as error:
        return error
    return (
        None
        if bool(_says(claim.value, found))
        else f"the page says {claim.text}, but {claim.expression} is {found}"
    )


def _given(above):
    """Return the names that a fence gives to the claims after it."""
    if not above.startswith("```"):
        return {}
    from lesson.accounts import given  # the exercises: not needed where no fence is claimed

    return given.names(above)


def _shown(page, id_):
    """Return the names that the fence of an id gives, as attributes."""
    [fence] = re.findall(rf"^(```[^`]*?\nid: {id_}\n.*?\n```)$", page, re.DOTALL | re.MULTILINE)
    return SimpleNamespace(**_given(fence))


def _named(page, *phrases):
    """Return how many things a page names, each by a phrase that stands there."""
    text = NOTE.sub("", page)
    missing = [phrase for phrase in phrases if phrase not in text]
    if missing:
        raise ValueError(f"the page does not say {', '.join(missing)}")
    return len(set(phrases))


def _says(literal, found):
    """Whether a literal says `found`: as a number, as it is printed, or number by number."""
    if not isinstance(literal, str):
        return found == literal
    if isinstance(found, str):
        return stands_in(literal, found)
    return str(found) == literal or values(literal) == list(_flat(found))


def _flat(found):
    """Yield the numbers of a value, however deep; a truth value or a text has none."""
    found = found.tolist() if hasattr(found, "tolist") else found
    if isinstance(found, list | tuple | range):
        for part in found:
            yield from _flat(part)
    elif not isinstance(found, bool | str):
        yield found


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
    return bool(pattern(literal).search(text.replace("\u2212", "-")))


def pattern(literal):
    """Return what finds a literal in a text whose minus signs are hyphens."""
    plain = literal.replace("\u2212", "-").strip("$")
    words = re.escape(plain).replace("\\ ", r"\s*" if literal.startswith("$") else r"\s+")
    before = r"(?<![\d.])(?<!\d,)" if re.match(r"[\d-]", plain) else ""
    after = r"(?!,?\d|\.\d)" if plain[-1:].isdigit() else ""
    return re.compile(before + words + after)


def block_above(text):
    """Return the last paragraph, table, formula or whole list of `text`, other claims left out."""
    text = NOTE.sub("", text).strip()
    if text.endswith("```"):
        return text[text.rindex("\n```", 0, -3) + 1 :] if "\n```" in text[:-3] else text
    blocks = re.split(r"\n\s*\n", text)
    first = len(blocks) - 1
    while first > 0 and _in_list(blocks[first]) and _in_list(blocks[first - 1]):
        first -= 1
    return "\n\n".join(blocks[first:])


def _in_list(block):
    return bool(re.match(r"(?:[-*+]|\d+\.)\s|\s{2,}\S", block))


def split(body, mark=";"):
    """Split at a mark outside of quotes and brackets."""
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
        elif depth == 0 and body.startswith(mark, index):
            parts.append(body[start:index])
            start = index + len(mark)
    return [part for part in [*parts, body[start:]] if part.strip()]


def _parse_one(part):
    literals, equals, expression = part.partition("==")
    try:
        said = [_literal(each.strip()) for each in split(literals, ", ")]
        sources = _sources(expression.strip(), len(said))
    except (SyntaxError, ValueError):
        equals = ""
    if not equals or not said:
        raise ValueError(f"a claim must be `literal == expression`, got {part!r}")
    return [Claim(text, value, each) for (text, value), each in zip(said, sources, strict=True)]


def _literal(literal):
    """Return the text and the value of one literal; TeX keeps its backslashes."""
    if literal[0] in "\"'":
        value = ast.literal_eval("r" + literal)
        return value, value
    value = ast.literal_eval(literal.replace(",", ""))
    if not isinstance(value, int | float):
        raise ValueError(literal)
    return literal, value


def _sources(expression, count):
    """Return one expression for each literal: the parts of a tuple, or the parts of its value."""
    body = ast.parse(expression, mode="eval").body
    if count == 1:
        return [expression]
    if isinstance(body, ast.Tuple) and len(body.elts) == count:
        return [ast.get_source_segment(expression, part) for part in body.elts]
    if isinstance(body, ast.Tuple):
        raise ValueError(expression)
    return [f"[*{expression}][{index}]" for index in range(count)]


class _Strip(Preprocessor):
    """Leave the comments out of the built page, keeping its line count."""

    def run(self, lines):
        text = NOTE.sub(lambda found: "\n" * found.group().count("\n"), "\n".join(lines))
        return text.split("\n")


class Claims(Extension):
    """Markdown extension that strips the claims' comments."""

    def extendMarkdown(self, md):
        """Register after fences are read (25), which may show a claim, and before HTML (20)."""
        md.preprocessors.register(_Strip(md), "cnnlib-claims", 22)


def makeExtension(**config):
    """Return the Markdown extension."""
    return Claims(**config)
