"""Account for every number of a page: computed, bound, quoted, excused, or nothing of these."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from lesson.accounts.arithmetic import chain
from lesson.accounts.page import PART
from lesson.accounts.tokens import Token, tokens
from lesson.claims import pattern

KINDS = ("computed", "bound", "quoted", "excused")
# What no reader sees: where links lead, anchors and classes, tags, the marks of a numbered list.
UNSEEN = re.compile(
    r"(?<=\])\([^)\s]*\)|\{[#.:][^}\n]*\}|https?://\S+|<[^>\n]*>|^\s*\d+\.(?=\s)|\\\w+", re.M
)
# A number word that is a name in code: eight[None], first.size
NAMED = re.compile(r"\b[A-Za-z]+\b(?=[^`\n]*`(?:[^`\n]*`[^`\n]*`)*[^`\n]*$)", re.M)
ARTICLES = {"한", "하나", "첫", "one", "first", "One", "First"}
# Functions of a claim whose arguments are not the page's.
HELPERS = {"range", "round", "str", "int", "len", "shown", "named", "site", "default", "example"}
HELPERS |= {"ones", "zeros", "eye", "pad"}
BARE = re.compile(r"[\d,.-]+")
LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)\)")
ANCHORED = re.compile(r"^#+ (?P<text>.*?)\{#(?P<target>[^}]*)\}$", re.M)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.S)
SUM = re.compile(r"(?<![\w.])[\d(][\d.,\s+−·×÷/()-]*=[\d\s.,+−·×÷/()=-]*\d")
SUMMARY = re.compile(r"\{#summary\}")
PLACE = re.compile(r"(?:\.\d+)*(?:절|장|쪽)")
LECTURE = re.compile(r"강의 자료|the lecture")
SOURCES = re.compile(r"^(?:- )?\*\*(?:출처|근거|강의 자료|Sources?)\*\*.*$", re.M)
QUOTATION = re.compile(r'"[^"\n]*"')
BESIDE = re.compile(r"\\q?quad|\\begin\{\w+\}|\\end\{\w+\}|\\\\(?!\s*&?\s*=)")


@dataclass
class Account:
    """One number, what kind it is, and by what; `kind` is None for a number that says nothing."""

    token: Token
    kind: str | None = None
    by: str = ""


@cache
def excused():
    """Return (pattern, reason, group) of every name, date and idiom that is excused anywhere."""
    rows = yaml.safe_load((Path(__file__).parent / "excused.yaml").read_text(encoding="utf-8"))
    return [
        (re.compile(words, re.I if group == "idioms" else 0), row["reason"], group)
        for group, entries in rows.items()
        for row in entries
        for words in row["words"]
    ]


def account(page, block):
    """Return the accounts of a block's numbers, and the notes that found no number of their own."""
    text = block.text.replace("\u2212", "-")
    unseen = [found.span() for found in UNSEEN.finditer(text)]
    unseen += [found.span() for found in NAMED.finditer(text)]
    accounts = [
        Account(token)
        for token in tokens(text)
        if not any(a <= token.start and token.end <= b for a, b in unseen)
    ]
    placed = _Placing(text, accounts)
    notes = [("bound", claim.text, claim.expression) for claim in block.claims]
    notes += [("quoted", *each) for each in block.quoted] + [
        ("excused", *each) for each in block.excused
    ]
    notes.sort(key=lambda note: -len(note[1]))
    left = [each for each in notes if not BARE.fullmatch(each[1]) and not placed.once(*each)]
    for claim in sorted(page.throughout, key=lambda each: -len(each.text)):
        if not any(_close(claim.text, each.text) for each in page.throughout):
            placed.everywhere(pattern(claim.text), "bound", claim.expression)
    left += [each for each in notes if BARE.fullmatch(each[1]) and not placed.once(*each)]
    _links(placed, page.folder)
    _quotes(placed)
    _inputs(placed, block.claims)
    for each in accounts:
        if each.kind is None and SUMMARY.search(text) and each.token.value == block.items:
            each.kind, each.by = "bound", "the list below"
    _code(placed, page.code)
    _sums(placed)
    if block.kind == "exercise":
        _given(placed, block.keys)
    for words, reason, group in excused():
        placed.everywhere(words, "excused", f"{group}: {reason}")
    return accounts, [literal for _, literal, _ in left]


