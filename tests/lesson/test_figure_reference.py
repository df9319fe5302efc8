"""What the package says a fence may hold is what it reads: every key, and no other."""

import re
import textwrap

import pytest
import yaml
from lesson import figure
from lesson.figure import (
    RENDER,
    adjoint,
    correlation,
    filters,
    inner_product,
    pad,
    picture,
    pool,
    shapes,
)

from tests.lesson.drawing import Drawing

SAID = figure.__doc__
FULL = textwrap.dedent(SAID.split("may say::\n\n")[1].split("\n\nThe other kinds")[0])
KEYS = {
    "conv2d-grad": adjoint.GRADIENT,
    "conv-transpose2d": adjoint.TRANSPOSE,
    "pool2d": pool.FIELDS,
    "pad2d": pad.FIELDS,
    "inner-product": inner_product.FIELDS,
    "image": picture.FIELDS,
    "filters": filters.FIELDS,
    "shapes": shapes.FIELDS,
}


def test_the_whole_convolution_of_the_reference_is_drawn():
    spec = yaml.safe_load(FULL)
    assert set(spec) == set(correlation.FIELDS)
    assert Drawing("conv2d", **spec).spec["at"] == [0, *spec["at"]]


def test_the_reference_shows_the_defaults():
    told = yaml.safe_load(FULL)
    for key in ("stride", "padding", "dilation", "groups", "padding_mode", "flip"):
        assert told[key] == correlation.FIELDS[key].default


@pytest.mark.parametrize("kind", KEYS)
def test_the_keys_of_the_other_kinds_are_told(kind):
    (told,) = re.findall(rf"^- ``{kind}``: ``([^`]+)``", SAID, re.MULTILINE)
    assert {*told.split(), "id", "caption"} == set(KEYS[kind])


def test_every_kind_is_told():
    assert set(RENDER) - {"conv2d"} <= set(re.findall(r"``([\w-]+)``:", SAID))
