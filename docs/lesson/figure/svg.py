"""Drawing: one grid of numbered cells as an ``<svg>``, its looks left to figure.css.

Every cell is ``<g class="c …" data-r="…" data-c="…"><rect/><text>…</text></g>``; what lies over
the cells (hatching, outlines, the dots that mark window positions) follows them.
"""

from dataclasses import dataclass, field

from lesson.figure.text import escape
from lesson.tables import SIZES

SIZE = SIZES["grid"]
EDGE = SIZE["margin"]  # room for outlines that stand on the border, px
RAIL = SIZE["rail"]  # room for the dots of the window positions, px
SIGN = SIZE["sign"]  # room for the operator before a grid, px
PHONE = SIZE["phone"]  # what a figure has inside its frame on a 360 px wide screen, px
DESKTOP = SIZE["desktop"]  # what it has in a column of text on a wide screen, px
NOTED = SIZE["noted"]  # the smallest cell that has room for a note in its corner, px
STEPS = [tuple(step) for step in SIZE["steps"]]  # cell, font, px


@dataclass(frozen=True)
class Outline:
    """A rectangle around `height` × `width` cells from (row, column)."""

    row: int
    column: int
    height: int
    width: int
    style: str


@dataclass
class Grid:
    """What is drawn: texts by row, and what stands out in them.

    `styles` and `notes` map (row, column) to CSS classes and to a small text in the corner.
    `rails` holds, for rows and for columns, one bool for every position of the window:
    it is placed there, or skipped. `signed` grids stand after an operator. `over` is SVG that lies
    over the outlines.
    """

    texts: list
    role: str
    label: str
    channel: int = 0
    styles: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)
    outlines: list = field(default_factory=list)
    rails: tuple = ()
    signed: bool = False
    over: str = ""

    @property
    def columns(self):
        return len(self.texts[0])

    @property
    def longest(self):
        return max(len(text) for row in self.texts for text in row)


def cell_size(*grids):
    """Return one cell and font size for all grids, so that cells are alike in one figure.

    As large as fits a phone, never too small for the numbers; a little smaller if that
    lets all grids stand side by side on a wide screen.
    """
    longest = max(grid.longest for grid in grids)
    fitting = [
        (cell, font)
        for cell, font in STEPS
        if longest * font * 0.6 + 5 <= cell
        and all(g.columns * cell <= PHONE - _taken(g) for g in grids)
    ]
    if not fitting:
        cell, font = STEPS[2]
        return max(cell, int(longest * font * 0.6 + 10)), font
    width = sum(grid.columns for grid in grids)
    beside = [
        (cell, font)
        for cell, font in fitting[:2]
        if width * cell + sum(_taken(g) + 18 for g in grids) <= DESKTOP
    ]
    return (beside or fitting)[0]


def _taken(grid):
    """Return the width that rails and operator take beside the cells."""
    return RAIL * bool(grid.rails) + SIGN * grid.signed


def draw(grid, sizes=None):
    """Return the ``<svg>`` of the grid."""
    cell, font = sizes or cell_size(grid)
    left = EDGE + (RAIL if grid.rails else 0)
    width = left + grid.columns * cell + EDGE
    height = left + len(grid.texts) * cell + EDGE
    parts = [_cells(grid, cell, left), _hatching(grid, cell, left)]
    outlines = "".join(_outline(o, cell, left) for o in grid.outlines)
    parts.append(f'<g aria-hidden="true">{outlines}{grid.over}</g>')
    if grid.rails:
        parts.append(_rails(grid.rails, cell, left))
    return (
        f'<svg class="cnn-grid cnn-{grid.role}" data-role="{grid.role}" '
        f'data-channel="{grid.channel}" role="img" aria-label="{escape(grid.label)}" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-size="{font}">{"".join(parts)}</svg>'
    )


def _cells(grid, cell, left):
    half, parts = cell // 2, []
    for r, row in enumerate(grid.texts):
        parts.append("<g>")
        for c, text in enumerate(row):
            x, y = left + c * cell, left + r * cell
            style = f"c {grid.styles[r, c]}" if (r, c) in grid.styles else "c"
            note = grid.notes.get((r, c)) if cell >= NOTED else None
            small = (
                f'<text class="n" x="{x + cell - 4}" y="{y + cell - 5}">{escape(note)}</text>'
                if note
                else ""
            )
            parts.append(
                f'<g class="{style}" data-r="{r}" data-c="{c}">'
                f'<rect x="{x}" y="{y}" width="{cell}" height="{cell}"/>'
                f'<text x="{x + half}" y="{y + half}">{escape(text)}</text>{small}</g>'
            )
        parts.append("</g>")
    return "".join(parts)


def _hatching(grid, cell, left):
    """Diagonals through the corners of padding cells, a cross through cells that are not read."""
    pad, cross, q = [], [], cell // 4
    for (r, c), style in grid.styles.items():
        x, y = left + c * cell, left + r * cell
        if "pad" in style.split():
            pad.append(
                f"M{x} {y + q}l{q}-{q}M{x + cell - q} {y + cell}l{q}-{q}"
                f"M{x} {y + 2 * q}l{2 * q}-{2 * q}M{x + cell - 2 * q} {y + cell}l{2 * q}-{2 * q}"
            )
        if "unread" in style.split():
            arm = cell - 8
            cross.append(f"M{x + 4} {y + 4}l{arm} {arm}m0 -{arm}l-{arm} {arm}")
    return (f'<path class="hatch" d="{"".join(pad)}"/>' if pad else "") + (
        f'<path class="cross" d="{"".join(cross)}"/>' if cross else ""
    )


def _outline(o, cell, left):
    inset, round_ = (4, cell // 2) if o.style == "ring" else (0, 3)
    return (
        f'<rect class="{o.style}" x="{left + o.column * cell + inset}" '
        f'y="{left + o.row * cell + inset}" width="{o.width * cell - 2 * inset}" '
        f'height="{o.height * cell - 2 * inset}" rx="{round_}"/>'
    )


def _rails(rails, cell, left):
    rows, columns = rails
    dots = [(left + (i + 0.5) * cell, RAIL / 2, on) for i, on in enumerate(columns)]
    if len(rows) > 1:
        dots += [(RAIL / 2, left + (i + 0.5) * cell, on) for i, on in enumerate(rows)]
    return "".join(
        f'<circle class="{"taken" if on else "skipped"}" cx="{x:g}" cy="{y:g}" r="4.5"/>'
        for x, y, on in dots
    )
