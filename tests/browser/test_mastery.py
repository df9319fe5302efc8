"""Checks and fading answers in a browser: the command's exercises, boxes, a check to its end."""

import json
import re
from pathlib import Path

import pytest
from lesson.exercise.writing import tuple_text
from lesson.mastery import LAWS, SKILLS, WORDS, laws
from lesson.mastery.draw import draw
from lesson.mastery.parts import parts

from tests.site.barriers import barriers

KO = WORDS["ko"]
DRAWN = """async ([site, skills, laws, seeds]) => {
  const { drawn, lettersOf, stepsOf } = await import(`${site}cnn/mastery.js`);
  return Object.values(skills).map((skill) => seeds.map((seed) => {
    const { given, answer, wrong } = drawn(skill, seed);
    const steps = skill.law && lettersOf(skill.law, given).map((letters) =>
      stepsOf(laws[skill.law], letters).map(({ name, text, value }) => [name, text, value]));
    return JSON.stringify([given, answer, wrong, steps ?? null]);
  }));
}"""
BOXES = """async ([site, script]) => {
  const boxes = await import(`${site}cnn/mastery.js`);
  return new Function("boxes", script)(boxes);
}"""


@pytest.fixture
def check(page, site_url, errors):
    page.goto(f"{site_url}check/")
    page.locator(".cnn-mastery__parts button").first.wait_for()
    yield page.locator("cnn-mastery")
    assert errors == []


def now(page):
    """The skill and the exercise that the check asks now."""
    run = page.evaluate("document.querySelector('cnn-mastery').run")
    entry = run["list"][run["at"]]
    return entry, draw(entry["skill"], entry["seed"])


def typed(answer):
    return tuple_text(answer) if isinstance(answer, list | tuple) else str(answer)


def reply(page, check, text):
    check.locator("[name=answer]").fill(text)
    check.get_by_role("button", name=KO["check"]).click()
    check.locator("[data-do=next]").wait_for()


def begin(page, check, part=1, seed=7):
    check.evaluate("(element, [part, seed]) => element.begin(part, seed)", [part, seed])
    check.locator("cnn-exercise:defined").wait_for()
    page.wait_for_function("document.querySelector('cnn-mastery cnn-exercise').form")


def test_every_seed_makes_the_exercises_of_the_command(page, site_url):
    seeds = list(range(3, 2**32, 43_000_003))
    page.goto(site_url)
    found = page.evaluate(DRAWN, [site_url, SKILLS, LAWS, seeds])
    for (skill, entry), rows in zip(SKILLS.items(), found, strict=True):
        for seed, row in zip(seeds, rows, strict=True):
            mine = draw(skill, seed)
            law = entry.get("law")
            steps = law and [laws.steps(law, one) for one in laws.letters(law, mine.given)]
            wanted = json.loads(json.dumps([mine.given, mine.answer, mine.wrong, steps]))
            assert json.loads(row) == wanted, (skill, seed)


def test_a_check_counts_first_answers_and_asks_again_what_went_wrong(page, check):
    begin(page, check)
    wrong, _ = now(page)
    reply(page, check, "987654")
    reply(page, check, typed(now(page)[1].answer))  # a second try changes nothing
    seen = []
    while True:
        check.locator("[data-do=next]").click()
        if check.locator(".cnn-mastery__result").count():
            break
        page.wait_for_function("document.querySelector('cnn-mastery cnn-exercise').form")
        entry, drawn = now(page)
        seen.append(entry)
        reply(page, check, typed(drawn.answer))
    assert len(seen) == 5  # four more, and the first one again
    assert (seen[-1]["skill"], seen[-1]["again"]) == (wrong["skill"], True)
    assert seen[-1]["seed"] != wrong["seed"]
    said = KO["result"].replace("{all}", "5").replace("{right}", "4")
    assert check.locator(".cnn-mastery__head").text_content() == said
    assert check.locator("[data-right=false]").count() == 1


def test_the_worked_answer_opened_first_counts_as_wrong(page, check):
    begin(page, check)
    check.locator("summary").click()
    check.locator("[data-do=next]").wait_for()
    skill = now(page)[0]["skill"]
    kept = page.evaluate("skill => localStorage.getItem(`cnn-mastery:${skill}`)", skill)
    assert json.loads(kept)["box"] == 1


