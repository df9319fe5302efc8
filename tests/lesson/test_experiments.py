"""The experiments: a small version of every comparison is run, and the file is what they give."""

import copy

import numpy as np
import pytest
from lesson import examples
from lesson.examples import HELD_OUT, digits, results
from lesson.experiments import measure, networks, runs
from lesson.experiments.runs import SHIFTS, Job

JOB = Job("size", "cnn2", 0.1, 12, 0, final=False)


@pytest.fixture
def few_digits(monkeypatch):
    """320 digits to learn from, of which 80 are for choosing, and 60 held out."""
    (images, labels), (held, held_labels) = digits()
    small = ((images[:320], labels[:320]), (held[:60], held_labels[:60]))
    monkeypatch.setattr(runs, "digits", lambda: small)
    monkeypatch.setattr(runs, "VALIDATION", 80)
    runs._reader.cache_clear()
    yield small
    runs._reader.cache_clear()


def test_a_small_version_of_every_comparison_runs(few_digits, monkeypatch):
    monkeypatch.setattr(measure, "RATES", (0.05, 0.3))
    monkeypatch.setattr(measure, "STEPS", (10, 20))
    monkeypatch.setattr(measure, "CHOOSING_SEEDS", (100,))
    monkeypatch.setattr(measure, "SEEDS", range(2))
    done = []

    def counted(job):
        done.append(job)
        return runs.run(job)

    found = measure.measure(counted)
    keys = {f"{experiment}/{network}" for experiment, network in measure.names()}
    assert set(found["final"]) == set(found["grid"]) == set(found["chosen"]) == keys
    assert set(found) == set(results())
    assert len(done) == len(keys) * (2 * 2 + 2)
    for key in keys:
        best = max(share for *_, share in found["grid"][key])
        assert [*found["chosen"][key], best] in found["grid"][key]
        assert len(found["final"][key]) == 2


def test_nothing_is_chosen_on_the_held_out_digits(few_digits):
    (images, _), (held, _) = few_digits
    (learned, _), (judged, _) = runs.parts(JOB)
    assert (len(learned), len(judged)) == (240, 80)
    np.testing.assert_array_equal(np.concatenate([learned, judged]), images)
    (learned, _), (judged, _) = runs.parts(Job("size", "cnn2", 0.1, 12, 0, final=True))
    np.testing.assert_array_equal(learned, images)
    np.testing.assert_array_equal(judged, held)


def test_a_training_gives_the_same_twice_and_another_seed_gives_another(few_digits):
    assert runs.run(JOB) == runs.run(JOB)
    nets = [
        runs.trained(networks.SIZE["fc8"], *few_digits[0], Job("size", "fc8", 0.1, 12, seed, True))
        for seed in (0, 1)
    ]
    assert not np.array_equal(nets[0].weights["fc1.weight"], nets[1].weights["fc1.weight"])


def test_shuffled_pixels_are_the_same_pixels_in_one_other_order(few_digits):
    (plain, _), _ = runs.parts(JOB)
    (mixed, _), (judged, _) = runs.parts(Job("permuted", "cnn2", 0.1, 12, 0, final=False))
    rows = [part.reshape(len(part), -1) for part in (plain, mixed)]
    np.testing.assert_array_equal(np.sort(rows[0]), np.sort(rows[1]))
    assert not np.array_equal(*rows)
    order = np.random.default_rng(2026).permutation(400)
    np.testing.assert_array_equal(rows[1], rows[0][:, order])
    np.testing.assert_array_equal(
        judged.reshape(len(judged), -1), few_digits[0][0][240:].reshape(80, -1)[:, order]
    )


def test_an_experiment_with_few_digits_learns_from_so_many_different_ones(few_digits):
    (learned, labels), (judged, _) = runs.parts(Job("data", "fc8:100", 0.1, 12, 3, final=True))
    assert len(np.unique(learned.reshape(100, -1), axis=0)) == len(labels) == 100
    assert len(judged) == 60


def test_the_readers_of_the_first_maps_get_what_the_trained_layers_make(few_digits):
    job = Job("stage", "pool1", 0.1, 12, 0, final=True, below=(0.1, 12))
    (maps, _), (judged, _) = runs.parts(job)
    assert maps.shape == (320, 8, 8, 8)
    assert judged.shape == (60, 8, 8, 8)
    net = runs.trained(networks.SIZE["cnn8"], *few_digits[0], Job("size", "cnn8", 0.1, 12, 0, True))
    net.forward(few_digits[0][0])
    np.testing.assert_array_equal(maps, net._inputs["conv2"])


def test_a_shift_moves_the_digit_and_loses_no_ink():
    _, (images, _) = digits()
    for shift in (-6, 0, 6):
        moved = runs.place(images[:20], shift)
        assert moved.shape == (20, 1, 32, 32)
        np.testing.assert_array_equal(moved[..., 6:26, 6 + shift : 26 + shift], images[:20])
        assert moved.sum() == pytest.approx(images[:20].sum())


def test_a_run_that_was_stopped_goes_on_where_it_stopped(tmp_path):
    asked = []

    def runner(job):
        asked.append(job)
        return [0.5]

    for _ in range(2):  # the second time in a new process, say
        look_up = measure.remembering(tmp_path / "log.jsonl", runner)
        assert look_up(JOB) == [0.5]
    assert asked == [JOB]


def test_the_result_file_holds_every_run_of_every_experiment():
    found = results()
    for experiment, network in measure.names():
        key = f"{experiment}/{network}"
        assert len(found["final"][key]) == len(measure.SEEDS) >= 5
        tried = [(rate, steps) for rate, steps, _ in found["grid"][key]]
        assert tried == [(rate, steps) for rate in measure.RATES for steps in measure.STEPS]
        assert tuple(found["chosen"][key]) == measure.choose(found["grid"][key])
    shifted = [run for key, all_ in found["final"].items() if key[:5] == "shift" for run in all_]
    assert all(len(run) == len(SHIFTS) for run in shifted)
    assert found["setup"]["held_out"] == HELD_OUT
    assert found["setup"]["seeds"] == len(measure.SEEDS)


def test_layers_and_costs_in_the_file_are_those_of_the_networks():
    found = results()["networks"]
    for experiment, network in measure.names():
        assert found[f"{experiment}/{network}"] == measure.described(experiment, network)


def test_the_first_run_in_the_file_comes_out_again():
    """The smallest network of the file, trained here with the schedule that was chosen."""
    found = copy.deepcopy(examples.results())
    rate, steps = found["chosen"]["size/fc8"]
    again = runs.run(Job("size", "fc8", rate, steps, 0, final=True))
    assert again[0] == pytest.approx(found["final"]["size/fc8"][0], abs=0.01)
