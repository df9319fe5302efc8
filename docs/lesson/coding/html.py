"""A task as HTML: what is asked, what one begins with, and the solution, folded."""

from html import escape
from typing import Any

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from lesson.coding.judge import texts
from lesson.coding.tasks import TASKS
from lesson.fences.reader import only
from lesson.tables import WORDS

# Of no language: what a task defines is no part of the page's own code.
FORMAT = HtmlFormatter(cssclass="highlight", wrapcode=True)


def task(keys: dict[str, Any], lang: str) -> str:
    """Return the task that a fence names: ``task: four-loops``.

    Raises
    ------
    ValueError
        There is no task of that name.
    """
    only(keys, "task")
    name = keys["task"]
    if name not in TASKS:
        raise ValueError(f"`task` must be one of {', '.join(TASKS)}, got {name!r}")
    wanted, labels = TASKS[name], texts()["labels"]
    return (
        f'<div class="cnn-task" id="task-{name}" data-task="{name}">'
        f'<p class="cnn-exercise__title">{WORDS[lang]["frame"]["write"]}</p>'
        f"<p>{escape(texts()['tasks'][name]['ask'][lang])}</p>"
        f"{_code(wanted.starter)}"
        f'<details class="cnn-exercise__answer" data-search-exclude="true">'
        f"<summary>{labels['fold'][lang]}</summary>{_code(wanted.solution)}</details></div>"
    )


def _code(text: str) -> str:
    return str(highlight(text, PythonLexer(), FORMAT))
