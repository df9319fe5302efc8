"""The benchmark's table on the page says what the result file says."""

import re

import pytest
from bs4 import BeautifulSoup
from lesson import speed


@pytest.fixture(scope="module", params=["ko", "en"])
def table(request):
    markup = speed.table(speed.results(), speed.WORDS[request.param])
    return BeautifulSoup(markup, "html.parser").table


def test_every_layer_of_the_file_has_one_row(table):
    names = [row["name"] for row in speed.results()["layers"]]
    shown = [row.th.contents[0].strip() for row in table.tbody.find_all("tr")]
    assert shown == names


def test_the_cells_are_the_files_numbers(table):
    for row, line in zip(speed.results()["layers"], table.tbody.find_all("tr"), strict=True):
        cells = [cell.get_text() for cell in line.find_all("td")]
        one = row["one_thread"]
        assert float(cells[1]) == pytest.approx(one["cnnlib"]["ms"], rel=0.01)
        for cell, who in zip(cells[2:4], ("torch", "channels_last"), strict=True):
            if who not in one:  # torch takes minutes on the largest kernel: it may be left out
                assert (row["name"], cell) == ("img2048_k63", "–")
                continue
            ratio, spread = re.fullmatch(r"([\d.]+) ± (\d+)%", cell).groups()
            assert float(ratio) == pytest.approx(one[who]["ratio"]["median"], abs=0.006)
            assert float(spread) == pytest.approx(100 * one[who]["ratio"]["spread"], abs=0.51)


def test_the_best_other_way_is_the_fastest_of_them():
    for row in speed.results()["layers"]:
        name, ratio = speed.best_peer(row)
        others = [who["ratio"]["median"] for peer, who in row["peers"].items() if peer != "cnnlib"]
        assert ratio == min(others) == row["peers"][name]["ratio"]["median"]


def test_every_column_has_a_name_in_both_languages():
    assert len(speed.WORDS["ko"]["head"]) == len(speed.WORDS["en"]["head"]) == 8
    assert set(speed.WORDS["ko"]) == set(speed.WORDS["en"])
