"""Which part of the course a skill belongs to: the section of the menu where its lesson stands."""

import re
from functools import cache
from pathlib import Path

import yaml

from lesson.mastery import SKILLS

ROOT = Path(__file__).parents[3]
MENU = {"ko": "mkdocs.yml", "en": "mkdocs.en.yml"}


@cache
def parts(lang: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (title, skills) of every part of an edition that has skills, in the menu's order."""
    text = (ROOT / MENU[lang]).read_text(encoding="utf-8")
    menu = yaml.safe_load(text[text.index("\nnav:\n") :])["nav"]
    found = []
    for section in menu:
        [(title, pages)] = section.items() if isinstance(section, dict) else [("", section)]
        skills = tuple(name for name in SKILLS if page_of(name) in _flat(pages))
        if skills:
            found.append((title, skills))
    return tuple(found)


def page_of(skill: str) -> str:
    """Return the file of the lesson that teaches a skill."""
    return SKILLS[skill]["lesson"].split("#")[0]


def _flat(pages: object) -> list[object]:
    """Return the files of a section, however deep; a file may have a title of its own."""
    if isinstance(pages, dict):
        pages = list(pages.values())
    return [each for part in pages for each in _flat(part)] if isinstance(pages, list) else [pages]


def title_of(page: str, lang: str) -> str:
    """Return the title of a lesson."""
    text = (ROOT / "docs" / lang / page).read_text(encoding="utf-8")
    found = re.search(r"^title: (.+)$", text, re.MULTILINE)
    assert found is not None, page
    return found[1]
