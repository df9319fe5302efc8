"""Numbers can be asked: each is marked where it stands, and names what holds and what made it."""

import json
import re
from functools import cache

import markdown
import pytest
from bs4 import BeautifulSoup
from lesson.accounts.cover import account
from lesson.accounts.page import PART, read
from lesson.asking.origin import origin, statements
from lesson.claims import NOTE
from lesson.site.search import sections

from tests.pages.markdown_pages import DOCS, DRAWN, front_matter, name, pages
from tests.site.test_extensions import extensions

OWN = extensions("mkdocs.yml")
NOTED = [path for path in pages() if NOTE.search(path.read_text(encoding="utf-8"))]
BOTH = [path for path in NOTED if path.is_relative_to(DOCS / "en")]


def converter(*, without=()):
    """Return a converter of Markdown with the site's extensions."""
    return markdown.Markdown(
        extensions=[each for each in OWN if each not in without], extension_configs=OWN
    )


def made(text):
    """Return a text's HTML, parsed, and the rows that found no place."""
    md = converter()
    return BeautifulSoup(md.convert(text), "html.parser"), md.unplaced


def marked(text):
    """Return (what is marked, what is said of it) of every mark."""
    soup, unplaced = made(text)
    assert unplaced == []
    table = rows(soup)
    return [(tag.get_text(), table[int(tag["data-from"])][0]) for tag in soup.select("[data-from]")]


def rows(soup):
    """Return the table of a page: (text, where it leads, whether it is quoted) rows."""
    table = soup.select_one("script.cnn-sources")
    return json.loads(table.string)["rows"] if table else []


@cache
def page(path):
    """Return a page's HTML, parsed, and the rows that found no place."""
    return made(front_matter(path.read_text(encoding="utf-8"))[1])


def undrawn(path):
    """Return a page's Markdown without figures and exercises, which take their time."""
    text = front_matter(path.read_text(encoding="utf-8"))[1]
    drawn = "|".join(DRAWN)
    return re.sub(
        rf"^```(?:{drawn})\n.*?^```\n(?:\s*<!--(?! throughout).*?-->)*", "", text, flags=re.S | re.M
    )


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

It is 2 and 3 and 5 and 10.

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
    soup, _ = made(CODE.format(claim=claim))
    [row] = rows(soup)
    assert row[0] == claim.replace("==", "=")
    line = soup.find(id=row[1].removeprefix("#")).get_text() if len(row) > 1 else None
    assert line == FROM[claim]


def test_a_number_whose_code_stands_below_leads_there():
    code = statements(1, "a = 5") + statements(2, ">>> a\n5\n>>> b = 6\n")
    five, six = origin("a", "5", code, 0), origin("b", "6", code, 1)
    assert (five.block, five.line) == (2, 1)
    assert six.line == 3


def test_a_name_of_the_site_is_written_as_python_does():
    text = 'It is 4.\n\n<!-- claim: 4 == len(site("homework.check:POINTS")) -->'
    assert marked(text) == [("4", "4 = len(lesson.homework.check.POINTS)")]


def test_a_number_of_a_figure_leads_to_the_figure():
    soup, _ = made('Windows of 4.\n\n<!-- claim: 4 == shown("first-sum").size -->')
    assert rows(soup) == [['4 = shown("first-sum").size', "#first-sum"]]


def test_the_caption_of_a_figure_can_be_asked_and_its_drawing_not():
    figure = "id: a\ninput: [1, 2, 3, 4]\nweight: [1, 1]\ncaption: It gives 3, 5 and 7."
    soup, _ = made(f"```conv1d\n{figure}\n```\n\n<!-- claim: 3, 5, 7 == output -->")
    assert rows(soup) == [[f"{3 + 2 * n} = [*output][{n}]", "#a"] for n in range(3)]
    assert [tag.get_text() for tag in soup.select("figcaption [data-from]")] == ["3", "5", "7"]
    assert len(soup.select("[data-from]")) == 3


def test_a_question_can_be_asked_and_its_answer_not():
    given = "{input: [1, 1, 4, 4], out_channels: 1, kernel_size: 2}"
    exercise = f"id: a\nkind: output-shape\ngiven: {given}\nask: What do 2×2 cells give?"
    soup, _ = made(f'```exercise\n{exercise}\n```\n\n<!-- claim: "2×2" == (kernel_size,) * 2 -->')
    [marked] = soup.select("[data-from]")
    assert marked.find_parent(class_="cnn-exercise__ask")
    assert marked.get_text() == "2×2"


def test_a_figures_own_output_is_not_the_pages():
    figure = "```conv1d\nid: a\ninput: [1, 2]\nweight: [1, 1]\ncaption: 3 in all.\n```"
    claim = "<!-- claim: 3 == output[0] -->"
    soup, _ = made(f"```python\noutput = [3]\n```\n\n{figure}\n\n{claim}")
    assert rows(soup) == [["3 = output[0]", "#a"]]


