"""The measured sentences: numbers from the results, verdicts true for the whole spread."""

import copy
import re
from string import Formatter

import pytest
from lesson.examples import results
from lesson.measured import tables, told
from lesson.measured.facts import CLAIMS, compare, spread
from lesson.measured.words import WORDS

CASES = [(claim, lang) for claim in CLAIMS for lang in WORDS]


@pytest.mark.parametrize("claim", CLAIMS)
def test_both_languages_have_the_same_verdicts_with_the_same_numbers(claim):
    ko, en = WORDS["ko"][claim], WORDS["en"][claim]
    assert list(ko) == list(en)
    for verdict in ko:
        fields = [sorted({f for _, f, *_ in Formatter().parse(w[verdict]) if f}) for w in (ko, en)]
        assert fields[0] == fields[1], verdict


@pytest.mark.parametrize(("claim", "lang"), CASES)
def test_every_number_of_a_sentence_is_a_fact(claim, lang):
    numbers, verdicts = CLAIMS[claim](results())
    said = told(claim, lang, results())
    for value in numbers.values():
        said = said.replace(f"{value:,}" if isinstance(value, int) else str(value), "")
    assert set(verdicts) <= set(WORDS[lang][claim])
    assert not re.search(r"\d", said), said


def test_ranges_are_compared_at_their_ends():
    assert compare([0.9, 0.95], [0.8, 0.89]) == "above"
    assert compare([0.8, 0.89], [0.9, 0.95]) == "below"
    assert compare([0.8, 0.9], [0.9, 0.95]) == "overlap"
    assert spread([0.9, 0.9]) == "90.0"


@pytest.mark.parametrize(
    ("shares", "verdict"), [(0.99, "below"), (0.2, "above"), (None, "overlap")]
)
def test_the_verdict_follows_the_results(shares, verdict):
    found = copy.deepcopy(results())
    found["final"]["size/fc512"] = [shares] * 5 if shares else found["final"]["size/cnn8"]
    assert CLAIMS["parameters"](found)[1] == [verdict]
    assert WORDS["ko"]["parameters"][verdict].split("{")[0] in told("parameters", "ko", found)


def test_a_run_that_never_learned_is_counted_and_said():
    found = copy.deepcopy(results())
    for name in ("fc", "stride", "pool", "global"):
        found["final"][f"shift/{name}"] = [[0.9] * 7] * 4 + [[0.1] * 7]
    numbers, verdicts = CLAIMS["shift"](found)
    assert numbers["lost"] == 4
    assert "lost" in verdicts
    found["final"] |= {f"shift/{n}": [[0.9] * 7] * 5 for n in ("fc", "stride", "pool", "global")}
    assert "lost" not in CLAIMS["shift"](found)[1]


def test_a_fully_connected_network_that_works_less_for_the_same_is_named():
    found = copy.deepcopy(results())
    found["final"]["size/fc8"] = found["final"]["size/cnn8"]
    numbers, verdicts = CLAIMS["work"](found)
    assert verdicts == ["rival", "overlap"]
    assert numbers["fc_work"] == found["networks"]["size/fc8"]["multiply_adds"]
    for name in ("linear", "fc8", "fc32", "fc128", "fc512"):
        found["final"][f"size/{name}"] = [0.1] * 5
    assert CLAIMS["work"](found)[1] == ["alone"]


def test_the_time_is_a_step_times_the_steps_that_were_chosen():
    found = copy.deepcopy(results())
    found["step_ms"] |= {"cnn8": 4.0, "fc512": 1.0}
    found["chosen"] |= {"size/cnn8": [0.1, 400], "size/fc512": [0.1, 1600]}
    assert CLAIMS["time"](found)[0]["ratio"] == 1.0
    assert CLAIMS["time"](found)[1] == ["alike"]


@pytest.mark.parametrize("lang", WORDS)
def test_the_tables_show_every_network_and_every_trial_of_the_file(lang):
    found = results()
    rows = tables.networks(lang).rows
    assert {row[0] for row in rows} == {key[5:] for key in found["networks"] if key[:5] == "size/"}
    for name, parameters, multiply_adds, ratio, share, layers in rows:
        told = found["networks"][f"size/{name}"]
        assert (parameters, multiply_adds) == (
            f"{told['parameters']:,}",
            f"{told['multiply_adds']:,}",
        )
        assert (share, layers) == (spread(found["final"][f"size/{name}"]), told["architecture"])
        assert float(ratio) >= 1
    grid = {row[0]: row[2:] for row in tables.grid(lang).rows}
    for key, cells in found["grid"].items():
        assert list(grid[key]) == [f"{100 * share:.1f}" for *_, share in cells]
    assert all(len(row) == len(tables.grid(lang).head) for row in tables.grid(lang).rows)


def test_a_rate_of_one_tenth_for_all_would_have_favoured_the_convolutional_network():
    """The notebook says so beside the grid."""
    found = results()

    def share(name, rate):
        return next(s for r, steps, s in found["grid"][name] if (r, steps) == (rate, 1600))

    best = {name: max(s for *_, s in found["grid"][name]) for name in ("size/cnn8", "size/fc512")}
    fair = best["size/cnn8"] - best["size/fc512"]
    assert share("size/cnn8", 0.1) - share("size/fc512", 0.1) > 2 * fair
