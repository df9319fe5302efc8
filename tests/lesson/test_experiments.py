"""The measured claims: every sentence from the results, and the results from the experiments."""

import copy

import numpy as np
import pytest
from lesson import experiments, measured
from lesson.examples import HELD_OUT, digits, results
from lesson.experiments import SEEDS, SHIFTS, SIZE_CHAINS, percent


def test_the_result_file_holds_every_run_of_every_experiment():
    found = results()
    for kind, name, _ in experiments.jobs():
        assert len(found[kind][name]) == SEEDS
    assert all(len(run) == len(SHIFTS) for runs in found["shift"].values() for run in runs)
    assert found["setup"]["steps"] == experiments.STEPS
    assert found["setup"]["held_out"] == HELD_OUT


def test_the_costs_in_the_file_are_those_of_the_networks():
    found = results()["cost"]
    assert found == {name: experiments.cost(chain) for name, chain in SIZE_CHAINS.items()}


@pytest.mark.parametrize(
    "job",
    [
        ("size", "cnn2", 0),
        ("permuted", "fc128", 1),
        ("data", "fc128:100", 2),
        ("shift", "fc", 0),
    ],
)
def test_an_experiment_runs_and_gives_the_same_twice(job, monkeypatch):
    monkeypatch.setattr(experiments, "STEPS", 125)
    first = experiments.run(job)
    assert first == experiments.run(job)
    assert len(first) == (len(SHIFTS) if job[0] == "shift" else 1)
    assert all(0.1 < value <= 1 for value in first[:1])


def test_a_shift_moves_the_digit_and_loses_no_ink():
    _, (images, _) = digits()
    for shift in (-6, 0, 6):
        moved = experiments.place(images[:20], shift)
        assert moved.shape == (20, 1, 32, 32)
        np.testing.assert_array_equal(moved[..., 6:26, 6 + shift : 26 + shift], images[:20])
        assert moved.sum() == pytest.approx(images[:20].sum())


@pytest.mark.parametrize("claim", measured.WORDS["ko"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_number_of_a_sentence_is_computed(claim, lang):
    told = measured.sentence(claim, lang)
    for name, value in measured.numbers(claim).items():
        if name != "name":
            assert f"{value:,}" in told


def test_the_shift_sentence_quotes_the_fourth_pixel():
    runs = results()["shift"]["cnn-global"]
    whole = percent([run[4] for run in runs])
    assert f"{whole}%" in measured.sentence("shift", "en")


@pytest.mark.parametrize("claim", ["permuted", "shift"])
def test_a_sentence_that_the_numbers_no_longer_support_is_refused(claim, monkeypatch):
    turned = copy.deepcopy(results())
    turned["permuted"]["cnn8"] = turned["size"]["cnn8"]
    turned["shift"]["cnn-global"] = turned["shift"]["fc"]
    monkeypatch.setattr(measured, "results", lambda: turned)
    with pytest.raises(ValueError, match=f"do not support the sentence `{claim}`"):
        measured.sentence(claim, "ko")
