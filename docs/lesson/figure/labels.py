"""The words of the figures, in the languages of the site."""

from lesson.tables import LANGUAGES, WORDS


class Words:
    """The words of one language: ``words("outputCell", r=0, c=1)``."""

    def __init__(self, lang):
        if lang not in LANGUAGES:
            raise ValueError(f"`lang` must be one of {', '.join(LANGUAGES)}, got {lang!r}")
        self.lang = lang

    def __call__(self, key, **parts):
        level = WORDS[self.lang]["figure"]
        for name in key.split("."):
            level = level[name]
        return level.format(**parts)
