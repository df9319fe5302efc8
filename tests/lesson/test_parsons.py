"""Puzzles of lines: one right order is known, and it makes what the library makes."""

from itertools import permutations

import numpy as np
import pytest
from lesson.parsons import PUZZLES, WORDS, code

import cnnlib
from cnnlib import grad
from tests.pages.markdown_pages import DOCS, headings

IDS = [puzzle["id"] for puzzle in PUZZLES]
LIBRARY = {
    "convolution": lambda x, w: cnnlib.conv2d(x[None], w[None, None])[0],
    "max-pooling": lambda x: cnnlib.max_pool2d(x[None], 2)[0],
    "transposed": lambda x, w: cnnlib.conv_transpose2d(x[None], w[None, None], stride=2)[0],
    "weight-gradient": lambda x, g: grad.conv2d_weight(x[None] * 1.0, (1, 1, 3, 3), g[None] * 1.0)[
        0, 0
    ],
    "size": lambda **given: cnnlib.shape.conv_output_size(17, 3, 2, 1, 2),
}


def made(puzzle, lines):
    """Return what an order of the lines makes, or None where it cannot run."""
    names = {"np": np}
    try:
        exec(f"{puzzle['setup']}\n{code(lines)}", names)
    except (NameError, SyntaxError):
        return None
    return names[puzzle["result"]]


def right_orders(puzzle):
    """Return every order that makes what the first one makes, found by running them all."""
    wanted = made(puzzle, puzzle["lines"])
    return {
        order
        for order in permutations(puzzle["lines"])
        if (found := made(puzzle, order)) is not None and np.array_equal(found, wanted)
    }


@pytest.mark.parametrize("puzzle", PUZZLES, ids=IDS)
def test_the_lines_make_what_the_library_makes(puzzle):
    names = {"np": np}
    exec(puzzle["setup"], names)
    given = {name: value for name, value in names.items() if name in "xwg"}
    assert np.array_equal(made(puzzle, puzzle["lines"]), LIBRARY[puzzle["id"]](**given))


@pytest.mark.parametrize("puzzle", PUZZLES, ids=IDS)
def test_several_orders_are_right_and_most_are_not(puzzle):
    found = right_orders(puzzle)
    assert len(found) == (2 if puzzle["id"] == "size" else 24)


@pytest.mark.parametrize("puzzle", PUZZLES, ids=IDS)
def test_a_puzzle_is_taught_at_an_anchor_of_a_lesson(puzzle):
    page, anchor = puzzle["lesson"].split("#")
    text = (DOCS / "ko" / page).read_text(encoding="utf-8")
    assert anchor in {found for _, _, found in headings(text)}
    assert WORDS["ko"].keys() == WORDS["en"].keys()
