"""Exercises: the answer is cnnlib's, the worked line ends in it, and mistakes stop the build."""

import json
import re
from html import unescape

import numpy as np
import pytest
import torch
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lesson.exercise import read, render
from lesson.exercise.html import LABELS
from lesson.exercise.size_law import SYMBOLS
from lesson.homework.labels import GRADING, WORDS
from lesson.misconception import TEXTS

LANGUAGES = ("ko", "en")
EXAMPLES = {
    "output-size": ({"input": 7, "kernel_size": 3, "stride": 2}, 3),
    "output-shape": (
        {"input": [10, 1, 20, 20], "out_channels": 3, "kernel_size": 5},
        (10, 3, 16, 16),
    ),
    "weight-shape": (
        {"in_channels": 4, "out_channels": 8, "kernel_size": 3, "groups": 2},
        (8, 2, 3, 3),
    ),
    "parameters": ({"in_channels": 3, "out_channels": 10, "kernel_size": 5}, 760),
    "multiply-adds": ({"input": [1, 1, 5, 5], "out_channels": 1, "kernel_size": 3}, 81),
    "inner-product": ({"a": "inner.a", "b": "inner.b"}, 70),
    "cell": ({"input": "lecture.input", "weight": "lecture.weight", "at": [0, 1]}, 3),
    "output": (
        {"input": "lecture.input", "weight": "lecture.weight"},
        [[4, 3, 4], [2, 4, 3], [2, 3, 4]],
    ),
    "flatten": ({"shape": [10, 10, 12, 12]}, (10, 1440)),
    "linear-shape": ({"input": [10, 1440], "out_features": 50}, (10, 50)),
    "transposed-size": ({"input": 3, "kernel_size": 3, "stride": 2}, 7),
    "gradient-cell": (
        {
            "wrt": "weight",
            "input": "lecture.input",
            "weight": "lecture.weight",
            "at": [0, 2],
            "grad_output": [[1, 0, -1], [1, 1, -1], [1, 0, 0]],
        },
        4,
    ),
    "receptive-field": ({"layers": [[5, 1], [2, 2], [5, 1], [2, 2]]}, 16),
}


def fence(kind, given, **more):
    return yaml.safe_dump({"id": "one", "kind": kind, "given": given, "ask": "?", **more})


def spec_of(html):
    return json.loads(unescape(re.search(r' spec="([^"]*)"', html)[1]))


@pytest.mark.parametrize("kind", EXAMPLES)
def test_each_kind_has_the_answer_of_the_lesson(kind):
    values, answer = EXAMPLES[kind]
    assert read(fence(kind, values), "ko").answer == answer


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_worked_answer_needs_no_script(kind, lang):
    values, answer = EXAMPLES[kind]
    html = render(read(fence(kind, values), lang))
    fold = html[html.index("<details") :]
    numbers = np.ravel(answer) if kind != "output" else [4, 3, 2]
    assert all(str(number) in fold for number in numbers)
    assert LABELS[lang]["fold"] in fold


def test_the_form_does_not_show_the_answer():
    values, _ = EXAMPLES["parameters"]
    html = render(read(fence("parameters", values), "ko"))
    form = html[html.index("<form") : html.index("</form>")]
    assert "760" not in form


def test_the_floor_is_shown_where_it_drops_something():
    worked = read(fence("output-size", {"input": 8, "kernel_size": 3, "stride": 2}), "ko").worked
    assert worked.lines[0].filled.startswith(
        r"$W_{\text{out}} = \left\lfloor\dfrac{8 - 3}{2}\right\rfloor + 1"
    )
    assert worked.lines[0].steps.endswith("= 2 + 1 = 3$")


def test_a_law_names_only_the_terms_that_the_layer_has():
    plain = read(fence("output-size", {"input": 5, "kernel_size": 3}), "ko").worked.law
    assert SYMBOLS["ko"]["P"] not in plain
    assert SYMBOLS["ko"]["D"] not in plain
    full = {"input": 32, "kernel_size": 5, "stride": 2, "padding": 2, "dilation": 3}
    law = read(fence("output-size", full), "ko").worked.law
    assert all(SYMBOLS["ko"][symbol] in law for symbol in "KPSD")
    assert r"출력 크기 $W_{\text{out}}$, 입력 크기 $W_{\text{in}}$" in law


