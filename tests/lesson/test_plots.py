"""Plots: words stay words, every plot says what it shows, and colours follow the page."""

import re

import numpy as np
import pytest
from lesson.pixels import LEVELS, paths
from lesson.plots import Plot, lines, losses, rows_of_digits

LINES = {"합성곱": ([1, 2, 4], [[1, 2], [2, 3], [3, 5]]), "완전 연결": ([1, 2, 4], [[0, 1]] * 3)}


def shown(plot):
    """What Jupyter and the site put into the page."""
    return plot._repr_html_()


def test_hangul_is_text_that_can_be_selected():
    svg = shown(lines(LINES, alt="두 선", x="학습용 숫자", y="정확도"))
    words = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
    assert {"학습용 숫자", "정확도", "합성곱", "완전 연결"} <= set(words)


def test_the_alternative_text_is_escaped_and_cannot_be_left_out():
    assert 'aria-label="&lt;a &quot;b&quot;&gt;"' in shown(Plot("<svg></svg>", '<a "b">'))
    with pytest.raises(ValueError, match="`alt` must say what the plot shows, got an empty text"):
        losses([1.0, 2.0], 1, alt=" ", x="x", y="y")


def test_every_colour_comes_from_the_theme():
    svg = shown(lines(LINES, alt="두 선", x="x", y="y"))
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none"}
    assert colours
    assert all(colour.startswith("var(--") for colour in colours), colours


def test_the_same_plot_is_drawn_to_the_same_bytes():
    drawn = [shown(losses([3.0, 1.0, 2.0, 0.0], 2, alt="손실", x="x", y="y")) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert "<metadata" not in drawn[0]


def test_two_plots_of_a_page_share_no_id():
    one, other = (
        set(re.findall(r'id="([^"]+)"', shown(lines(LINES, alt=alt, x="x", y="y"))))
        for alt in ("하나", "다른 하나")
    )
    assert one
    assert not one & other


def test_a_bar_reaches_to_the_best_run_and_not_beyond_what_was_measured():
    runs = {"정확도": ([1, 2], [[10.0, 96, 96, 96, 96], [90.0, 91, 92, 93, 94]])}
    marks = re.findall(r"<text[^>]*>(\d+)</text>", shown(lines(runs, alt="선", x="x", y="y")))
    assert max(map(int, marks)) <= 100


def test_a_loss_curve_shows_the_mean_of_each_stretch():
    assert shown(losses([3.0, 1.0, 2.0, 0.0], 2, alt="손실", x="x", y="y")) == shown(
        losses([2.0, 1.0], 1, alt="손실", x="x", y="y")
    )


def test_pictures_cover_exactly_the_inked_cells():
    rng = np.random.default_rng(0)
    plane = rng.random((7, 9)) * (rng.random((7, 9)) > 0.5)
    covered = np.zeros_like(plane)
    for level, moves in re.findall(r'opacity="([\d.]+)" d="([^"]+)"', paths(plane)):
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", moves):
            covered[int(y), int(x) : int(x) + int(length)] += float(level)
    np.testing.assert_allclose(covered, np.rint(plane * LEVELS) / LEVELS)


def test_negative_cells_are_told_by_their_size():
    drawn = paths(np.array([[-2.0, 2.0]]), most=2.0)
    assert 'class="minus" opacity="1" d="M0.2 0.2h0.6' in drawn
    assert 'd="M1 0h1v1h-1z"' in drawn


def test_rows_of_digits_stand_side_by_side():
    ink = np.ones((2, 3, 3))
    svg = shown(rows_of_digits([ink, ink[:1]], alt="숫자"))
    assert 'viewBox="0 0 8 8"' in svg
    assert sorted(set(re.findall(r"M(\d+) (\d+)", svg))) == [
        (x, y)
        for x, y in sorted(
            {(str(x), str(y)) for x in (0, 5) for y in (0, 1, 2)}
            | {("0", str(y)) for y in (5, 6, 7)}
        )
    ]
