"""Figures: a fence's YAML is checked, computed with cnnlib, and drawn as SVG in an element.

The element carries the spec as JSON, names made numbers and defaults filled in, for the script
that makes the drawing move: ``<cnn-conv id="…" spec="…"><figure class="cnn-figure">…``.
"""

from lesson.fences.reader import FenceError, parse
from lesson.figure import conv, filters, inner_product, pad, picture, pool, shapes
from lesson.figure.labels import Words

RENDER = {
    "conv1d": conv.render,
    "conv2d": conv.render,
    "conv3d": conv.render,
    "pool2d": pool.render,
    "pad2d": pad.render,
    "inner-product": inner_product.render,
    "image": picture.render,
    "filters": filters.render,
    "shapes": shapes.render,
}

__all__ = ["RENDER", "FenceError", "draw", "render"]


def render(kind, source, lang="ko"):
    """Return the HTML of a figure.

    Parameters
    ----------
    kind : str
        A key of `RENDER`: the fence's language.
    source : str
        The fence's YAML.
    lang : {"ko", "en"}
        Language of labels and alternative texts.

    Raises
    ------
    FenceError
        The YAML is malformed, a key is unknown, a value is impossible.

    Examples
    --------
    >>> from lesson.figure import render
    >>> render("inner-product", "id: dot\\na: [1, 3]\\nb: [5, 7, 9]")
    Traceback (most recent call last):
        ...
    lesson.fences.reader.FenceError: `b` must have the shape of `a` (2,), got (3,)
    """
    return draw(kind, parse(source), lang)


def draw(kind, keys, lang):
    """Return the HTML of a figure from its keys, as `parse` has read them."""
    return RENDER[kind](kind, keys, Words(lang))
