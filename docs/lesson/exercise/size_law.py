"""The size law, written with only the terms that a layer needs, and filled in."""

from dataclasses import dataclass
from typing import Any

from lesson.exercise.kinds import output_size
from lesson.exercise.writing import LETTERS, Line, Worked, into, out

Given = dict[str, Any]

AXES = {
    1: {"ko": ("너비",), "en": ("width",)},
    2: {"ko": ("높이", "너비"), "en": ("height", "width")},
    3: {"ko": ("깊이", "높이", "너비"), "en": ("depth", "height", "width")},
}

SYMBOLS = {
    "ko": {
        "O": "출력 크기 ${}$",
        "I": "입력 크기 ${}$",
        "K": "필터 크기 $K$",
        "P": "한쪽 패딩 $P$",
        "S": "스트라이드 $S$",
        "D": "팽창 $D$",
    },
    "en": {
        "O": "output size ${}$",
        "I": "input size ${}$",
        "K": "filter size $K$",
        "P": "padding $P$ on each side",
        "S": "stride $S$",
        "D": "dilation $D$",
    },
}
WINDOW = {"ko": "창 크기 $K$", "en": "window size $K$"}  # of a pooling, which has no filter
SAME = {
    "ko": "`padding='same'`은 출력 크기가 입력 크기와 같도록 패딩을 고릅니다.",
    "en": "`padding='same'` chooses the padding that keeps the size of the input.",
}
DROPPED = {
    "ko": ". 마지막 창은 오른쪽 패딩에서 시작하므로 버리고, 답은 {}입니다.",
    "en": "; the last window would start in the right padding and is dropped: {}",
}


def size(given: Given, lang: str) -> Worked:
    """Work the size law axis by axis; equal axes share one line."""
    result = output_size(given)
    results = result if isinstance(result, tuple) else (result,)
    pad, rank = given["padding"], len(results)
    if pad == "same":
        sizes = dict(zip(results, LETTERS[rank], strict=True))
        lines = [Line(f"${out(x)} = {into(x)} = {n}$") for n, x in sizes.items()]
        return Worked(SAME[lang], tuple(lines))
    law = SizeLaw.of(given)
    pads = (0,) * rank if pad == "valid" else pad
    window = (given["kernel_size"], given["stride"], pads, given["dilation"])
    rows = list(zip(given["input"], *window, results, strict=True))
    axes = list(zip(LETTERS[rank], (f"{name}: " for name in AXES[rank][lang]), strict=True))
    letter = LETTERS[rank][-2:][0]
    if rank == 1 or len(set(rows)) == 1:
        rows, axes = rows[:1], [(letter, "")]
    lines = [law.line(x, name, row, lang) for (x, name), row in zip(axes, rows, strict=True)]
    return Worked(law.text(letter, lang), tuple(lines))


@dataclass(frozen=True)
class SizeLaw:
    """The size law with only the terms that this layer needs."""

    padded: bool
    strided: bool
    dilated: bool
    pooled: bool
    bars: tuple[str, str]

    @classmethod
    def of(cls, given: Given) -> "SizeLaw":
        """Leave out a padding of 0, a stride of 1 and a dilation of 1."""
        pad = given["padding"]
        return cls(
            padded=pad != "valid" and any(pad),
            strided=any(s > 1 for s in given["stride"]),
            dilated=any(d > 1 for d in given["dilation"]),
            pooled=given["pool"],
            bars=("lceil", "rceil") if given["ceil_mode"] else ("lfloor", "rfloor"),
        )

    def tex(self, n: Any, k: Any, s: Any, p: Any, d: Any) -> str:
        """Write the right side for symbols or numbers."""
        gap = "" if isinstance(p, str) else r" \cdot "
        pad = f" + 2{gap}{p}" if self.padded else ""
        reach = rf"{d}{gap}({k} - 1) - 1" if self.dilated else f"{k}"
        return self.positions(f"{n}{pad} - {reach}", s)

    def positions(self, top: Any, s: Any) -> str:
        """Write moves plus one; without strides nothing is divided."""
        if not self.strided:
            return f"{top} + 1"
        return rf"\left\{self.bars[0]}\dfrac{{{top}}}{{{s}}}\right\{self.bars[1]} + 1"

    def text(self, letter: str, lang: str) -> str:
        """Name the symbols, then write the law for the axis of a letter."""
        used = "OIK" + "P" * self.padded + "S" * self.strided + "D" * self.dilated
        symbols = SYMBOLS[lang] | ({"K": WINDOW[lang]} if self.pooled else {})
        sizes = {"O": out(letter), "I": into(letter)}
        names = ", ".join(symbols[each].format(sizes.get(each)) for each in used)
        return f"{names}: ${sizes['O']} = {self.tex(sizes['I'], 'K', 'S', 'P', 'D')}$"

    def line(self, letter: str, name: str, row: tuple[int, ...], lang: str) -> Line:
        """Fill in one axis."""
        n, k, s, p, d, answer = row
        top = n + 2 * p - d * (k - 1) - 1
        moves = -(-top // s) if self.bars[0] == "lceil" else top // s
        steps = self.positions(top, s)
        if self.strided:
            steps += f" = {moves} + 1"
        dropped = DROPPED[lang].format(answer) if moves + 1 > answer else ""
        filled = f"{name}${out(letter)} = {self.tex(n, k, s, p, d)}$"
        return Line(filled, f"$= {steps} = {moves + 1}${dropped}")
