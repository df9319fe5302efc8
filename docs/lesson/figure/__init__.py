"""Figures: a fence's YAML is checked, computed with cnnlib, and drawn as SVG in an element.

A fence's language names the kind, and its content is YAML. All that a convolution may say::

    id: first-sum            # unique on the page
    input: lecture.input     # a name of lesson.examples, or nested lists: (H, W), (C, H, W)
    weight: lecture.weight   # (KH, KW), (C, KH, KW) or (O, C/groups, KH, KW)
    bias: [0]
    stride: 1                # stride, padding ('same', 'valid') and dilation: a number or [h, w]
    padding: 0
    dilation: 1
    groups: 1
    padding_mode: zeros      # reflect, replicate, circular
    flip: false              # true: convolution in the mathematician's sense
    at: [0, 1]               # the output cell whose window and sum are shown
    caption: One sentence.   # the alternative text is made from the numbers

The other kinds take, beside ``id`` and ``caption``:

- ``conv1d``: the same along one axis; ``conv3d``: one channel and one filter, no ``groups`` and no
  ``flip``, drawn slice by slice; it stays still
- ``conv2d-grad``: ``wrt input weight grad_output stride padding dilation groups at``; ``wrt`` is
  input or weight, ``grad_output`` is left out where every output counts once
- ``conv-transpose2d``: ``input weight bias stride padding output_padding dilation groups at``;
  ``conv-transpose1d``: the same along one axis
- ``pool2d``: ``input kernel_size stride padding mode at``
- ``pad2d``: ``input padding pad mode value at``; ``pad`` is in torch's order
- ``inner-product``: ``a b``
- ``image``: ``input matrix crop``
- ``filters``: ``input kernels own``; ``own``, 3×3 or 5×5, is the one filter that is drawn then
- ``shapes``: ``input layers``, a table

The element carries the spec as JSON, names made numbers and defaults filled in, for the script
that makes the drawing move: ``<cnn-conv id="…" spec="…"><figure class="cnn-figure">…``. There,
`spec` can be read and set, `values` holds the numbers that the figure shows now, and the event
``change`` tells of either::

    const figure = document.querySelector("cnn-conv");
    figure.addEventListener("change", () => console.log(figure.values.output));
    figure.spec = { ...figure.spec, stride: 2 };
"""

from lesson.fences.error import FenceError
from lesson.figure import adjoint, conv, filters, inner_product, pad, picture, pool, shapes
from lesson.figure.labels import Words

RENDER = {
    "conv1d": conv.render,
    "conv2d": conv.render,
    "conv3d": conv.render,
    "conv2d-grad": adjoint.render,
    "conv-transpose1d": adjoint.render,
    "conv-transpose2d": adjoint.render,
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
    lesson.fences.error.FenceError: `b` must have the shape of `a` (2,), got (3,)
    """
    from lesson.fences.reader import parse  # YAML, which a browser does without

    return draw(kind, parse(source), lang)


def draw(kind, keys, lang):
    """Return the HTML of a figure from its keys, as `parse` has read them."""
    return RENDER[kind](kind, keys, Words(lang))
