"""The figures' fences in Markdown: ``conv2d``, ``pool2d``, ``inner-product`` and the others.

    markdown_extensions:
      lesson.markdown: {lang: ko}
      pymdownx.superfences:
        custom_fences:
          - name: conv2d
            class: conv2d
            format: !!python/name:lesson.markdown.figure
            validator: !!python/name:lesson.markdown.no_options

What is wrong with a fence stops the build, with page, line and reason.
"""

import re

from markdown.extensions import Extension
from pymdownx.superfences import SuperFencesException

from lesson.figure import FigureError, render
from lesson.source import where

# Each stands as a block of its own: in a paragraph, a browser would move its drawing out of it.
ELEMENTS = [
    "cnn-conv",
    "cnn-volume",
    "cnn-pool",
    "cnn-pad",
    "cnn-inner-product",
    "cnn-image",
    "cnn-filters",
    "cnn-shapes",
    "cnn-exercise",
    "cnn-homework",
    "cnn-grading",
    "cnn-digit-lab",
]


class Lesson(Extension):
    """Keeps the language of the page's figures and exercises as ``md.lesson_lang``."""

    def __init__(self, **config):
        self.config = {"lang": ["ko", "language of labels and alternative texts"]}
        super().__init__(**config)

    def extendMarkdown(self, md):
        """Leave the language where the fences' formatters find it."""
        md.lesson_lang = self.getConfig("lang")
        md.block_level_elements.extend(ELEMENTS)


def language(md):
    """Return the language of the pages that `md` converts."""
    return getattr(md, "lesson_lang", "ko")


def figure(source, kind, class_name, options, md, **kwargs):
    """Superfences formatter of every figure: the fence's language is the kind."""
    try:
        return render(kind, source, language(md))
    except FigureError as error:
        line = error.line if error.line is not None else _line_of(source, error.key)
        place = place_of(md, source, line)
        raise SuperFencesException(f"{place}{kind}: {error}") from None
    except Exception as error:  # superfences would show the fence as code and go on
        name = type(error).__name__
        raise SuperFencesException(f"{place_of(md, source)}{kind}: {name}: {error}") from error


def no_options(kind, inputs, options, attrs, md):
    """Superfences validator: with options beside its name, a fence would be shown as code."""
    if inputs:
        place = place_of(md, f"```{kind} {next(iter(inputs))}")
        raise SuperFencesException(f"{place}{kind}: options belong inside, got {', '.join(inputs)}")
    return True


def place_of(md, source, line=0):
    """Return ``docs/ko/stride.md:12: `` for a line of a fence, or nothing outside MkDocs."""
    name, _, first = where(md, source).partition(":")
    if not name:
        return ""
    return f"{name}:{int(first) + line}: " if first else f"{name}: "


def _line_of(source, key):
    """Return the number of the line on which the key stands, 0 if it is not there."""
    lines = source.strip().splitlines()
    stands = (n for n, text in enumerate(lines) if re.match(rf"{re.escape(str(key))}\s*:", text))
    return next(stands, 0)


def makeExtension(**config):
    """Return the Markdown extension."""
    return Lesson(**config)
