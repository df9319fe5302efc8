"""Numbers and words as the page shows them."""

import html
import re
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np

from lesson.tables import SIZES

MINUS = "\N{MINUS SIGN}"
PLACES = SIZES["places"]


def number(value):
    """Return the value with at most three decimals, and a real minus sign.

    Examples
    --------
    >>> from lesson.figure.text import number
    >>> number(3.0), number(-2), number(14 / 3), number(-1e-9)
    ('3', '−2', '4.667', '0')
    """
    rounded = f"{fixed(value, PLACES):.{PLACES}f}".rstrip("0").rstrip(".")
    return "0" if rounded == "-0" else rounded.replace("-", MINUS)


def fixed(value, places):
    """Return the value rounded to so many decimals; a tie goes away from zero, as in the scripts.

    Examples
    --------
    >>> from lesson.figure.text import fixed
    >>> fixed(0.0625, 3), fixed(-0.0625, 3), fixed(1.25, 1)
    (0.063, -0.063, 1.3)
    """
    step = Decimal(1).scaleb(-places)
    return float(Decimal(float(value)).quantize(step, ROUND_HALF_UP, Context(prec=60)))


def whole(value):
    """Return the nearest whole number."""
    return fixed(value, 0)


def factor(value):
    """Return the value as a factor or summand: negative ones in brackets."""
    shown = number(value)
    return f"({shown})" if shown.startswith(MINUS) else shown


def parsed(shown):
    """Return the number that `number` or `factor` has written."""
    return float(shown.strip("()").replace(MINUS, "-"))


def equals(value):
    """Return the sign before the value: ``=``, or ``≈`` where it is rounded."""
    return "=" if abs(parsed(number(value)) - float(value)) < 1e-9 else "≈"


def size(shape):
    """Return ``5×5`` for a shape."""
    return "×".join(map(str, shape))


def plain(array):
    """Return nested lists of ints where the values are whole, else of floats, for JSON."""
    array = np.asarray(array)
    whole = array.astype(np.int64)
    return (whole if np.array_equal(whole, array) else array.astype(float)).tolist()


def escape(text):
    """Return the text for HTML, between tags or in a quoted attribute."""
    return html.escape(str(text), quote=True)


def inline(text):
    """Return a caption's HTML: escaped, with `code` between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
