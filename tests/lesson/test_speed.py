"""The benchmark's table on the page says what the result file says."""

import re

import pytest
from bs4 import BeautifulSoup
from lesson import speed


@pytest.fixture(scope="module", params=["ko", "en"])
def tables(request):
    words = speed.WORDS[request.param]
    both = (speed.table(speed.results(), words, short=short) for short in (False, True))
    return [BeautifulSoup(markup, "html.parser").table for markup in both]


def names(table):
    return [row.th.contents[0].strip() for row in table.tbody.find_all("tr")]


def test_every_layer_of_the_file_has_one_row(tables):
    assert names(tables[0]) == [row["name"] for row in speed.results()["layers"]]


def test_the_short_table_has_the_layers_that_a_reader_knows(tables):
    assert names(tables[1]) == list(speed.KNOWN)
    assert len(tables[1].thead.find_all("th")) == len(speed.FEW)


def test_the_cells_are_the_files_numbers(tables):
    others = list(speed.WORDS["en"]["head"])[3:7]
    for row, line in zip(speed.results()["layers"], tables[0].tbody.find_all("tr"), strict=True):
        cells = [cell.get_text() for cell in line.find_all("td")]
        one = row["one_thread"]
        assert float(cells[1]) == pytest.approx(one["cnnlib"]["ms"], rel=0.01)
        for cell, who in zip(cells[2:6], others, strict=True):
            if who not in one:  # torch takes minutes on the largest kernel: it may be left out
                assert cell == "–"
                continue
            ratio, spread = re.fullmatch(r"([\d.]+) ± (\d+)%", cell).groups()
            assert float(ratio) == pytest.approx(one[who]["ratio"]["median"], abs=0.006)
            assert float(spread) == pytest.approx(100 * one[who]["ratio"]["spread"], abs=0.51)
        assert float(cells[7].rstrip("%")) == pytest.approx(100 * row["share_of_peak"], abs=0.51)


@pytest.mark.parametrize("says", ["known", "all"])
def test_the_fence_tells_the_means_and_the_machine(says):
    text = BeautifulSoup(speed.benchmark({"says": says}, "en"), "html.parser").get_text()
    assert f"{speed.results()['random']['torch']:.2f}" in text
    assert f"{speed.results()['choice']['within_a_tenth']:.0%} of" in text
    assert speed.results()["machine"]["processor"] in text


def test_the_fence_says_what_it_may_say():
    with pytest.raises(ValueError, match="`says` must be 'known' or 'all', got 'some'"):
        speed.benchmark({"says": "some"}, "en")


def test_the_best_other_way_is_the_fastest_of_them():
    for row in speed.results()["layers"]:
        name, ratio = speed.best_peer(row)
        others = [who["ratio"]["median"] for peer, who in row["peers"].items() if peer != "cnnlib"]
        assert ratio == min(others) == row["peers"][name]["ratio"]["median"]


def test_every_column_has_a_name_in_both_languages():
    assert list(speed.WORDS["ko"]["head"]) == list(speed.WORDS["en"]["head"])
    assert set(speed.FEW) < set(speed.WORDS["en"]["head"])
    assert set(speed.WORDS["ko"]) == set(speed.WORDS["en"])


@pytest.mark.parametrize(("ratio", "told"), [(1.234, True), (None, False)])
def test_two_threads_are_told_of_only_where_they_were_measured(monkeypatch, ratio, told):
    found = speed.results()
    summary = found["summary"] | {"two_threads_33": ratio, "two_threads_30": ratio}
    monkeypatch.setattr(speed, "results", lambda: found | {"summary": summary})
    assert ("With two threads: 1.23" in speed.benchmark({"says": "known"}, "en")) is told
