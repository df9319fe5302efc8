"""The picture of the rooms in cnnlib's first lines is what the imports say."""

import ast
import re

import pytest

import cnnlib
from tests.pages.markdown_pages import ROOT

LIBRARY = ROOT / "cnnlib"
PICTURE = [
    re.split(r"\s{3,}", line.strip())
    for line in cnnlib.__doc__.split("below:\n\n")[1].split("\n\n")[0].splitlines()
]
ROOMS = {path.stem for path in LIBRARY.iterdir() if path.suffix == ".py" or path.is_dir()}
ROW = {room: row for row, cells in enumerate(PICTURE) for room in cells if room in ROOMS}


def imported(path):
    """Yield the rooms of the library that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cnnlib":
            below = node.module.split(".")[1:]
            yield from [below[0]] if below else [alias.name for alias in node.names]
        if isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1] for alias in node.names if alias.name.startswith("cnnlib.")
            )


def test_every_room_is_in_the_picture_once():
    drawn = [room for cells in PICTURE for room in cells if room in ROOMS]
    assert sorted(drawn) == sorted(ROOMS - {"__init__", "__pycache__"})


@pytest.mark.parametrize("room", sorted(ROW))
def test_a_room_uses_only_those_above_it(room):
    place = LIBRARY / room
    for path in place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]:
        for other in imported(path):
            if other != room:
                assert ROW[other] < ROW[room], f"{path} imports {other}"
