"""A seeded sample of the fuzz; `python -m tests.fuzz 100000` runs it whole."""

import numpy as np
import pytest

from tests import fuzz

CALLS = 2600


@pytest.fixture(scope="module")
def report():
    return fuzz.run(CALLS, seed=20)


def test_no_random_call_disagrees_with_torch(report):
    assert not report.disagreements, "\n".join(report.disagreements)


@pytest.mark.parametrize("family", [family.__name__ for family in fuzz.FAMILIES])
def test_both_accepted_and_refused_calls_were_drawn(report, family):
    for kind in ("accepted", "refused"):
        assert report.outcomes[family, kind] > CALLS / len(fuzz.FAMILIES) / 20


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
