"""Turn the short Markdown of an exercise, with `$TeX$`, into HTML."""

from markdown import Markdown
from pymdownx.superfences import SuperFencesException

_MARKDOWN = Markdown(extensions=["lesson.mathml", "lesson.lines"])


def html(text: str) -> str:
    """Return `text` as HTML paragraphs."""
    try:
        return _MARKDOWN.reset().convert(text.strip())
    except SuperFencesException as error:  # names no page here: the fence's own error will
        raise ValueError(str(error).removeprefix(": ")) from None


def inline(text: str) -> str:
    """Return `text`, one paragraph, as HTML without the paragraph around it."""
    return html(text).removeprefix("<p>").removesuffix("</p>")
