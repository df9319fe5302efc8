"""A seeded sample of the fuzz; `python -m tests.cnnlib.fuzz 100000` runs it whole."""

import numpy as np
import pytest

from cnnlib.conv import forward
from cnnlib.fast.table import choose
from tests.cnnlib import fuzz

CALLS = 2600


@pytest.fixture(scope="module")
def report():
    return fuzz.run(CALLS, seed=20)


def test_no_random_call_disagrees_with_torch(report):
    assert not report.disagreements, "\n".join(report.disagreements)


@pytest.mark.parametrize("family", [family.__name__ for family in fuzz.FAMILIES])
def test_every_family_is_accepted_often(report, family):
    assert report.outcomes[family, "accepted"] > CALLS / len(fuzz.FAMILIES) / 5


@pytest.mark.parametrize("family", [family.__name__ for family in fuzz.FORWARD + fuzz.BACKWARD])
def test_every_family_is_refused_now_and_then(report, family):
    assert report.outcomes[family, "refused"] > CALLS / len(fuzz.FAMILIES) / 20


def test_the_large_calls_reach_the_engines_other_strategies():
    rng, reached = np.random.default_rng(0), set()
    for _ in range(200):
        given = fuzz.LARGE[0](rng).arguments
        x, w = given["input"].shape, given["weight"].shape
        g = forward(2, x, w, *(given[name] for name in ("stride", "padding", "dilation", "groups")))
        reached.add(choose("output", g, (x[0], w[1], w[0] // g.groups)))
    assert reached >= {"winograd", "offsets", "shifts", "fft"}


def test_known_differences_stay_rare(report):
    agreed = sum(n for (_, kind), n in report.outcomes.items() if kind in ("accepted", "refused"))
    assert agreed > 0.95 * CALLS


def test_a_wrong_value_is_found(monkeypatch):
    right = fuzz.FAMILIES[0]

    def wrong(rng):
        case = right(rng)
        return case._replace(ours=lambda: [a + 1e-6 for a in case.ours()])

    monkeypatch.setattr(fuzz, "FAMILIES", [wrong])
    assert fuzz.run(20).disagreements


def test_an_error_of_another_type_is_found(monkeypatch):
    def crash():
        raise ZeroDivisionError

    case = fuzz.FAMILIES[0](np.random.default_rng(0))._replace(ours=crash)
    monkeypatch.setattr(fuzz, "FAMILIES", [lambda rng: case])
    monkeypatch.setattr(fuzz.FAMILIES[0], "__name__", "crash", raising=False)
    assert fuzz.run(1).disagreements
