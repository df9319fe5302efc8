"""Answers as people write them, and the reason that each typical mistake is given."""

import re

import pytest
from lesson.homework.assignment import read
from lesson.homework.check import check
from lesson.homework.labels import MISTAKES, WHY, WORDS
from lesson.homework.mistakes import PARTS
from lesson.homework.reading import read_shape, readings
from lesson.homework.variant import variant
from lesson.homework.worksheet import EXAMPLES

from tests.lesson.written import RIGHT

STEPS = {step.layer.name: step for step in read("lecture").steps_of("")}
POOL = {step.layer.name: step for step in read("number").steps_of("20260001")}["pool"]


@pytest.mark.parametrize("reply", RIGHT)
def test_a_right_answer_is_right_however_it_is_written(reply):
    assert check(STEPS["conv1"], reply).state == "right"


def test_there_are_forty_written_forms():
    assert len(set(RIGHT)) >= 40


@pytest.mark.parametrize("reply", ["1,440", "10, 1,440", "(10,1,440)", "10 x 1,440", "10, 1440"])
def test_a_comma_may_stand_inside_a_number(reply):
    state = check(STEPS["flatten"], reply).state
    assert state == ("wrong" if reply == "1,440" else "right")
    assert check(STEPS["flatten"], "1,440").misconceptions == ("no-batch",)


@pytest.mark.parametrize(
    "reply",
    [
        "약 16",
        "about 16",
        "16 또는 12",
        "0xff",
        "1e3",
        "--3",
        "3천, 2",
        "h16w16",
        "x",
        "()",
        "16?",
        "모름",
        "16~18",
    ],
)
def test_what_is_no_settled_shape_is_unreadable(reply):
    assert readings(reply) == []
    assert check(STEPS["conv1"], reply).state == "unread"
    assert read_shape(reply) is None


TYPICAL = {
    ("conv1", "(10, 3, 15, 15)"): "no-plus-one",
    ("conv1", "(10, 3, 20, 20)"): "unchanged",
    ("conv1", "(10, 3, 24, 24)"): "added",
    ("conv1", "(10, 1, 16, 16)"): "channels-kept",
    ("conv1", "(10, 4, 16, 16)"): "channels-added",
    ("conv1", "(10, 16, 16, 3)"): "channels-last",
    ("conv1", "(10, 16, 16)"): "no-channels",
    ("conv1", "(3, 16, 16)"): "no-batch",
    ("conv1", "16x16"): "size-only",
    ("conv1", "16"): "one-length",
    ("conv1", "3"): "channel-only",
    ("conv1", "10, 3, 256"): "sides-joined",
    ("conv1", "10, 768"): "flattened-early",
    ("conv1", "7680"): "all-multiplied",
    ("conv1", "(1, 3, 16, 16)"): "batch-one",
    ("conv1", "(3, 10, 16, 16)"): "batch-and-channels-swapped",
    ("conv1", "(10, 3, 16)"): "one-side-written",
    ("conv1", "(10, 1, 20, 20)"): "input-copied",
    ("conv1", "(3, 1, 5, 5)"): "filter-shape",
    ("conv1", "(10, 3, 5, 5)"): "filter-size-kept",
    ("conv1", "(10, 3, 16, 12)"): "sides-differ",
    ("conv1", "(10, 3, 17, 17)"): "size-other",
    ("conv1", "(10, 7, 16, 16)"): "channels-other",
    ("conv1", "(9, 3, 16, 16)"): "batch-changed",
    ("conv1", "(10, 3)"): "axes-fewer",
    ("conv1", "(10, 3, 16, 16, 1)"): "axes-more",
    ("conv1", "(10, 3, 16.5, 16.5)"): "not-whole",
    ("conv2", "(10, 30, 12, 12)"): "channels-multiplied",
    ("conv2", "(10, 13, 12, 12)"): "channels-added",
    ("conv2", "(10, 3, 12, 12)"): "channels-kept",
    ("conv2", "(10, 12, 12)"): "no-batch",
    ("conv2", "12x12"): "size-only",
    ("conv2", "14400"): "all-multiplied",
    ("conv2", "10, 10, 144"): "sides-joined",
    ("flatten", "1440"): "no-batch",
    ("flatten", "14400"): "batch-merged",
    ("flatten", "(10, 34)"): "lengths-added",
    ("flatten", "(10, 144)"): "channels-forgotten",
    ("flatten", "(10, 10, 144)"): "channels-kept-apart",
    ("flatten", "(10, 120)"): "one-side",
    ("flatten", "(1440, 10)"): "flat-swapped",
    ("flatten", "(10, 1440, 1, 1)"): "ones-kept",
    ("flatten", "(100, 144)"): "batch-with-channels",
    ("flatten", "(1, 1440)"): "batch-one",
    ("flatten", "(1, 14400)"): "batch-into-features",
    ("flatten", "(10, 12, 12)"): "no-batch-nor-join",
    ("flatten", "(10, 10)"): "averaged",
    ("flatten", "(10, 10, 12, 12)"): "unchanged",
    ("flatten", "(10, 1441)"): "features-other",
    ("fc1", "(10, 1440)"): "features-kept",
    ("fc1", "50"): "no-batch",
    ("fc1", "(50, 10)"): "in-out-swapped",
    ("fc1", "(50, 1440)"): "weight-shape",
    ("fc1", "(1440, 50)"): "weight-shape",
    ("fc1", "(10, 1490)"): "features-summed",
    ("fc1", "(10, 1390)"): "features-subtracted",
    ("fc1", "72050"): "parameters-counted",
    ("fc1", "(10, 1440, 50)"): "features-appended",
    ("fc1", "(10, 72000)"): "features-multiplied",
    ("fc1", "10"): "batch-only",
    ("fc1", "(1, 50)"): "batch-one",
    ("fc1", "(10, 50, 1, 1)"): "ones-kept",
    ("fc1", "500"): "all-multiplied",
}


