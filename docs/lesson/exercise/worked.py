"""The worked line of each kind of exercise: the law, the numbers filled in, the steps.

Lines are Markdown with `$TeX$`. The first hint shows the law, the second the numbers
filled in, and the folded answer everything.
"""

import math
from collections.abc import Callable
from typing import Any

from cnnlib import shape
from lesson.exercise.backward import worked_cell, worked_size
from lesson.exercise.correlation import Correlation
from lesson.exercise.kinds import output_shape
from lesson.exercise.size_law import size
from lesson.exercise.writing import (
    Line,
    Worked,
    factor,
    matrix,
    number,
    product,
    sum_of_products,
    tuple_text,
)

Given = dict[str, Any]


def layer_shape(given: Given, lang: str) -> Worked:
    """Work the size law, then put batch and channels in front."""
    spatial = size(given, lang)
    result = output_shape(given)
    keep = {
        "ko": f"배치는 {result[0]} 그대로, 채널은 {result[1]}:",
        "en": f"The batch stays {result[0]}, the channels are {result[1]}:",
    }
    law = {
        "ko": (
            "배치 $N$과 채널은 그대로입니다. ",
            "배치 $N$은 그대로이고, 채널은 필터의 수가 됩니다. ",
        ),
        "en": (
            "The batch $N$ and the channels stay. ",
            "The batch $N$ stays; the channels become the number of filters. ",
        ),
    }[lang][not given["pool"]]
    last = Line(keep[lang], tuple_text(result))
    return Worked(law + spatial.law, (*spatial.lines, last))


def weight(given: Given, lang: str) -> Worked:
    """Fill in (out_channels, in_channels / groups, kernel)."""
    c, o, kernel, groups = (
        given[name] for name in ("in_channels", "out_channels", "kernel_size", "groups")
    )
    result = tuple_text(shape.weight_shape(c, o, kernel, groups))
    law = {
        "ko": "필터의 수, 필터의 깊이, 필터의 크기 순서로 적습니다. ",
        "en": "The number of filters, their depth, then their size. ",
    }
    if groups == 1:
        whole = {
            "ko": "필터 하나는 입력 채널을 모두 읽습니다: "
            "`(out_channels, in_channels, *kernel_size)`",
            "en": "A filter reads all input channels: `(out_channels, in_channels, *kernel_size)`",
        }
        return Worked(law[lang] + whole[lang], (Line(result),))
    own = {
        "ko": "필터 하나는 자기 그룹의 입력 채널만 읽습니다: "
        "`(out_channels, in_channels / groups, *kernel_size)`",
        "en": "A filter reads the input channels of its own group: "
        "`(out_channels, in_channels / groups, *kernel_size)`",
    }
    sides = ", ".join(map(str, kernel))
    return Worked(
        law[lang] + own[lang], (Line(f"`({o}, {c} / {groups}, {sides})`", f"= {result}"),)
    )


# How many channels a filter reads, without and with groups.
DEPTH = (
    {"ko": "입력 채널", "en": "input channels"},
    {"ko": "(입력 채널 ÷ 그룹)", "en": "(input channels ÷ groups)"},
)


