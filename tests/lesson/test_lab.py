"""The digit lab's still figure: its numbers are the network's own."""

import json
import re

import numpy as np
import pytest
from bs4 import BeautifulSoup
from lesson import weights
from lesson.examples import digits
from lesson.lab import START, percent, render, samples, stages

from cnnlib import softmax


@pytest.fixture(scope="module", params=["ko", "en"])
def figure(request):
    return BeautifulSoup(render("lab", request.param), "html.parser")


def scores_of_start():
    """The ten scores of the digit that the figure shows, the whole network at once."""
    ink = samples()[START][1]
    return weights.load().forward((ink / np.float32(255))[None, None])[0]


def test_the_table_holds_the_networks_scores_and_probabilities(figure):
    scores = scores_of_start()
    shares = softmax(scores, dim=0)
    for digit, row in enumerate(figure.select("tbody tr")):
        _, share, score = (cell.text for cell in row.select("td"))
        assert row.th.text == str(digit)
        assert float(score.replace("−", "-")) == pytest.approx(scores[digit], abs=0.0051)
        assert share == percent(shares[digit])


def test_the_answer_is_the_largest_score_and_right(figure):
    assert int(scores_of_start().argmax()) == START
    assert re.search(r"\d", figure.select_one(".cnn-lab-answer").text)[0] == str(START)
    assert figure.select_one(".cnn-best th").text == str(START)


def test_every_map_states_its_largest_value(figure):
    made = stages(samples()[START][1])
    for stage in ("relu1", "relu2"):
        for o, plane in enumerate(made[stage]):
            said = figure.select_one(f"[data-key='{stage}.{o}'] svg")["aria-label"]
            assert said.endswith(f" {plane.max():.2f}")


def test_shapes_are_those_of_the_stages(figure):
    made = stages(samples()[START][1])
    for stage in ("relu1", "relu2", "flatten", "relu3"):
        said = figure.select_one(f"[data-stage='{stage}'] .cnn-lab-title b").text
        assert said == f"({', '.join(map(str, made[stage].shape))})"


def test_samples_are_held_out_digits_that_the_network_reads():
    held = {np.rint(image * 255).astype(np.uint8).tobytes() for image in digits()[1][0][:, 0]}
    for label, ink in samples():
        assert ink.tobytes() in held
        assert int(stages(ink)["fc2"].argmax()) == label


def test_the_spec_is_json_with_ten_samples(figure):
    spec = json.loads(figure.find("cnn-digit-lab")["spec"])
    assert [sample["label"] for sample in spec["samples"]] == list(range(10))
    assert spec["start"] == START
