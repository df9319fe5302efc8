"""One page's session: runs its blocks one after the other, and compares what they print.

Every statement is compiled as a console compiles it, so an expression prints its value. What the
reader is told is plain data: the worker hands it on as JSON.
"""

import ast
import contextlib
import io
import json
import linecache
import re
import sys
import traceback

from lesson.running.explain import explain
from lesson.running.needs import lacking
from lesson.running.parts import parts
from lesson.running.whole import widen, widened

MOST = 20_000  # characters that a block may print
FRAMES = 5  # of a recursion that never ends, the last
SAID = re.compile(r"^(?:\w+\.)*[A-Z]\w*Error: ", re.MULTILINE)
PASTED = re.compile(r"\s*(?:Traceback \(most recent call last\):|(?:\w+\.)*[A-Z]\w*Error: )")
PLACE = re.compile(r'^File "[^"]*", ')  # of a SyntaxError: a block has no file
BLANK = "<BLANKLINE>"
RAISED = "Traceback (most recent call last):"
FILE = "<block {}>"


class TooMuchError(BaseException):
    """A block printed more than a page can show; no `except Exception` may hold it up."""


class Out(io.StringIO):
    """What a block prints, up to a limit that its parts share."""

    def __init__(self, room):
        super().__init__()
        self.room = room

    def write(self, text):
        """Keep the text, as much of it as there is room for."""
        super().write(text[: self.room])
        self.room -= len(text)
        if self.room < 0:
            raise TooMuchError
        return len(text)


class Session:
    """The names of a page, as its blocks define them one after the other."""

    def __init__(self, lang="en", most=MOST):
        self.lang = lang
        self.names = {"__name__": "__main__", "__builtins__": __builtins__}
        self.without = {}
        self.most = most
        self.count = 0

    def run(self, text):
        """Run a block; return what each of its parts did.

        Returns
        -------
        list of dict
            "source" and "want" as in `Part`; "got": what it printed; "same": whether that is what
            was recorded, None where nothing was; "needs": the library that it would have needed,
            or None; "warned": what it wrote as a warning; "error": None, or "kind", "said" (the
            last lines of the traceback), "trace" (its lines in the reader's code), "line" and
            "why", its explanation in the session's language;
            "cut": whether it printed too much. An error or a cut that the page did not record is
            the last part.

        Examples
        --------
        >>> from lesson.running.session import Session
        >>> session = Session()
        >>> [part["same"] for part in session.run(">>> x = 3\\n>>> x\\n3\\n>>> x + 1\\n5\\n")]
        [True, True, False]
        >>> session.run("x / 0")[0]["error"]["said"]
        'ZeroDivisionError: division by zero'
        """
        self.count += 1
        file = FILE.format(self.count)
        linecache.cache[file] = (len(text), None, _bare(text), file)
        if told := pasted(text):
            why = explain(told, self.lang)
            error = {"kind": "", "said": told, "trace": [], "line": None, "why": why}
            return [_report(text, None, "", "", error)]
        try:
            pieces = parts(text)
        except (SyntaxError, ValueError) as error:
            return [_report(text, None, "", "", self._error(error))]
        done, room = [], self.most
        _figures(self.lang)  # what another block has left
        for piece in pieces:
            report = self._part(piece, file, room)
            done.append(report)
            room -= len(report["got"])
            if report["cut"] or (report["error"] and not report["same"]):
                break
        return done

    def told(self, text):
        """Return what `run` returns and the figures it asked for, as the worker hands it on."""
        parts = self.run(text)
        return json.dumps({"parts": parts, "figures": _figures(self.lang)})

    def call(self, function, *given):
        """Call what a block has defined; return its value and None, or None and its error.

        Examples
        --------
        >>> from lesson.running.session import Session
        >>> session = Session()
        >>> _ = session.run("def half(n):\\n    return n // 2\\n")
        >>> session.call(session.names["half"], 6)
        (3, None)
        >>> session.call(session.names["half"], "6")[1]["trace"]
        ['line 2: return n // 2']
        """
        out = Out(self.most)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                return function(*given), None
        except BaseException as raised:  # what it prints too much is an error here
            return None, self._error(raised)

    def _error(self, raised):
        return _error(raised, self.lang)

    def _part(self, piece, file, room):
        """Run one part; return what it did."""
        try:
            [*tree] = ast.parse(piece.source, file).body
        except (SyntaxError, ValueError) as error:
            return _judged(piece, "", "", self._error(error))
        # One after the other, though not by `or`: every statement's names count.
        needs = [lacking(statement, self.without) for statement in tree]
        if any(needs):
            return _report(piece.source, piece.want, "", "", None, needs=next(filter(None, needs)))
        out, warned = Out(room), Out(self.most)
        error, cut = None, False
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(warned):
            try:
                for statement in tree:
                    ast.increment_lineno(widened(statement), piece.line)
                    exec(compile(ast.Interactive([statement]), file, "single"), self.names)
            except TooMuchError:
                cut = True
            except BaseException as raised:  # a page's code may raise anything, `exit()` too
                error = self._error(raised)
        return _judged(piece, out.getvalue(), warned.getvalue(), error, cut=cut)


