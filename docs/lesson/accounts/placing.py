"""Which of a text's numbers are accounted for, and what can still account for one."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from lesson.accounts.tokens import Token, tokens
from lesson.claims import pattern

ARTICLES = {"한", "하나", "첫", "one", "first", "One", "First"}
BARE = re.compile(r"[\d,.-]+")


@dataclass
class Account:
    """One number, what kind it is, and by what; `kind` is None for a number that says nothing."""

    token: Token
    kind: str | None = None
    by: str = ""


class Placing:
    """The numbers of a text that are not yet accounted for."""

    def __init__(self, text, accounts):
        self.text, self.accounts, self.all = text, accounts, accounts

    def within(self, start, end):
        """Return the numbers between two places of the text."""
        return [a for a in self.accounts if start <= a.token.start and a.token.end <= end]

    def refuse(self, account):
        """Let nothing that follows account for a number: it contradicts what stands beside it."""
        self.accounts = [each for each in self.accounts if each is not account]

    def cover(self, start, end, kind, by):
        """Account for the numbers between two places, if all of them are free."""
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
            if not unsaid & mistyped(each.token):
                each.kind, each.by = "bound", by

    def everywhere(self, words, kind, by):
        """Account for every place of a pattern that is free."""
        for found in words.finditer(self.text):
            self.cover(*found.span(), kind, by)


def mistyped(token):
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


@cache
def certain(claims):
    """Return the phrases that one mistyped number would not make another phrase of, long first."""
    texts = [claim.text for claim in claims]
    sure = [each for each in claims if not any(_close(each.text, text) for text in texts)]
    return sorted(sure, key=lambda each: -len(each.text))


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
