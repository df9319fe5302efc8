"""What the library's code could say wrongly: operators, comparisons, constants, arguments."""

import ast
from itertools import accumulate

from tests.doubt.change import Change

OPERATORS = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "+"), ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "//"), ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"), ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.And: ("and", "or"),
    ast.Or: ("or", "and"), ast.In: ("in", "not in"), ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"), ast.NotIn: ("not in", "in"),
}  # fmt: skip
UNORDERED = {"max", "min", "swapaxes"}


def changes(path, source):
    """Yield every change of one operator, constant or argument of a module.

    Annotations, docstrings and messages are left alone: they compute nothing. So is what cannot
    matter: the order in `max`, `min` and `swapaxes`, whether `zip` is strict, and -1 in `reshape`,
    for which NumPy takes any negative number.

    Examples
    --------
    >>> from tests.doubt.of_code import changes
    >>> [(c.was, c.became) for c in changes("a.py", "def f(n: int, k):\\n    return n // 2 - k\\n")]
    [('-', '+'), ('//', '*'), ('2', '3')]
    >>> [(c.was, c.became) for c in changes("a.py", "y = g(a, b, c=True)\\n")]
    [('a, b', 'b, a'), (', c=True', ''), ('True', 'False')]
    """
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]

    def at(line, column):
        # ast counts a column in bytes
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    def span(node):
        return at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)

    for node in _computing(tree):
        for start, was, became in _of_node(node, source, span):
            yield Change("kernel", path, start, was, became)


def _computing(node):
    """Walk through what is computed."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr | ast.Raise):
                continue
            if isinstance(child, ast.If) and _is_typing(child):
                continue
            yield child
            yield from _computing(child)


def _is_typing(node):
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _of_node(node, source, span):
    if isinstance(node, ast.BinOp):
        yield from _between(node.left, node.right, type(node.op), source, span)
    elif isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        for left, right, op in zip(sides, sides[1:], node.ops, strict=False):
            yield from _between(left, right, type(op), source, span)
    elif isinstance(node, ast.BoolOp):
        for left, right in zip(node.values, node.values[1:], strict=False):
            yield from _between(left, right, type(node.op), source, span)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        start, _ = span(node)
        yield start, source[start : span(node.operand)[0]], ""
        node.operand.signed = True
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
        if getattr(node, "signed", False):
            return
        start, end = span(node)
        value = not node.value if isinstance(node.value, bool) else node.value + 1
        yield start, source[start:end], str(value)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, source, span)


def _between(left, right, op, source, span):
    """Change the operator that stands between two operands."""
    if op not in OPERATORS:
        return
    was, became = OPERATORS[op]
    start = source.find(was, span(left)[1], span(right)[0])
    if start >= 0:
        yield start, was, became


def _of_call(node, source, span):
    """Exchange the first two positional arguments, leave out every named one."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
    starred = any(isinstance(a, ast.Starred) for a in node.args[:2])
    if len(node.args) > 1 and not starred and called not in UNORDERED:
        (start, middle), (again, end) = span(node.args[0]), span(node.args[1])
        first, second = source[start:middle], source[again:end]
        if first != second:
            yield start, source[start:end], second + source[middle:again] + first
    before = node.args[-1] if node.args else None
    for keyword in node.keywords:
        if keyword.arg not in (None, "strict") and before is not None:
            start, end = span(before)[1], span(keyword)[1]
            if "\n" not in source[start:end]:
                yield start, source[start:end], ""
        before = keyword