EVALUATED = {
    "a": "a",
    "2 * a": "2 * a",
    "3 + 2": "3 + 2",
    "len([a])": "len([a])",
    "below": "below",
    "unknown": None,
    "torch.ones(a)": None,
    "t + a": None,
    'shown("first-sum").size': None,
    'len(site("homework.check:POINTS"))': None,
}


@pytest.mark.parametrize("claim", EVALUATED)
def test_an_expression_is_evaluated_where_the_pages_code_defines_all_of_its_names(claim):
    code = "```python\nimport torch\na = 5\nt = torch.ones(1)\n```"
    text = f'{code}\n\nIt is 5.\n\n<!-- claim: "is 5" == {claim} -->\n\n```python\nbelow = 5\n```'
    soup, _ = made(text)
    table = json.loads(soup.select_one("script.cnn-sources").string)
    [row], [start] = table["rows"], table["runs"]
    assert (None if start is None else row[0][start:]) == EVALUATED[claim]


def test_what_a_task_defines_made_no_number_of_the_page():
    code = "```python\nfrom cnnlib import inner_product\n```"
    text = "It is 6.\n\n<!-- claim: 6 == inner_product([2], [3]) -->"
    soup, _ = made(f"{code}\n\n{text}\n\n```write\ntask: inner-product\n```")
    [[_, address]] = rows(soup)
    assert soup.find(id=address[1:]).get_text() == "from cnnlib import inner_product"


def test_the_table_is_no_markup():
    text = "It is 4.\n\n<!-- claim: 4 == len('</script><b>') -->"
    soup, _ = made(text)
    assert soup.find("b") is None
    assert rows(soup) == [["4 = len('</script><b>')"]]


def test_a_page_without_claims_has_no_switch():
    soup, _ = made("# Title {#title}\n\nIt is 4.\n")
    assert soup.find("button") is None
    assert soup.find("script") is None


def test_a_number_is_marked_as_an_element_only_where_it_is_all_of_it():
    text = "Code `70`, code `x = 71`.\n\n<!-- claim: 70, 71 == a, b -->"
    assert [tag.name for tag in made(text)[0].select("[data-from]")] == ["code", "span"]


def test_the_list_of_sections_has_the_headings_alone():
    md = converter()
    md.convert("# Why 70 {#why-70}\n\n<!-- claim: 70 == a -->\n\n## Then 5 {#then-5}\n\nSo.")
    [title] = md.toc_tokens
    assert (title["name"], [each["name"] for each in title["children"]]) == ("Why 70", ["Then 5"])
    assert "data-from" not in md.toc


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_switch_speaks_the_language_of_the_page(lang):
    md = markdown.Markdown(
        extensions=list(OWN), extension_configs={**OWN, "lesson.asking": {"lang": lang}}
    )
    html = md.convert("# Title {#title}\n\nIt is 4, 5.\n\n<!-- claim: 4, 5 == a, b -->")
    switch = BeautifulSoup(html, "html.parser").select_one("h1 + button[role=switch]")
    assert bool(re.search("[가-힣]", switch.get_text())) == (lang == "ko")
    assert "2" in switch["title"]


@pytest.mark.parametrize("path", NOTED, ids=name)
def test_every_number_that_is_bound_by_a_claim_can_be_asked(path):
    soup, unplaced = page(path)
    assert unplaced == []
    table = rows(soup)
    assert {int(tag["data-from"]) for tag in soup.select("[data-from]")} == set(range(len(table)))
    source = read(path.read_text(encoding="utf-8"), path.parent)
    claims = [claim for block in source.blocks for claim in block.claims] + source.throughout
    bound = {claim.expression for claim in claims} & {
        each.by
        for block in source.blocks
        if block.kind != "front"
        for each in account(source, block)[0]
        if block.kind != "exercise" or each.token.end <= len(block.text.partition(PART)[0])
    }
    said = "\n".join(text for text, *_ in table) + "\n"
    assert [each for each in bound if f"{each}\n" not in said and "site(" not in each] == []


@pytest.mark.parametrize("path", NOTED, ids=name)
def test_what_a_number_leads_to_is_there_once(path):
    soup, _ = page(path)
    for _, *leads in rows(soup):
        if (leads or [None])[0] and leads[0].startswith("#line-"):
            assert len(soup.find_all(id=leads[0][1:])) == 1


@pytest.mark.parametrize("path", NOTED, ids=name)
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
def test_both_languages_lead_to_the_same_lines(english):
    korean = DOCS / "ko" / english.relative_to(DOCS / "en")
    english, korean = (
        {tuple(lead) for _, *lead in rows(page(each)[0])} for each in (english, korean)
    )
    assert english == korean
