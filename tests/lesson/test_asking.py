"""Claimed numbers can be asked: each is marked where it stands, and names what made it."""

import json
import re
from functools import cache

import markdown
import pytest
from bs4 import BeautifulSoup
from lesson.asking.origin import origin, statements
from lesson.claims import COMMENT, parse
from lesson.site.search import sections

from tests.pages.markdown_pages import DOCS, DRAWN, front_matter, name, pages
from tests.site.test_extensions import extensions

OWN = extensions("mkdocs.yml")
CLAIMING = [path for path in pages() if COMMENT.search(path.read_text(encoding="utf-8"))]
BOTH = [path for path in CLAIMING if path.is_relative_to(DOCS / "en")]


def converter(*, without=()):
    """Return a converter of Markdown with the site's extensions."""
    return markdown.Markdown(
        extensions=[each for each in OWN if each not in without], extension_configs=OWN
    )


def made(text):
    """Return a text's HTML, parsed, and the literals that found no place."""
    md = converter()
    return BeautifulSoup(md.convert(text), "html.parser"), md.unplaced


def marked(text):
    """Return (what is marked, the expressions that it names) of every mark."""
    soup, _ = made(text)
    table = rows(soup)
    return [
        (tag.get_text(), [table[int(each)][0] for each in tag["data-from"].split()])
        for tag in soup.select("[data-from]")
    ]


def rows(soup):
    """Return the table of a page: (expression, line if it has one) rows."""
    table = soup.select_one("script.cnn-sources")
    return json.loads(table.string) if table else []


@cache
def page(path):
    """Return a page's HTML, parsed, and the literals that found no place."""
    return made(undrawn(path))


