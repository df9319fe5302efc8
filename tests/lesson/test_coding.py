"""Tasks: the right solution is what the library makes, and every wrong one is told apart."""

import ast
import re

import numpy as np
import pytest
from lesson.coding import html, judge, task
from lesson.coding.judge import texts
from lesson.coding.tasks import TASKS

import cnnlib
from cnnlib import grad
from tests.pages.markdown_pages import DOCS

SEEDS = range(20)
WRONG = [(name, each.__name__) for name, given in TASKS.items() for each in given.wrong]


def _conv(x, w, **given):
    return cnnlib.conv2d(x[None], w[None, None], **given)[0]


LIBRARY = {
    "inner-product": cnnlib.inner_product,
    "four-loops": _conv,
    "over-channels": cnnlib.conv2d,
    "strided": lambda x, w, stride: _conv(x, w, stride=stride),
    "zero-padding": lambda x, padding: np.pad(x, padding),
    "reflected": lambda x, padding: np.pad(x, padding, mode="reflect"),
    "dilated": lambda x, w, dilation: _conv(x, w, dilation=dilation),
    "grouped": lambda x, w, groups: cnnlib.conv2d(x, w, groups=groups),
    "output-size": cnnlib.shape.conv_output_size,
    "parameters": lambda i, o, k, groups, bias: cnnlib.shape.conv_parameters(
        i, o, k, groups=groups, bias=bias
    ),
    "max-pooling": lambda x, size: cnnlib.max_pool2d(x[None], size)[0],
    "im2col": lambda x, size: cnnlib.unfold(x[None], size).T,
    "weight-gradient": lambda x, g: grad.conv2d_weight(
        x[None] * 1.0,
        (1, 1, x.shape[0] - g.shape[0] + 1, x.shape[1] - g.shape[1] + 1),
        g[None] * 1.0,
    )[0, 0],
    "input-gradient": lambda g, w: grad.conv2d_input(
        (1, g.shape[0] + w.shape[0] - 1, g.shape[1] + w.shape[1] - 1),
        w[None, None] * 1.0,
        g[None] * 1.0,
    )[0],
    "spread": lambda x, w, stride: cnnlib.conv_transpose2d(x[None], w[None, None], stride=stride)[
        0
    ],
}


def cases(name, seed):
    return list(TASKS[name].cases(np.random.default_rng(seed)))


def alike(one, other):
    one, other = np.asarray(one), np.asarray(other)
    return one.shape == other.shape and np.allclose(one, other)


def as_code(name, function):
    """Return code in which a solution stands under the task's name."""
    return f"from lesson.coding.tasks import TASKS\nwrong = TASKS[{name!r}].wrong\n" + (
        f"{TASKS[name].function} = next(w for w in wrong if w.__name__ == {function!r})\n"
    )


@pytest.mark.parametrize("name", TASKS)
def test_right_solutions_make_what_the_library_makes(name):
    for seed in SEEDS:
        for case in cases(name, seed):
            assert alike(TASKS[name].right(*case), LIBRARY[name](*case))


