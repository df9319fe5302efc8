"""The digit lab's fence: a real digit on its way through the homework's network, stage by stage.

Without JavaScript this is a still figure of one held-out digit; with it, the reader draws, and
every picture here changes in its place.
"""

from __future__ import annotations

import base64
import json

import numpy as np

from cnnlib import softmax
from lesson import weights
from lesson.examples import digits
from lesson.fences.error import FenceError
from lesson.fences.reader import only
from lesson.pixels import paths

START = 8  # the digit that the figure shows
WORDS = {
    "ko": {
        "pad": "손글씨 {}",
        "seen": "신경망이 보는 그림",
        "kernel": "{}의 필터 {}",
        "relu1": "conv1 → ReLU",
        "relu2": "conv2 → ReLU",
        "flatten": "flatten",
        "relu3": "FC1 → ReLU",
        "fc2": "FC2: 열 개의 점수",
        "kernels": "왼쪽은 필터({}), 오른쪽은 그 필터가 만든 특징 맵입니다. "
        "필터에서 작은 네모는 음수입니다.",
        "rows": "한 줄이 특징 맵 하나를 편 것입니다.",
        "map": "특징 맵 {}: 가장 큰 값 {}",
        "strip": "{}의 값 {}개: 가장 큰 값 {}",
        "digit": "숫자",
        "share": "확률",
        "score": "점수",
        "answer": "답: {} (확률 {})",
        "which": "시험용 손글씨 {} 하나가 과제의 신경망을 지나는 모습입니다. ",
        "caption": "진할수록 큰 값이고, 농도의 기준은 계층마다 따로 잡았습니다.",
    },
    "en": {
        "pad": "A handwritten {}",
        "seen": "What the network sees",
        "kernel": "filter {1} of {0}",
        "relu1": "conv1 → ReLU",
        "relu2": "conv2 → ReLU",
        "flatten": "flatten",
        "relu3": "FC1 → ReLU",
        "fc2": "FC2: ten scores",
        "kernels": "Left a filter of {}, right the feature map that it makes. "
        "In filters a small square is a negative weight.",
        "rows": "Each row is one feature map, flattened.",
        "map": "feature map {}: largest value {}",
        "strip": "{}: {} values, the largest {}",
        "digit": "digit",
        "share": "probability",
        "score": "score",
        "answer": "Answer: {} (probability {})",
        "which": "A held-out handwritten {} on its way through the homework's network. ",
        "caption": "Darker is larger; each layer has a scale of its own.",
    },
}


def lab(keys, lang):
    """Return the figure of the fence ``digit-lab``; its only key is ``id``."""
    only(keys, "id")
    if not isinstance(keys["id"], str) or not keys["id"].isidentifier():
        raise FenceError(f"`id` must be a name, got {keys['id']!r}", "id")
    return render(keys["id"], lang)


def render(name, lang):
    """Return the element with its still figure."""
    pictures = samples()
    spec = {
        "kind": "digit-lab",
        "id": name,
        "lang": lang,
        "start": START,
        "samples": [
            {"label": label, "pixels": base64.b64encode(ink.tobytes()).decode()}
            for label, ink in pictures
        ],
    }
    return (
        f"<cnn-digit-lab id=\"{name}\" spec='{json.dumps(spec)}'>"
        f'<figure class="cnn-lab">{_still(*pictures[START], WORDS[lang])}</figure>'
        "</cnn-digit-lab>"
    )


def samples():
    """Return one held-out digit of each kind: [(label, (20, 20) uint8 array), …]."""
    _, (images, labels) = digits()
    first = [int(np.flatnonzero(labels == label)[0]) for label in range(10)]
    return [(label, np.rint(images[i, 0] * 255).astype(np.uint8)) for label, i in enumerate(first)]


def stages(ink):
    """Return what each layer makes of a (20, 20) uint8 digit: name → array without the batch."""
    net = weights.load()
    x = (ink / np.float32(255))[None, None]
    made = {"input": x[0]}
    for layer in net.chain:
        x = net.apply(layer, x)
        made[layer] = x[0]
    return made


def percent(share):
    """A probability as the page shows it; 100 % and 0 % would claim too much.

    >>> from lesson.lab import percent
    >>> percent(0.9998), percent(0.61), percent(0.0002)
    ('>99.9%', '61.0%', '<0.1%')
    """
    if share > 0.999:
        return ">99.9%"
    return f"{100 * share:.1f}%" if share >= 0.001 else "<0.1%"


