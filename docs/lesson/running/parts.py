"""A block of code as its parts: every statement, with what the page recorded of it."""

import ast
from typing import NamedTuple

PROMPT, MORE = ">>>", "..."


class Part(NamedTuple):
    """A piece of a block that is run at once.

    `source` is its code without prompts, `line` the line of the block where it begins (from 0),
    `want` the output that stands below it, or None where the block shows no output.
    """

    source: str
    line: int
    want: str | None


def parts(text):
    """Return the parts of a block, a session or plain code.

    Raises
    ------
    SyntaxError
        Plain code that cannot be read.

    Examples
    --------
    >>> from lesson.running.parts import parts
    >>> parts(">>> x = 3\\n>>> x\\n3\\n")
    [Part(source='x = 3\\n', line=0, want=''), Part(source='x\\n', line=1, want='3\\n')]
    >>> [part.source for part in parts("x = 3\\nif x:\\n    x\\n")]
    ['x = 3\\n', 'if x:\\n    x\\n']
    """
    return _session(text) if text.lstrip().startswith(PROMPT) else _plain(text)


def _session(text):
    """Return the statements that follow a prompt, with the lines below them."""
    found = []  # of [line, lines of code, lines of output]
    for number, line in enumerate(text.splitlines()):
        if line.startswith(PROMPT):
            found.append([number, [line[4:]], []])
        elif line.startswith(MORE) and found and not found[-1][2]:
            found[-1][1].append(line[4:])
        elif found:
            found[-1][2].append(line)
    return [
        Part("\n".join(code) + "\n", number, "".join(f"{line}\n" for line in output))
        for number, code, output in found
        if any(line.strip() and not line.lstrip().startswith("#") for line in code)
    ]


def _plain(text):
    """Return the statements of plain code, each with the comments above it."""
    lines = text.splitlines()
    bodies = ast.parse(text).body
    starts = [min([each.lineno, *(d.lineno for d in decorators(each))]) - 1 for each in bodies]
    return [
        Part("\n".join(lines[start : each.end_lineno]) + "\n", start, None)
        for start, each in zip(starts, bodies, strict=True)
    ]


def decorators(statement):
    """Return what stands in front of a definition."""
    return getattr(statement, "decorator_list", [])
