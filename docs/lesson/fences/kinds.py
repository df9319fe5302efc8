"""Every kind of fence, and the formatter of them all.

    markdown_extensions:
      lesson.markdown: {lang: ko}
      pymdownx.superfences:
        custom_fences:
          - name: conv2d
            class: conv2d
            format: !!python/name:lesson.fences.kinds.fence
            validator: !!python/name:lesson.fences.kinds.no_options

What is wrong with a fence stops the build, with page, line and reason.
"""

from pymdownx.superfences import SuperFencesException

from lesson import exercise, figure, lab, ledger, measured, speed
from lesson.coding import html as coding
from lesson.fences.reader import nothing, parse
from lesson.homework import maker, worksheet
from lesson.inventory import html as inventory
from lesson.mastery import html as mastery
from lesson.parsons import html as parsons
from lesson.source import where

DRAWN = {
    **dict.fromkeys(figure.RENDER, figure.draw),
    "exercise": lambda kind, keys, lang: exercise.render(exercise.check(keys, lang)),
    "measured": lambda kind, keys, lang: measured.measured(keys, lang),
    "ledger": lambda kind, keys, lang: ledger.ledger(keys, lang),
    "benchmark": lambda kind, keys, lang: speed.benchmark(keys, lang),
    "write": lambda kind, keys, lang: coding.task(keys, lang),
    "digit-lab": lambda kind, keys, lang: lab.lab(keys, lang),
}
"""What becomes of the fences that hold YAML: (kind, keys, language) → HTML."""
EMPTY = {
    "homework": worksheet.worksheet,
    "grading": worksheet.grading,
    "assignment": maker.maker,
    "misconceptions": worksheet.names,
    "mastery": mastery.check,
    "fading": mastery.fading,
    "inventory": inventory.inventory,
    "parsons": parsons.puzzles,
    "inventory-key": inventory.key,
}
"""What becomes of the fences that say nothing: language → HTML."""


def fence(source, kind, class_name, options, md, **kwargs):
    """Superfences formatter of every kind: the fence's language is the kind.

    Whatever goes wrong is raised as a SuperFencesException: after any other error superfences
    would show the fence as code, and go on.
    """
    keys, lang = None, language(md)
    try:
        if kind in EMPTY:
            nothing(source)
            return EMPTY[kind](lang)
        keys = parse(source)
        return DRAWN[kind](kind, keys, lang)
    except ValueError as error:
        line = getattr(error, "line", None)
        if line is None and keys is not None:
            line = keys.line_of(f"`{getattr(error, 'key', None)}` {error}")
        reason = str(error)
    except Exception as error:
        line, reason = None, f"{type(error).__name__}: {error}"
    raise SuperFencesException(f"{place_of(md, source, line)}{kind}: {reason}")


def no_options(kind, inputs, options, attrs, md):
    """Superfences validator: with options beside its name, a fence would be shown as code."""
    if inputs:
        place = place_of(md, f"```{kind} {next(iter(inputs))}")
        raise SuperFencesException(f"{place}{kind}: options belong inside, got {', '.join(inputs)}")
    return True


def language(md):
    """Return the language of the pages that `md` converts."""
    return getattr(md, "lesson_lang", "ko")


def place_of(md, source, line=None):
    """Return ``docs/ko/stride.md:12: `` for a line of a fence, or nothing outside MkDocs."""
    name, _, first = where(md, source).partition(":")
    if not name:
        return ""
    blank = len(source) - len(source.lstrip("\n"))
    return f"{name}:{int(first) + max(0, (line or 0) - blank)}: " if first else f"{name}: "
