"""The comparison as a drawing: one row a layer, a dot a contender, on a logarithmic axis."""

from html import escape
from math import log2

ROW, LEFT, WIDE, TOP = 18, 190, 620, 54
MARKS = (0.25, 0.5, 1, 2, 4, 8, 16, 32)
SHAPES = {
    "torch": '<circle cx="{x:.1f}" cy="{y}" r="5" class="torch"><title>{t}</title></circle>',
    "channels_last": '<rect x="{l:.1f}" y="{u}" width="8" height="8" class="last">'
    "<title>{t}</title></rect>",
    "peer": '<path d="M{x:.1f} {u}l5 9h-10z" class="peer"><title>{t}</title></path>',
}
STYLE = """
text{font:12px system-ui,sans-serif;fill:#222}.grid{stroke:#bbb}.one{stroke:#222;stroke-width:2}
.torch{fill:#0b6bcb}.last{fill:#fff;stroke:#0b6bcb;stroke-width:2}.peer{fill:#b45309}
svg{background:#fff}
@media (prefers-color-scheme:dark){svg{background:#1b1b1f}text{fill:#ddd}.grid{stroke:#555}
.one{stroke:#ddd}.torch{fill:#6cb2ff}.last{fill:#1b1b1f;stroke:#6cb2ff}.peer{fill:#f0a860}}
"""


def place(ratio):
    """Return the x coordinate of a ratio; what is beyond the axis sits on its end."""
    low, high = log2(MARKS[0]), log2(MARKS[-1])
    share = (min(max(log2(ratio), low), high) - low) / (high - low)
    return LEFT + share * WIDE


def dots(row):
    """Yield (shape, label, ratio) of one layer's contenders."""
    one = row["one_thread"]
    for who in [who for who in ("torch", "channels_last") if who in one]:
        yield who, who.replace("_", " "), one[who]["ratio"]["median"]
    peers = {k: v["ratio"]["median"] for k, v in row["peers"].items() if k != "cnnlib"}
    best = min(peers, key=peers.get)
    yield "peer", best, peers[best]


def draw(result):
    """Return the drawing as SVG."""
    rows = result["layers"]
    height = TOP + ROW * len(rows) + 12
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 20} {height}" '
        f'role="img"><title>cnnlib beside torch and the best other way, one thread</title>'
        f"<style>{STYLE}</style>"
    ]
    legend = (("torch", "torch"), ("channels_last", "torch, channels last"), ("peer", "best peer"))
    for index, (shape, label) in enumerate(legend):
        parts.append(_mark(shape, LEFT + 10 + 160 * index, 16, label))
        parts.append(f'<text x="{LEFT + 22 + 160 * index}" y="20">{label}</text>')
    for mark in MARKS:
        x = place(mark)
        kind = "one" if mark == 1 else "grid"
        parts.append(f'<path d="M{x:.1f} {TOP - 8}V{height - 8}" class="{kind}"/>')
        parts.append(f'<text x="{x:.1f}" y="{TOP - 12}" text-anchor="middle">{mark:g}×</text>')
    for index, row in enumerate(rows):
        y = TOP + ROW * index + ROW // 2
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(row["name"])}</text>'
        )
        for shape, label, ratio in dots(row):
            parts.append(_mark(shape, place(ratio), y, f"{label}: {ratio:.2f} times"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _mark(shape, x, y, text):
    return SHAPES[shape].format(x=x, l=x - 4, y=y, u=y - 4, t=escape(text))
