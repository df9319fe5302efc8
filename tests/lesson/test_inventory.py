"""The inventory: wrong choices are wrong, distinct, made by one mistake; forms are parallel."""

from collections import Counter

import pytest
from lesson import misconception
from lesson.exercise.kinds import KINDS
from lesson.inventory.html import WORDS, inventory, key
from lesson.inventory.items import FORMS, ITEMS, items
from lesson.mastery import SKILLS
from lesson.misconception import TEXTS

BOTH = [pytest.param(*pair, id=pair[0].id) for pair in zip(*map(items, FORMS), strict=True)]
EACH = [pytest.param(form, n, id=f"{form}-{ITEMS[n]['id']}") for form in FORMS for n in range(20)]


def test_there_are_twenty_items_in_two_forms():
    assert [len(items(form)) for form in FORMS] == [20, 20]
    assert len({item["id"] for item in ITEMS}) == 20
    assert len({item["measures"]["ko"] for item in ITEMS}) == 20


@pytest.mark.parametrize(("form", "n"), EACH)
def test_each_wrong_choice_is_what_its_mistake_computes(form, n):
    item, entry = items(form)[n], ITEMS[n]
    kind = entry.get("kind") or SKILLS[entry["skill"]]["kind"]
    given = KINDS[kind].check(item.given)
    answer = KINDS[kind].answer(given)
    assert [choice.value for choice in item.choices if choice.mistake is None] == [answer]
    for choice in item.choices:
        if choice.mistake:
            assert choice.mistake in misconception.diagnose(kind, given, answer, choice.value)
            assert choice.value != answer
            assert set(TEXTS[choice.mistake]) == {"ko", "en"}
    assert len({choice.text for choice in item.choices}) == 4


@pytest.mark.parametrize(("one", "other"), BOTH)
def test_the_forms_are_parallel(one, other):
    mistakes = [Counter(choice.mistake for choice in item.choices) for item in (one, other)]
    assert mistakes[0] == mistakes[1]
    assert one.given != other.given
    assert one.given.keys() == other.given.keys()
    right = [item.choices[item.right].text for item in (one, other)]
    assert right[0] != right[1]
    assert one.measures == other.measures


@pytest.mark.parametrize("form", FORMS)
def test_no_place_is_right_more_often_than_another(form):
    assert Counter(item.right for item in items(form)) == dict.fromkeys(range(4), 5)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_key_names_every_mistake_and_the_forms_tell_no_answer(lang):
    text, shown = key(lang), inventory(lang).split("</form>", 1)[1]
    for entry in ITEMS:
        assert entry["measures"][lang] in text
        for mistake in entry["wrong"]:
            assert f"<code>{mistake}</code>" in text
            assert TEXTS[mistake][lang] not in shown
    assert WORDS[lang]["rightOf"] not in shown
    assert WORDS["ko"].keys() == WORDS["en"].keys()


def test_ideas_are_measured_more_than_once():
    """A mistake that an item shows can be met again in another: one slip is no idea."""
    met = Counter(mistake for entry in ITEMS for mistake in entry["wrong"])
    assert sum(times > 1 for times in met.values()) >= 8
