"""Doubt changes what is shown or computed, one thing at a time, and tells holes from proof."""

import random
from collections import Counter
from functools import cache

import pytest

from tests.doubt import of_code, of_pages
from tests.doubt.__main__ import (
    KINDS,
    SAMPLE,
    all_changes,
    entry,
    read,
    reasons,
    report,
    sample,
    tally,
    too_many,
)
from tests.doubt.change import Change
from tests.doubt.worker import ROOT, Worker

PAGE = """---
title: 두 수
description: 수 12개를 봅니다.
search:
  boost: 0.7
---
# 두 수 {#two2}

[2번](other3.md#c4)은 `f(5)`이고 $6 + 7 = 13$입니다. 창은 세 칸입니다.

<!-- claim: 8 == 4 + 4 -->

```pycon
>>> 9 + 1
10
```

```exercise
id: e1
kind: output-size
given: {input: 11}
ask: |
  너비가 14입니다.
```
"""


@cache
def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def every():
    return all_changes("seed")


def test_every_number_that_a_reader_sees_is_changed_and_nothing_else():
    found = list(of_pages.changes("docs/ko/a.md", PAGE, random.Random(1)))
    assert Counter((c.kind, c.was) for c in found) == Counter(
        [
            ("output", "10"),
            ("figure", "11"),
            ("exercise", "14"),
            ("formula", "6"),
            ("formula", "7"),
            ("formula", "13"),
            ("prose", "12"),
            ("prose", "2"),
            ("prose", "5"),
            ("word", "세"),
        ]
    )


def test_annotations_docstrings_and_messages_are_left_alone():
    source = 'def f(a: 1 = None):\n    "2"\n    raise ValueError(f"{a + 3}")\n'
    assert list(of_code.changes("cnnlib/a.py", source)) == []


def test_every_change_says_something_else_in_its_place(every):
    for change in every:
        assert change.applied(text(change.path)) != text(change.path)
        assert change.was != change.became


def test_every_kind_of_change_is_found(every):
    assert set(Counter(change.kind for change in every)) == set(KINDS)


def test_one_seed_draws_one_sample_and_another_seed_another(every):
    options = read([])
    drawn = [sample(every, options, random.Random(seed)) for seed in ("a", "a", "b")]
    assert drawn[0] == drawn[1] != drawn[2]
    assert Counter(c.kind for c in drawn[0]) == Counter({k: n for k, n in SAMPLE.items() if n})


def test_a_text_that_has_moved_on_refuses_the_change():
    with pytest.raises(ValueError, match=r"a\.py has no '\+' at 2"):
        Change("kernel", "a.py", 2, "+", "-").applied("1 - 2")


def test_a_survivor_counts_until_its_reason_is_written_down():
    noticed = [(Change("kernel", "a", 0, "", ""), n < 90) for n in range(100)]
    holes = [{"kind": "kernel", "why": ""}] * 10
    excused = [{"kind": "kernel", "why": "the same product"}] * 6 + holes[:4]
    assert too_many(tally(noticed, holes), alarm=None)
    assert not too_many(tally(noticed, excused), alarm=None)
    assert not too_many(tally(noticed, holes), alarm=0.85)
    assert too_many(tally(noticed, holes), alarm=0.95)
    assert "100 changed, 6 of them nothing, 90 noticed: 95.7%" in report(tally(noticed, excused))


def test_a_reason_is_found_by_file_and_line_and_others_have_none():
    path = "cnnlib/fast/fft.py"
    changes = of_code.changes(path, (ROOT / path).read_text(encoding="utf-8"))
    entries = {each["line"]: each["why"] for each in map(entry, changes)}
    sizes = next(line for line in entries if line.startswith("SIZES = ("))
    assert "any value gives the same numbers" in entries[sizes]
    assert entries[next(line for line in entries if line.startswith("spread = "))] == ""


def test_every_reason_is_about_a_change_that_can_be_made(every):
    for path, line, why in reasons():
        met = [each for each in every if path.fullmatch(each.path)]
        assert any(line.search(each.place(text(each.path))[1]) for each in met), why


def test_a_changed_output_is_noticed_and_a_changed_comment_is_not(tmp_path):
    path = "docs/ko/inner-product.md"
    text = (ROOT / path).read_text(encoding="utf-8")
    output = next(c for c in of_pages.changes(path, text, random.Random(1)) if c.kind == "output")
    worker = Worker(tmp_path)
    try:
        assert worker.notices(output)
        comment = Change("prose", path, text.index("**출처**"), "**출처**", "__출처__")
        assert not worker.notices(comment)
        assert (tmp_path / path).read_text(encoding="utf-8") == text
    finally:
        worker.close()
