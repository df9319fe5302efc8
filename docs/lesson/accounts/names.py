"""What a claim may name beside its page's own names.

- ``np``, ``cnnlib`` and ``example`` of `lesson.examples`;
- ``default(conv2d, "stride")``, the default of an argument; ``message(conv2d, x, w)``, the text of
  the error that a call raises; ``refuses(conv2d, x, w)``, whether it raises ValueError;
- ``site("homework.check:POINTS")``, a name of the site's modules, which no page imports;
- ``shown("id").stride``, a key of the page's fence of that id, and ``named("높이", "너비")``, how
  many things the page names; after a fence, its own keys (see `lesson.accounts.given`).
"""

import re
from functools import partial
from inspect import signature
from pkgutil import resolve_name
from types import SimpleNamespace

import numpy as np

import cnnlib
import cnnlib.layers
import cnnlib.shape
from lesson.examples import example


def default(function, argument):
    """Return the default of a function's argument."""
    return signature(function).parameters[argument].default


def message(function, *args, **kwargs):
    """Return the text of the error that a call raises."""
    try:
        function(*args, **kwargs)
    except Exception as error:
        return str(error)
    raise AssertionError("nothing was raised")


def refuses(function, *args, **kwargs):
    """Return whether a call raises ValueError."""
    try:
        function(*args, **kwargs)
    except ValueError:
        return True
    return False


def site(name):
    """Return what a name of the site's own modules stands for.

    Examples
    --------
    >>> from lesson.accounts.names import site
    >>> site("examples:HELD_OUT")
    1000
    """
    return resolve_name(f"lesson.{name}")


COMMON = {
    "np": np,
    "cnnlib": cnnlib,
    "example": example,
    "default": default,
    "message": message,
    "refuses": refuses,
    "site": site,
}


def names_of(above):
    """Return the names that a fence gives to the claims after it."""
    if not above.startswith("```"):
        return {}
    from lesson.accounts import given  # the exercises: not needed where no fence is claimed

    return given.names(above)


def _shown(page, id_):
    """Return the names that the fence of an id gives, as attributes."""
    [fence] = re.findall(rf"^(```[^`]*?\nid: {id_}\n.*?\n```)$", page, re.DOTALL | re.MULTILINE)
    return SimpleNamespace(**names_of(fence))


def _named(page, *phrases):
    """Return how many things a page names, each by a phrase that stands there."""
    missing = [phrase for phrase in phrases if phrase not in page]
    if missing:
        raise ValueError(f"the page does not say {', '.join(missing)}")
    return len(set(phrases))


def on_page(text):
    """Return the names that look something up on a page."""
    return {"shown": partial(_shown, text), "named": partial(_named, text)}
