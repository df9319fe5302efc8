"""A number that is asked names what holds, and the line that made it."""

import json

import pytest
from lesson.asking.origin import origin, statements

from tests.lesson.asked import made, marked, rows

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
