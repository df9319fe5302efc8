"""What the experiments say, in sentences and tables written from the result file.

facts.py    numbers and verdicts, from the results alone
words.py    the sentences, with one ending for each verdict
tables.py   every network with its layers and costs, and the grid of the choice

A verdict holds for the whole spread: "more" is said only where the worst run of one network reads
more digits than the best run of the other. The fence ``measured`` puts sentences on a page.
"""

from lesson.examples import results
from lesson.fences.error import FenceError
from lesson.fences.reader import only
from lesson.measured.facts import CLAIMS
from lesson.measured.words import WORDS


def sentence(claim, lang):
    """Return what the results say about `claim`.

    Examples
    --------
    >>> from lesson.measured import sentence
    >>> "parameters" in sentence("parameters", "en")
    True
    """
    return told(claim, lang, results())


def told(claim, lang, found):
    """Return the sentences of `claim` for any results."""
    numbers, verdicts = CLAIMS[claim](found)
    words = WORDS[lang][claim]
    parts = [words["text"], *(words[verdict] for verdict in verdicts)]
    return " ".join(part.format(**numbers) for part in parts if part)


def measured(keys, lang):
    """Return the sentences of the fence ``measured``: ``says: shift``."""
    only(keys, "says")
    says = keys["says"]
    if not isinstance(says, str) or says not in CLAIMS:
        raise FenceError(f"`says` must be one of {', '.join(CLAIMS)}, got {says!r}", "says")
    return f'<p class="cnn-measured">{sentence(says, lang)}</p>'
