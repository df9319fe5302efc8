"""The benchmark's table in a page, read from the committed result file.

`python -m benchmarks` writes that file; the fence ``benchmark`` shows it, and nothing is typed.
"""

import json
from functools import cache
from html import escape
from pathlib import Path

FILE = Path(__file__).parents[2] / "benchmarks" / "results.json"
WORDS = {
    "ko": {
        "caption": "한 스레드, float32. 비율은 상대의 시간을 cnnlib의 시간으로 나눈 값이므로 "
        "1보다 크면 cnnlib가 빠릅니다. ±는 프로세스 사이의 차이입니다.",
        "head": (
            "계층",
            "방법",
            "cnnlib(ms)",
            "torch",
            "torch(channels-last)",
            "다른 방법 중 최고",
            "행렬 곱 최고 속도 대비",
            "임시 메모리(MiB)",
        ),
        "machine": "잰 기계: {processor}, 코어 {cores}개, torch {torch}, NumPy {numpy}, {date}. "
        "재는 동안의 부하(load average): {load}.",
        "means": "기하 평균: torch(NCHW) 대비 {one_thread_33:.2f}배(33가지 형상), "
        "{one_thread_30:.2f}배(보통 계층 30가지). torch의 더 빠른 배치 대비 "
        "{faster_layout_33:.2f}배. 두 스레드에서 {two_threads_33:.2f}배와 "
        "{two_threads_30:.2f}배. 역전파 {backward:.2f}배. 조정에 쓰지 않은 형상에서 "
        "{held_out:.2f}배.",
        "held": "조정에 쓰지 않음",
        "label": "계층마다 잰 시간의 표",
    },
    "en": {
        "caption": "One thread, float32. A ratio is the other's time over cnnlib's: above 1, "
        "cnnlib is faster. ± is the spread between processes.",
        "head": (
            "layer",
            "strategy",
            "cnnlib (ms)",
            "torch",
            "torch, channels last",
            "best other way",
            "share of matmul peak",
            "scratch (MiB)",
        ),
        "machine": "Machine: {processor}, {cores} cores, torch {torch}, NumPy {numpy}, {date}. "
        "Load average meanwhile: {load}.",
        "means": "Geometric means: against torch (NCHW) {one_thread_33:.2f} over the 33 shapes, "
        "{one_thread_30:.2f} over the 30 ordinary layers; against torch's faster layout "
        "{faster_layout_33:.2f}; with two threads {two_threads_33:.2f} and "
        "{two_threads_30:.2f}; backward {backward:.2f}; on shapes held out from tuning "
        "{held_out:.2f}.",
        "held": "held out from tuning",
        "label": "Table of the times of each layer",
    },
}


@cache
def results():
    """The committed results of ``python -m benchmarks``."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def benchmark(lang):
    """Return the table of the fence ``benchmark``, which is empty."""
    words = WORDS[lang]
    found = results()
    machine = found["machine"] | found["machine"]["packages"]
    machine["load"] = " → ".join(map(str, found["machine"]["load"]))
    lines = [words["means"].format(**found["summary"]), words["machine"].format(**machine)]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="cnn-speed">{told}{table(found, words)}</div>'


def table(found, words):
    """Return the table: one row a layer, each ratio with its spread."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in words["head"])
    body = "".join(f"<tr>{''.join(_cells(row, words))}</tr>" for row in found["layers"])
    return (
        f'<div class="cnn-wide" tabindex="0" role="group" '
        f'aria-label="{escape(words["label"])}"><table>'
        f"<caption>{escape(words['caption'])}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(row, words):
    """Yield the cells of one layer."""
    held = f" <small>({escape(words['held'])})</small>" if row["family"] == "held out" else ""
    one = row["one_thread"]
    peer, best = best_peer(row)
    yield f'<th scope="row">{escape(row["name"])}{held}</th>'
    yield f"<td>{row['strategy']}</td>"
    yield f"<td>{one['cnnlib']['ms']:.3g}</td>"
    for who in ("torch", "channels_last"):
        yield f"<td>{_against(one.get(who))}</td>"
    yield f"<td>{best:.2f} <small>({escape(peer)})</small></td>"
    yield f"<td>{row['share_of_peak']:.0%}</td>"
    yield f"<td>{row['scratch'] / 2**20:.1f}</td>"


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
