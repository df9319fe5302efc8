"""What scripts compute and what drawings say: JavaScript's operators and constants, and words."""

import json
import re

from tests.doubt.change import Change

# Comments, texts and patterns compute nothing; ${} in a text does, but not in these modules' core.
SKIPPED = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"
    r"|(?:(?<=[(,=:] )|(?<=\())/(?![*/ ])(?:\\.|\[[^\]\n]*\]|[^/\\\n])+/[a-z]*",
    re.DOTALL,
)
TOKEN = re.compile(
    r" (?P<operator>[-+*/%]|<=?|>=?|[!=]==|&&|\|\||\?\?) |(?<![\w.$])(?P<number>\d+)(?![\w.])"
)
OTHER = {
    "+": "-", "-": "+", "*": "+", "/": "*", "%": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
    "===": "!==", "!==": "===", "&&": "||", "||": "&&", "??": "&&",
}  # fmt: skip


def changes(path, source):
    """Yield every change of one operator or whole number of a module.

    Examples
    --------
    >>> from tests.doubt.of_scripts import changes
    >>> source = "const f = (n) => n * 2 - 1; // 3 + 4\\nimport {x} from '../1 + 2.js';"
    >>> [(c.was, c.became) for c in changes("a.js", source)]
    [('*', '+'), ('2', '3'), ('-', '+'), ('1', '2')]
    """
    code = SKIPPED.sub(lambda found: re.sub(r"[^\n]", "~", found[0]), source)
    for found in TOKEN.finditer(code):
        if found["operator"]:
            start, was = found.start("operator"), found["operator"]
            yield Change("script", path, start, was, OTHER[was])
        else:
            start, was = found.start("number"), found["number"]
            yield Change("script", path, start, was, str(int(was) + 1))


def words(path, source, rng):
    """Yield a change for every text of a table of words: another text of the table stands there.

    Examples
    --------
    >>> import random
    >>> from tests.doubt.of_scripts import words
    >>> found = words("a.json", '{"figure": {"left": "왼쪽", "right": "오른쪽"}}', random.Random(0))
    >>> [(c.was, c.became, c.group) for c in found]
    [('"왼쪽"', '"오른쪽"', 'figure'), ('"오른쪽"', '"왼쪽"', 'figure')]
    """
    table = json.loads(source)
    values = [json.dumps(text, ensure_ascii=False) for text in _texts(table)]
    begins = [(source.index(f'"{group}": {{'), group) for group in table]
    for found in re.finditer(r': (?P<value>"(?:\\.|[^"\\])*")', source):
        start, was = found.start("value"), found["value"]
        others = sorted({value for value in values if value != was})
        group = max(each for each in begins if each[0] < start)[1]
        yield Change("label", path, start, was, rng.choice(others), group)


def _texts(table):
    for value in table.values():
        if isinstance(value, dict):
            yield from _texts(value)
        elif isinstance(value, str):
            yield value
