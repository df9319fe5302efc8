"""Figures that code asks for are those that a fence draws."""

import re
import subprocess
import sys

import numpy as np
import pytest
from lesson import figure, show
from lesson.running.session import Session

from tests.pages.markdown_pages import ROOT

X, W = np.arange(16).reshape(4, 4), np.array([[1, 2], [0, -1]])


@pytest.fixture(autouse=True)
def nothing_asked():
    show.drawn("ko")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_arrays_draw_what_a_fence_with_their_numbers_draws(lang):
    show.show("conv2d", input=X, weight=W, stride=2, at=[0, 1])
    source = f"id: shown-1\ninput: {X.tolist()}\nweight: {W.tolist()}\nstride: 2\nat: [0, 1]"
    assert show.drawn(lang) == [figure.render("conv2d", source, lang)]
    assert show.drawn(lang) == []


def test_every_kind_that_can_be_shown_is_a_figure():
    assert set(show.KINDS) <= set(figure.RENDER)
    with pytest.raises(ValueError, match=r"`kind` must be one of conv1d, .*, got 'graph'"):
        show.show("graph", input=X)


def test_the_playground_names_every_kind_and_only_keys_that_it_takes():
    page = (ROOT / "docs" / "ko" / "playground.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?) \| (`.+?) \|$", page, re.MULTILINE)
    table = {kind: re.findall("`(.+?)`", keys) for kinds, keys in rows for kind in
             re.findall("`(.+?)`", kinds)}  # fmt: skip
    assert set(table) == set(show.KINDS)
    for kind, keys in table.items():
        with pytest.raises(ValueError, match="has no key 'nonsense'; keys: ") as refusal:
            show.show(kind, nonsense=1)
        assert set(keys) <= set(str(refusal.value).partition("; keys: ")[2].split(", ")), kind


def test_what_is_wrong_is_said_where_it_was_asked_for_and_is_not_drawn():
    with pytest.raises(ValueError, match=r"`stride` must be at least 1, got \(0, 0\)"):
        show.show("conv2d", input=X, weight=W, stride=0)
    with pytest.raises(ValueError, match=r"has no key .colour."):
        show.show("conv2d", input=X, weight=W, colour="red")
    assert show.drawn("ko") == []


def test_a_block_shows_five_figures_at_most_and_the_next_block_begins_anew():
    session = Session("ko")
    code = "from lesson.show import show\n"
    code += "for i in range({}):\n    show('pad2d', input=[[1]], padding=1)\n"
    assert session.run(code.format(5))[-1]["error"] is None
    assert len(show.drawn("ko")) == 5
    assert "at most 5 figures" in session.run(code.format(6))[-1]["error"]["said"]
    assert session.run(code.format(1))[-1]["error"] is None
    assert len(show.drawn("ko")) == 1


def test_a_page_hears_of_the_figures_with_the_parts():
    told = Session("ko").told("from lesson.show import show\nshow('inner-product', a=[1], b=[2])")
    assert '"figures": ["<cnn-inner-product id=' in told
    assert '"figures": []' in Session("ko").told("1 + 1")


def test_figures_are_drawn_without_yaml():
    code = "import sys; sys.modules['yaml'] = None; import lesson.show as s; "
    code += "s.show('conv2d', input=[[1, 2], [3, 4]], weight=[[1]]); print(s.drawn('ko')[0][:9])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "<cnn-conv\n"
