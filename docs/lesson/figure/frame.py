"""The HTML around the drawings: panels in a row that wraps, lines of arithmetic, caption."""

import json

from lesson.figure.svg import PHONE
from lesson.figure.text import equals, escape, factor, inline, number
from lesson.tables import LEGEND

NARROW = "\N{NO-BREAK SPACE}"  # the result stays with the last term

ELEMENTS = {
    "conv1d": "cnn-conv",
    "conv2d": "cnn-conv",
    "conv3d": "cnn-volume",
    "conv2d-grad": "cnn-adjoint",
    "conv-transpose1d": "cnn-adjoint",
    "conv-transpose2d": "cnn-adjoint",
    "pool2d": "cnn-pool",
    "pad2d": "cnn-pad",
    "inner-product": "cnn-inner-product",
    "image": "cnn-image",
    "filters": "cnn-filters",
    "shapes": "cnn-shapes",
}


def element(spec, parts, caption=None):
    """Return the whole figure inside its custom element, which carries the spec."""
    name = ELEMENTS[spec["kind"]]
    told = f"<figcaption>{inline(caption)}</figcaption>" if caption else ""
    data = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&#39;")):
        data = data.replace(sign, entity)
    return (
        f"<{name} id=\"{escape(spec['id'])}\" spec='{data}'>"
        f'<figure class="cnn-figure">{"".join(parts)}{told}</figure></{name}>'
    )


def panel(words, label, shape, svg, *, role, sign="", style=""):
    """Return one labelled drawing, after the operator that leads to it.

    A drawing that is wider than a phone stands in a box that scrolls and takes the focus.
    """
    width = int(svg.split('width="', 1)[1].split('"', 1)[0])
    name = f"{label} {shape}".strip()
    box = ""
    if width > PHONE + 6:
        box = f' tabindex="0" role="group" aria-label="{escape(words("scroll", name=name))}"'
    star = " cnn-star" if sign == "⋆" else ""
    lead = f'<span class="cnn-sign{star}" aria-hidden="true">{sign}</span>' if sign else ""
    size = f" <b>{escape(shape)}</b>" if shape else ""
    return (
        f'<div class="cnn-step">{lead}<div class="cnn-panel cnn-is-{role}{style}">'
        f'<div class="cnn-label">{escape(label)}{size}</div>'
        f'<div class="cnn-box"{box}>{svg}</div></div></div>'
    )


def row(*panels, style=""):
    """Return panels side by side; on a narrow screen they wrap."""
    return f'<div class="cnn-row{style}">{"".join(panels)}</div>'


def products(pairs, padding=(), first=0):
    """Return ``1·1 + 0·2``, each product kept in one piece; those of padding cells are marked.

    Every product carries its number in the whole sum, from `first` on.
    """
    return " + ".join(
        f'<span class="cnn-term{" cnn-from-pad" if i in padding else ""}" '
        f'data-k="{first + i}">'
        f"{factor(x)}·{factor(w)}</span>"
        for i, (x, w) in enumerate(pairs)
    )


def result(value):
    """Return ``= 4``, kept in one piece."""
    return f'<span class="cnn-result">{equals(value)} <b>{number(value)}</b></span>'


def line(head, terms, value, style=""):
    """Return one line of arithmetic: what is computed, the terms, the value."""
    return (
        f'<p class="cnn-sum{style}"><span class="cnn-head">{escape(head)}</span> '
        f"{terms}{NARROW}{result(value)}</p>"
    )


def legend(words, *keys):
    """Return the list of signs that the drawing uses; each has its own shape."""
    if not keys:
        return ""
    items = "".join(
        f'<li><svg class="cnn-key" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">'
        f"{''.join(map(_sign, LEGEND[key]))}</svg>{words(f'legend.{key}')}</li>"
        for key in keys
    )
    return f'<ul class="cnn-legend">{items}</ul>'


def _sign(node):
    """Return a node of the legend's table, (name, attributes, children…), as SVG."""
    name, attributes, *children = node
    told = "".join(f' {key}="{value}"' for key, value in attributes.items())
    inside = "".join(map(_sign, children))
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def spoken(words, name, texts):
    """Return what a screen reader hears of a grid: its name and its numbers."""
    if len(texts) == 1:
        return words("spokenRow", name=name, values=" ".join(texts[0]))
    return words("spokenRows", name=name, values=" / ".join(" ".join(row) for row in texts))