def pasted(text):
    """Return the error that stands in a block in place of code, or nothing.

    Examples
    --------
    >>> from lesson.running.session import pasted
    >>> pasted("Traceback (most recent call last):\\n  ...\\nKeyError: 'bias'")
    "KeyError: 'bias'"
    >>> pasted("raise KeyError('bias')")
    ''
    """
    if not PASTED.match(text):
        return ""
    starts = [found.start() for found in SAID.finditer(text)]
    return text[starts[-1] :].strip() if starts else ""


def _bare(text):
    """Return the lines of a block as Python reads them: prompts away, so that line numbers hold."""
    marks = (">>> ", "... ")
    return [(line[4:] if line.startswith(marks) else line) + "\n" for line in text.splitlines()]


def _error(raised, lang):
    """Return what an exception says and means, with the lines of the reader's own code."""
    told = traceback.TracebackException.from_exception(raised)
    own = [frame for frame in told.stack if frame.filename.startswith("<block ")]
    own = own[:1] + own[1:][-FRAMES:]
    said = PLACE.sub("", "".join(told.format_exception_only()).strip())
    line = raised.lineno if isinstance(raised, SyntaxError) else own[-1].lineno if own else None
    return {
        "kind": type(raised).__name__,
        "said": said,
        "trace": [f"line {frame.lineno}: {frame.line}" for frame in own],
        "line": line,
        "why": explain(said, lang),
    }


def _report(source, want, got, warned, error, same=None, needs=None, cut=False):
    return {
        "source": source, "want": want, "got": got, "same": same, "needs": needs,
        "warned": warned, "error": error, "cut": cut,
    }  # fmt: skip


def _judged(piece, got, warned, error, cut=False):
    """Return a part's report with the comparison."""
    want, same = piece.want, None
    if want is not None:
        recorded = _message(want)
        if error or recorded:
            same = bool(error) and not cut and recorded == _message(f"{RAISED}\n{error['said']}\n")
        else:
            same = got == want.replace(BLANK, "") and not cut
    return _report(piece.source, want, got, warned, error, same=same, cut=cut)


def _message(want):
    """Return what a recorded traceback ends with, without the lines of its stack, or None."""
    if not want.startswith(RAISED):
        return None
    lines = want.splitlines()[1:]
    first = next((at for at, line in enumerate(lines) if line[:1].strip()), len(lines))
    return "\n".join(lines[first:]).strip()


def _figures(lang):
    """Return the figures that the code has asked for as HTML; without `lesson.show` none."""
    shown = sys.modules.get("lesson.show")
    return shown.drawn(lang) if shown else []


def start(lang):
    """Return a fresh session whose values are printed as a console prints them."""
    widen()
    sys.displayhook = sys.__displayhook__
    return Session(lang)
