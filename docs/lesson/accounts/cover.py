"""Account for every number of a page: computed, bound, quoted, excused, or nothing of these."""

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
LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)\)")
ANCHORED = re.compile(r"^#+ (?P<text>.*?)\{#(?P<target>[^}]*)\}$", re.M)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.S)
SUM = re.compile(r"(?<![\w.])[\d(][\d.,\s+−·×÷/()-]*=[\d\s.,+−·×÷/()=-]*\d")
SUMMARY = re.compile(r"\{#summary\}")
PLACE = re.compile(r"(?:\.\d+)*(?:절|장|쪽)")
LECTURE = re.compile(r"강의 자료|the lecture")
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
    left = []
    for kind, literal, by in sorted(notes, key=lambda note: -len(note[1])):
        if not placed.once(literal, kind, by):
            left.append(literal)
    for claim in sorted(page.throughout, key=lambda each: -len(each.text)):
        placed.everywhere(pattern(claim.text), "bound", claim.expression)
    _links(placed, page.folder)
    _quotes(placed)
    for each in accounts:
        if each.kind is None and SUMMARY.search(text) and each.token.value == block.items:
            each.kind, each.by = "bound", "the list below"
    _code(placed, page.code)
    _sums(placed)
    if block.kind == "exercise":
        _given(placed, block.keys)
    for words, reason, group in excused():
        placed.everywhere(words, "excused", f"{group}: {reason}")
    return accounts, left


class _Placing:
    """The numbers of a text that are not yet accounted for."""

    def __init__(self, text, accounts):
        self.text, self.accounts = text, accounts

    def within(self, start, end):
        return [a for a in self.accounts if start <= a.token.start and a.token.end <= end]

    def cover(self, start, end, kind, by):
        inside = self.within(start, end)
        free = bool(inside) and all(a.kind is None for a in inside)
        if free:
            for each in inside:
                each.kind, each.by = kind, by
        return free

    def once(self, literal, kind, by):
        """Account for the first place of a literal that is free."""
        bare = re.fullmatch(r"[\d,.-]+", literal)
        for found in pattern(literal).finditer(self.text):
            named = bare and any(a.token.name for a in self.within(*found.span()))
            if not named and self.cover(*found.span(), kind, by):
                return True
        return False

    def everywhere(self, words, kind, by):
        for found in words.finditer(self.text):
            self.cover(*found.span(), kind, by)


def _links(placed, folder):
    """A number of a link's text, or of a heading, that its target carries, says or is a part of."""
    for found in (*LINK.finditer(placed.text), *ANCHORED.finditer(placed.text)):
        if folder and found["text"] in _headings(folder / found["target"].split("#")[0]):
            placed.cover(*found.span("text"), "bound", found["target"])
        carried = re.findall(r"\d+", found["target"])
        for each in placed.within(*found.span("text")):
            if each.token.text in carried and each.kind is None:
                each.kind, each.by = "bound", found["target"]
            elif each.kind is None and PLACE.match(placed.text, each.token.end):
                each.kind, each.by = "quoted", found["target"]


@cache
def _headings(path):
    """Return the headings and the title of a page."""
    text = path.read_text(encoding="utf-8") if path.suffix == ".md" and path.is_file() else ""
    return set(re.findall(r"^(?:#+|title:) (.+?)(?: \{#.*)?$", text, re.M))


def _quotes(placed):
    """What stands in quotation marks beside the name of the lecture is the lecture's wording."""
    if LECTURE.search(placed.text):
        placed.everywhere(QUOTATION, "quoted", "the lecture")


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
    """In a question, every number of `given`, once; and no other that might be one of the rest."""
    ask = placed.text.split(PART)[0]
    free = [each for each in placed.within(0, len(ask)) if each.kind is None]
    left = Counter(_numbers(keys.get("given", {})))
    for each in free:
        if left[each.token.value]:
            left[each.token.value] -= 1
            each.kind, each.by = "bound", "given"


def _numbers(value):
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [number for part in parts for number in _numbers(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []
