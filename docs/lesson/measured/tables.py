"""Tables of the experiments as HTML: every network with its costs, and the grid of the choice."""

from html import escape

from lesson.examples import results
from lesson.experiments.networks import SIZE
from lesson.measured.facts import spread, training_ms

HEADS = {
    "ko": {
        "networks": (
            "신경망",
            "매개변수",
            "곱셈-누산",
            "학습시간의 비",
            "정확도(%)",
            "계층",
        ),
        "grid": ("실험/신경망", "고른 값"),
        "networks_label": "신경망마다의 계층과 비용과 정확도",
        "grid_label": "학습률과 단계 수를 고른 격자",
        "cell": "학습률 {rate}, {steps:,}단계",
    },
    "en": {
        "networks": (
            "network",
            "parameters",
            "multiply-adds",
            "training time, ratio",
            "accuracy (%)",
            "layers",
        ),
        "grid": ("experiment/network", "chosen"),
        "networks_label": "Layers, costs and accuracy of every network",
        "grid_label": "The grid from which rate and steps were chosen",
        "cell": "rate {rate}, {steps:,} steps",
    },
}


class Table:
    """Rows under a head, shown by Jupyter and by the site; it scrolls where it is too wide."""

    def __init__(self, label, head, rows):
        self.label, self.head, self.rows = label, head, rows

    def _repr_html_(self):
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in self.head)
        body = "".join(
            f'<tr><th scope="row">{escape(first)}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in rest)
            + "</tr>"
            for first, *rest in self.rows
        )
        return (
            f'<div class="cnn-wide" tabindex="0" role="group" aria-label="{escape(self.label)}">'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )


def networks(lang):
    """Every network of `size`; times are ratios to the quickest training."""
    found = results()
    quickest = min(training_ms(found, name) for name in SIZE)
    rows = []
    for name in sorted(SIZE, key=lambda name: found["networks"][f"size/{name}"]["parameters"]):
        told = found["networks"][f"size/{name}"]
        rows.append(
            (
                name,
                f"{told['parameters']:,}",
                f"{told['multiply_adds']:,}",
                f"{training_ms(found, name) / quickest:.0f}",
                spread(found["final"][f"size/{name}"]),
                told["architecture"],
            )
        )
    return Table(HEADS[lang]["networks_label"], HEADS[lang]["networks"], rows)


def grid(lang):
    """What every rate and number of steps reads of the validation digits, and which was chosen."""
    found, words = results(), HEADS[lang]
    tried = [(rate, steps) for rate, steps, _ in next(iter(found["grid"].values()))]
    head = [*words["grid"], *(words["cell"].format(rate=r, steps=s) for r, s in tried)]
    rows = []
    for key, cells in found["grid"].items():
        rate, steps = found["chosen"][key]
        shares = [f"{100 * share:.1f}" for *_, share in cells]
        rows.append((key, words["cell"].format(rate=rate, steps=steps), *shares))
    return Table(words["grid_label"], head, rows)