def test_a_mistake_is_named_as_the_exercises_name_it(page, check):
    from lesson.misconception import TEXTS

    begin(page, check)
    name, wrong = now(page)[1].wrong[0]
    reply(page, check, typed(wrong))
    assert TEXTS[name]["ko"] in check.locator("[role=status]").first.text_content()


def test_a_reload_goes_on_where_the_check_was(page, check):
    begin(page, check)
    reply(page, check, "1")
    check.locator("[data-do=next]").click()
    before = now(page)[0]
    page.reload()
    check.locator("cnn-exercise").wait_for()
    assert now(page)[0] == before
    check.get_by_role("button", name=KO["stop"]).click()
    assert check.locator(".cnn-mastery__parts").is_visible()


def test_questions_are_asked_of_the_part_and_of_those_before(page, check):
    own = [set(names) for _, names in parts("ko")]
    for part in range(len(own)):
        for seed in range(20):
            check.evaluate("(element, [p, s]) => element.begin(p, s)", [part, seed])
            run = page.evaluate("document.querySelector('cnn-mastery').run.list")
            asked = [entry["skill"] for entry in run]
            assert len(asked) == min(5, 2 * len(own[part]) + min(2, len(set().union(*own[:part]))))
            assert max(map(asked.count, asked)) <= 2
            before = set().union(*own[:part]) if part else set()
            assert set(asked) <= own[part] | before
            assert sum(skill in before for skill in asked) == min(2, len(before))


def test_boxes_space_what_is_known(page, check, site_url):
    script = """
      const DAY = 864e5, days = [];
      for (const right of [true, true, true, true, true, false]) {
        boxes.record("inner", right, 1000);
        const { box, due } = boxes.boxOf("inner");
        days.push([box, (due - 1000) / DAY]);
      }
      return [days, boxes.isDue(boxes.boxOf("inner"), 1000), boxes.boxOf("inner").seen];
    """
    page.evaluate("localStorage.clear()")
    days, due, seen = page.evaluate(BOXES, [site_url, script])
    assert days == [[2, 1], [3, 3], [4, 7], [5, 21], [5, 21], [1, 0]]
    assert (due, seen) == (True, 6)


def test_what_is_due_is_asked_first_whatever_its_part(page, check, site_url):
    script = """
      boxes.record("flatten", false, 5);
      boxes.record("padded-size", false, 5);
      boxes.record("inner", true, Date.now());
    """
    page.evaluate(BOXES, [site_url, script])
    page.reload()
    check.locator("[data-do=due]").click()
    run = page.evaluate("document.querySelector('cnn-mastery').run.list")
    assert {entry["skill"] for entry in run} == {"flatten", "padded-size"}


def test_two_tabs_lose_nothing(page, check, context, site_url):
    other = context.new_page()
    other.goto(f"{site_url}check/")
    for turn in range(6):
        tab = page if turn % 2 else other
        tab.evaluate(BOXES, [site_url, "boxes.record('inner', true)"])
        second = "flatten" if turn % 2 else "one-cell"
        tab.evaluate(BOXES, [site_url, f"boxes.record('{second}', false)"])
    kept = page.evaluate(
        "name => JSON.parse(localStorage.getItem(`cnn-mastery:${name}`)).seen", "inner"
    )
    assert kept == 6
    assert (
        "6" in check.locator("[data-skill=inner]").text_content()
    )  # this tab shows what the other wrote


def test_the_record_is_exported_erased_and_taken_back(page, check, tmp_path):
    begin(page, check)
    skill = now(page)[0]["skill"]
    reply(page, check, typed(now(page)[1].answer))
    check.get_by_role("button", name=KO["stop"]).click()
    check.locator("summary").click()
    with page.expect_download() as started:
        check.locator("[data-do=export]").click()
    file = tmp_path / "mastery.json"
    file.write_bytes(Path(started.value.path()).read_bytes())
    assert list(json.loads(file.read_text())["skills"]) == [skill]
    check.locator("[data-do=erase]").click()
    assert page.evaluate("localStorage.length") > 0  # asked twice
    check.locator("[data-do=erase]").click()
    assert not page.evaluate(
        "Object.keys(localStorage).some((key) => key.startsWith('cnn-mastery:'))"
    )
    check.locator("[type=file]").set_input_files(file)
    check.locator("[role=status]", has_text=KO["imported"]).wait_for()
    assert page.evaluate("skill => Boolean(localStorage.getItem(`cnn-mastery:${skill}`))", skill)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"format": "cnnlib-mastery-1", "skills": null}',
        '{"format": "x", "skills": {}}',
    ],
)
def test_what_is_no_record_is_refused(page, check, tmp_path, text):
    file = tmp_path / "other.json"
    file.write_text(text)
    check.locator("summary").click()
    check.locator("[type=file]").set_input_files(file)
    check.locator("[role=status]", has_text=KO["notImported"]).wait_for()


