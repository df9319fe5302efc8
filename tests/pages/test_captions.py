"""Every number of a caption is computed from the figure that stands above it."""

import numpy as np
import pytest
import yaml
from lesson.examples import example

from cnnlib import conv1d, conv2d, conv3d, conv_transpose2d, pad
from tests.pages.markdown_pages import fences, name, pages
from tests.pages.number_words import numbers, places

KINDS = (
    "conv1d", "conv2d", "conv3d", "conv2d-grad", "conv-transpose2d", "pool2d", "pad2d",
    "inner-product", "image", "filters",
)  # fmt: skip
# What the caption of each figure says, from its fence `f`, input `x`, filters `w`, output `y` and
# the place `at` that it shows; digits first, then words, as `numbers` lists them.
SAYS = {
    "one-sided": "[f['pad'][0]]",
    "input-gradient": "[0, degrees(f, w)]",
    "strided-input-gradient": "[f['stride'], 0, f['stride'] - 1]",
    "stamps": "[degrees(f, w), 1]",
    "overlaps": "[x.max(), backward(f, w)[at], f['stride'] - 1]",
    "home-figure": "[*w.shape, *x.shape] if en else [*x.shape, *w.shape, 1]",
    "image-filters": "[0] if en else [0, 0]",
    "true-convolution": "[90 * turns(w, y)]",
    "three-channels": "[len(x), 1]",
    "two-filters": "[f['bias'][at[0]]]",
    "copy-corner": "[at[0] + 1, at[1] + 1, y[at]]",
    "second-sum-figure": "[] if en else [at[1]]",
    "two-by-two": "[f['dilation'], f['dilation'] - 1, 1]",
    "two-groups": "list(range(at[0] * w.shape[1], at[0] * w.shape[1] + w.shape[1]))",
    "eight": "[8]",
    "eight-matrix": "[8, *x.shape]",
    "sentence": "[len(x), 1]",
    "volume": "[at[0] + w.shape[-3]]",
    "pad-zeros": "[0]",
    "pad-corner": "[int(pad(x[None], (1, 1, 1, 1), 'reflect')[0][at])]",
    "five-to-seven": "[0, *x.shape, *(s + 2 * f['padding'] for s in x.shape), f['padding']]",
    "padded-corner": "[int(np.sum(pad(np.ones_like(x), (1, 1, 1, 1))[:3, :3]))]",
    "dark-border": "[0]",
    "max": "[f['kernel_size']] * 3",
    "dropped-cell": "[last(x, w, f), last(x, w, f) + w.size]",
    "stride-two": "[f['stride'], f['stride'] - 1]",
    "dropped-remainder": "[last(x, w, f) + i for i in range(w.size + 1)]",
    "beak-upper-left": "[y[at]]",
    "beak-upper-middle": "[y[at]]",
}
ORDINALS = {"two-filters": "[at[0] + 1] * 2", "two-groups": "[at[0] + 1]"}

FIGURES = [
    pytest.param(found, path.parent.name == "en", id=f"{name(path)}:{found.line}")
    for path in pages()
    for found in fences(path.read_text(encoding="utf-8"))
    if found.language in KINDS
]


def array(value):
    """Return an array that a fence names or lists."""
    return None if value is None else np.array(example(value) if isinstance(value, str) else value)


def last(x, w, f):
    """Return the cell where the last window starts."""
    return (x.size - w.size) // f["stride"] * f["stride"]


def turns(w, y):
    """Return by how many quarter turns the filter was turned to give `y`."""
    x = example("index.3x3")[None]
    [found] = [
        k for k in range(1, 4) if np.array_equal(conv2d(x, np.rot90(w, k)[None, None])[0], y)
    ]
    return found


def backward(f, w):
    """Return what a figure that stamps filters shows: a transposed convolution."""
    given = array(f["grad_output"] if "wrt" in f else f["input"])
    return conv_transpose2d(given[None], w[None, None], stride=f.get("stride", 1))[0]


def degrees(f, w):
    """Return by how much the filter is turned where it gathers what `backward` stamps."""
    given = array(f["grad_output"] if "wrt" in f else f["input"])
    around = np.pad(given, len(w) - 1)
    [found] = [
        k
        for k in range(1, 4)
        if np.array_equal(conv2d(around[None], np.rot90(w, k)[None, None])[0], backward(f, w))
    ]
    return 90 * found


def values(fence, english):
    """Return what the expressions of `SAYS` may use."""
    f = yaml.safe_load(fence.text)
    x, w, y, at = array(f.get("input")), array(f.get("weight")), None, tuple(f.get("at", ()))
    if w is not None and fence.language[4].isdigit() and "wrt" not in f:
        rank = int(fence.language[4])
        conv = {1: conv1d, 2: conv2d, 3: conv3d}[rank]
        filters = np.flip(w, range(-rank, 0)) if f.get("flip") else w
        filters = filters.reshape((1,) * (rank + 2 - w.ndim) + w.shape)
        inputs = x.reshape((1,) * (rank + 1 - x.ndim) + x.shape)
        options = {key: f[key] for key in ("stride", "padding", "dilation", "groups") if key in f}
        y = conv(inputs, filters, np.array(f["bias"]) if "bias" in f else None, **options)
        y = y[0] if len(at) == rank else y
    helpers = {"pad": pad, "np": np, "last": last, "turns": turns}
    helpers |= {"backward": backward, "degrees": degrees}
    return {"f": f, "x": x, "w": w, "y": y, "at": at, "en": english, **helpers}


@pytest.mark.parametrize(("fence", "english"), FIGURES)
def test_every_number_of_a_caption_comes_from_its_figure(fence, english):
    names = values(fence, english)
    caption, id_ = names["f"].get("caption", ""), names["f"]["id"]
    for said, table in ((numbers(caption), SAYS), (places(caption), ORDINALS)):
        assert said == [int(n) for n in eval(table.get(id_, "[]"), names)], caption
