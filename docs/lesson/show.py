"""Figures that follow the code: what a page's code asks for, and the page then draws.

show("conv2d", input=x, weight=w, stride=2)  ──►  kept as a fence's keys
                                                      │
the block that called it has run  ──►  `drawn` gives the HTML, the page brings it to life
"""

from lesson import figure

KINDS = ("conv1d", "conv2d", "conv2d-grad", "conv-transpose1d", "conv-transpose2d", "pool2d",
         "pad2d", "inner-product")  # fmt: skip
MOST = 5  # figures that one block may ask for

_asked: list[tuple[str, dict]] = []


def show(kind, **keys):
    """Ask for the interactive figure of a calculation; a page draws it below the code.

    Parameters
    ----------
    kind : str
        "conv2d", "pool2d", "pad2d" and so on: the name of a figure's fence.
    **keys
        What such a fence says; arrays may be arrays. See `lesson.figure`.

    Raises
    ------
    ValueError
        There is no such kind of figure, a key is unknown, a value is impossible, or a block asks
        for more than five.

    Examples
    --------
    >>> import numpy as np
    >>> from lesson.show import show
    >>> show("conv2d", input=np.eye(4), weight=[[1, 2], [3, 4]], stride=2)
    >>> show("conv2d", input=np.eye(4), weight=[[1, 2], [3, 4]], stride=0)
    Traceback (most recent call last):
        ...
    lesson.fences.error.FenceError: `stride` must be at least 1, got (0, 0)
    """
    if kind not in KINDS:
        raise ValueError(f"`kind` must be one of {', '.join(KINDS)}, got {kind!r}")
    if len(_asked) == MOST:
        raise ValueError(f"a block may show at most {MOST} figures")
    plain = {
        name: value.tolist() if hasattr(value, "tolist") else value for name, value in keys.items()
    }
    asked = (kind, {"id": f"shown-{len(_asked) + 1}", **plain})
    figure.draw(*asked, "en")  # what is wrong is said where it was asked for
    _asked.append(asked)


def drawn(lang):
    """Return the HTML of the figures that were asked for, and forget them."""
    made = [figure.draw(kind, keys, lang) for kind, keys in _asked]
    _asked.clear()
    return made
