"""The benchmark's arithmetic, its tables and its picture; never a time."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from benchmarks import contenders, layers, picture, run, stats, timing


def test_a_ratio_above_one_means_that_ours_took_less():
    assert stats.paired_ratios([2.0, 3.0], [1.0, 6.0]) == [2.0, 0.5]


def test_the_median_is_of_processes_and_the_spread_between_them():
    result = stats.summary([[1.0, 2.0, 9.0], [2.5, 2.5, 2.5], [3.0, 3.0, 0.5]])
    assert result == {"median": 2.5, "low": 0.5, "high": 9.0, "spread": 0.4}


def test_twice_and_half_as_fast_average_to_one():
    assert stats.geometric_mean([2.0, 0.5]) == pytest.approx(1)
    assert stats.geometric_mean([8.0, 1.0, 1.0]) == pytest.approx(2)


@pytest.mark.parametrize(
    ("ratio", "tie"), [(1.09, True), (0.91, True), (1.11, False), (0.89, False)]
)
def test_less_than_a_tenth_is_a_tie(ratio, tie):
    assert stats.is_tie(ratio) is tie


def test_rounds_give_each_contender_one_slot_in_every_round():
    called = []
    contenders = {name: lambda name=name: called.append(name) for name in "ab"}
    times = timing.rounds(contenders, seconds=0, least=3)
    assert {name: len(taken) for name, taken in times.items()} == {"a": 3, "b": 3}
    assert called.count("a") > 3
    assert called.count("b") > 3


def test_a_slot_takes_the_best_and_leaves_the_first_call_out():
    clock = iter([0.0, 8.0, 10.0, 14.0])
    assert timing.slot(lambda: None, 2, 2, lambda: next(clock)) == 2.0


def test_a_contender_that_was_timed_once_is_compared_with_our_median():
    runs = [{"x": {"cnnlib": [1.0, 2.0, 3.0], "slow": [8.0]}}]
    assert run.compare(runs, "x")["slow"]["ratio"]["median"] == 4.0


def test_the_table_has_the_34_layers_and_others_are_held_out():
    names = [layer.name for layer in layers.read("layers")]
    held = [layer.name for layer in layers.read("held_out")]
    assert len(names) == 34
    assert len(set(names + held)) == 34 + len(held)
    assert len([name for name in names if name not in layers.LARGE]) == 30
    assert set(layers.BACKWARD) <= set(names)
    assert len(layers.BACKWARD) == 12


def test_only_the_second_table_is_held_out():
    assert {layer.family for layer in layers.read("held_out")} == {"held out"}
    assert "held out" not in {layer.family for layer in layers.read("layers")}


@pytest.mark.parametrize("name", ["hw_b_10x3x16_k5", "lenet_c3", "toy_5x5_k3"])
def test_every_contender_computes_the_same(name):
    layer = layers.find(name)
    expected = contenders.ours(layer, "exact")()
    for who, make in (contenders.FORWARD | contenders.PEERS).items():
        call = make(layer)
        if call is not None:
            if who.startswith("OpenCV"):
                pytest.importorskip("cv2")
            np.testing.assert_allclose(np.asarray(call()), expected, atol=1e-4, err_msg=who)


def test_peers_that_compute_plane_by_plane_know_groups():
    layer = layers.Layer("dw", 1, 4, 9, 8, 8, 3, 3, 1, 1, 2, 4)
    expected = contenders.ours(layer, "exact")()
    for make in (contenders.scipy_fft, contenders.scipy_overlap_add, contenders.im2col):
        np.testing.assert_allclose(make(layer)(), expected, atol=1e-4)


def test_a_seed_decides_the_random_layers_and_more_only_follow():
    few, many = layers.drawn(3, 5), layers.drawn(3, 8)
    assert many[:5] == few
    assert layers.find("random-3-4") == few[4]
    assert layers.drawn(4, 5) != few
    assert {layer.family for layer in many} == {"random"}
    assert all(2e5 <= layer.multiply_adds <= 4e8 for layer in many)


def test_every_strategy_that_can_computes_the_same():
    layer = layers.Layer("dw", 2, 6, 15, 12, 6, 3, 3, 1, 1, 1, 6)
    calls = contenders.strategies(layer)
    assert {"tiny", "shifts", "offsets", "depthwise"} < set(calls)
    expected = contenders.exact(layer)()
    for name, call in calls.items():
        np.testing.assert_allclose(call(), expected, atol=1e-5, err_msg=name)


def test_a_choice_is_as_good_as_its_time_beside_the_fastest(monkeypatch):
    times = {
        layer.name: {way: [2.0, 1.0] for way in contenders.strategies(layer)}
        for layer in layers.drawn(5, 4)
    }
    first = next(iter(times))
    times[first] |= {run.strategy_of(layers.find(first)): [2.0]}
    monkeypatch.setattr(run, "process", lambda job: {"layers": times})
    assert run.choice(5, 4) == {
        "seed": 5,
        "count": 4,
        "within_a_tenth": 0.75,
        "mean": pytest.approx(2**0.25),
    }


def one(median):
    return {"ms": 1.0, "ratio": {"median": median, "low": median, "high": median, "spread": 0.0}}


def row(name, family, torch, last, peer):
    return {
        "name": name,
        "family": family,
        "one_thread": {"cnnlib": {"ms": 1.0}, "torch": one(torch), "channels_last": one(last)},
        "peers": {"cnnlib": {"ms": 1.0}, "im2col": one(peer)},
        "error": 1e-6,
        "exact_error": 1e-7,
        "scratch": 10,
    }


def test_the_63_image_and_held_out_layers_are_in_no_mean():
    rows = [
        row("a", "VGG", 2.0, 1.0, 3.0),
        row("b", "VGG", 0.5, 1.0, 1.5),
        row("img2048_k63", "one large image", 900.0, 900.0, 900.0),
        row("c", "held out", 4.0, 4.0, 1.2),
    ]
    result = run.summarise(rows)
    assert result["one_thread_33"] == pytest.approx(1)
    assert result["faster_layout_33"] == pytest.approx(0.5**0.5)
    assert result["one_thread_worst"] == 0.5
    assert result["held_out"] == pytest.approx(4)
    assert result["worst_peer"] == (1.2, "c", "im2col")


def test_the_picture_is_a_drawing_with_one_row_a_layer():
    rows = [row("a<b", "VGG", 2.0, 1.0, 3.0), row("b", "VGG", 0.1, 99.0, 1.5)]
    root = ET.fromstring(picture.draw({"layers": rows}))
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "a<b" in texts
    assert "b" in texts
    assert picture.place(99) == picture.place(32) > picture.place(2) > picture.place(1)
