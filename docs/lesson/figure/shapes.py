"""A network's table: what shape comes out of each layer, and what the layer costs."""

import ast
from math import prod

from cnnlib import layers
from lesson.fences.error import FenceError
from lesson.figure import fields
from lesson.figure.fields import Field
from lesson.figure.frame import element
from lesson.figure.text import escape, fixed

LAYERS = ("Conv1d", "Conv2d", "Conv3d", "MaxPool2d", "AvgPool2d", "ReLU", "Flatten", "Linear")
COLUMNS = ("layer", "outputShape", "parameters", "multiplyAdds", "memory", "field")
FLOAT32 = 4  # bytes


def _sizes(key, value):
    whole = isinstance(value, list) and value
    if not whole or any(isinstance(n, bool) or not isinstance(n, int) or n < 1 for n in value):
        fields.refuse(key, "be a list of ints from 1 up", value)
    return value


def _layers(key, value):
    if not isinstance(value, list) or not value:
        fields.refuse(key, "be a list of layers", value)
    named = {}
    for entry in value:
        name, call = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if not isinstance(call, str) or (isinstance(entry, dict) and len(entry) != 1):
            fields.refuse(key, "hold lines such as `conv1: Conv2d(1, 3, 5)`", entry)
        name = str(name) or call.partition("(")[0].lower() + str(len(named))
        if name in named:
            fields.refuse(key, "name each layer once", name)
        named[name] = (call, layer(key, call))
    return named


def layer(key, call):
    """Return the layer that ``Conv2d(1, 3, kernel_size=5)`` describes; nothing is evaluated."""
    try:
        node = ast.parse(call.strip(), mode="eval").body
        if isinstance(node, ast.Name):
            node = ast.Call(node, [], [])
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        known = name in LAYERS
        args = [ast.literal_eval(arg) for arg in node.args]
        kwargs = {word.arg: ast.literal_eval(word.value) for word in node.keywords}
    except (SyntaxError, ValueError, AttributeError):
        fields.refuse(key, "hold calls such as Conv2d(1, 3, kernel_size=5)", call)
    if not known:
        fields.refuse(key, f"hold layers of {', '.join(LAYERS)}", call)
    try:
        return getattr(layers, name)(*args, **kwargs)
    except (TypeError, ValueError) as error:
        raise FenceError(f"`{key}`: {call}: {error}", key) from None


FIELDS = {**fields.COMMON, "input": Field(_sizes), "layers": Field(_layers)}


def traced(size, lines):
    """Return the rows of a network, as a fence says it: its `input` and its `layers`."""
    return _trace(_sizes("input", size), _layers("layers", lines))


def _trace(size, named):
    """Return the rows of `cnnlib.layers.trace` for layers by name, or refuse the layers."""
    try:
        return layers.trace(tuple(size), {name: made for name, (_, made) in named.items()})
    except (TypeError, ValueError) as error:
        raise FenceError(str(error), "layers") from None


def render(kind, data, words):
    """Return the figure of a ``shapes`` fence."""
    values = fields.read(kind, data, FIELDS)
    named, rows = values["layers"], _trace(values["input"], values["layers"])
    spec = {
        "kind": kind, "id": values["id"], "input": values["input"],
        "layers": [[name, call] for name, (call, _) in named.items()],
        "caption": values["caption"], "lang": words.lang,
    }  # fmt: skip
    lines = [_line([words("input"), "", values["input"], "", "", _bytes(values["input"]), ""])]
    lines += [_row(row, named[row.name][0]) for row in rows]
    totals = [words("total"), "", None, sum(r.parameters for r in rows),
              sum(r.multiply_adds for r in rows), "", ""]  # fmt: skip
    foot = f"<tfoot>{_line(totals)}</tfoot>"
    heads = "".join(f'<th scope="col">{words(key)}</th>' for key in COLUMNS)
    name = words("scroll", name=words("outputShape"))
    table = (
        f'<div class="cnn-box" tabindex="0" role="group" aria-label="{name}">'
        f'<table class="cnn-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody>{foot}</table></div>"
    )
    note = f'<p class="cnn-note">{words("batchNote", n=values["input"][0])}</p>'
    return element(spec, [table, note], values["caption"])


def _row(row, call):
    field = row.receptive_field
    seen = "" if field is None else "×".join(map(str, field))
    return _line(
        [row.name, call, row.output_shape, row.parameters, row.multiply_adds,
         _bytes(row.output_shape), seen]
    )  # fmt: skip


def _line(cells):
    name, call, shape, *rest = cells
    code = f" <code>{escape(call)}</code>" if call else ""
    shown = "" if shape is None else f"<code>({', '.join(map(str, shape))})</code>"
    others = "".join(f"<td>{f'{c:,}' if isinstance(c, int) else escape(c)}</td>" for c in rest)
    return (
        f'<tr><th scope="row">{escape(name)}{code}</th>'
        f'<td class="cnn-shape">{shown}</td>{others}</tr>'
    )


def _bytes(shape):
    """Return the memory of float32 numbers in this shape."""
    count = prod(shape) * FLOAT32
    for unit, scale in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= scale:
            return f"{fixed(count / scale, 1):.1f} {unit}"
    return f"{count} B"