def parameters(given: Given, lang: str) -> Worked:
    """Count weights and biases."""
    if "in_features" in given:
        outs, factors = given["out_features"], [given["out_features"], given["in_features"]]
        law = {
            "ko": "완전 연결 계층은 출력마다 입력 수만큼의 가중치와 편향 하나를 배웁니다.",
            "en": "A fully connected layer learns one weight for each input and one bias, "
            "for each output.",
        }
    else:
        outs = given["out_channels"]
        factors = [outs, given["in_channels"] // given["groups"], *given["kernel_size"]]
        depth = DEPTH[given["groups"] > 1]
        law = {
            "ko": f"필터의 수 × {depth['ko']} × 필터 한 장의 칸 수에, "
            "필터마다 하나씩 있는 편향을 더합니다.",
            "en": f"Filters × {depth['en']} × cells of one plane, plus one bias for each filter.",
        }
    weights = math.prod(factors)
    if not given["bias"]:
        return Worked(law[lang], (Line(f"${product(factors)}$", f"$= {weights}$"),))
    steps = f"$= {weights} + {outs} = {weights + outs}$"
    return Worked(law[lang], (Line(f"${product(factors)} + {outs}$", steps),))


def multiply_adds(given: Given, lang: str) -> Worked:
    """Count output cells, then products in each."""
    out = output_shape(given)
    factors = [given["channels"] // given["groups"], *given["kernel_size"]]
    depth = DEPTH[given["groups"] > 1]
    law = {
        "ko": f"출력의 칸 수에, 한 칸을 구하는 곱셈의 수({depth['ko']} × 필터 한 장의 칸 수)를 "
        "곱합니다.",
        "en": f"The cells of the output times the products in each cell ({depth['en']} × cells "
        "of one plane).",
    }
    name = {"ko": "출력의 형상", "en": "shape of the output"}[lang]
    cells, each = math.prod(out), math.prod(factors)
    return Worked(
        law[lang],
        (
            *size(given, lang).lines,
            Line(f"{name}: {tuple_text(out)}"),
            Line(
                f"$({product(out)}) ({product(factors)})$",
                f"$= {cells} \\cdot {each} = {cells * each}$",
            ),
        ),
    )


SUM_LAW = {
    "ko": "같은 자리의 수끼리 곱해서 모두 더합니다.",
    "en": "Multiply the numbers in the same places and add them all.",
}


def inner_product(given: Given, lang: str) -> Worked:
    """Write every product."""
    a, b = given["a"], given["b"]
    total = (a * b).sum().item()
    return Worked(SUM_LAW[lang], (Line(sum_of_products(a, b), f"= **{number(total)}**"),))


def cell(given: Given, lang: str) -> Worked:
    """Write the products of one window, channel by channel."""
    call, at = given["call"], given["at"]
    window, kernel = call.window(at), call.turned[at[0]]
    lines, sums = [], []
    for c in range(len(window)):
        sums.append((window[c] * kernel[c]).sum().item())
        label = {"ko": f"채널 {c}: ", "en": f"channel {c}: "}[lang] if len(window) > 1 else ""
        lines.append(Line(label + sum_of_products(window[c], kernel[c]), f"= {number(sums[-1])}"))
    bias = call.bias[at[0]].item()
    if len(sums) > 1 or bias:
        terms = " + ".join(factor(s) for s in sums)
        named = {"ko": f"{factor(bias)}(편향)", "en": f"{factor(bias)} (bias)"}[lang]
        lines.append(
            Line(f"{terms} + {named}" if bias else terms, f"= **{number(sum(sums) + bias)}**")
        )
    return Worked(_cell_law(call, lang), tuple(lines))


def _cell_law(call: Correlation, lang: str) -> str:
    turn = {
        "ko": "필터를 180° 돌려 창 위에 올립니다. ",
        "en": "Turn the filter by 180° and lay it on the window. ",
    }
    lay = {"ko": "필터를 창 위에 올립니다. ", "en": "Lay the filter on the window. "}
    return (turn if call.flip else lay)[lang] + SUM_LAW[lang]


def output(given: Given, lang: str) -> Worked:
    """Work the first cell, then show them all."""
    call = given["call"]
    first = cell({"call": call, "at": (0, 0, 0)}, lang)
    name = {"ko": "왼쪽 위 칸: ", "en": "Top left cell: "}[lang]
    rest = {
        "ko": "창을 옮기며 되풀이하면 다음과 같습니다. ",
        "en": "Move the window and repeat: ",
    }[lang]
    top = Line(name + first.lines[0].filled, first.lines[0].steps)
    grid = Line("", f"{rest} ${matrix(call.output()[0])}$")
    return Worked(first.law, (top, *first.lines[1:], grid))


def flatten(given: Given, lang: str) -> Worked:
    """Multiply the joined axes."""
    lengths, start, end = given["shape"], given["start_dim"], given["end_dim"]
    joined = lengths[start : end + 1]
    before, after = lengths[:start], lengths[end + 1 :]
    law = {
        "ko": f"{start}번 축부터 {end}번 축까지를 한 축으로 잇습니다. 길이는 곱하고, "
        "나머지 축은 그대로입니다.",
        "en": f"Axes {start} to {end} become one axis whose length is their product; "
        "the others stay.",
    }
    filled = ", ".join([*map(str, before), " · ".join(map(str, joined)), *map(str, after)])
    result = (*before, math.prod(joined), *after)
    comma = "," if len(result) == 1 else ""
    return Worked(law[lang], (Line(f"`({filled}{comma})`", f"= {tuple_text(result)}"),))


def linear(given: Given, lang: str) -> Worked:
    """Replace the last axis."""
    law = {
        "ko": "완전 연결 계층은 마지막 축만 `out_features`로 바꿉니다.",
        "en": "A fully connected layer changes the last axis only, to `out_features`.",
    }
    result = (*given["input"][:-1], given["out_features"])
    return Worked(law[lang], (Line(tuple_text(given["input"]), f"→ {tuple_text(result)}"),))


def receptive_field(given: Given, lang: str) -> Worked:
    """Add (kernel - 1) · dilation · (product of the earlier strides) layer by layer."""
    dilated = any(dilation > 1 for _, _, dilation in given["layers"])
    reach = r"$(K - 1) \cdot D$" if dilated else "$K - 1$"
    law = {
        "ko": f"$1$에서 시작해 계층마다 {reach}에 앞선 스트라이드를 모두 곱해 더합니다.",
        "en": f"Start at $1$; each layer adds {reach} times all strides before it.",
    }
    terms, values, jump = [], [], 1
    for kernel, stride, dilation in given["layers"]:
        spread = rf" \cdot {dilation}" if dilated else ""
        terms.append(rf"({kernel} - 1){spread} \cdot {jump}")
        values.append((kernel - 1) * dilation * jump)
        jump *= stride
    steps = f"$= 1 + {' + '.join(map(str, values))} = {1 + sum(values)}$"
    return Worked(law[lang], (Line(f"$1 + {' + '.join(terms)}$", steps),))


WORKED: dict[str, Callable[[Given, str], Worked]] = {
    "output-size": size,
    "output-shape": layer_shape,
    "weight-shape": weight,
    "parameters": parameters,
    "multiply-adds": multiply_adds,
    "inner-product": inner_product,
    "cell": cell,
    "output": output,
    "flatten": flatten,
    "linear-shape": linear,
    "receptive-field": receptive_field,
    "transposed-size": worked_size,
    "gradient-cell": worked_cell,
}
