"""Each misconception answers what a person who has it would answer, and is named for it."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lesson.exercise.kinds import KINDS
from lesson.misconception import TEXTS, diagnose, find

EXERCISES = {
    "size": (
        "output-size",
        {"input": 17, "kernel_size": 4, "stride": 2, "padding": 3, "dilation": 3},
    ),
    "rect": ("output-size", {"input": [9, 12], "kernel_size": 3}),
    "pool": ("output-shape", {"input": [5, 8, 10, 10], "kernel_size": 2, "pool": True}),
    "shape": (
        "output-shape",
        {"input": [5, 4, 9, 9], "out_channels": 6, "kernel_size": 3, "groups": 2},
    ),
    "weight": (
        "weight-shape",
        {"in_channels": 4, "out_channels": 8, "kernel_size": [3, 5], "groups": 2},
    ),
    "flat": ("flatten", {"shape": [2, 3, 4, 5]}),
    "linear": ("linear-shape", {"input": [7, 30], "out_features": 4}),
    "conv": (
        "parameters",
        {"in_channels": 4, "out_channels": 6, "kernel_size": [3, 5], "groups": 2},
    ),
    "bare": ("parameters", {"in_channels": 4, "out_channels": 6, "kernel_size": 3, "bias": False}),
    "fc": ("parameters", {"in_features": 30, "out_features": 4}),
    "work": ("multiply-adds", {"input": [2, 4, 6, 6], "out_channels": 3, "kernel_size": 3}),
    "field": ("receptive-field", {"layers": [[3, 2], [5, 2, 2], [3, 1]]}),
    "inner": ("inner-product", {"a": [[1, -2], [3, 4]], "b": [[5, 6], [7, 8]]}),
    "cell": (
        "cell",
        {
            "input": [[[1, 2, 3], [4, 5, 6], [7, 8, 10]], [[2, 0, 1], [1, 3, 0], [0, 1, 2]]],
            "weight": [[[1, 2], [3, 4]], [[0, 1], [2, -1]]],
            "bias": [10],
            "at": [1, 0],
        },
    ),
    "at11": (
        "cell",
        {
            "input": "index.5x5",
            "weight": [[1, 2], [3, -1]],
            "at": [1, 1],
            "stride": 2,
            "dilation": 2,
            "padding": 1,
            "padding_mode": "reflect",
        },
    ),
    "edge": (
        "cell",
        {
            "input": "index.5x5",
            "weight": [[1, 2], [3, -1]],
            "at": [0, 0],
            "padding": 1,
            "padding_mode": "reflect",
        },
    ),
    "true": (
        "cell",
        {"input": [[1, 2], [3, 4]], "weight": [[1, 0], [0, 3]], "at": [0, 0], "flip": True},
    ),
    "up": (
        "transposed-size",
        {"input": 5, "kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1},
    ),
    "up4": ("transposed-size", {"input": [3, 4], "kernel_size": 4, "stride": 3, "padding": 1}),
    "to-weight": (
        "gradient-cell",
        {
            "wrt": "weight",
            "input": "index.5x5",
            "weight": [[0, 0], [0, 0]],
            "stride": 2,
            "grad_output": [[1, 2], [3, 5]],
            "at": [0, 1],
        },
    ),
    "to-input": (
        "gradient-cell",
        {
            "wrt": "input",
            "input": "index.4x4",
            "weight": [[1, 2], [3, 5]],
            "grad_output": [[1, 0, 2], [0, 3, 1], [4, 0, 0]],
            "at": [1, 1],
        },
    ),
    "out": ("output", {"input": "index.3x3", "weight": [[1, 2], [3, 4]]}),
}

WRONG = {
    "no-floor": ("size", 7.5),
    "no-plus-one": ("size", 6),
    "padding-once": ("size", 6),
    "padding-ignored": ("size", 4),
    "stride-ignored": ("size", 14),
    "dilation-ignored": ("size", 10),
    "dilation-from-zero": ("size", 6),
    "dilation-times-kernel": ("size", 6),
    "added": ("size", 16),
    "unchanged": ("size", 17),
    "kernel-not-subtracted": ("size", 11),
    "swapped": ("rect", (10, 7)),
    "pool-stride-one": ("pool", (5, 8, 9, 9)),
    "no-batch": ("pool", (8, 5, 5)),
    "pool-channels": ("pool", (5, 1, 5, 5)),
    "channels-last": ("pool", (5, 5, 5, 8)),
    "no-channels": ("pool", (5, 5, 5)),
    "channels-kept": ("shape", (5, 4, 7, 7)),
    "channels-multiplied": ("shape", (5, 24, 7, 7)),
    "channels-added": ("shape", (5, 10, 7, 7)),
    "groups-divided": ("shape", (5, 3, 7, 7)),
    "groups-ignored": ("weight", (8, 4, 3, 5)),
    "in-out-swapped": ("weight", (2, 8, 3, 5)),
    "groups-everywhere": ("weight", (4, 2, 3, 5)),
    "groups-on-filters": ("weight", (4, 4, 3, 5)),
    "flat-filters": ("weight", (8, 3, 5)),
    "kernel-only": ("weight", (3, 5)),
    "batch-merged": ("flat", (120,)),
    "lengths-added": ("flat", (2, 12)),
    "channels-forgotten": ("flat", (2, 20)),
    "channels-kept-apart": ("flat", (2, 3, 20)),
    "one-side": ("flat", (2, 12)),
    "features-kept": ("linear", (7, 30)),
    "weight-shape": ("linear", (4, 30)),
    "features-appended": ("linear", (7, 30, 4)),
    "features-multiplied": ("linear", (7, 120)),
    "bias-forgotten": ("conv", 180),
    "one-bias": ("conv", 181),
    "bias-per-input": ("conv", 184),
    "channels-not-multiplied": ("conv", 96),
    "filters-not-multiplied": ("conv", 31),
    "kernel-not-multiplied": ("conv", 42),
    "bias-per-channel": ("conv", 192),
    "bias-added": ("bare", 222),
    "factors-added": ("fc", 38),
    "batch-forgotten": ("work", 1728),
    "positions-forgotten": ("work", 108),
    "input-positions": ("work", 7776),
    "counted-twice": ("work", 6912),
    "cells-only": ("work", 96),
    "stride-ignored-field": ("field", 13),
    "own-stride": ("field", 45),
    "no-plus-one-field": ("field", 26),
    "kernels-added": ("field", 11),
    "kernels-multiplied": ("field", 45),
    "last-layer-only": ("field", 3),
    "largest-kernel": ("field", 5),
    "transposed": ("inner", 41),
    "matrix-product": ("inner", 74),
    "diagonal-only": ("inner", 37),
    "added-not-multiplied": ("inner", 32),
    "product-of-sums": ("inner", 156),
    "signs-lost": ("inner", 70),
    "first-row-only": ("inner", -7),
    "turned": ("cell", 68),
    "kernel-transposed": ("cell", 80),
    "bias-forgotten-cell": ("cell", 69),
    "first-channel-only": ("cell", 77),
    "at-swapped": ("cell", 64),
    "window-only": ("cell", 39),
    "padding-ignored-cell": ("at11", 152),
    "stride-ignored-cell": ("at11", 42),
    "dilation-ignored-cell": ("at11", 76),
    "counted-from-one": ("at11", 55),
    "mode-ignored": ("edge", 0),
    "turned-not": ("true", 13),
    "forward-law": ("up", 3),
    "size-times-stride": ("up4", (9, 12)),
    "padding-grows": ("up", 14),
    "padding-cut-once": ("up", 11),
    "output-padding-twice": ("up", 11),
    "output-padding-ignored": ("up", 9),
    "moves-as-cells": ("up", 12),
    "no-overlap": ("up", 14),
    "gradient-not-turned": ("to-input", 16),
    "gradient-turned": ("to-weight", 79),
    "gradient-not-spread": ("to-weight", 98),
    "gradient-one-window": ("to-weight", 1),
    "gradient-not-weighted": ("to-weight", 11),
    "gradient-mean": ("to-weight", 46.25),
    "result-transposed": ("out", [[76, 176], [86, 186]]),
}
"""For each misconception: an exercise, and the answer it leads to."""


def answer(kind, values):
    checked = KINDS[kind].check(values)
    return checked, KINDS[kind].answer(checked)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_is_named_as_its_misconception(name):
    exercise, wrong = WRONG[name]
    kind, values = EXERCISES[exercise]
    assert name in diagnose(kind, *answer(kind, values), wrong)


def test_every_misconception_has_words_and_an_example():
    assert set(WRONG) == set(TEXTS)
    assert all(set(texts) == {"ko", "en"} and all(texts.values()) for texts in TEXTS.values())


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_misconception_is_blamed_for_the_right_answer(exercise):
    kind, values = EXERCISES[exercise]
    checked, right = answer(kind, values)
    assert diagnose(kind, checked, right, right) == []


def test_a_lost_remainder_may_be_kept_or_rounded_up():
    kind, values = EXERCISES["size"]
    checked, right = answer(kind, values)
    kept = float(Fraction(17 + 6 - 10, 2) + 1)
    assert [wrong for name, wrong in find(kind, checked, right) if name == "no-floor"] == [kept, 8]


def test_dilation_is_not_mentioned_where_there_is_none():
    checked, right = answer("output-size", {"input": 9, "kernel_size": 3})
    assert not any("dilation" in name for name, _ in find("output-size", checked, right))


def test_a_misconception_without_an_answer_is_left_out():
    """Forgetting the padding leaves no place for the kernel here."""
    checked, right = answer("output-size", {"input": 2, "kernel_size": 4, "padding": 1})
    assert "padding-ignored" not in dict(find("output-size", checked, right))


@settings(max_examples=100, deadline=None)
@given(
    st.integers(5, 40), st.integers(1, 5), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2)
)
def test_wrong_answers_differ_from_the_right_one_and_are_possible(n, k, s, p, d):
    values = {
        "input": [2, 3, n, n],
        "out_channels": 4,
        "kernel_size": k,
        "stride": s,
        "padding": p,
        "dilation": d,
    }
    try:
        checked, right = answer("output-shape", values)
    except ValueError:
        return
    found = find("output-shape", checked, right)
    assert len(set(found)) == len(found)
    assert all(wrong != right and min(wrong) > 0 for _, wrong in found)