@pytest.mark.parametrize("name", TASKS)
def test_no_two_solutions_of_a_task_answer_all_cases_alike(name):
    solutions = [TASKS[name].right, *TASKS[name].wrong]
    for seed in SEEDS:
        drawn = cases(name, seed)
        replies = [[each(*case) for case in drawn] for each in solutions]
        for i, one in enumerate(replies):
            for other in replies[:i]:
                assert not all(alike(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(("name", "function"), WRONG)
def test_every_known_mistake_is_named_by_its_own_sentence(name, function, lang):
    verdict = judge.judge(name, as_code(name, function), lang, seed=7)
    assert not verdict["right"]
    assert verdict["said"] == texts()["tasks"][name]["wrong"][function][lang]
    assert {"given", "want", "got"} == set(verdict["case"])


@pytest.mark.parametrize("name", TASKS)
def test_the_solution_that_the_page_shows_is_right_and_its_first_lines_are_not(name):
    assert judge.judge(name, TASKS[name].solution, "ko")["right"]
    begun = judge.judge(name, TASKS[name].starter, "ko")
    assert begun["said"] == texts()["judge"]["nothing"]["ko"]
    assert TASKS[name].solution.startswith(TASKS[name].starter.removesuffix("    ...\n"))


def test_texts_are_of_the_tasks_and_their_mistakes_and_hold_no_numbers():
    said = texts()["tasks"]
    assert set(said) == set(TASKS)
    for name, each in TASKS.items():
        assert set(said[name]["wrong"]) == {wrong.__name__ for wrong in each.wrong}
        for sentence in [said[name]["ask"], *said[name]["wrong"].values()]:
            assert set(sentence) == {"ko", "en"}
            # The one of a law, and the stride, the value or the bias that a sentence is about.
            assert not re.search(r"[2-9]|\d\d", "".join(sentence.values()))


def test_there_are_at_least_twelve_and_every_one_stands_on_a_page():
    placed = [
        found
        for path in (DOCS / "ko").glob("*.md")
        for found in re.findall(r"```write\ntask: (\S+)\n", path.read_text(encoding="utf-8"))
    ]
    assert len(TASKS) >= 12
    assert sorted(placed) == sorted(TASKS)


def tried(code, name="four-loops", lang="en"):
    return judge.judge(name, code, lang, seed=1)


def test_a_function_of_another_name_is_missed():
    other = tried("def correlate(x, w):\n    return x\n")
    assert "no function named cross_correlate" in other["said"]
    assert "no function named" in tried("cross_correlate = 3\n")["said"]
    assert "no function named" in tried("")["said"]


def test_errors_are_explained_with_the_line_they_came_from_and_the_case():
    verdict = tried("def cross_correlate(x, w):\n    return x[9, 9]\n")
    assert verdict["error"].startswith("line 2: return x[9, 9]\nIndexError: index 9")
    assert verdict["said"] != texts()["judge"]["raised"]["en"]
    assert verdict["case"]["given"].startswith("x = array([[")
    broken = tried("def cross_correlate(x, w)\n    return x\n")
    assert "SyntaxError" in broken["error"]
    assert broken["case"] is None


def test_another_shape_and_other_values_are_told_apart():
    whole = tried("def cross_correlate(x, w):\n    return x\n")
    assert "(2, 3) is wanted, got (4, 5)" in whole["said"]
    right = ast.unparse(ast.parse(TASKS["four-loops"].solution))
    other = tried(right.replace("return y", "return y + 1"))
    assert other["said"] == texts()["judge"]["values"]["en"]


@pytest.mark.parametrize("value", ["'text'", "[[1], [2, 3]]", "{}", "object()", "1j", "print"])
def test_whatever_is_returned_is_judged(value):
    for name in TASKS:
        function = TASKS[name].function
        verdict = tried(f"def {function}(*given):\n    return {value}\n", name)
        assert not verdict["right"]
        assert verdict["said"]


def test_what_a_function_changes_in_its_arguments_does_not_reach_the_judge():
    spoilt = TASKS["strided"].solution.replace("    return y", "    x[:] = 0\n    return y")
    assert judge.judge("strided", spoilt, "en")["right"]


def test_a_function_that_prints_without_end_or_exits_is_stopped():
    endless = "def cross_correlate(x, w):\n    while True:\n        print(x)\n"
    assert tried(endless)["error"]
    assert tried("def cross_correlate(x, w):\n    exit()\n")["error"]
    assert tried("while True:\n    print(1)\n")["said"] == texts()["judge"]["printed"]["en"]


def test_a_fence_names_a_task():
    assert 'data-task="four-loops"' in html.task({"task": "four-loops"}, "ko")
    with pytest.raises(ValueError, match=r"`task` must be one of inner-product, .*, got 'five'"):
        html.task({"task": "five"}, "ko")


def test_small_whole_numbers_are_drawn():
    drawn = task.whole(np.random.default_rng(0), 50, 50)
    assert (drawn.min(), drawn.max()) == (-4, 8)
