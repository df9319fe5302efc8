"""Explains an error in the reader's language: what it means, where numbers come from, a way out.

The rules are data, `errors.json`: the first whose pattern is found in the last lines speaks, with
what its groups have caught.
"""

import json
import re
from functools import cache
from pathlib import Path

PARTICLES = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로", "이라는": "라는"}
FORMS = {form: pair for pair in PARTICLES.items() for form in pair}
# In a template: a placeholder, and the particle behind it, which depends on how the word ends.
PLACE = re.compile(r"\{(\w+)\}(?:(" + "|".join(sorted(FORMS, key=len)[::-1]) + r")(?![가-힣]))?")
CLOSED = re.compile(r"(?:[013678lmn]|le|ng|put|type)$", re.IGNORECASE)
LIQUID = re.compile(r"(?:[178l]|le)$", re.IGNORECASE)


@cache
def rules():
    """Return the rules, each as its pattern and itself."""
    read = json.loads(Path(__file__).with_name("errors.json").read_text(encoding="utf-8"))
    return [(re.compile(rule["match"]), rule) for rule in read]


def rule(said):
    """Return the first rule that knows an error, with what it caught; None and nothing else."""
    for pattern, each in rules():
        if found := pattern.search(said):
            return each, found.groupdict(default="")
    return None, {}


def explain(said, lang):
    """Return what an error means, in one of the site's languages; nothing where no rule knows it.

    Examples
    --------
    >>> from lesson.running.explain import explain
    >>> explain("ValueError: too many values to unpack (expected 2)", "en")[:43]
    'There are 2 names and more values. If x.sha'
    >>> explain("IndexError: pop from empty list", "ko")
    '비어 있는 리스트에서 값을 꺼냈습니다. 꺼내기 전에 남은 것이 있는지 확인하세요.'
    """
    found, caught = rule(said)
    if not found:
        return ""
    text = PLACE.sub(lambda place: _filled(place, caught), found[lang])
    return text.replace("{{", "{").replace("}}", "}")


def _filled(place, caught):
    """Return the word for a placeholder with the particle that fits how the word ends."""
    word, particle = caught.get(place[1], place[0]), place[2]
    if not particle:
        return word
    closed, open_ = FORMS[particle]
    end = _end(word)
    return word + (closed if end and not (end == "ㄹ" and closed == "으로") else open_)


def _end(word):
    """Return how a word ends when it is said: "ㄹ", another consonant, or nothing for a vowel."""
    last = re.sub(r"\W+$", "", word)
    if "가" <= last[-1:] <= "힣":
        tail = (ord(last[-1]) - ord("가")) % 28
        return {0: "", 8: "ㄹ"}.get(tail, "ㅁ")
    if LIQUID.search(last):
        return "ㄹ"
    return "ㅁ" if CLOSED.search(last) else ""
