"""Changing any one digit of anything that a page shows makes a test fail.

Each page is run once, keeping what every statement really printed. Then every digit of every shown
output, and of every claim, is changed in turn, and the comparison that Sybil makes must notice.
"""

import contextlib
import doctest
import io
import re

import numpy as np
import pytest
import yaml
from lesson.claims import NOTE, block_above, check, parse
from lesson.examples import ARRAYS
from sybil import Document
from sybil.evaluators.doctest import OutputChecker
from sybil.evaluators.python import PythonEvaluator

from tests.pages.examples import CLAIMING, code_blocks
from tests.pages.markdown_pages import PYTHON, ROOT, fences, name, pages

FILES = [*pages(), ROOT / "README.md"]
FIGURES = {"conv1d", "conv2d", "pool2d", "pad2d", "inner-product"}


def changed(digit):
    """Return another digit."""
    return str((int(digit) + 1) % 10)


def mutants(text):
    """Yield (index, text with the digit at that index changed)."""
    for found in re.finditer(r"\d", text):
        index = found.start()
        yield index, text[:index] + changed(found[0]) + text[index + 1 :]


def run(document):
    """Run a page; return its namespace and (statement, what it printed or raised) in order."""
    printed = []
    for example in document.examples():
        if isinstance(example.parsed, doctest.Example):
            printed.append((example.parsed, _output(example.parsed, document.namespace)))
        else:
            PythonEvaluator()(example)
    return document.namespace, printed


def _output(statement, namespace):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(compile(statement.source, "<page>", "single"), namespace)
        except Exception as error:
            kind = type(error)
            label = (
                kind.__name__
                if kind.__module__ == "builtins"
                else f"{kind.__module__}.{kind.__name__}"
            )
            return f"{label}: {error}\n"
    return out.getvalue()


@pytest.fixture(scope="module")
def executed():
    """Pages that were run, by path."""
    return {}


def execution(path, executed):
    """Run a page once for all tests of this module."""
    if path not in executed:
        document = Document.parse(str(path), code_blocks)
        executed[path] = (document, *run(document))
    return executed[path]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_digit_of_every_output_is_compared(path, executed):
    _, _, printed = execution(path, executed)
    checker, flags = OutputChecker(), doctest.DONT_ACCEPT_TRUE_FOR_1
    for statement, got in printed:
        want = statement.exc_msg or statement.want
        assert checker.check_output(want, got, flags), (statement.source, got)
        for _, mutant in mutants(want):
            assert not checker.check_output(mutant, got, flags), (statement.source, mutant)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_line_of_every_session_is_code_or_a_compared_output(path, executed):
    document, _, printed = execution(path, executed)
    compared = "".join(s.source + (s.exc_msg or s.want) for s, _ in printed)
    for fence in fences(document.text):
        if fence.language in PYTHON and fence.text.lstrip().startswith(">>>"):
            for line in fence.text.splitlines():
                shown = re.sub(r"^\s*(?:>>>|\.\.\.) ?", "", line).strip()
                ignored = not shown or shown.startswith(("#", "Traceback"))
                assert ignored or shown in compared, f"line of block {fence.line}: {line}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_digit_of_every_claim_is_compared(path, executed):
    document, namespace, _ = execution(path, executed)
    claiming = [each for each in NOTE.finditer(document.text) if each["kind"] in CLAIMING]
    for comment in claiming:
        above = document.text[: comment.start()] if comment["kind"] == "claim" else ""
        for claim in parse(comment["body"]):
            for _, mutant in mutants(claim.text):
                # Both the page's literal and the claim's are changed: only the value can tell.
                quoted = (
                    f'"{mutant}"' if isinstance(claim.value, str) else mutant.lstrip("0") or "0"
                )
                [other] = parse(f"{quoted} == {claim.expression}")
                problem = check(other, _with(other.text, above), namespace, document.text)
                assert problem, f"{claim.text} == {claim.expression} also holds for {mutant}"


def _with(literal, above):
    """Return the text above with a literal in its last block."""
    block = block_above(above)
    if block.startswith("```"):
        return f"{block.removesuffix('```')}# {literal}\n```"
    return f"{above}\n\n{literal}"


@pytest.mark.parametrize("path", pages(), ids=name)
def test_named_numbers_of_a_figure_are_those_of_the_code(path, executed):
    document, namespace, _ = execution(path, executed)
    arrays = [value.squeeze() for value in namespace.values() if isinstance(value, np.ndarray)]
    found = fences(document.text)
    if not any(fence.language in PYTHON for fence in found):
        return  # the first lesson has figures, and no code that could say otherwise
    for fence in found:
        values = yaml.safe_load(fence.text).values() if fence.language in FIGURES else ()
        for named in {value for value in values if isinstance(value, str) and value in ARRAYS}:
            typed = any(np.array_equal(array, np.squeeze(ARRAYS[named])) for array in arrays)
            assert typed or f'example("{named}")' in document.text, f"block {fence.line}: {named}"