@pytest.mark.parametrize(
    "entry", ['{"box": 9, "due": 0, "seen": 1, "right": 1, "when": 1}', "7", '"<b>"', "{"]
)
def test_a_broken_entry_counts_as_none(page, check, entry):
    page.evaluate("entry => localStorage.setItem('cnn-mastery:inner', entry)", entry)
    page.reload()
    check.locator("summary").click()
    assert KO["unseen"] in check.locator("[data-skill=inner]").text_content()


def test_a_whole_question_by_keyboard(page, check):
    check.locator(".cnn-mastery__parts button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('cnn-mastery cnn-exercise')?.form")
    assert page.evaluate("document.activeElement.className") == "cnn-mastery__head"
    page.keyboard.press("Tab")
    page.keyboard.type(typed(now(page)[1].answer))
    page.keyboard.press("Enter")
    check.locator("[data-verdict=right]").wait_for()
    while page.evaluate("document.activeElement.dataset.do") != "next":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "cnn-mastery__head"
    assert "2" in check.locator(".cnn-mastery__head").text_content()


@pytest.mark.parametrize("law", [name for name, entry in LAWS.items() if "skill" in entry])
def test_a_worked_answer_fades_to_nothing(page, check, law):
    fading = page.locator("cnn-fading")
    fading.locator("select").select_option(law)
    assert fading.locator("input").count() == 0
    fading.locator("[data-do=next]").click()
    shown = fading.locator(".cnn-mastery__steps").text_content()
    at = fading.evaluate("""(element) => [...element.querySelectorAll(".cnn-mastery__steps li")]
      .findIndex((line) => line.querySelector("input"))""")
    steps = LAWS[law]["steps"]
    uses = [later for _, later in steps[at + 1 :] if re.search(rf"\b{steps[at][0]}\b", later)]
    assert ("□" in shown) == bool(uses)  # later steps do not give it away
    fading.locator("[name=step]").fill("123456789")
    page.keyboard.press("Enter")
    assert fading.locator("[data-do=next]").count() == 0
    line = fading.locator(".cnn-mastery__steps li").nth(at)
    value = line.locator(".cnn-mastery__work").text_content()
    plain = (
        value.replace("=", "")
        .replace("·", "*")
        .replace("−", "-")
        .replace("⌊", "int(")
        .replace("⌋", ")")
    )
    fading.locator("[name=step]").fill(str(int(eval(plain))))
    page.keyboard.press("Enter")
    fading.locator("[data-do=next]").click()
    page.wait_for_function("document.querySelector('cnn-fading cnn-exercise')?.form")
    answer = fading.evaluate(
        "(element) => JSON.parse(element.querySelector('cnn-exercise').getAttribute('spec')).answer"
    )
    fading.locator("[name=answer]").fill(str(answer))
    page.keyboard.press("Enter")
    fading.locator("[role=status]", has_text=KO["fading"]["done"]).wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(browser, site_url, scheme):
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{site_url}check/")
    check = page.locator("cnn-mastery")
    check.locator("summary").click()
    assert barriers(page) == []
    for skill_part in range(3):
        check.evaluate("(element, part) => element.begin(part, 5)", skill_part)
        page.wait_for_function("document.querySelector('cnn-mastery cnn-exercise').form")
        check.locator("cnn-exercise summary").click()
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_without_a_script_the_page_says_so(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}check/")
    assert page.get_by_text(KO["noScript"]).is_visible()
    assert page.get_by_text(KO["fading"]["noScript"]).is_visible()
    context.close()
