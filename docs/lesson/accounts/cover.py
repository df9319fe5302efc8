"""Account for every number of a page: computed, bound, quoted, excused, or nothing of these."""

import ast
import re
from functools import cache
from pathlib import Path

import yaml

from lesson.accounts.equalities import equalities
from lesson.accounts.page import PART
from lesson.accounts.placing import BARE, Account, Placing, certain
from lesson.accounts.tokens import tokens
from lesson.claims import pattern

KINDS = ("computed", "bound", "quoted", "excused")
# What no reader sees: where links lead, anchors and classes, tags, the marks of a numbered list.
UNSEEN = re.compile(
    r"(?<=\])\([^)\s]*\)|\{[#.:][^}\n]*\}|https?://\S+|<[^>\n]*>|^\s*\d+\.(?=\s)|\\\w+", re.M
)
# A number word that is a name in code: eight[None], first.size
NAMED = re.compile(r"\b[A-Za-z]+\b(?=[^`\n]*`(?:[^`\n]*`[^`\n]*`)*[^`\n]*$)", re.M)
# Functions of a claim whose arguments are not the page's.
HELPERS = {"range", "round", "str", "int", "len", "shown", "named", "site", "default", "example"}
HELPERS |= {"ones", "zeros", "eye", "pad"}
LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)\)")
ANCHORED = re.compile(r"^#+ (?P<text>.*?)\{#(?P<target>[^}]*)\}$", re.M)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
SUMMARY = re.compile(r"\{#summary\}")
PLACE = re.compile(r"(?:\.\d+)*(?:절|장|쪽)")
LECTURE = re.compile(r"강의 자료|the lecture")
SOURCES = re.compile(r"^(?:- )?\*\*(?:출처|근거|강의 자료|Sources?)\*\*.*$", re.M)
QUOTATION = re.compile(r'"[^"\n]*"')


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
    placed = _numbers_of(block)
    left = _noted(placed, page, block)
    _links(placed, page.folder)
    _quotes(placed)
    _inputs(placed, block.claims)
    if SUMMARY.search(placed.text):
        _summary(placed, block.items)
    _code(placed, page.code)
    equalities(placed)
    if block.kind == "exercise":
        _given(placed, block.keys)
    for words, reason, group in excused():
        placed.everywhere(words, "excused", f"{group}: {reason['en']}")
    return placed.all, left


def _numbers_of(block):
    """Return the numbers that a reader sees, none of them accounted for."""
    text = block.text.replace("\u2212", "-")
    unseen = [found.span() for words in (UNSEEN, NAMED) for found in words.finditer(text)]
    return Placing(
        text,
        [
            Account(token)
            for token in tokens(text)
            if not any(a <= token.start and token.end <= b for a, b in unseen)
        ],
    )


def _noted(placed, page, block):
    """Place what the author says, long literals first; return the literals that found no place."""
    notes = [("bound", claim.text, claim.expression) for claim in block.claims]
    notes += [("quoted", *each) for each in block.quoted]
    notes += [("excused", *each) for each in block.excused]
    notes.sort(key=lambda note: -len(note[1]))
    left = [each for each in notes if not BARE.fullmatch(each[1]) and not placed.once(*each)]
    for claim in certain(tuple(page.throughout)):
        placed.everywhere(pattern(claim.text), "bound", claim.expression)
    left += [each for each in notes if BARE.fullmatch(each[1]) and not placed.once(*each)]
    return [literal for _, literal, _ in left]


def _summary(placed, items):
    """A heading that says how many lines the summary below it has."""
    for each in placed.accounts:
        if each.kind is None and each.token.value == items:
            each.kind, each.by = "bound", "the list below"


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
    """A number that a claim of the block puts into a function: each as often as it is put in.

    Not one that the claim's own literal says with other words: that is the number it stands for.
    """
    expressions = {
        claim.expression: claim.text for claim in claims if not claim.text.startswith("$")
    }
    digits = [each for each in placed.accounts if each.token.text[0].isdigit()]
    numbers = [
        number
        for expression, text in expressions.items()
        for number in _arguments(expression)
        if BARE.fullmatch(text) or str(number) not in re.findall(r"\d+", text)
    ]
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
    if " ".join(span.split()) not in _in_a_line(code):
        return False
    words = re.escape(span).replace(r"\ ", r"\s+")
    return bool(re.search(rf"(?<!\w){words}(?!\w)", code))


@cache
def _in_a_line(code):
    return " ".join(code.split())


def _given(placed, keys):
    """In a question, every number of `given`, once."""
    ask = placed.text.split(PART)[0]
    placed.spend(placed.within(0, len(ask)), _numbers(keys.get("given", {})), "given")


def _numbers(value):
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [number for part in parts for number in _numbers(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []
