"""The copy button of a session copies its code, whatever characters that code has."""

from html.parser import HTMLParser

import pytest
from lesson.console import statements
from markdown import Markdown

EXTENSIONS = ["pymdownx.highlight", "pymdownx.superfences", "lesson.console"]


class Copies(HTMLParser):
    """The values of ``data-copy``, as a browser reads them."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Keep the value of every element that has one."""
        self.found += [value for name, value in attrs if name == "data-copy"]


@pytest.mark.parametrize(
    "code", ["print(\"a\", 'b')", '"x" if 1 < 2 else "y"', 'show("&lt; &amp; \\" >")']
)
def test_quotes_and_angle_brackets_are_copied_as_they_are_typed(code):
    html = Markdown(extensions=EXTENSIONS).convert(f"```pycon\n>>> {code}\n1\n```")
    assert Copies(html).found == [code]


def test_prompts_outputs_and_tracebacks_are_not_copied():
    session = (
        ">>> for i in range(2):\n...     f(i)\n0\n>>> f(-1)\nTraceback (most recent call last):\n"
    )
    assert statements(session + "    ...\nValueError: no") == "for i in range(2):\n    f(i)\nf(-1)"
