"""The library's measures: small functions, few parameters, types for all of them."""

import tomllib
from statistics import median, quantiles

import pytest

from tests.package.sources import functions
from tests.pages.markdown_pages import ROOT

FUNCTIONS = functions()
FAST = [f for f in FUNCTIONS if f.place.startswith("fast.")]
OTHERS = [f for f in FUNCTIONS if not f.place.startswith("fast.")]


def test_functions_are_found_in_every_room():
    assert len(OTHERS) > 150
    assert len(FAST) > 80
    assert {f.place for f in FUNCTIONS} >= {"conv.conv2d", "geometry.out", "fast.offsets.task"}
    assert {f.place for f in FUNCTIONS if f.public} >= {"conv.conv2d", "naive.pool.max_pool1d"}


def test_only_functions_with_torchs_arguments_have_more_than_seven_parameters():
    assert not [f.place for f in FUNCTIONS if len(f.parameters) > 7 and not f.public]


def test_every_parameter_has_a_type():
    assert not [
        f"{f.place}({a.arg})" for f in FUNCTIONS for a in f.parameters if a.annotation is None
    ]


@pytest.mark.parametrize(("room", "most"), [(FUNCTIONS, 15), (OTHERS, 15), (FAST, 20)])
def test_nine_bodies_of_ten_are_short(room, most):
    assert quantiles([f.lines for f in room], n=10)[-1] <= most


@pytest.mark.parametrize("room", [FUNCTIONS, OTHERS])
def test_half_of_the_bodies_have_five_lines_at_most(room):
    assert median(f.lines for f in room) <= 5


def test_the_type_checker_is_asked_to_be_strict():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["strict"] is True
    assert settings["packages"] == ["cnnlib"]
    assert set(settings) <= {"strict", "packages", "python_version", "ignore_missing_imports"}