def test_a_worked_law_writes_sizes_as_the_pages_do():
    square = {"input": [10, 3, 20, 30], "out_channels": 4, "kernel_size": [3, 5], "padding": [1, 0]}
    worked = read(fence("output-shape", square), "ko").worked
    assert r"$H_{\text{out}} = H_{\text{in}} + 2P - K + 1$" in worked.law
    assert [line.filled[:23] for line in worked.lines[:2]] == [
        r"높이: $H_{\text{out}} = 2",
        r"너비: $W_{\text{out}} = 3",
    ]


def test_a_pooling_has_a_window_and_no_filter():
    pooling = {"input": [1, 3, 8, 8], "kernel_size": 2, "pool": True}
    law = read(fence("output-shape", pooling), "ko").worked.law
    assert "창 크기 $K$" in law
    assert "필터" not in law


def test_korean_answers_say_filter_as_the_pages_do():
    laws = [read(fence(kind, values), "ko").worked.law for kind, (values, _) in EXAMPLES.items()]
    texts = [*laws, *SYMBOLS["ko"].values(), *(text["ko"] for text in TEXTS.values())]
    assert [text for text in texts if "커널" in text] == []


@pytest.mark.parametrize("kind", EXAMPLES)
def test_english_answers_say_filter_as_the_pages_do(kind):
    worked = str(read(fence(kind, EXAMPLES[kind][0]), "en").worked)
    assert not re.search(r"\bkernels?\b", worked, re.IGNORECASE)  # `kernel_size` is one word


def test_misconceptions_and_homework_say_filter_in_english():
    homework = json.dumps([WORDS["en"], GRADING["en"]])
    told = [homework, *(text["en"] for text in TEXTS.values())]
    assert [text for text in told if re.search(r"\bkernels?\b", text, re.IGNORECASE)] == []


def test_different_sides_have_a_line_each():
    values = {"input": [20, 30], "kernel_size": [3, 5], "stride": [1, 2], "padding": [1, 0]}
    worked = read(fence("output-size", values), "ko").worked
    assert [line.filled.split(":")[0] for line in worked.lines] == ["높이", "너비"]


def test_ceil_mode_says_why_a_window_is_dropped():
    values = {
        "input": 5,
        "kernel_size": 2,
        "stride": 3,
        "padding": 1,
        "pool": True,
        "ceil_mode": True,
    }
    exercise = read(fence("output-size", values), "en")
    pool = torch.nn.MaxPool1d(2, 3, 1, ceil_mode=True)
    assert exercise.answer == pool(torch.zeros(1, 1, 5)).shape[-1] == 2
    assert exercise.worked.lines[0].steps.endswith("dropped: 2")


@settings(max_examples=60, deadline=None)
@given(
    st.integers(4, 40), st.integers(1, 5), st.integers(1, 4), st.integers(0, 3), st.integers(1, 3)
)
def test_a_computed_size_is_torchs(size, kernel, stride, padding, dilation):
    values = {
        "input": [2, 3, size, size],
        "out_channels": 4,
        "kernel_size": kernel,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
    }
    layer = torch.nn.Conv2d(3, 4, kernel, stride, padding, dilation, device="meta")
    try:
        right = tuple(layer(torch.empty(2, 3, size, size, device="meta")).shape)
    except RuntimeError:
        with pytest.raises(ValueError, match="kernel_size"):
            read(fence("output-shape", values), "ko")
        return
    exercise = read(fence("output-shape", values), "ko")
    assert exercise.answer == right
    assert f"= {right[2]}$" in exercise.worked.lines[0].steps


