"""The ledger: every number of the pages is counted once, and survivors are named as they are."""

import re
from collections import Counter

import pytest
from lesson import ledger
from lesson.accounts.cover import KINDS, account
from lesson.accounts.page import read
from lesson.fences.error import FenceError
from lesson.ledger.counts import pages, totals

from tests.doubt.__main__ import entry, keep, tally
from tests.doubt.change import Change
from tests.pages.markdown_pages import DOCS

CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>")


def rows(html):
    """Return the cells of every row of the body of the first table."""
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    return [CELL.findall(row) for row in body.split("<tr>")[1:]]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_page_with_a_number_has_a_row(lang):
    counted = {each.name for each in pages(lang)}
    for path in (DOCS / lang).rglob("*.md"):
        page = read(path.read_text(encoding="utf-8"), path.parent)
        written = any(account(page, block)[0] for block in page.blocks)
        name = path.relative_to(DOCS / lang).as_posix()
        assert (name in counted) == bool(written or re.search(r"\d", page.outputs)), name


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_last_row_is_the_sum_of_the_others(lang):
    *each, last = rows(ledger.ledger({"says": "pages"}, lang))
    numbers = [[int(cell.replace(",", "")) for cell in row[1:]] for row in each]
    assert [sum(column) for column in zip(*numbers, strict=True)] == [
        int(cell.replace(",", "")) for cell in last[1:]
    ]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_promise_says_the_totals(lang):
    told = ledger.ledger({"says": "promise"}, lang)
    sums = totals(pages(lang))
    said = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", told)]
    assert said == [sums.total(), *(sums[kind] for kind in KINDS)]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_row_leads_to_its_page(lang):
    html = ledger.ledger({"says": "pages"}, lang)
    for place in re.findall(r'href="\.\./([^"]*)"', html):
        assert any(
            (DOCS / lang / each).is_file()
            for each in (f"{place.rstrip('/')}.md", f"{place}index.md")
        )


def test_what_is_excused_stands_with_its_reason():
    html = ledger.ledger({"says": "excused"}, "ko")
    for page in pages("ko"):
        for literal, reason in page.excused:
            assert f"<td>{literal}</td><td>{reason}</td>" in html


def test_a_doubt_that_left_no_file_leaves_no_empty_section(monkeypatch, tmp_path):
    monkeypatch.setattr(ledger, "DOUBT", tmp_path / "doubt.json")
    assert "python3 dev.py doubt --keep" in ledger.ledger({"says": "doubt"}, "ko")


def test_what_doubt_keeps_is_shown_and_its_survivors_stand_as_text(monkeypatch, tmp_path):
    kept = tmp_path / "doubt.json"
    monkeypatch.setattr(ledger, "DOUBT", kept)
    changes = [Change("prose", "docs/en/ledger.md", 0, "---", f"<{n}>") for n in range(10)]
    noticed = [(change, change is not changes[4]) for change in changes]
    left = [{**entry(changes[4]), "why": "a & b"}]
    keep(kept, tally(noticed, left), left, Counter(prose=1672), "0123456789ab")
    html = ledger.ledger({"says": "doubt"}, "en")
    shown = ["numbers in text", "1,672", "10", "1", "9", "100.0%", "<code>0123456</code>"]
    assert rows(html)[0] == shown
    assert "docs/en/ledger.md:1" in html
    assert "<code>[--- → &lt;4&gt;]</code></td><td>a &amp; b</td>" in html
    kernels = [(Change("kernel", "cnnlib/pad.py", 0, "a", "b"), True)]
    keep(kept, tally(kernels, []), [], Counter(kernel=2), "ba9876543210")
    html = ledger.ledger({"says": "doubt"}, "ko")
    assert rows(html)[:2] == [
        ["글의 숫자", *shown[1:]],
        ["라이브러리의 코드", "2", "1", "0", "1", "100.0%", "<code>ba98765</code>"],
    ]
    assert "docs/en/ledger.md:1" in html  # what was not tried again stays


def test_a_fence_that_says_something_else_is_refused():
    with pytest.raises(FenceError, match="`says` must be one of promise, pages, excused, doubt"):
        ledger.ledger({"says": "all"}, "ko")