def _mistyped(token):
    """Return the numbers that one other digit, or another number word, would make of a number."""
    if not token.text[0].isdigit():
        return set(range(2, 11))
    plain = re.sub(r"[,{}]", "", token.text)
    return {
        float(plain[: at.start()] + digit + plain[at.end() :])
        for at in re.finditer(r"\d", plain)
        for digit in "0123456789"
        if digit != at[0]
    }


def _close(text, other):
    """Whether one mistyped number would make another phrase of a phrase."""
    numbers = [[token.text for token in tokens(each)] for each in (text, other)]
    differ = sum(a != b for a, b in zip(*numbers, strict=False))
    return differ == 1 and _words(text) == _words(other)


def _words(text):
    """Return a text without its numbers."""
    for token in reversed(tokens(text)):
        text = text[: token.start] + text[token.end :]
    return text


class _Placing:
    """The numbers of a text that are not yet accounted for."""

    def __init__(self, text, accounts):
        self.text, self.accounts = text, accounts

    def within(self, start, end):
        return [a for a in self.accounts if start <= a.token.start and a.token.end <= end]

    def refuse(self, account):
        """Let nothing that follows account for a number: it contradicts what stands beside it."""
        self.accounts = [each for each in self.accounts if each is not account]

    def cover(self, start, end, kind, by):
        inside = self.within(start, end)
        free = bool(inside) and all(a.kind is None for a in inside)
        if free:
            for each in inside:
                each.kind, each.by = kind, by
        return free

    def once(self, kind, literal, by):
        """Account for the first place of a literal that is free."""
        bare = BARE.fullmatch(literal)
        for found in pattern(literal).finditer(self.text):
            named = bare and any(a.token.name for a in self.within(*found.span()))
            if not named and self.cover(*found.span(), kind, by):
                return True
        return False

    def spend(self, accounts, numbers, by):
        """Account for a number by one of `numbers`, each spent once.

        A number that nobody says could be what was meant: no other is accepted in its place.
        """
        left, taken = Counter(numbers), []
        said = Counter(each.token.value for each in accounts if each.kind and not each.token.name)
        for each in accounts:
            token = each.token
            free = each.kind is None and not token.name and token.text not in ARTICLES
            if free and left[token.value] > said[token.value] * token.text.isalpha():
                left[token.value] -= 1
                taken.append(each)
        unsaid = set(+left - said)
        for each in taken:
            if not unsaid & _mistyped(each.token):
                each.kind, each.by = "bound", by

    def everywhere(self, words, kind, by):
        for found in words.finditer(self.text):
            self.cover(*found.span(), kind, by)


def _links(placed, folder):
    """A number of a link's text, or of a heading, that its target carries, says or is a part of."""
    for found in (*LINK.finditer(placed.text), *ANCHORED.finditer(placed.text)):
        if folder and found["text"] in _headings(folder / found["target"].split("#")[0]):
            placed.cover(*found.span("text"), "bound", found["target"])
        carried = re.findall(r"\d+", found["target"])
        named = re.findall(r"[A-Za-z]+(?=\d)", found["target"])
        for each in placed.within(*found.span("text")):
            if each.token.text in carried and each.kind is None:
                each.kind, each.by = "bound", found["target"]
            elif _contradicts(each.token, placed.text, named):
                placed.refuse(each)
            elif each.kind is None and PLACE.match(placed.text, each.token.end):
                each.kind, each.by = "quoted", found["target"]


def _contradicts(token, text, named):
    """Whether a number is not the one of its link: Conv3d that leads to Conv2d, or #123."""
    stem = token.name.strip("_")
    other = any(name.endswith(stem) for name in named) if stem else False
    return other or text[token.start - 1] == "#"


