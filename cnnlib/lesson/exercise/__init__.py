"""The `exercise` fence: a question in YAML becomes a form, hints and a worked answer."""

from cnnlib.lesson.exercise.html import render
from cnnlib.lesson.exercise.spec import Exercise, read

__all__ = ["Exercise", "from_fence", "read", "render"]


def from_fence(source: str, lang: str) -> str:
    """Return the HTML of the exercise that the YAML text `source` describes.

    Raises
    ------
    ValueError
        The exercise cannot be read; the message says what does not fit and why.
    """
    return render(read(source, lang))
