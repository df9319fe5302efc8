"""Evaluate the arithmetic that a reader sees, in TeX or plainly: a reader's eye of its own.

It shares no code with what writes the lines. A chain like ``2·3 + 1 = 6 + 1 = 7`` is split at its
equals signs; what names something in letters is no arithmetic and is left out.
"""

import ast
import math
import operator
import re
from fractions import Fraction

BINARY = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda a, b: Fraction(a) / Fraction(b),
    ast.Pow: operator.pow,
    ast.Mod: operator.mod,
}
TEX = (
    (r"\\left|\\right|\\displaystyle|\\[,;:! ]|[&$`]|\*\*", ""),
    (r"\\(?:text|underbrace|mathrm)\{[^{}]*[A-Za-z가-힣][^{}]*\}", " name "),
    (r"\\q?quad", " "),
    (r"\\lfloor|⌊", " floor("),
    (r"\\lceil|⌈", " ceil("),
    (r"\\rfloor|\\rceil|⌋|⌉", ")"),
    (r"\\cdot|\\times|[·×]", "*"),
    (r"\\bmod", "%"),
    (r"[−–]", "-"),
    ("÷", "/"),
    (r"\{,\}|(?<=\d),(?=\d{3}\b)(?!\d{3}\d)", ""),
    (r"\^\{?(\d+)\}?", r"**\1"),
)
FRACTION = re.compile(r"\\d?frac\{([^{}]*)\}\{([^{}]*)\}")


def plain(text):
    """Return TeX or typeset arithmetic as a Python expression, letters and all."""
    while FRACTION.search(text):
        text = FRACTION.sub(r"((\1)/(\2))", text)
    for pattern, python in TEX:
        text = re.sub(pattern, python, text)
    return re.sub(r"\)\s*\(", ")*(", text).strip()


def value(text):
    """Return what arithmetic comes to: a Fraction, a tuple of them, or None where it is none.

    Examples
    --------
    >>> from lesson.accounts.arithmetic import value
    >>> value(r"\\left\\lfloor\\dfrac{8 - 3}{2}\\right\\rfloor + 1")
    Fraction(3, 1)
    >>> value("(8, 4 / 2, 3 · 3)") == (8, 2, 9), value("H + 1")
    (True, None)
    """
    try:
        return _value(ast.parse(plain(text), mode="eval").body)
    except (SyntaxError, KeyError, TypeError, ValueError, ZeroDivisionError):
        return None


def _value(node):
    match node:
        case ast.Constant(value=int() | float()):
            return Fraction(str(node.value))
        case ast.Tuple():
            return tuple(_value(part) for part in node.elts)
        case ast.BinOp():
            return BINARY[type(node.op)](_value(node.left), _value(node.right))
        case ast.UnaryOp(op=ast.USub()):
            return -_value(node.operand)
        case ast.Call(func=ast.Name(id="floor" | "ceil" as name), args=[part]):
            return Fraction(getattr(math, name)(_value(part)))
    raise TypeError(f"no arithmetic: {ast.dump(node)}")


def chain(text):
    """Return the values of the parts between equals signs, those with letters left out."""
    return [found for part in re.split(r"=|\\\\", text) if (found := value(part)) is not None]


def matrices(text):
    """Return the matrices of TeX as nested lists of Fractions."""
    return [
        [[value(cell) for cell in row.split("&")] for row in body.split(r"\\")]
        for body in re.findall(r"\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}", text, re.DOTALL)
    ]
