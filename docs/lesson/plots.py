"""Plots of the notebooks: SVG whose words are text and whose colours follow the page.

Every plot asks for its alternative text. In the site the colours come from the theme's
variables, in dark mode too; in a downloaded notebook their fallbacks apply.
"""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from io import StringIO

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from lesson.pixels import paths

INK, GRID = "#010101", "#020202"  # stand-ins that no plot uses for anything else
SERIES = ("#030101", "#030201", "#030301", "#030401")
COLOURS = {
    INK: "var(--md-typeset-color, #222)",
    GRID: "var(--md-default-fg-color--lightest, #ddd)",
    SERIES[0]: "var(--cnn-plot-1, #3056c0)",
    SERIES[1]: "var(--cnn-plot-2, #b3401f)",
    SERIES[2]: "var(--cnn-plot-3, #1d7a4c)",
    SERIES[3]: "var(--cnn-plot-4, #7b4397)",
}
MARKERS = "os^D"  # a series is told by its shape too
STYLE = {
    "svg.fonttype": "none",  # words stay words: selectable, and in the reader's own font
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": GRID,
    "axes.grid": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


# What matplotlib says of every element in a <style>, and of each in a style attribute, stands in
# attributes: a page's content policy allows no style of a page's own.
ROOT = 'font-family="sans-serif" stroke-linejoin="round" stroke-linecap="butt"'
STYLED = re.compile(r'style="([^"]*)"')


class Plot:
    """An SVG with its alternative text, shown by Jupyter and by the site."""

    def __init__(self, svg: str, alt: str) -> None:
        if not alt.strip():
            raise ValueError("`alt` must say what the plot shows, got an empty text")
        self.svg, self.alt = svg, alt

    def _repr_html_(self) -> str:
        label = html.escape(self.alt, quote=True)
        return f'<div class="cnn-plot" role="img" aria-label="{label}">{self.svg}</div>'


def losses(values: Sequence[float], every: int, alt: str, x: str, y: str) -> Plot:
    """Mean of each `every` values, as a line."""
    means = np.asarray(values).reshape(-1, every).mean(axis=1)

    def draw(axes):
        axes.plot(np.arange(1, len(means) + 1), means, color=SERIES[0])
        axes.set(xlabel=x, ylabel=y, ylim=(0, None))

    return _plot(draw, alt)


def lines(
    series: Mapping[str, tuple[Sequence[float], Sequence[Sequence[float]]]],
    alt: str,
    x: str,
    y: str,
    log: bool = False,
) -> Plot:
    """Mean of several runs against x, with a bar from the least of them to the greatest.

    Parameters
    ----------
    series : mapping of label to (places, runs)
        `runs` holds for each place the values of all runs.
    """

    def draw(axes):
        for k, (label, (places, runs)) in enumerate(series.items()):
            means = [float(np.mean(run)) for run in runs]
            below = [mean - min(run) for mean, run in zip(means, runs, strict=True)]
            above = [max(run) - mean for mean, run in zip(means, runs, strict=True)]
            axes.errorbar(
                places,
                means,
                yerr=(below, above),
                label=label,
                color=SERIES[k],
                marker=MARKERS[k],
                capsize=3,
            )
        axes.set(xlabel=x, ylabel=y)
        if log:
            axes.set_xscale("log")
        axes.figure.legend(loc="outside upper center", ncols=2, frameon=False)

    return _plot(draw, alt)


def rows_of_digits(rows: Sequence[np.ndarray], alt: str) -> Plot:
    """Digits side by side, one row an array (count, height, width); dark on the page's paper."""
    height, width = rows[0].shape[1:]
    parts = [
        paths(image, left=k * (width + 2), top=r * (height + 2))
        for r, row in enumerate(rows)
        for k, image in enumerate(row)
    ]
    across = max(len(row) for row in rows) * (width + 2) - 2
    down = len(rows) * (height + 2) - 2
    svg = (
        f'<svg viewBox="0 0 {across} {down}" width="100%" shape-rendering="crispEdges" '
        f'fill="{COLOURS[INK]}">{"".join(parts)}</svg>'
    )
    return Plot(svg, alt)


def _plot(draw: Callable, alt: str) -> Plot:
    # the salt makes the ids of one plot's markers its own, so that a page can hold several
    with warnings.catch_warnings(), matplotlib.rc_context({**STYLE, "svg.hashsalt": alt}):
        warnings.filterwarnings("ignore", message="Glyph")  # the reader's font has the Hangul
        figure = Figure(figsize=(6.4, 3.6), layout="constrained")
        draw(figure.subplots())
        file = StringIO()
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    svg = re.sub(r"^.*?(?=<svg)", "", file.getvalue(), flags=re.DOTALL)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<g) id="[^"]*"', r"\1", svg)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL)
    svg = STYLED.sub(_attributes, svg)
    svg = re.sub(r' width="[\d.]+pt" height="[\d.]+pt"', f' width="100%" {ROOT}', svg, count=1)
    for stand_in, colour in COLOURS.items():
        svg = svg.replace(stand_in, colour)
    return Plot(svg, alt)


def _attributes(styled: re.Match) -> str:
    """Return the declarations of a style attribute as attributes; the page chooses the font."""
    pairs = (map(str.strip, each.split(":", 1)) for each in styled[1].split(";") if each.strip())
    return " ".join(f'{name}="{value}"' for name, value in pairs if name != "font-family")
