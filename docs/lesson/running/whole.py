"""Whole numbers of 64 bits in a browser, as on the machines that the pages were recorded on.

Python as wasm has addresses of 32 bits, and NumPy's default integer is as wide as an address. There
``np.array([1, 2])`` would be int32, and the library would refuse it beside int64. `widen` lets the
functions that make arrays give int64 where nothing else was asked for; elsewhere it does nothing.
"""

import ast
import functools

import numpy as np

MAKE = ("array", "asarray", "arange", "ones", "zeros", "full", "empty", "eye", "identity",
        "indices", "ones_like", "zeros_like", "full_like")  # fmt: skip
COUNT = ("sum", "prod", "cumsum", "argmax", "argmin", "count_nonzero", "searchsorted", "argsort",
         "flatnonzero", "bincount", "trace", "dot", "vdot", "inner")  # fmt: skip
PLACES = ("take", "repeat", "put", "take_along_axis", "put_along_axis")
NARROW = np.dtype(np.int32)
TOLD = (np.ndarray, np.generic, np.dtype, type, str)  # what says itself which integers it wants


def widen(numpy=np):
    """Make int64 the default of the module `numpy`, unless it is."""
    if numpy.asarray([0]).dtype == np.int64:
        return
    for name in PLACES:
        setattr(numpy, name, _narrowed(getattr(numpy, name)))
    for name in MAKE:
        setattr(numpy, name, _made(getattr(numpy, name)))
    for name in COUNT:
        setattr(numpy, name, _counted(getattr(numpy, name)))
    implied = numpy._core.arrayprint._typelessdata  # whose names `repr` leaves out
    implied[:] = [np.int64 if each is np.int32 or each is np.int_ else each for each in implied]


def widened(tree):
    """Let ``x.astype(int)`` ask for int64 in a piece of code; return it.

    An array's own methods cannot be replaced, so the code is.

    Examples
    --------
    >>> import ast
    >>> from lesson.running.whole import widened
    >>> ast.unparse(widened(ast.parse("x.astype(int) + int(y)")))
    "x.astype('int64') + int(y)"
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "astype":
            for at, given in enumerate(node.args):
                if isinstance(given, ast.Name) and given.id == "int":
                    node.args[at] = ast.copy_location(ast.Constant("int64"), given)
    return tree


def _wide(result):
    """Return whole numbers of 32 bits as such of 64."""
    narrow = isinstance(result, (np.ndarray, np.generic)) and result.dtype == NARROW
    return result.astype(np.int64) if narrow else result


def _made(make):
    """Return a function that makes arrays, its default integer int64."""

    @functools.wraps(make)
    def made(*given, **named):
        given = [np.int64 if each is int else each for each in given]
        named = {name: np.int64 if each is int else each for name, each in named.items()}
        told = any(isinstance(each, TOLD) for each in [*given, named.get("dtype")])
        result = make(*given, **named)
        return result if told else _wide(result)

    return made


def _counted(count):
    """Return a function that counts or adds, which gives int64 unless it got int32."""

    @functools.wraps(count)
    def counted(*given, **named):
        result = count(*given, **named)
        narrow = any(getattr(each, "dtype", None) == NARROW for each in given)
        return result if narrow or named.get("dtype") or "out" in named else _wide(result)

    return counted


def _narrowed(find):
    """Return a function that takes places or counts, as wide as addresses are."""

    @functools.wraps(find)
    def found(values, *given, **named):
        given = [_as_places(each) for each in given]
        named = {name: _as_places(each) for name, each in named.items()}
        result = find(values, *given, **named)
        return result if isinstance(values, TOLD) else _wide(result)

    return found


def _as_places(each):
    wide = isinstance(each, np.ndarray) and each.dtype == np.int64
    return each.astype(np.intp) if wide else each
