"""README and CONTRIBUTING name what there is: places, commands and dependencies."""

import re
import tomllib

import pytest

import dev
from tests.pages.markdown_pages import ROOT

README, CONTRIBUTING = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")
)
PLACE = re.compile(
    r"`((?:\.ci|benchmarks|cnnlib|docs|tests|tools)/[\w./-]*|[\w.-]+\.(?:py|toml|yml|md))`"
)


def places(text):
    """Return the paths that a text names, those that stand for a name to choose left out."""
    return {place for place in PLACE.findall(text) if "NAME" not in place}


def declared():
    """Return the packages that the two projects ask for, their own names left out."""
    found = set()
    for name in dev.PROJECTS:
        project = tomllib.loads((ROOT / name).read_text(encoding="utf-8"))["project"]
        for asked in [project["dependencies"], *project["optional-dependencies"].values()]:
            found.update(re.match(r"[\w-]+", each)[0] for each in asked)
    return found - {"cnnlib"}


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_place_that_is_named_exists(text):
    assert len(places(text)) > 5
    inside = ("", "docs/lesson", "cnnlib", "docs/lesson/data")  # where a bare name may be meant
    for place in places(text):
        assert any((ROOT / folder / place).exists() for folder in inside), place


def test_the_table_says_why_each_dependency_and_names_no_other():
    table = CONTRIBUTING.split("## Why each dependency")[1]
    told = re.findall(r"^\| ([a-z][^|]+) \|", table, re.MULTILINE)
    assert {name for row in told for name in re.split(r"[,;] ", row)} == declared()


def test_every_command_of_the_starter_is_told():
    told = set(re.findall(r"python3 dev\.py (\w+)", README + CONTRIBUTING))
    assert told == set(dev.COMMANDS) - {"build", "show"}  # it tells those itself


def test_contributing_is_short():
    assert len(CONTRIBUTING.splitlines()) <= 90
