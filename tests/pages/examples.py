"""How the examples of pages and docstrings are found and run, by Sybil.

- A fence whose info string starts with python, py or pycon is run, whatever follows the language;
  one that starts with ``>>>`` is a session, whose output is compared exactly.
- A page shares one namespace; every docstring has its own.
- Claims (see lesson.claims) are checked where they stand; one that needs a name which is
  defined further down, or holds throughout, is checked when the page has run.
"""

import doctest
import re
from pathlib import Path

from lesson.claims import NOTE, check, parse
from sybil import Document, Region, Sybil
from sybil.document import PythonDocStringDocument
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.markdown import SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

ROOT = Path(__file__).parents[2]
CLAIMING = ("claim", "throughout")
INFO = re.compile(r"[ \t]*\{?[ \t]*\.?(?P<language>python|py|pycon)\b[^\n]*$\n", re.MULTILINE)
ANY = re.compile(r"[^\n]*$\n", re.MULTILINE)
SESSION = DocTestStringParser(DocTestEvaluator(doctest.DONT_ACCEPT_TRUE_FOR_1))


def code_blocks(document):
    """Yield a region for every statement of a session, and for every block of definitions."""
    run = PythonEvaluator()
    for region in RawFencedCodeBlockLexer(INFO)(document):
        source = region.lexemes["source"]
        if not source.startswith(">>>"):
            yield Region(region.start, region.end, source, run)
            continue
        for statement in SESSION(source, document.path):
            statement.adjust(region, source)
            yield statement


def claims(document):
    """Yield a region for every comment with claims, and one at the end for those that waited."""
    waiting = []
    shown = [range(fence.start, fence.end) for fence in RawFencedCodeBlockLexer(ANY)(document)]
    comments = [each for each in NOTE.finditer(document.text) if each["kind"] in CLAIMING]
    for comment in comments:
        if any(comment.start() in fence for fence in shown):
            continue
        above = "" if comment["kind"] == "throughout" else document.text[: comment.start()]
        evaluate = _claim_evaluator(above, waiting)
        yield Region(comment.start(), comment.end(), parse(comment["body"]), evaluate)
    if comments:
        yield Region(document.end, document.end, None, _run_waiting(waiting))


def _claim_evaluator(above, waiting):
    """Check claims under the text above them; what holds throughout stands by itself."""

    def evaluate(example):
        for claim in example.parsed:
            text = example.document.text
            problem = check(claim, above or claim.text, example.namespace, text)
            if isinstance(problem, NameError):
                waiting.append((example.line, above, claim))
            elif problem:
                return str(problem)
        return None

    return evaluate


def _run_waiting(waiting):
    def evaluate(example):
        for line, above, claim in waiting:
            text = example.document.text
            problem = check(claim, above or claim.text, example.namespace, text)
            if problem:
                return f"claim at line {line}: {problem}"
        return None

    return evaluate


class Docstrings(PythonDocStringDocument):
    """A Python file whose docstrings each run in a namespace of their own."""

    def __init__(self, text, path):
        Document.__init__(self, text, path)

    @classmethod
    def parse(cls, path, *parsers, encoding="utf-8"):
        """As Sybil's, but the first example of each docstring starts from nothing."""
        document = super().parse(path, *parsers, encoding=encoding)
        starts = [start for start, _, _ in cls.extract_docstrings(document.text)]
        seen = set()
        for _, region in document.regions:
            own = max(start for start in starts if start <= region.start)
            if own not in seen:
                seen.add(own)
                region.evaluator = _from_nothing(region.evaluator)
        return document


def _from_nothing(evaluate):
    def fresh(example):
        example.namespace.clear()
        return evaluate(example)

    return fresh


def docstring_sessions(document):
    """Yield a region for every ``>>>`` statement of a docstring."""
    return SESSION(document.text, document.path)


PAGES = Sybil([code_blocks, claims, SkipParser()], pattern="*.md", path=str(ROOT / "docs"))
FRONT = Sybil(
    [code_blocks, claims, SkipParser()],
    filenames=["README.md", "CONTRIBUTING.md"],
    path=str(ROOT),
)
DOCSTRINGS = [
    Sybil(
        [docstring_sessions],
        pattern="*.py",
        path=str(ROOT / folder),
        document_types={".py": Docstrings},
    )
    for folder in ("cnnlib", "docs/lesson", "tests/doubt")
]