def undrawn(path):
    """Return a page's Markdown without figures and exercises, which take their time."""
    text = front_matter(path.read_text(encoding="utf-8"))[1]
    return re.sub(rf"^```(?:{'|'.join(DRAWN)})\n.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


WHERE = {
    "a paragraph": ("The sum is 70.", "70", "70"),
    "a word with a particle": ("창을 두 칸씩 옮깁니다.", '"두 칸"', "두 칸"),
    "a word at the beginning": ("Two cells.", '"Two"', "Two"),
    "bold type": ("It is **70**.", "70", "70"),
    "a piece of code": ("The shape is `(3, 3)`.", '"(3, 3)"', "(3, 3)"),
    "a part of a piece of code": ("Set `stride=2`.", "2", "2"),
    "a heading": ("## Why 70 {#why}", "70", "70"),
    "a table": ("| a | b |\n| - | - |\n| 1 | 70 |", "70", "70"),
    "a list": ("- one\n- 70\n- three", "70", "70"),
    "a loose list": ("1. one\n\n2. 70\n\n    and more\n\n3. three", "70", "70"),
    "a list in a list": ("- one\n    - 70\n- three", "70", "70"),
    "an admonition": ("!!! note\n    It is 70.", "70", "70"),
    "a formula": ("It is $5 + 65 = 70$.", "70", "70"),
    "a formula of its own": ("$$\n5 + 65 = 70\n$$", "70", "70"),
    "several numbers of a formula": ("It is $(3, 4)$.", '"(3, 4)"', "(3,4)"),
    "thousands": ("There are 14,400.", "14,400", "14,400"),
    "a sign": ("It is −18.", "-18", "−18"),
}  # fmt: skip


@pytest.mark.parametrize("where", WHERE)
def test_a_claimed_number_is_marked_where_it_stands(where):
    text, literal, shown = WHERE[where]
    claim = f"<!-- claim: {literal} == thing -->"
    assert marked(f"{text}\n\n{claim}\n\nMore: {shown}.") == [(shown, ["thing"])]


def test_a_claim_within_an_admonition_is_about_its_last_block():
    text = "!!! note\n    It is 70.\n\n    It is 70 here.\n\n    <!-- claim: 70 == a -->\n"
    soup, unplaced = made(text)
    assert [tag.parent.get_text() for tag in soup.select("[data-from]")] == ["It is 70 here."]
    assert unplaced == []


def test_a_comment_at_the_end_of_its_paragraph_leaves_the_paragraph_whole():
    text = "It is 70. <!-- claim: 70 == a -->\nAnd more.\n\nThe end."
    assert marked(text) == [("70", ["a"])]
    assert [tag.get_text() for tag in made(text)[0].find_all("p")] == [
        "It is 70. \nAnd more.",
        "The end.",
    ]


def test_a_list_goes_on_after_a_comment():
    soup, _ = made("1. first is 70\n\n<!-- claim: 70 == a -->\n\n2. second\n")
    assert [len(each.find_all("li")) for each in soup.find_all("ol")] == [2]


@pytest.mark.parametrize(
    "text", ["It is 170.", "It is 70.5.", "It is 1,70.", "It is 70,000.", "Conv70d", "x_70"]
)
def test_a_part_of_a_longer_number_or_name_is_none(text):
    assert made(f"{text}\n\n<!-- claim: 70 == a -->")[1] == ["70"]


def test_a_part_of_a_longer_word_is_none():
    assert marked('모두 칸, 두 칸.\n\n<!-- claim: "두 칸" == a -->') == [("두 칸", ["a"])]
    assert made('모두 칸.\n\n<!-- claim: "두 칸" == a -->')[1] == ["두 칸"]


def test_a_number_that_stands_twice_is_marked_twice():
    assert marked("From 4 to 4.\n\n<!-- claim: 4 == a -->") == [("4", ["a"])] * 2


def test_as_many_claims_as_places_belong_to_them_in_order():
    text = "R gives 3, G gives 3.\n\n<!-- claim: 3 == red; 3 == green -->"
    assert marked(text) == [("3", ["red"]), ("3", ["green"])]


def test_of_several_claims_for_one_place_all_are_named():
    text = "For 7 and for 8 it is 3.\n\n<!-- claim: 3 == a; 3 == b -->"
    assert marked(text) == [("3", ["a", "b"])]


def test_the_longer_literal_is_marked_first():
    text = "The shape (3, 3) has 3.\n\n" + '<!-- claim: 3 == rows; "(3, 3)" == shape -->'
    assert marked(text) == [("(3, 3)", ["shape"]), ("3", ["rows"])]


def test_of_a_formula_the_last_side_that_has_the_number_is_meant():
    assert marked("$$\nH = 5 - 3 + 1 = 3\n$$\n\n<!-- claim: 3 == a -->") == [("3", ["a"])]
    soup, _ = made("$$\nH = 5 - 3 + 1 = 3\n$$\n\n<!-- claim: 3 == a -->")
    assert soup.select("mn")[-1].has_attr("data-from")


def test_a_formula_without_a_result_is_not_meant_where_the_text_says_the_number():
    text = "With $K - 1$ it is 1.\n\n<!-- claim: 1 == a -->"
    soup, _ = made(text)
    assert [tag.name for tag in soup.select("[data-from]")] == ["span"]


def test_a_link_is_not_meant_where_the_text_says_the_number():
    text = "[Note 4](a.md) says 4.\n\n<!-- claim: 4 == a -->"
    assert [tag.parent.name for tag in made(text)[0].select("[data-from]")] == ["p"]


def test_code_of_a_claimed_list_is_left_alone():
    text = "- one\n\n    ```python\n    x = 70\n    ```\n\n- 70\n\n<!-- claim: 70 == a -->"
    soup, _ = made(text)
    assert [tag.find_parent("pre") for tag in soup.select("[data-from]")] == [None]


def test_a_comment_that_a_block_of_code_shows_is_left_in_it():
    soup, _ = made("It is 70.\n\n```markdown\n<!-- claim: 70 == a -->\n```\n")
    assert "claim: 70 == a" in soup.pre.get_text()
    assert rows(soup) == []


CODE = """\
```python
from cnnlib.shape import conv_output_size
a = 5

def twice(x):
    return 2 * x
```

```pycon
>>> b = a - 3
>>> b
2
>>> int(conv_output_size(a, kernel_size=3))
3
>>> for c in range(
...         b):
...     pass
```

{text} It is 2 and 3 and 5 and 10.

<!-- claim: {claim} -->

```pycon
>>> a = 7
>>> a + b
9
```
"""
FROM = {
    "2 == b": ">>> b",
    "3 == conv_output_size(a, kernel_size=3)": ">>> int(conv_output_size(a, kernel_size=3))",
    "3 == conv_output_size(4, 2)": "from cnnlib.shape import conv_output_size",
    "5 == a": "a = 5",
    "5 == a + 0 * unknown": "a = 5",
    "10 == twice(5)": "def twice(x):",
    "10 == c * 10": ">>> for c in range(",
    "10 == 2 * b + 6": ">>> b = a - 3",
    "10 == b + a + 3": ">>> b = a - 3",
    "10 == 5 + 5": None,
    "10 == unknown": None,
    "10 == len(range(10))": None,
}


@pytest.mark.parametrize("claim", FROM)
def test_a_number_leads_to_the_line_that_made_it(claim):
    soup, _ = made(CODE.format(text="", claim=claim))
    [row] = rows(soup)
    assert row[0] == claim.split(" == ")[1]
    line = soup.find(id=row[1]).get_text() if len(row) > 1 else None
    assert line == FROM[claim]


def test_a_number_whose_code_stands_below_leads_there():
    code = statements(1, "a = 5") + statements(2, ">>> a\n5\n>>> b = 6\n")
    [five, six] = parse("5 == a; 6 == b")
    assert (origin(five, code, 0).block, origin(five, code, 0).line) == (2, 1)
    assert origin(six, code, 1).line == 3


def test_a_name_of_the_site_is_written_as_python_does():
    text = 'It is 4.\n\n<!-- claim: 4 == len(site("homework.check:POINTS")) -->'
    assert marked(text) == [("4", ["len(lesson.homework.check.POINTS)"])]


def test_the_table_is_no_markup():
    text = "It is 4.\n\n<!-- claim: 4 == len('</script><b>') -->"
    soup, _ = made(text)
    assert soup.find("b") is None
    assert rows(soup) == [["len('</script><b>')"]]


def test_a_page_without_claims_has_no_switch():
    soup, _ = made("# Title {#title}\n\nIt is 4.\n")
    assert soup.find("button") is None
    assert soup.find("script") is None


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_switch_speaks_the_language_of_the_page(lang):
    md = markdown.Markdown(
        extensions=list(OWN), extension_configs={**OWN, "lesson.asking": {"lang": lang}}
    )
    html = md.convert("# Title {#title}\n\nIt is 4, 4.\n\n<!-- claim: 4 == a -->")
    switch = BeautifulSoup(html, "html.parser").select_one("h1 + button[role=switch]")
    assert bool(re.search("[가-힣]", switch.get_text())) == (lang == "ko")
    assert "2" in switch["title"]


@pytest.mark.parametrize("path", CLAIMING, ids=name)
def test_every_claim_of_a_page_can_be_asked(path):
    soup, unplaced = page(path)
    assert unplaced == []
    table = rows(soup)
    named = {int(each) for tag in soup.select("[data-from]") for each in tag["data-from"].split()}
    assert named == set(range(len(table)))
    claimed = {
        claim.text for body in COMMENT.findall(path.read_text("utf-8")) for claim in parse(body)
    }
    said = {"".join(text.replace("−", "-").split()) for text in claimed}
    for tag in soup.select("[data-from]"):
        shown = "".join(tag.get_text().replace("−", "-").split())
        assert shown in said or tag.name == "math"
    for _, *line in table:
        assert all(len(soup.find_all(id=each)) == 1 for each in line)


@pytest.mark.parametrize("path", CLAIMING, ids=name)
def test_what_a_page_says_stays_as_it_was(path):
    """The text is the same without the extension, for readers, for a copy and for the search."""
    text = undrawn(path)
    asked, plain = converter().convert(text), converter(without=["lesson.asking"]).convert(text)
    assert sections(asked) == sections(plain)
    soup = BeautifulSoup(asked, "html.parser")
    for added in soup.select("script.cnn-sources, .cnn-asking"):
        added.decompose()
    assert soup.get_text().split() == BeautifulSoup(plain, "html.parser").get_text().split()


@pytest.mark.parametrize("english", BOTH, ids=name)
def test_both_languages_ask_the_same(english):
    korean = DOCS / "ko" / english.relative_to(DOCS / "en")
    assert rows(page(english)[0]) == rows(page(korean)[0])
