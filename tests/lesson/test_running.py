"""A page's session as Python sees it: what is skipped, compared, cut; without a browser."""

import ast

import pytest
from lesson.running.needs import lacking, names
from lesson.running.parts import parts
from lesson.running.session import Session
from markdown import Markdown

EXTENSIONS = ["pymdownx.highlight", "pymdownx.superfences", "lesson.console"]


def needs(code):
    without = {}
    return [lacking(statement, without) for statement in ast.parse(code).body]


@pytest.mark.parametrize(
    "code",
    [
        "import torch.nn.functional as F\nF.relu",
        "from torch import nn\nclass Net(nn.Module):\n    pass\nNet()",
        "import torch\ndef f(x):\n    return torch.sum(x)\nf(1)",
        "import torch\nx = [torch.ones(i) for i in range(3)]\nx[0]",
    ],
)
def test_what_comes_of_an_absent_library_needs_it_too(code):
    assert set(needs(code)) == {"PyTorch"}


def test_what_is_made_anew_needs_nothing():
    assert needs("import torch\nx = torch.ones(3)\nx = 3\nx + 1") == ["PyTorch"] * 2 + [None] * 2


def test_names_within_a_function_or_a_comprehension_are_its_own():
    assert needs("import torch\n[i for i in torch.ones(3)]\ni = 3\nlambda torch: torch") == [
        "PyTorch", "PyTorch", None, None,
    ]  # fmt: skip


def test_what_is_changed_from_within_is_bound():
    assert names(ast.parse("x[0].y = z")) == ({"x", "z"}, {"x"})


def test_parts_have_the_lines_of_their_block():
    assert [part.line for part in parts(">>> f(\n...   1)\n2\n>>> g\n")] == [0, 3]
    assert [part.line for part in parts("# first\nx = 1\n\n@f\ndef g():\n    pass\n")] == [1, 3]


def test_a_session_compares_blank_lines_and_tracebacks_as_a_page_shows_them():
    session = Session()
    told = session.run(
        ">>> print('a\\n\\nb')\na\n<BLANKLINE>\nb\n"
        ">>> 1 / 0\nTraceback (most recent call last):\n    ...\n"
        "ZeroDivisionError: division by zero\n"
        ">>> 2\n2\n"
    )
    assert [part["same"] for part in told] == [True, True, True]


def test_an_error_that_is_not_recorded_ends_the_block_with_its_lines():
    session = Session()
    session.run("def f(x):\n    return x[3]\n")
    told = session.run("a = 1\nf([1])\na = 2\n")
    assert len(told) == 2
    error = told[-1]["error"]
    assert error["said"] == "IndexError: list index out of range"
    assert error["why"].startswith("A place beyond the end of the list")
    assert error["trace"] == ["line 2: f([1])", "line 2: return x[3]"]
    assert session.names["a"] == 1


@pytest.mark.parametrize("above", ["", "Traceback (most recent call last):\n  File 'a.py'\n"])
def test_an_error_pasted_in_place_of_code_is_explained(above):
    said = "RuntimeError: mat1 and mat2 shapes cannot be multiplied (10x1440 and 400x50)"
    [part] = Session("ko").run(above + said)
    assert part["error"]["said"] == said
    assert "10x1440" in part["error"]["why"]
    assert "400x50" in part["error"]["why"]


def test_output_is_cut_even_where_the_code_catches_everything():
    told = Session(most=100).run(
        "while True:\n    try:\n        print('x')\n    except Exception:\n        pass"
    )
    assert told[-1]["cut"]
    assert len(told[-1]["got"]) <= 100


def test_code_that_ends_the_program_ends_nothing():
    session = Session()
    assert session.run("exit()")[0]["error"]["kind"] in ("SystemExit", "NameError")
    assert session.run("raise KeyboardInterrupt")[0]["error"]["kind"] == "KeyboardInterrupt"
    assert session.run("1 + 1")[0]["got"] == "2\n"


def test_code_that_cannot_be_read_is_told_as_an_error():
    [part] = Session().run("x = (1,\n")
    assert part["error"]["said"].endswith("SyntaxError: '(' was never closed")


def offered(text):
    html = Markdown(extensions=EXTENSIONS).convert(text)
    return ["data-run" in part, "PyTorch" in part] if (part := html.rpartition("<div")[2]) else None


def test_a_block_is_offered_unless_all_of_it_needs_what_is_absent():
    first = "```python\nimport torch\n```\n\n"
    assert offered(first) == [False, True]
    assert offered(first + "```pycon\n>>> torch.ones(1)\n```") == [False, True]
    assert offered(first + "```pycon\n>>> torch.ones(1)\n>>> 2\n2\n```") == [True, False]
    assert offered(first + "```python\nx = (\n```") == [True, False]
