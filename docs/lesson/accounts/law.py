"""Laws: TeX with letters that must hold whatever the letters are, tried on drawn numbers."""

import random
import re
from fractions import Fraction

from lesson.accounts.arithmetic import plain

TRIES, ENOUGH = 500, 6
NAMED = (
    (r"_\{?\\text\{(\w+)\}\}?", r"_\1"),
    (r"_\{([A-Za-z0-9]+)\}", r"_\1"),
    (r"\\(?:text|mathrm)\{(\w+)\}", r"\1"),
)
FLOORS = {"floor": lambda x: x // 1, "ceil": lambda x: -(-x // 1)}


def source(tex):
    """Return TeX as a Python expression, and the names that it uses.

    Examples
    --------
    >>> from lesson.accounts.law import source
    >>> source(r"$\\left\\lfloor \\frac{H_{\\text{in}} + 2P - K}{S} \\right\\rfloor + 1$")[1]
    ['H_in', 'K', 'P', 'S']
    >>> source("$K_H K_W$")
    ('K_H * K_W', ['K_H', 'K_W'])
    """
    for pattern, python in NAMED:
        tex = re.sub(pattern, python, tex)
    words = re.findall(r"\d+(?:\.\d+)?|[A-Za-z]\w*|\*\*|[^\s\w]", plain(tex.strip("$")))
    parts, before = [], ""
    for word in words:
        # what ends a factor, beside what begins one
        if re.match(r"[\w)]", before) and before not in FLOORS and re.match(r"[\w(]", word):
            parts.append("*")
        parts.append(word)
        before = word
    names = sorted({word for word in words if word[0].isalpha()} - set(FLOORS))
    return " ".join(parts), names


def problem(tex, expression, namespace):
    """Return what is wrong with a law: None, or a sentence with the numbers that refute it.

    Numbers for which the expression refuses (a filter larger than its input) are drawn again.

    Examples
    --------
    >>> from lesson.accounts.law import problem
    >>> problem("$S - 1$", "len(range(1, S))", {})
    >>> problem("$S - 2$", "len(range(1, S))", {})[:33]
    'the page says $S - 2$, but with S'
    """
    python, names = source(tex)
    draw, held = random.Random(expression), set()
    for _ in range(TRIES):
        drawn = {name: draw.randint(1, 24) for name in names}
        try:
            found = eval(expression, {**namespace, **drawn})
        except (ValueError, ZeroDivisionError):
            continue
        said = eval(python, {**FLOORS, **{name: Fraction(n) for name, n in drawn.items()}})
        if said != found:
            given = ", ".join(f"{name} = {n}" for name, n in drawn.items())
            return f"the page says {tex}, but with {given} {expression} is {found}"
        held.add((*drawn.values(), found))
        if not names or len(held) >= ENOUGH * len(names):
            return None
    return None if len(held) >= ENOUGH else f"{expression} accepts too few numbers to try {tex} on"
