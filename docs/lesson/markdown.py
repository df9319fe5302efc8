"""The lesson's Markdown extension: which language the fences speak, which elements are blocks, and
where a line of Korean may not end.

It knows nothing of MkDocs; what becomes of a fence is in `lesson.fences`.
"""

from markdown.extensions import Extension

from lesson.lines import Lines

# Each stands as a block of its own: in a paragraph, a browser would move its drawing out of it.
ELEMENTS = [
    "cnn-conv",
    "cnn-volume",
    "cnn-adjoint",
    "cnn-pool",
    "cnn-pad",
    "cnn-inner-product",
    "cnn-image",
    "cnn-filters",
    "cnn-shapes",
    "cnn-exercise",
    "cnn-homework",
    "cnn-grading",
    "cnn-assignment",
    "cnn-digit-lab",
    "cnn-mastery",
    "cnn-fading",
    "cnn-inventory",
    "cnn-parsons",
]


class Lesson(Extension):
    """Keeps the language of the page's figures and exercises, as ``md.lesson_lang``."""

    def __init__(self, **config):
        self.config = {"lang": ["ko", "language of labels and alternative texts"]}
        super().__init__(**config)

    def extendMarkdown(self, md):
        """Leave the language where the fences' formatters find it."""
        md.lesson_lang = self.getConfig("lang")
        Lines().extendMarkdown(md)
        md.block_level_elements.extend(ELEMENTS)


def makeExtension(**config):
    """Return the Markdown extension."""
    return Lesson(**config)
