"""Checks are drawn fairly: a skill has its lesson, an answer its way, a mistake its words."""

import json
import re

import pytest
from lesson.mastery import LAWS, SKILLS, WORDS, laws
from lesson.mastery.draw import draw
from lesson.mastery.parts import page_of, parts
from lesson.misconception import TEXTS

from tests.pages.markdown_pages import DOCS, headings

SEEDS = range(1, 1_000_000, 9973)


@pytest.mark.parametrize("skill", SKILLS)
def test_a_skill_is_taught_at_an_anchor_of_a_lesson(skill):
    page, anchor = SKILLS[skill]["lesson"].split("#")
    text = (DOCS / "ko" / page).read_text(encoding="utf-8")
    assert anchor in {found for _, _, found in headings(text)}


def test_every_skill_belongs_to_one_part():
    found = [name for _, names in parts("ko") for name in names]
    assert sorted(found) == sorted(SKILLS)
    assert len(parts("ko")) >= 4


@pytest.mark.parametrize("skill", SKILLS)
def test_many_seeds_give_many_exercises_in_which_each_mistake_shows(skill):
    found = [draw(skill, seed) for seed in SEEDS]
    assert len({json.dumps(each.given) for each in found}) >= 8
    for each in found:
        assert set(SKILLS[skill]["told"]) <= {name for name, _ in each.wrong}
        assert all(wrong != each.answer for _, wrong in each.wrong)


@pytest.mark.parametrize("skill", [name for name, entry in SKILLS.items() if "law" in entry])
def test_the_last_step_of_a_law_is_the_answer_or_a_part_of_it(skill):
    law = SKILLS[skill]["law"]
    for seed in SEEDS:
        drawn = draw(skill, seed)
        ends = [laws.steps(law, letters)[-1][2] for letters in laws.letters(law, drawn.given)]
        if SKILLS[skill]["form"] == "number":
            assert ends == [drawn.answer]
        else:
            assert set(ends) <= set(drawn.answer)


@pytest.mark.parametrize("skill", SKILLS)
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_question_names_every_number_that_is_drawn(skill, lang):
    entry = SKILLS[skill]
    named = set(re.findall(r"{(\w+)}", entry["ask"][lang]))
    drawn = {name for name, spec in entry["draw"].items() if isinstance(spec, list | dict)}
    shown = {
        name for name, spec in entry["draw"].items() if isinstance(spec, dict) and "of" in spec
    }
    assert drawn - shown <= named <= drawn | {"channels", "features", "kernel_size", "padding"}


def test_both_languages_say_the_same_things_and_every_step_has_its_words():
    def keys(value):
        return {k: keys(v) for k, v in value.items()} if isinstance(value, dict) else None

    assert keys(WORDS["ko"]) == keys(WORDS["en"])
    steps = {name for law in LAWS.values() for name, _ in law["steps"]}
    assert steps | {"sum"} == set(WORDS["ko"]["steps"])
    assert {name for entry in SKILLS.values() for name in entry["told"]} <= set(TEXTS)


@pytest.mark.parametrize("law", [name for name, entry in LAWS.items() if "skill" in entry])
def test_a_law_that_fades_is_the_law_of_its_skill(law):
    skill = SKILLS[LAWS[law]["skill"]]
    assert (skill["law"], skill["form"]) == (law, "number")
    assert page_of(LAWS[law]["skill"]).endswith(".md")
