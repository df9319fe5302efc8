"""The line of a page's code that a number comes from: it prints it, or names what gives it."""

import ast
import builtins
from dataclasses import dataclass
from functools import cached_property

from lesson.claims import stands_in
from lesson.running.needs import lacking, names


@dataclass(frozen=True)
class Statement:
    """One statement of a page: its block, its line there, both from 1, and what it prints."""

    block: int
    line: int
    tree: ast.stmt
    output: str = ""

    @cached_property  # each number of the page asks
    def sets(self):
        """The variables that the statement sets."""
        if isinstance(self.tree, (ast.FunctionDef, ast.ClassDef)):
            return set()
        stored = (each for each in ast.walk(self.tree) if isinstance(each, ast.Name))
        return {each.id for each in stored if isinstance(each.ctx, ast.Store)}

    @cached_property
    def parts(self):
        """What the statement is made of, as `ast.dump` writes it."""
        return {ast.dump(each) for each in ast.walk(self.tree)}


def statements(block, code):
    """Return the statements of a block of code, the number of which on its page is `block`.

    Examples
    --------
    >>> from lesson.asking.origin import statements
    >>> [(each.line, each.output) for each in statements(1, ">>> a = 5\\n>>> a - 3\\n2\\n")]
    [(1, ''), (2, '2')]
    """
    if code.lstrip().startswith(">>>"):
        return _session(block, code)
    return [Statement(block, tree.lineno, tree) for tree in _parsed(code)]


def _session(block, code):
    found, lines = [], code.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(">>>")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        after = next((n for n in range(start + 1, end) if not lines[n].startswith("...")), end)
        source = "\n".join(line[4:] for line in lines[start:after])
        output = "\n".join(lines[after:end]).strip()
        found += [Statement(block, start + 1, tree, output) for tree in _parsed(source)]
    return found


def _parsed(source):
    """Return the statements of `source`; text that is no Python has none."""
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []


def origin(expression, said, code, above):
    """Return the statement that a number comes from, or None.

    Best is one that prints the number by the same expression, then one that prints it by the
    same names and constants, then the last that sets a variable of the expression, defines its
    function or imports it. What stands above the number comes before what stands below.

    Parameters
    ----------
    expression : str
        What gives the number.
    said : str
        The number in digits.
    code : list of Statement
        All of the page, in order.
    above : int
        How many blocks of code stand above the number.

    Examples
    --------
    >>> from lesson.asking.origin import origin, statements
    >>> code = statements(1, ">>> a = 5\\n>>> b = a - 3\\n>>> b\\n2\\n")
    >>> origin("b", "2", code, 1).line, origin("5 * b", "10", code, 1).line
    (3, 2)
    >>> origin("3 + 4", "7", code, 1) is None
    True
    """
    wanted, read = _body(expression), read_names(expression)
    kinds = (
        lambda each: _prints(each, said) and _holds(each, wanted),
        lambda each: _prints(each, said) and _alike(each.tree.value, wanted),
        lambda each: each.sets & read,
        lambda each: _defines(each.tree) & read,
        lambda each: _imports(each.tree) & read,
    )
    for kind in kinds:
        found = [each for each in code if kind(each)]
        before = [each for each in found if each.block <= above]
        if found:
            return (before or found)[-1]
    return None


def known(code):
    """Return the names that a page's code leaves defined where a browser runs it.

    Examples
    --------
    >>> from lesson.asking.origin import known, statements
    >>> sorted(known(statements(1, "import torch\\na = 5\\nb = torch.ones(a)\\nc = a")))
    ['a', 'c']
    """
    found, without = set(), {}
    for each in code:
        lacking(each.tree, without)
        found |= names(each.tree)[1]
    return found - set(without)


def read_names(expression):
    """Return the names that an expression reads, Python's own left out."""
    return _read(_body(expression))


def _body(expression):
    return ast.parse(expression, mode="eval").body


def _prints(statement, text):
    return isinstance(statement.tree, ast.Expr) and stands_in(text, statement.output)


def _holds(statement, wanted):
    """Whether an expression stands in a statement as it is."""
    return bool(_read(wanted)) and ast.dump(wanted) in statement.parts


def _alike(one, other):
    """Whether two expressions have the same names and constants, be they keywords or not."""
    return _read(one) == _read(other) != set() and _constants(one) == _constants(other)


def _constants(tree):
    return sorted(repr(each.value) for each in ast.walk(tree) if isinstance(each, ast.Constant))


def _read(tree):
    """Return the names that an expression reads, Python's own left out."""
    read = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    return read - set(dir(builtins))


def _defines(tree):
    return {tree.name} if isinstance(tree, (ast.FunctionDef, ast.ClassDef)) else set()


def _imports(tree):
    """Return the names that a statement takes from a module; the module itself made no number."""
    taken = tree.names if isinstance(tree, ast.ImportFrom) else ()
    return {each.asname or each.name for each in taken}
