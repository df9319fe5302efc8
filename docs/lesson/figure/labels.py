"""The words of the figures, in the languages of the site."""

from lesson.tables import LANGUAGES, WORDS


class Words:
    """The words of one language: ``words("outputCell", r=0, c=1)``.

    Those `within` a part of the table, as ``gradInput``, come before all others.
    """

    def __init__(self, lang, part=None):
        if lang not in LANGUAGES:
            raise ValueError(f"`lang` must be one of {', '.join(LANGUAGES)}, got {lang!r}")
        self.lang, self.part = lang, part

    def within(self, part):
        """Return the words as that part of the table has them."""
        return Words(self.lang, part)

    def __call__(self, key, **parts):
        words = WORDS[self.lang]["figure"]
        own = _find(words[self.part], key) if self.part else None
        return (own or _find(words, key)).format(**parts)


def _find(level, key):
    """Return the word at the end of a path such as ``legend.pad``, or None."""
    for name in key.split("."):
        level = level.get(name) if level else None
    return level
