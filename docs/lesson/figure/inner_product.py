"""The inner product of two matrices: same places multiplied, all products added."""

import numpy as np

import cnnlib
from lesson.fences.error import FenceError
from lesson.figure import fields
from lesson.figure.fields import Field
from lesson.figure.frame import element, line, panel, products, row, spoken
from lesson.figure.svg import Grid, cell_size, draw
from lesson.figure.text import number, plain, size

FIELDS = {
    **fields.COMMON,
    "a": Field(fields.numbers(1, 2)),
    "b": Field(fields.numbers(1, 2)),
}


def render(kind, data, words):
    """Return the figure of an ``inner-product`` fence."""
    values = fields.read(kind, data, FIELDS)
    a, b = values["a"], values["b"]
    try:
        total = cnnlib.inner_product(a.astype(float), b.astype(float))
    except (ValueError, TypeError) as error:
        raise FenceError(str(error)) from None
    shown = [("A", "input", "", a), ("B", "kernel", "∘", b)]
    shown.append((words("product"), "product", "=", a * b))
    grids = [_grid(words, name, role, array) for name, role, _, array in shown]
    sizes = cell_size(*grids)
    panels = [
        panel(words, name, size(array.shape), draw(grid, sizes), role=role, sign=sign)
        for (name, role, sign, array), grid in zip(shown, grids, strict=True)
    ]
    pairs = list(zip(a.ravel(), b.ravel(), strict=True))
    spec = {
        "kind": kind, "id": values["id"], "a": plain(a), "b": plain(b),
        "caption": values["caption"], "lang": words.lang,
    }  # fmt: skip
    sum_ = line(f"{words('inner')} ⟨A, B⟩ =", products(pairs), total)
    return element(spec, [row(*panels), sum_], values["caption"])


def _grid(words, name, role, array):
    texts = [[number(value) for value in line_] for line_ in np.atleast_2d(array)]
    label = spoken(words, f"{name} {size(array.shape)}", texts)
    return Grid(texts, role, label, signed=role != "input")
