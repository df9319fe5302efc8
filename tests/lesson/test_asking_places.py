"""A number that can be asked is marked where it stands, and nothing else is."""

import pytest

from tests.lesson.asked import made, marked, rows

WHERE = {
    "a paragraph": ("The sum is 70.", "70", "70"),
    "a word with a particle": ("창을 두 칸씩 옮깁니다.", '"두 칸"', "두"),
    "a word at the beginning": ("Two cells.", '"Two cells"', "Two"),
    "a text around it": ("Cell 70 or 70 cells.", '"70 cells"', "70"),
    "a text with bold type": ("It is **70** now.", '"**70** now"', "70"),
    "a piece of code": ("The shape is `(3, 3)`.", '"(3, 3)"', "(3, 3)"),
    "a part of a piece of code": ("Set `stride=2`.", '"stride=2"', "2"),
    "several numbers": ("So 28 → 14 → 7 remain.", '"28 → 14 → 7"', "28 → 14 → 7"),
    "a product": ("A 3×3 filter.", '"3×3 filter"', "3×3"),
    "a heading": ("## Why 70 {#why-70}", "70", "70"),
    "a table": ("| a | b |\n| - | - |\n| 1 | 70 |", "70", "70"),
    "a list": ("- one\n- 70\n- three", "70", "70"),
    "a loose list": ("1. one\n\n2. 70\n\n    and more\n\n3. three", "70", "70"),
    "a list in a list": ("- one\n    - 70\n- three", "70", "70"),
    "a list of definitions": ("One\n:   is 1\n\nSeventy\n:   is 70", "70", "70"),
    "an admonition": ("!!! note\n    It is 70.", "70", "70"),
    "a formula": ("It is $x = 70$.", "70", "70"),
    "a formula of its own": ("$$\nx = 70\n$$", "70", "70"),
    "thousands": ("There are 14,400.", "14,400", "14,400"),
    "a link": ("See [the 70](a.md).", "70", "70"),
}  # fmt: skip


@pytest.mark.parametrize("where", WHERE)
def test_a_claimed_number_is_marked_where_it_stands(where):
    text, literal, shown = WHERE[where]
    said = literal.strip('"').replace("*", "")
    claim = f"<!-- claim: {literal} == thing -->"
    assert marked(f"{text}\n\n{claim}\n\nMore: {shown}.") == [(shown, f"{said} = thing")]


def test_thousands_in_a_formula_are_marked_part_by_part():
    text = 'It is $x = 1{,}440$.\n\n<!-- claim: "1{,}440" == thing -->'
    assert [shown for shown, _ in marked(text)] == ["1", "440"]


def test_a_term_and_its_definition_stay_together():
    text = (
        "**1×1**\n\n"
        + '<!-- claim: "1×1" == a -->\n\n:   Of size 1, or 5.\n\n<!-- claim: 1 == b -->'
    )
    assert marked(text) == [("1×1", "1×1 = a"), ("1", "1 = b")]
    soup, _ = made(text + "\n\n**5**\n\n<!-- claim: 5 == c -->\n\n:   Five.\n")
    assert [[tag.name for tag in dl.find_all(["dt", "dd"])] for dl in soup.find_all("dl")] == [
        ["dt", "dd"] * 2
    ]
    assert [tag.parent.name for tag in soup.select("[data-from]")] == ["dt", "p", "dt"]


def test_only_the_very_place_is_marked():
    text = "Of 4 and 4 and 4 cells.\n\n" + '<!-- claim: "4 cells" == a; 4 == b -->'
    soup, _ = made(text)
    assert marked(text) == [("4", "4 = b"), ("4", "4 cells = a")]
    assert soup.p.get_text() == "Of 4 and 4 and 4 cells."
    assert str(soup.p).count("and <span") == 1


def test_a_list_of_claims_says_one_thing_of_each_number():
    text = "From 3 to 4.\n\n<!-- claim: 3, 4 == output[0, 1], output[0, 0] -->"
    assert marked(text) == [("3", "3 = output[0, 1]"), ("4", "4 = output[0, 0]")]


def test_what_holds_throughout_is_marked_in_every_block():
    text = '<!-- throughout: "5×5 input" == x.shape -->\n\nA 5×5 input.\n\n- the 5×5 input, 5'
    assert marked(text) == [("5×5", "5×5 input = x.shape")] * 2


def test_a_law_is_said_without_its_formula():
    text = "Of $2P$ cells.\n\n" + '<!-- claim: "$2P$" == size(P) - 1 -->'
    assert marked(text) == [("2", "size(P) - 1")]


def test_a_quoted_number_names_its_source_and_leads_to_it():
    text = "It took 5 days, says [Kim (2014)](https://example.org/kim).\n\n"
    soup, _ = made(text + "<!-- quoted: 5 days — Kim (2014) -->")
    assert rows(soup) == [["Kim (2014)", "https://example.org/kim", 1]]
    assert [tag.get_text() for tag in soup.select("[data-from]")] == ["5"]


def test_of_an_excused_number_nothing_is_said():
    text = "It took 5 days and 70 steps.\n\n<!-- excused: 5 days — a manner of speaking -->"
    assert marked(text) == []
    assert marked(text + "\n\n<!-- claim: 70 == a -->") == [("70", "70 = a")]


def test_a_claim_within_an_admonition_is_about_its_last_block():
    text = "!!! note\n    It is 70.\n\n    It is 70 here.\n\n    <!-- claim: 70 == a -->\n"
    soup, unplaced = made(text)
    assert [tag.parent.get_text() for tag in soup.select("[data-from]")] == ["It is 70 here."]
    assert unplaced == []


def test_a_note_in_the_last_line_of_its_paragraph_leaves_the_paragraph_whole():
    text = "It is 70. <!-- claim: 70 == a -->\nAnd more.\n\nThe end."
    assert marked(text) == [("70", "70 = a")]
    assert len(made(text)[0].find_all("p")) == 2


def test_a_list_goes_on_after_a_note():
    soup, _ = made("1. first is 70\n\n<!-- claim: 70 == a -->\n\n2. second\n")
    assert [len(each.find_all("li")) for each in soup.find_all("ol")] == [2]


def test_a_note_about_the_settings_of_a_page_stands_before_its_text():
    assert marked("<!-- claim: 5 == a -->\n\n# Title 5 {#title}\n\nIt is 70.") == []


def test_code_of_a_claimed_list_is_left_alone():
    text = '- one\n\n    ```python\n    x = 70\n    ```\n\n- 70\n\n<!-- claim: "- 70" == a -->'
    soup, _ = made(text)
    assert [tag.find_parent("pre") for tag in soup.select("[data-from]")] == [None]
    assert "ufdd0" not in ascii(str(soup))


def test_a_note_that_a_block_of_code_shows_is_left_in_it():
    soup, _ = made("It is 70.\n\n```markdown\n<!-- claim: 70 == a -->\n```\n")
    assert "claim: 70 == a" in soup.pre.get_text()
    assert rows(soup) == []
