"""Every block of every page gives in wasm what the page recorded, float formatting included."""

import pytest
from lesson.coding.judge import texts
from lesson.coding.tasks import TASKS
from lesson.running.explain import rule

from tests.lesson.mistakes import PYTHON as MISTAKES
from tests.pages.markdown_pages import PYTHON, fences, name, pages
from tests.running.engine import ran, unpacked

BLOCKS = {
    name(path): blocks
    for path in pages()
    if (blocks := [f for f in fences(path.read_text("utf-8")) if f.language in PYTHON])
}


PROVOKED = [f"import numpy as np\nfrom cnnlib import conv2d\nx = np.arange(6).reshape(2, 3)\n{code}"
            for _, code in MISTAKES]  # fmt: skip
UNNOTICED = {"singular"}  # wasm has no flags that say a division went wrong
OWN = [
    "import numpy as np\nx = np.array([[1, 2], [3, 4]])",
    "x.dtype, np.arange(3).dtype, np.ones(2, dtype=int).dtype, np.array([1.7]).astype(int).dtype",
    "np.array([1], np.int32).dtype, np.take(x, np.array([0]), axis=1), np.sum(x > 1), np.argmax(x)",
    "[np.empty(2**30, np.int8) for i in range(9)]",
    "def f():\n    return f()\nf()",
    "while True:\n    print('again')",
    "x[0, 0]",
]
# What a reader may write for each task: the solution, and the first mistake under the task's name.
WRITTEN = [
    [name, code]
    for name, task in TASKS.items()
    for code in (
        task.solution,
        f"from lesson.coding.tasks import TASKS\n{task.function} = TASKS[{name!r}].wrong[0]",
    )
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What came of every block of every page, in one process of Node."""
    given = [[fence.text for fence in blocks] for blocks in BLOCKS.values()]
    folder = unpacked(tmp_path_factory.mktemp("wasm"))
    told = ran(folder, [*given, OWN, WRITTEN, *([code] for code in PROVOKED)])
    names = [*BLOCKS, "own", "tasks", *range(len(PROVOKED))]
    return dict(zip(names, told, strict=True))


@pytest.mark.parametrize("page", BLOCKS)
def test_every_block_gives_the_recorded_output(page, told):
    prints = page == "docs/ko/playground.md"  # a cell shows whatever it prints
    for fence, parts in zip(BLOCKS[page], told[page], strict=True):
        for part in parts:
            if part["needs"] is None:
                quiet = not part["error"] and (prints or not part["got"])
                expected = part["want"] is None and quiet
                assert part["same"] or expected, (page, fence.line, part)
                assert part["warned"] == "", (page, fence.line, part)


def test_whole_numbers_have_64_bits_unless_others_are_asked_for(told):
    made, other = (block[-1]["got"] for block in told["own"][1:3])
    assert made == "(dtype('int64'), dtype('int64'), dtype('int64'), dtype('int64'))\n"
    assert other == ("(dtype('int32'), array([[1],\n       [3]]), np.int64(3), np.int64(3))\n")


def test_memory_recursion_and_output_that_never_end_are_told_and_the_session_goes_on(told):
    memory, deep, long, after = (block[-1] for block in told["own"][3:])
    assert "Unable to allocate 1.00 GiB" in memory["error"]["said"]
    assert deep["error"]["kind"] == "RecursionError"
    assert len(deep["error"]["trace"]) < 10
    assert long["cut"]
    assert after["got"] == "np.int64(1)\n"


def test_mistakes_have_the_same_rules_in_the_python_of_the_pages(told):
    strange = []
    for at, (expected, code) in enumerate(MISTAKES):
        error = told[at][0][-1]["error"]
        if expected in UNNOTICED:
            assert not error
            continue
        if not error or (rule(error["said"])[0] or {}).get("id") != expected:
            strange.append((expected, code, error and error["said"]))
    assert not strange


def test_tasks_are_judged_as_on_the_machines_that_the_pages_were_written_on(told):
    verdicts = told["tasks"]
    assert [each["right"] for each in verdicts] == [True, False] * len(TASKS)
    for (asked, task), wrong in zip(TASKS.items(), verdicts[1::2], strict=True):
        said = texts()["tasks"][asked]["wrong"][task.wrong[0].__name__]["ko"]
        assert wrong["said"] == said, asked