def test_a_cell_with_channels_groups_and_bias_is_torchs():
    rng = np.random.default_rng(0)
    x, w, b = rng.integers(-3, 4, (4, 6, 6)), rng.integers(-3, 4, (6, 2, 3, 3)), [1, 2, 3, 4, 5, 6]
    values = {
        "input": x.tolist(),
        "weight": w.tolist(),
        "bias": b,
        "groups": 2,
        "padding": 1,
        "stride": 2,
        "padding_mode": "reflect",
        "at": [4, 1, 2],
    }
    padded = torch.nn.functional.pad(torch.tensor(x)[None].double(), (1, 1, 1, 1), "reflect")
    right = torch.nn.functional.conv2d(
        padded, torch.tensor(w).double(), torch.tensor(b).double(), 2, groups=2
    )[0, 4, 1, 2]
    exercise = read(fence("cell", values), "ko")
    assert exercise.answer == right.item()
    assert exercise.worked.lines[-1].steps == f"= **{str(exercise.answer).replace('-', '−')}**"


def test_a_true_convolution_turns_the_filter():
    values = {"input": [1, 2, 3], "weight": [1, 0], "flip": True}
    assert read(fence("output", values), "ko").answer == [[2, 3]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id: [", "the fence must be YAML"),
        ("just words", "the fence must hold `key: value` lines"),
        ("{id: a, kind: guess, ask: q}", "`kind` must be one of output-size"),
        ("{id: a, kind: flatten, ask: q, points: 3}", "unknown points"),
        ("{id: A1!, kind: flatten, ask: q, given: {shape: [1]}}", "`id` must be lower-case"),
        ("{id: a, kind: flatten, given: {shape: [1]}}", "`ask` must be a text"),
        ("{id: a, kind: flatten, ask: q}", "`given` must be a mapping"),
        ("{id: a, kind: flatten, ask: q, given: {}}", "`given` must have shape"),
        ("{id: a, kind: flatten, ask: q, given: {shape: [2, x]}}", r"`shape\[1\]` must be an int"),
        ("{id: a, kind: output-size, ask: q, given: {input: 7, kernel: 3}}", "unknown kernel"),
        ("{id: a, kind: output-size, ask: q, given: {input: 2, kernel_size: 3}}", "must fit"),
        (
            "{id: a, kind: cell, ask: q, given: {input: [1], weight: lecture.wait, at: 0}}",
            "close: lecture.weight",
        ),
        (
            "{id: a, kind: cell, ask: q, given: {input: lecture.input, weight: [[1]], at: [9, 9]}}",
            "`at` must be a cell of the output",
        ),
        ("{id: a, kind: inner-product, ask: q, given: {a: [1], b: [1, 2]}}", "must have one shape"),
        (
            "{id: a, kind: output, ask: q, given: {input: index.9x9, weight: [[1]]}}",
            "at most 6 columns",
        ),
        (
            "{id: a, kind: choice, ask: q, options: [{text: x, why: y}, {text: z, why: w}]}",
            "exactly one option",
        ),
        ("{id: a, kind: choice, ask: q, options: [x, y]}", r"`options\[0\]` must have text"),
    ],
)
def test_a_mistake_in_a_fence_is_named(text, reason):
    with pytest.raises(ValueError, match=reason):
        read(text, "ko")


def test_a_formula_that_cannot_be_read_is_named():
    text = fence("flatten", {"shape": [2, 3]}, explain=r"$\frac{1$ 입니다.")
    with pytest.raises(ValueError, match="is not a formula"):
        render(read(text, "ko"))


def test_the_spec_carries_what_each_misconception_answers():
    spec = spec_of(render(read(fence(*[("output-size"), EXAMPLES["output-size"][0]]), "en")))
    assert spec["answer"] == 3
    assert [
        2,
        "The final +1 is missing. The division counts the moves; the starting position counts too.",
    ] in spec["wrong"]


def test_markup_in_a_question_stays_inside_attributes():
    html = render(
        read(
            fence(
                "choice",
                None,
                options=[
                    {"text": 'a"b', "why": '"><script>'},
                    {"text": "c", "why": "d", "correct": True},
                ],
            ).replace("given: null\n", ""),
            "ko",
        )
    )
    assert spec_of(html)["wrong"][0][1] == '"><script>'