@pytest.mark.parametrize(("step", "reply"), TYPICAL)
def test_a_typical_mistake_is_met_with_its_own_reason(step, reply):
    verdict = check(STEPS[step], reply)
    assert verdict.state == "wrong"
    assert TYPICAL[step, reply] in verdict.misconceptions


def test_there_are_sixty_typical_mistakes():
    assert len(TYPICAL) >= 60


def test_what_pooling_gets_wrong_has_its_reasons():
    n, c, h, _ = POOL.before
    replies = {"pool-stride-one": (n, c, h - 1, h - 1), "pool-channels": (n, 1, h // 2, h // 2)}
    for name, wrong in replies.items():
        assert name in check(POOL, str(wrong)).misconceptions


def test_every_misconception_of_every_step_is_named():
    for number in map(str, range(300)):
        for step in read("number").steps_of(number):
            for name, wrong in step.misconceptions():
                assert name in check(step, str(wrong)).misconceptions


def test_the_list_of_names_is_all_that_a_network_can_need():
    found = {
        name
        for number in map(str, range(500))
        for step in read("number").steps_of(number)
        for name, _ in step.misconceptions()
    }
    assert found | set(PARTS) == set(MISTAKES) == set(WHY)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_feedback_holds_the_answer_for_a_thousand_numbers(lang):
    words = WORDS[lang]
    said = [WHY[name][lang] for name in MISTAKES]
    said += [
        words[key]
        for key in ("unread", "empty", "wrong", "carried", "repeated", "blanksWrong", "maybe")
    ]
    rules = {kind: words["rule"][kind] for kind in EXAMPLES}
    numbers = (str(20260000 + 13 * i) for i in range(1000))
    networks = [read("lecture").steps_of(""), *map(read("number").steps_of, numbers)]
    for asked in networks:
        for step in asked:
            example = EXAMPLES[step.layer.kind]
            texts = [*said, rules[step.layer.kind], example.worked]
            digits = re.escape(", ".join(map(str, step.after)))
            for text in texts:
                assert not re.search(rf"(?<!\d){digits}(?!\d)", text)
                if step.layer.kind == "flatten":
                    assert str(step.after[1]) not in re.findall(r"\d+", text)


def test_the_example_of_a_hint_is_worked_rightly_and_is_nobodys_step():
    for example in EXAMPLES.values():
        assert str(example.after) in example.worked
    for number in map(str, range(1000)):
        assert variant(number).batch != 4


def test_a_forgotten_batch_costs_once():
    earlier, points = None, []
    for step in STEPS.values():
        reply = str(step.after[1:]).replace(",)", ")")
        points.append(check(step, reply, earlier).points)
        earlier = reply
    assert points == [0, 1, 1, 1, 1]


def test_channels_at_the_end_throughout_cost_once():
    assert check(STEPS["conv1"], "(10, 16, 16, 3)").points == 0
    verdict = check(STEPS["conv2"], "(10, 12, 12, 10)", earlier="(10, 16, 16, 3)")
    assert (verdict.state, verdict.misconceptions) == ("repeated", ("channels-last",))


def test_a_step_that_starts_from_a_wrong_shape_is_carried_on():
    verdict = check(STEPS["conv2"], "(10, 10, 11, 11)", earlier="(10, 3, 15, 15)")
    assert (verdict.state, verdict.points) == ("carried", 0.5)
    assert check(STEPS["conv2"], "(10, 11, 11)", earlier="(3, 15, 15)").state == "carried"
    assert check(STEPS["conv2"], "(10, 10, 11, 11)", earlier="(10, 3, 16, 16)").state == "wrong"


@pytest.mark.parametrize(
    "earlier", ["nonsense", "9" * 80, "(10, 0, 3, 3)", "(1, 1, 1, 1)", "1.5 2"]
)
def test_a_useless_earlier_shape_changes_nothing(earlier):
    assert check(STEPS["conv2"], "(1, 2)", earlier).state == "wrong"
