"""The digit lab's fence: a real digit on its way through the homework's network, stage by stage.

Without JavaScript this is a still figure of one held-out digit; with it, the reader draws.
"""

import base64
import json

import numpy as np
import yaml
from pymdownx.superfences import SuperFencesException

from cnnlib import softmax
from cnnlib.lesson import digits, weights
from cnnlib.lesson.figure.png import data_uri, shades
from cnnlib.lesson.markdown import language, place_of

START = 8  # the digit that the figure shows
STAGES = ("input", "relu1", "relu2", "fc2")
WORDS = {
    "ko": {
        "input": "입력", "relu1": "conv1 → ReLU", "relu2": "conv2 → ReLU",
        "fc2": "FC2: 열 개의 점수",
        "picture": "손글씨 {} 그림", "map": "특징 맵 {}: 가장 큰 값 {:.2f}",
        "digit": "숫자", "score": "점수", "share": "확률",
        "answer": "신경망이 이 손글씨를 읽은 답: {} (확률 {:.1f}%)",
    },
    "en": {
        "input": "Input", "relu1": "conv1 → ReLU", "relu2": "conv2 → ReLU",
        "fc2": "FC2: ten scores",
        "picture": "a handwritten {}", "map": "feature map {}: largest value {:.2f}",
        "digit": "digit", "score": "score", "share": "probability",
        "answer": "The network reads: {} (probability {:.1f}%)",
    },
}


def lab(source, kind, class_name, options, md, **kwargs):
    """Superfences formatter of ``digit-lab``; its only key is ``id``."""
    data = yaml.safe_load(source)
    if not isinstance(data, dict) or set(data) != {"id"} or not str(data["id"]).isidentifier():
        raise SuperFencesException(
            f"{place_of(md, source)}{kind}: the fence must hold `id: name` and nothing else")
    return render(data["id"], language(md))


def render(name, lang):
    """Return the element with its still figure."""
    pictures = samples()
    spec = {
        "kind": "digit-lab", "id": name, "lang": lang, "start": START,
        "samples": [{"label": label, "pixels": base64.b64encode(ink.tobytes()).decode()}
                    for label, ink in pictures],
    }
    return (f"<cnn-digit-lab id=\"{name}\" spec='{json.dumps(spec)}'>"
            f'<figure class="cnn-figure">{_still(*pictures[START], WORDS[lang])}</figure>'
            "</cnn-digit-lab>")


def samples():
    """Return one held-out digit of each kind: [(label, (20, 20) uint8 array), …]."""
    _, (images, labels) = digits.split()
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


def _still(label, ink, words):
    made = stages(ink)
    parts = [_row(words["input"], made["input"], lambda _: words["picture"].format(label))]
    parts += [
        _row(words[name], made[name],
             lambda k, maps=made[name]: words["map"].format(k, float(maps[k].max())))
        for name in ("relu1", "relu2")
    ]
    shares = softmax(made["fc2"], dim=0)
    best = int(shares.argmax())
    rows = "".join(
        f"<tr><th scope=row>{digit}</th><td>{score:.2f}</td><td>{100 * share:.1f}%</td></tr>"
        for digit, (score, share) in enumerate(zip(made["fc2"], shares, strict=True)))
    head = "".join(f"<th scope=col>{words[key]}</th>" for key in ("digit", "score", "share"))
    table = (f'<table class="cnn-scores"><caption>{words["fc2"]}</caption>'
             f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    answer = words["answer"].format(best, 100 * float(shares[best]))
    return "".join([*parts, table, f"<figcaption>{answer}</figcaption>"])


def _row(title, maps, alt):
    size = " ".join(f'({", ".join(map(str, maps.shape))})'.split())
    most = float(maps.max()) or 1.0
    pictures = "".join(
        f'<img class="cnn-pixels" alt="{alt(k)}" width="{4 * plane.shape[1]}" '
        f'height="{4 * plane.shape[0]}" src="{data_uri(255 - shades_of(plane, most))}">'
        for k, plane in enumerate(maps))
    return (f'<div class="cnn-stage"><p class="cnn-label">{title} <b>{size}</b></p>'
            f'<div class="cnn-maps">{pictures}</div></div>')


def shades_of(plane, most):
    """Return a map's values as 0 to 255, all maps of a layer on one scale."""
    return shades(np.append(plane.ravel(), most))[:-1].reshape(plane.shape)
