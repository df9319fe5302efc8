"""Errors that readers provoke are explained, by a rule of their own, in both languages."""

import re

import numpy as np
import pytest
import torch
from lesson.running.explain import PLACE, explain, rule, rules
from lesson.running.session import Session

import cnnlib
from tests.cnnlib.test_errors import CALLS
from tests.lesson.mistakes import PYTHON, TORCH

REFUSED = [answer for _, answer in CALLS]


def told(code):
    """Run a mistake as a block of a page; return the error that ends it."""
    session = Session()
    session.names |= {"np": np, "x": np.arange(6).reshape(2, 3), "conv2d": cnnlib.conv2d}
    return session.run(code)[-1]["error"]["said"]


def raised(code):
    """Return what torch says to a mistake."""
    with pytest.raises((RuntimeError, IndexError, ValueError)) as caught:
        exec(code, {"torch": torch, "nn": torch.nn, "F": torch.nn.functional})
    return f"{caught.type.__name__}: {caught.value}"


@pytest.mark.parametrize(("name", "code"), PYTHON, ids=[code for _, code in PYTHON])
def test_a_mistake_in_python_or_numpy_has_its_rule(name, code):
    said = told(code)
    assert (rule(said)[0] or {}).get("id") == name, said


@pytest.mark.parametrize(("name", "code"), TORCH, ids=[code for _, code in TORCH])
def test_a_mistake_in_torch_has_its_rule(name, code):
    said = raised(code)
    assert (rule(said)[0] or {}).get("id") == name, said


def test_of_all_errors_at_least_95_in_100_have_a_rule_of_their_own():
    errors = REFUSED + [told(code) for _, code in PYTHON] + [raised(code) for _, code in TORCH]
    common = {"cnn-rule", "syntax", "expected-except"}  # say little more than the error itself
    unknown = [said for said in errors if (rule(said)[0] or {"id": "syntax"})["id"] in common]
    assert len(errors) >= 200
    assert len(unknown) <= 0.05 * len(errors), unknown


def test_every_rule_names_what_it_catches_in_both_languages():
    for pattern, each in rules():
        for lang in ("ko", "en"):
            named = {found[1] for found in PLACE.finditer(each[lang].replace("{{", ""))}
            assert named - {"value", "값"} <= set(pattern.groupindex), each["id"]


def test_no_two_rules_have_one_name():
    names = [each["id"] for _, each in rules()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("NameError: name 'total' is not defined", "total이라는 이름"),
        ("NameError: name 'size' is not defined", "size라는 이름"),
        ("TypeError: 'tuple' object cannot be interpreted as an integer", "tuple 값이"),
        ("KeyError: '값'", "'값'이라는 열쇠"),
        (
            "ValueError: shapes (2,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)",
            "(2,3)과 (2,3)은",
        ),
    ],
)
def test_a_particle_fits_how_the_word_ends(said, part):
    assert part in explain(said, "ko")


def test_an_explanation_is_made_of_sentences_without_gaps():
    for said in [*REFUSED, *(told(code) for _, code in PYTHON)]:
        for lang in ("ko", "en"):
            text = explain(said, lang)
            assert text == "" or re.search(r"[.?)]$", text), (said, text)
            assert "{" not in text or "값}" in text or "value}" in text, (said, text)
