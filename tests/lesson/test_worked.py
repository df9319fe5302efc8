"""Worked solutions: every line is arithmetic that holds, and the last one ends in the answer."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lesson.accounts.arithmetic import chain, matrices, value
from lesson.exercise import read

from tests.lesson.test_exercise import EXAMPLES, fence
from tests.pages.markdown_pages import fences, name, pages

ASKED = [
    pytest.param(found.text, lang, id=f"{name(path)}:{found.line}:{lang}")
    for path in pages()
    for found in fences(path.read_text(encoding="utf-8"))
    if found.language == "exercise" and "\nkind: choice" not in found.text
    for lang in ("ko", "en")
]
LABEL = re.compile(r"^[^$`=:]*:\s")


def arithmetic(line):
    """Return a worked line without its label and the words around its numbers."""
    text = re.sub(r"\((?:편향|bias)\)|(?: \(bias\))", "", f"{line.filled} {line.steps}".strip())
    return re.split(r"[.;] (?=[가-힣a-z])", LABEL.sub("", text))[0]


def check(exercise):
    """Every line holds, and the last one says the answer and nothing else."""
    lines = exercise.worked.lines
    for line in lines:
        values = chain(re.sub(r"→", "=", arithmetic(line))) if "→" not in line.steps else []
        assert len(set(values)) <= 1, (line, values)
        assert values or "→" in line.steps or matrices(line.steps), line
    answer, last = exercise.answer, lines[-1]
    if isinstance(answer, list):
        assert matrices(last.steps) == [answer]
        assert chain(arithmetic(lines[0]))[-1] in (answer[0][0], *_partial(exercise))
    else:
        said = re.split(r"=|→", arithmetic(last))[-1]
        if "drop" in last.steps or "버리고" in last.steps:
            said = re.findall(r"\d+", last.steps)[-1]
        assert value(said) == answer


def _partial(exercise):
    """The sums over the channels of the first cell, of which the first line gives one."""
    call = exercise.given["call"]
    window, kernel = call.window((0, 0, 0)), call.turned[0]
    return [(window[c] * kernel[c]).sum().item() for c in range(len(window))]


@pytest.mark.parametrize(("text", "lang"), ASKED)
def test_every_worked_line_of_the_pages_holds_and_ends_in_the_answer(text, lang):
    check(read(text, lang))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_kind_is_worked_to_its_answer(kind, lang):
    check(read(fence(kind, EXAMPLES[kind][0]), lang))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_made_up_exercises_are_worked_to_their_answers(data):
    some = st.integers(1, 4)
    size, kernel = data.draw(st.integers(13, 40)), data.draw(some)
    window = {name: data.draw(some) for name in ("stride", "dilation")}
    window["padding"] = data.draw(st.integers(0, 3))
    groups = data.draw(some)
    layer = {"kernel_size": kernel, "groups": groups, "out_channels": 2 * groups}
    conv = {**window, "input": [2, 3 * groups, size, size + 3], **layer}
    check_all = {
        "output-shape": conv,
        "multiply-adds": conv,
        "output-size": {**window, "input": size, "kernel_size": kernel},
        "transposed-size": {**window, "input": size, "kernel_size": kernel},
        "weight-shape": {**layer, "in_channels": 3 * groups},
        "parameters": {**layer, "in_channels": 3 * groups, "bias": data.draw(st.booleans())},
        "flatten": {"shape": [2, 3, size, 4], "start_dim": data.draw(st.integers(0, 3))},
        "receptive-field": {
            "layers": data.draw(st.lists(st.tuples(some, some, some).map(list), min_size=1))
        },
    }
    for kind, values in check_all.items():
        check(read(fence(kind, values), data.draw(st.sampled_from(["ko", "en"]))))


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_made_up_cells_are_worked_to_their_answers(data):
    channels = data.draw(st.integers(1, 3))
    numbers = st.integers(-9, 9)

    def draw(*shape):
        return data.draw(_nested(numbers, shape))

    values = {
        "input": draw(channels, 4, 4),
        "weight": draw(2, channels, 2, 2),
        "bias": draw(2),
        "stride": data.draw(st.integers(1, 2)),
        "padding": data.draw(st.integers(0, 1)),
        "flip": data.draw(st.booleans()),
    }
    for lang in ("ko", "en"):
        check(read(fence("cell", {**values, "at": [1, 1, 0]}), lang))
        one = {**values, "weight": values["weight"][:1], "bias": values["bias"][:1]}
        check(read(fence("output", one), lang))


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_made_up_gradients_are_worked_to_their_answers(data):
    numbers, some = st.integers(-9, 9), st.integers(1, 2)
    stride, padding = data.draw(some), data.draw(some) - 1
    wrt, out = data.draw(st.sampled_from(["input", "weight"])), (4 + 2 * padding - 2) // stride + 1
    values = {
        "input": data.draw(_nested(numbers, (4, 4))),
        "weight": data.draw(_nested(numbers, (2, 2))),
        "grad_output": data.draw(_nested(numbers, (out, out))),
        "stride": stride,
        "padding": padding,
        "wrt": wrt,
        "at": [1, data.draw(some) - 1],
    }
    for lang in ("ko", "en"):
        check(read(fence("gradient-cell", values), lang))


def _nested(numbers, shape):
    if not shape:
        return numbers
    return st.lists(_nested(numbers, shape[1:]), min_size=shape[0], max_size=shape[0])