def _still(label, ink, words):
    made, weight = stages(ink), weights.load().weights
    shares = softmax(made["fc2"], dim=0)
    best = int(shares.argmax())
    answer = words["answer"].format(best, _escape(percent(shares[best])))
    return "".join(
        [
            '<div class="cnn-lab-top"><div class="cnn-lab-draw">',
            _picture("pad", made["input"][0], 1, "input", words["pad"].format(label)),
            '<div class="cnn-lab-tools"></div></div><div class="cnn-lab-read">',
            f'<div class="cnn-lab-seen"><p>{words["seen"]} <b>(1, 20, 20)</b></p>',
            _picture("seen", made["input"][0], 1, "input", words["seen"]),
            "</div>",
            f'<p class="cnn-lab-answer">{answer}</p>{_table(made["fc2"], shares, best, words)}',
            "</div></div>",
            *(
                _layer(stage, conv, made[stage], weight[f"{conv}.weight"], words)
                for stage, conv in (("relu1", "conv1"), ("relu2", "conv2"))
            ),
            _strip("flatten", made["relu2"].reshape(10, -1), words, words["rows"]),
            _strip("relu3", made["relu3"][None], words, ""),
            f'<figcaption><span class="cnn-lab-which">{words["which"].format(label)}</span>'
            f"{words['caption']}</figcaption>",
        ]
    )


def _table(scores, shares, best, words):
    rows = "".join(
        f'<tr{" class=cnn-best" * (digit == best)}><th scope="row">{digit}</th>'
        f'<td><svg class="cnn-lab-bar" aria-hidden="true"><rect width="{share:.2%}" /></svg></td>'
        f"<td>{_escape(percent(share))}</td><td>{_number(score)}</td></tr>"
        for digit, (score, share) in enumerate(zip(scores, shares, strict=True))
    )
    head = (
        f'<th scope="col">{words["digit"]}</th>'
        f'<th scope="col" colspan="2">{words["share"]}</th>'
        f'<th scope="col">{words["score"]}</th>'
    )
    return (
        f'<table class="cnn-lab-scores"><caption>{words["fc2"]}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _layer(stage, conv, maps, weight, words):
    most, strongest = float(maps.max()), float(np.abs(weight).max())
    boxes = "".join(
        '<div class="cnn-lab-box">'
        # the channels of a filter one below the other
        + _picture(
            f"{conv}.{o}",
            weight[o].reshape(-1, weight.shape[-1]),
            strongest,
            "kernel",
            words["kernel"].format(conv, o),
        )
        + _picture(
            f"{stage}.{o}", plane, most, "output", words["map"].format(o, _number(plane.max()))
        )
        + "</div>"
        for o, plane in enumerate(maps)
    )
    note = words["kernels"].format(f"{conv}.weight {weight.shape}")
    return _section(stage, maps.shape, note, f'<div class="cnn-lab-maps">{boxes}</div>', words)


def _strip(stage, rows, words, note):
    said = words["strip"].format(words[stage], rows.size, _number(rows.max()))
    picture = _picture(stage, rows, float(rows.max()), "output", said, "none")
    return _section(stage, (rows.size,), note, picture, words)


def _section(stage, shape, note, content, words):
    size = f"({', '.join(map(str, shape))})"
    return (
        f'<section class="cnn-lab-stage" data-stage="{stage}">'
        f'<p class="cnn-lab-title">{words[stage]} <b>{size}</b></p>'
        + (f'<p class="cnn-lab-note">{note}</p>' if note else "")
        + f"{content}</section>"
    )


def _picture(key, plane, most, role, said, keep="xMidYMid"):
    height, width = plane.shape
    return (
        f'<span class="cnn-pixels cnn-lab-{role}" data-key="{key}">'
        f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="{keep}" role="img" '
        f'aria-label="{said}" shape-rendering="crispEdges">{paths(plane, most)}</svg></span>'
    )


def _number(value):
    return f"{round(float(value), 2) + 0:.2f}".replace("-", "−")


def _escape(text):
    return text.replace("<", "&lt;").replace(">", "&gt;")
