"""The benchmark's table in a page, read from the committed result file.

`python -m benchmarks` writes that file; the fence ``benchmark`` shows it, and nothing is typed:
``says: known`` the layers that a reader knows, ``says: all`` every layer and everybody.
"""

import json
from functools import cache
from html import escape
from pathlib import Path

from lesson.fences.error import FenceError
from lesson.fences.reader import only

FILE = Path(__file__).parents[2] / "benchmarks" / "results.json"
KNOWN = (
    "lenet_c3",
    "mnist128_c1",
    "alexnet_c1_k11s4",
    "alexnet_c2_k5",
    "vgg_c3_256x56",
    "resnet_stem_k7s2",
    "res18_l1_64x56",
    "res50_1x1_256-64",
    "mbn_dw_32x112",
    "k31_8x128",
)
"""The layers of networks that a reader knows."""
WORDS = {
    "ko": {
        "caption": "한 스레드, float32. 비율은 상대의 시간을 cnnlib의 시간으로 나눈 값이므로 "
        "1보다 크면 cnnlib가 빠릅니다. ±는 프로세스 사이의 차이입니다.",
        "head": {
            "layer": "계층",
            "strategy": "방법",
            "ms": "cnnlib(ms)",
            "torch": "torch",
            "channels_last": "torch(channels-last)",
            "ONNX Runtime": "ONNX Runtime",
            "OpenVINO": "OpenVINO",
            "peer": "다른 방법 중 최고",
            "peak": "행렬 곱 최고 속도 대비",
            "scratch": "임시 메모리(MiB)",
        },
        "machine": "잰 기계: {processor}, 코어 {cores}개, torch {torch}, NumPy {numpy}, {date}. "
        "재는 동안의 부하(load average): {load}.",
        "means": "기하 평균: torch(NCHW) 대비 {one_thread_33:.2f}배(33가지 형상), "
        "{one_thread_30:.2f}배(보통 계층 30가지). torch의 더 빠른 배치 대비 "
        "{faster_layout_33:.2f}배. 역전파 {backward:.2f}배. 조정에 쓰지 않은 형상에서 "
        "{held_out:.2f}배. 무작위로 뽑은 {random[count]}가지 형상에서 "
        "{random[torch]:.2f}배.",
        "two": "두 스레드에서는 {two_threads_33:.2f}배와 {two_threads_30:.2f}배.",
        "choice": "방법의 선택: 무작위로 뽑은 {count}가지 형상 가운데 {within_a_tenth:.0%}에서, "
        "고른 방법의 시간이 가장 빠른 방법의 1.1배보다 짧았습니다.",
        "held": "조정에 쓰지 않음",
        "label": "계층마다 잰 시간의 표",
    },
    "en": {
        "caption": "One thread, float32. A ratio is the other's time over cnnlib's: above 1, "
        "cnnlib is faster. ± is the spread between processes.",
        "head": {
            "layer": "layer",
            "strategy": "strategy",
            "ms": "cnnlib (ms)",
            "torch": "torch",
            "channels_last": "torch, channels last",
            "ONNX Runtime": "ONNX Runtime",
            "OpenVINO": "OpenVINO",
            "peer": "best other way",
            "peak": "share of matmul peak",
            "scratch": "scratch (MiB)",
        },
        "machine": "Machine: {processor}, {cores} cores, torch {torch}, NumPy {numpy}, {date}. "
        "Load average meanwhile: {load}.",
        "means": "Geometric means: against torch (NCHW) {one_thread_33:.2f} over the 33 shapes, "
        "{one_thread_30:.2f} over the 30 ordinary layers; against torch's faster layout "
        "{faster_layout_33:.2f}; backward {backward:.2f}; on shapes held out from tuning "
        "{held_out:.2f}; on {random[count]} shapes drawn at random {random[torch]:.2f}.",
        "two": "With two threads: {two_threads_33:.2f} and {two_threads_30:.2f}.",
        "choice": "The choice: on {within_a_tenth:.0%} of {count} shapes drawn at random, the "
        "chosen strategy took less than 1.1 times the fastest one's time.",
        "held": "held out from tuning",
        "label": "Table of the times of each layer",
    },
}
FEW = ("layer", "strategy", "ms", "torch", "channels_last", "peak")
"""The columns of the short table."""


@cache
def results():
    """The committed results of ``python -m benchmarks``."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def benchmark(keys, lang):
    """Return what the fence ``benchmark`` says."""
    only(keys, "says")
    if keys["says"] not in ("known", "all"):
        raise FenceError(f"`says` must be 'known' or 'all', got {keys['says']!r}", "says")
    words, found = WORDS[lang], results()
    machine = found["machine"] | found["machine"]["packages"]
    machine["load"] = " → ".join(map(str, found["machine"]["load"]))
    lines = [
        words["means"].format(**found["summary"], random=found["random"]),
        *([words["two"].format(**found["summary"])] if found["summary"]["two_threads_33"] else []),
        words["choice"].format(**found["choice"]),
        words["machine"].format(**machine),
    ]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    short = keys["says"] == "known"
    return f'<div class="cnn-speed">{told}{table(found, words, short=short)}</div>'


def table(found, words, *, short):
    """Return the table: one row a layer, each ratio with its spread."""
    columns = FEW if short else tuple(words["head"])
    head = "".join(f'<th scope="col">{escape(words["head"][name])}</th>' for name in columns)
    rows = [row for row in found["layers"] if not short or row["name"] in KNOWN]
    cells = [{name: _cell(name, row, words) for name in columns} for row in rows]
    body = "".join(f"<tr>{''.join(each.values())}</tr>" for each in cells)
    return (
        f'<div class="cnn-wide" tabindex="0" role="group" '
        f'aria-label="{escape(words["label"])}"><table>'
        f"<caption>{escape(words['caption'])}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(column, row, words):
    """Return one cell of one layer."""
    if column == "layer":
        held = f" <small>({escape(words['held'])})</small>" if row["family"] == "held out" else ""
        return f'<th scope="row">{escape(row["name"])}{held}</th>'
    if column == "peer":
        peer, best = best_peer(row)
        return f"<td>{best:.2f} <small>({escape(peer)})</small></td>"
    shown = {
        "strategy": row["strategy"],
        "ms": f"{row['one_thread']['cnnlib']['ms']:.3g}",
        "peak": f"{row['share_of_peak']:.0%}",
        "scratch": f"{row['scratch'] / 2**20:.1f}",
    }
    return f"<td>{shown.get(column) or _against(row['one_thread'].get(column))}</td>"


def _against(who):
    """Write a ratio and its spread down; a dash where nobody waited for the other."""
    return "–" if who is None else f"{who['ratio']['median']:.2f} ± {who['ratio']['spread']:.0%}"


def best_peer(row):
    """Return (name, ratio) of the fastest of the other ways in Python."""
    ratios = {
        name: who["ratio"]["median"] for name, who in row["peers"].items() if name != "cnnlib"
    }
    name = min(ratios, key=ratios.get)
    return name, ratios[name]
