"""Which statements of a page need a library that a browser cannot run."""

import ast

# PyTorch has no build for wasm; SciPy's would treble the download.
ABSENT = {"torch": "PyTorch", "scipy": "SciPy"}
NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
INLINE = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def lacking(statement, without):
    """Return the absent library that a statement needs, or None.

    Parameters
    ----------
    statement : ast.stmt
        The statement, which comes after those that `without` was filled by.
    without : dict
        The names that stand for nothing so far, each with the library that it would have needed;
        the statement's own names are added, or taken out.

    Examples
    --------
    >>> import ast
    >>> from lesson.running.needs import lacking
    >>> without = {}
    >>> code = "import torch\\nx = torch.ones(3)\\ny = x + 1\\nx = 4\\nx + 1"
    >>> [lacking(statement, without) for statement in ast.parse(code).body]
    ['PyTorch', 'PyTorch', 'PyTorch', None, None]
    """
    read, bound = names(statement)
    needed = next((without[name] for name in read if name in without), None) or _imported(statement)
    for name in bound:
        if needed:
            without[name] = needed
        else:
            without.pop(name, None)
    return needed


def _imported(statement):
    """Return the absent library that is imported in a statement, in a function's body too."""
    for node in ast.walk(statement):
        modules = [getattr(node, "module", None) or ""] if isinstance(node, ast.ImportFrom) else []
        modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for module in modules:
            if module.partition(".")[0] in ABSENT:
                return ABSENT[module.partition(".")[0]]
    return None


def names(node):
    """Return the names that a piece of code reads from around it, and those that it binds there.

    Examples
    --------
    >>> import ast
    >>> from lesson.running.needs import names
    >>> code = "def f(x):\\n    y = x + a\\n    return [b * i for i in y]"
    >>> [sorted(each) for each in names(ast.parse(code))]
    [['a', 'b'], ['f']]
    """
    read, bound = set(), set()
    if isinstance(node, ast.Name):
        (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        bound |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    elif isinstance(node, ast.ExceptHandler) and node.name:
        bound.add(node.name)
    elif isinstance(node, ast.arg):
        bound.add(node.arg)
    for child in ast.iter_child_nodes(node):
        inner = names(child)
        read |= inner[0]
        bound |= inner[1]
    if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
        bound |= names(node.value)[0]  # what is changed from within is another thing afterwards
    if isinstance(node, INLINE + NESTED):
        read -= bound
        bound = {node.name} if isinstance(node, NESTED) and hasattr(node, "name") else set()
    return read, bound