@cache
def _headings(path):
    """Return the headings and the title of a page."""
    text = path.read_text(encoding="utf-8") if path.suffix == ".md" and path.is_file() else ""
    return set(re.findall(r"^(?:#+|title:) (.+?)(?: \{#.*)?$", text, re.M))


def _quotes(placed):
    """The lecture's wording stands in quotation marks beside its name; sources name themselves."""
    if LECTURE.search(placed.text):
        placed.everywhere(QUOTATION, "quoted", "the lecture")
    for found in SOURCES.finditer(placed.text):
        for each in placed.within(*found.span()):
            each.kind, each.by = each.kind or "quoted", each.by or "the sources named there"


def _inputs(placed, claims):
    """A number that a claim of the block puts into a function: each as often as it is put in."""
    expressions = {claim.expression for claim in claims if not claim.text.startswith("$")}
    digits = [each for each in placed.accounts if each.token.text[0].isdigit()]
    numbers = [number for each in expressions for number in _arguments(each)]
    placed.spend(digits, numbers, "an argument of what is claimed")


def _arguments(expression):
    """Yield the numbers that an expression writes as arguments of the library's functions."""
    for call in ast.walk(ast.parse(expression, mode="eval")):
        function = getattr(call, "func", None)
        name = getattr(function, "id", getattr(function, "attr", ""))
        if isinstance(call, ast.Call) and name not in HELPERS:
            for argument in (*call.args, *(each.value for each in call.keywords)):
                parts = argument.elts if isinstance(argument, ast.Tuple) else [argument]
                yield from (p.value for p in parts if isinstance(p, ast.Constant) and p.value != "")


def _code(placed, code):
    """A code span that stands, as it is and with no other digit, in code that has run."""
    for found in SPAN.finditer(placed.text):
        span = found[1]
        if re.search(r"[^\d.,\s-]", span) and _stands(span, code):
            others = (
                span[: at.start()] + digit + span[at.end() :]
                for at in re.finditer(r"(?<![A-Za-z_])\d", span)
                for digit in "0123456789"
                if digit != at[0]
            )
            if not any(_stands(other, code) for other in others):
                placed.cover(*found.span(1), "computed", "the page's code")


def _stands(span, code):
    words = re.escape(span).replace(r"\ ", r"\s+")
    return re.search(rf"(?<!\w){words}(?!\w)", code)


def _sums(placed):
    """Worked arithmetic: a number whose change would break an equality."""
    for found in FORMULA.finditer(placed.text):
        group = 1 if found[1] else 2
        start = found.start(group)
        for part in _parts(found[group]):
            _sum(placed, start + part[0], part[1])
    for found in SUM.finditer(placed.text):
        _sum(placed, found.start(), found[0])


def _parts(formula):
    """Yield (start, text) of what stands beside each other in a formula."""
    position = 0
    for cut in [*BESIDE.finditer(formula), None]:
        end = cut.start() if cut else len(formula)
        yield position, formula[position:end].rstrip(" ,.\n")
        position = cut.end() if cut else end


def _sum(placed, start, text):
    values = chain(text.replace("&", " "))
    if len(values) < 2 or len(set(values)) > 1:
        return
    for each in placed.within(start, start + len(text)):
        if each.kind is None and all(
            _breaks(text, at - start)
            for at in range(each.token.start, each.token.end)
            if placed.text[at].isdigit()
        ):
            each.kind, each.by = "computed", "an equality"


def _breaks(text, at):
    """Whether changing the digit at a place breaks the equality, whatever it is changed to."""
    others = (str((int(text[at]) + step) % 10) for step in (1, 2, 3, 5, 9))
    changed = (chain((text[:at] + other + text[at + 1 :]).replace("&", " ")) for other in others)
    return all(len(set(values)) != 1 for values in changed)


def _given(placed, keys):
    """In a question, every number of `given`, once."""
    ask = placed.text.split(PART)[0]
    placed.spend(placed.within(0, len(ask)), _numbers(keys.get("given", {})), "given")


def _numbers(value):
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [number for part in parts for number in _numbers(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []
