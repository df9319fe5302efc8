"""The question of an exercise says what it is given: no right answer is marked wrong.

That every number of its texts is accounted for is tested with the rest of the page.
"""

import re
from itertools import pairwise

import numpy as np
import pytest
import yaml
from lesson.accounts.tokens import values
from lesson.examples import example

from tests.pages.markdown_pages import fences, name, pages

DEFAULTS = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}
DRAWN = ("a", "b", "weight", "bias")  # stand as grids beside the question
# The sides of an image on which the answer does not depend, or that was put in before.
SIDES = {"count-weights": {1024}, "mnist-flatten": {28}}
MEANT = {"컬러": 3, "회색조": 1, "colour": 3, "grey": 1}  # channels
KINDS = ("conv1d", "conv2d", "conv2d-grad", "conv-transpose2d", "pool2d")
ELSEWHERE = {"padded-conv1"}  # asks about a layer of the homework's network

ASKED = [
    pytest.param(
        found.text, path.parent.name, id=f"{name(path)}:{yaml.safe_load(found.text)['id']}"
    )
    for path in pages()
    for found in fences(path.read_text(encoding="utf-8"))
    if found.language == "exercise" and "\nkind: choice" not in found.text
]


def flat(value):
    """Return the numbers of a value of `given`, however deep."""
    if isinstance(value, list):
        return [number for part in value for number in flat(part)]
    return [] if isinstance(value, str | bool) else [value]


def sizes(given):
    """Return the lengths of the arrays that the exercise shows, and their products."""
    found = set()
    for key in ("a", "b", "input", "weight"):
        value = given.get(key)
        if isinstance(value, str) or (isinstance(value, list) and isinstance(value[0], list)):
            array = np.array(example(value) if isinstance(value, str) else value)
            found |= {*array.shape, np.count_nonzero(array)}
            found |= {10} if str(value).startswith("index.") else set()  # 10·row + column
    lengths = given.get("shape") or given.get("input")
    if isinstance(lengths, list) and not isinstance(lengths[0], list):
        found.add(int(np.prod(lengths)))
    return found


def must_stand(given):
    """Return the numbers without which the question could not be answered."""
    needed = []
    for key, value in given.items():
        if key in (*DRAWN, "at", "layers", "start_dim") or isinstance(value, str):
            continue
        if isinstance(value, list) and isinstance(value[0], list):
            continue
        implied = {1} if key in ("input", "out_channels") else {DEFAULTS.get(key)}
        needed += [number for number in flat(value) if number not in implied]
    return needed


@pytest.mark.parametrize(("text", "lang"), ASKED)
def test_every_number_of_given_stands_in_the_question(text, lang):
    spec = yaml.safe_load(text)
    if spec["id"] in ELSEWHERE or "그림에서" in spec["ask"]:
        return
    said = set(values(spec["ask"])) | {n for word, n in MEANT.items() if word in spec["ask"]}
    # 784 is asked for as 28×28, and a spacing of 2 as one empty cell
    squares = {a * b for a in said for b in said}
    assert [n for n in must_stand(spec["given"]) if n not in said | squares] == []


@pytest.mark.parametrize(("text", "lang"), ASKED)
def test_arguments_in_the_code_of_a_question_are_those_of_given(text, lang):
    spec = yaml.safe_load(text)
    given = spec["given"]
    for key, value in re.findall(r"\b(\w+)=(\([^)]*\)|\d+)", spec["ask"]):
        if key in given and "형상은 (" not in spec["ask"].split(f"{key}=")[0][-30:]:
            wanted = given[key] if isinstance(given[key], list) else [given[key]]
            assert flat(yaml.safe_load(value.replace("(", "[").replace(")", "]"))) in (
                wanted,
                wanted * 2,
            ), key
    for rank in re.findall(r"Conv(\d)d", spec["ask"]):
        sides = (
            given["kernel_size"] if isinstance(given["kernel_size"], list) else given.get("input")
        )
        known = len(sides) - (sides is not given["kernel_size"]) * 2 if sides else 2
        assert int(rank) == known
    for ins, outs in re.findall(r"(?:Conv\dd|Linear)\((\d+), (\d+)", spec["ask"]):
        layer = given.get("in_channels", given.get("in_features"))
        layer = given["input"][1] if layer is None else layer
        assert (int(ins), int(outs)) == (
            layer,
            given.get("out_channels", given.get("out_features")),
        )


@pytest.mark.parametrize("path", pages("ko"), ids=name)
def test_a_question_about_a_figure_is_given_what_a_figure_of_the_page_shows(path):
    found = fences(path.read_text(encoding="utf-8"))
    shown = [yaml.safe_load(f.text) for f in found if f.language in KINDS]
    for fence in found:
        asked = yaml.safe_load(fence.text) if fence.language == "exercise" else {}
        if "그림에서" in asked.get("ask", "") and "given" in asked:
            given = {key: value for key, value in asked["given"].items() if key != "at"}
            same = [all(figure.get(key) == given[key] for key in given) for figure in shown]
            assert any(same), asked["id"]


@pytest.mark.parametrize(("text", "lang"), ASKED)
def test_shapes_places_and_sides_of_a_question_are_those_of_given(text, lang):
    spec = yaml.safe_load(text)
    given, ask = spec["given"], re.sub(r"`\w[^`]*`", " ", spec["ask"])
    lists = [value for value in given.values() if isinstance(value, list)]
    lengths = {
        len(value): value
        for value in (given.get("input"), given.get("shape"))
        if isinstance(value, list)
    }
    for shape in re.findall(r"\((\d+(?:, \d+)+)\)", ask):
        shape = [int(part) for part in shape.split(", ")]
        if spec["id"] != "half-weight":  # names the weight's shape, not the input's
            assert shape == lengths.get(len(shape), shape), shape
    for row, column in re.findall(r"(\d+)행 (\d+)열", ask):
        assert [int(row), int(column)] == given["at"][-2:]
    pairs = {(a, b) for value in lists for a, b in pairwise(value) if isinstance(a, int)}
    pairs |= {(n, n) for n in (*flat(list(given.values())), *sizes(given)) if isinstance(n, int)}
    pairs |= {(round(n**0.5),) * 2 for (n, _) in set(pairs) if n > 0}
    for key in ("input", "weight", "a", "b"):
        value = given.get(key)
        if isinstance(value, str) or (value and isinstance(value, list) and np.ndim(value) > 1):
            pairs.add(np.shape(example(value) if isinstance(value, str) else value)[-2:])
    excused = {(n, n) for n in SIDES.get(spec["id"], ())}
    for a, b in re.findall(r"(\d+)×(\d+)", ask):
        assert (int(a), int(b)) in pairs | excused, (a, b)
