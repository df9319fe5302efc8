"""The whole comparison: fresh processes, paired rounds, one result."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks import machine
from benchmarks.layers import BACKWARD, LARGE, NEVER_AVERAGED, drawn, find, read
from benchmarks.stats import geometric_mean, paired_ratios, summary

ROOT = Path(__file__).parent.parent
RANDOM = (1, 40)
"""Seed and number of the random layers that are compared with torch."""
CHOICE = (2026, 300)
"""Seed and number of those that say how well a strategy is chosen."""


def process(job):
    """Return what one fresh process prints for `job`."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.worker", json.dumps(job)],
        env=machine.environment(job["threads"]),
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def together(job, processes):
    """Return the results and peaks of `processes` fresh processes that hold all contenders."""
    results, peaks = [], []
    for _ in range(processes):
        done = process(job)
        results.append(done["layers"])
        peaks.append(done["peak"])
        slow = {
            name: [who for who, taken in times.items() if len(taken) == 1]
            for name, times in results[0].items()
        }
        kept = job.get("skip", {})
        job = job | {"skip": {name: [*slow[name], *kept.get(name, ())] for name in slow}}
    return results, peaks


def apart(job, contenders, processes):
    """Return results as `together` does, each contender alone in its process."""
    results = []
    for _ in range(processes):
        alone = [process(job | {"contenders": [name]})["layers"] for name in contenders]
        results.append(
            {n: {k: v for one in alone for k, v in one[n].items()} for n in job["layers"]}
        )
    return results


def compare(results, name):
    """Return {contender: times and ratio to cnnlib} of the layer `name` over all processes."""
    compared = {}
    for who in results[0][name]:
        runs = [one[name] for one in results if who in one[name]]
        taken = [seconds for one in runs for seconds in one[who]]
        compared[who] = {"ms": 1e3 * min(taken), "median_ms": 1e3 * median(taken)}
        if who != "cnnlib":
            pairs = []
            for one in runs:
                count = min(len(one[who]), len(one["cnnlib"]))
                mine = one["cnnlib"] if count > 1 else [median(one["cnnlib"])]
                pairs.append(paired_ratios(one[who][:count], mine[:count]))
            compared[who]["ratio"] = summary(pairs)
    return compared


def measure(names, settings, say):
    """Return ({kind: {layer: comparison}}, the matrix product's peak in the forward processes)."""
    job = {"threads": 1, "layers": names, "clock": settings.clock, "seconds": settings.seconds}
    job |= {"least": 3, "set": "FORWARD"}
    kinds = {}
    say("forward, one thread")
    slow = dict.fromkeys(NEVER_AVERAGED, ("torch", "channels_last")) if settings.brief else {}
    kinds["one_thread"], peaks = together(job | {"skip": slow}, settings.processes)
    say("exact, one thread")
    few = [name for name in names if name not in LARGE]
    brief = job | {"seconds": settings.seconds / 2}
    kinds["exact"], _ = together(brief | {"set": "STRICT", "layers": few}, settings.processes)
    say("every other way in Python")
    peers = ["cnnlib", *settings.peers]
    other = brief | {"set": "EVERYBODY", "contenders": peers, "patience": 0.2}
    kinds["peers"], _ = together(other, settings.processes)
    if os.getloadavg()[0] < (os.cpu_count() or 1):
        say("forward, two threads")
        rest = [name for name in names if name not in NEVER_AVERAGED]
        two = brief | {"threads": 2, "layers": rest, "clock": "wall"}
        contenders = ("cnnlib", "torch", "channels_last")
        kinds["two_threads"] = apart(two, contenders, settings.processes)
    else:
        say("no two threads: others compute on this machine, and threads that wait say nothing")
    say("backward")
    back = [name for name in names if name in BACKWARD]
    kinds["backward"], _ = together(job | {"set": "BACKWARD", "layers": back}, settings.processes)
    compared = {k: {name: compare(runs, name) for name in runs[0]} for k, runs in kinds.items()}
    return compared, median(peaks)


def random(seed, count, settings):
    """Return cnnlib's ratios to torch over `count` layers that the seed decides."""
    names = [layer.name for layer in drawn(seed, count)]
    job = {"threads": 1, "layers": names, "clock": settings.clock, "seconds": settings.seconds}
    contenders = ["cnnlib", "torch", "channels_last"]
    job |= {"least": 3, "set": "FORWARD", "contenders": contenders}
    runs, _ = together(job, settings.processes)
    compared = [compare(runs, name) for name in names]
    pairs = [[one[who]["ratio"]["median"] for who in contenders[1:]] for one in compared]
    return {
        "seed": seed,
        "count": count,
        "torch": geometric_mean(first for first, _ in pairs),
        "faster_layout": geometric_mean(map(min, pairs)),
        "worst": min(first for first, _ in pairs),
    }


def choice(seed, count):
    """Return how near the chosen strategy comes to the fastest, over layers the seed decides."""
    names = [layer.name for layer in drawn(seed, count)]
    job = {"threads": 1, "layers": names, "clock": "cpu", "set": "CHOICE"}
    regrets = []
    for name, times in process(job)["layers"].items():
        least = {way: min(taken) for way, taken in times.items()}
        regrets.append(least[strategy_of(find(name))] / min(least.values()))
    near = sum(regret < 1.1 for regret in regrets) / count
    mean = geometric_mean(regrets)
    return {"seed": seed, "count": count, "within_a_tenth": near, "mean": mean}


def everything(settings, say):
    """Return the whole result."""
    names = [layer.name for layer in read("layers") + read("held_out")]
    names = [name for name in names if settings.only in name]
    job = {"layers": names, "clock": settings.clock}
    say("errors and memory")
    facts = process(job | {"set": "ACCURACY", "threads": 1})["layers"]
    load = os.getloadavg()[0]
    kinds, peak = measure(names, settings, say)
    layers = [_layer(find(name), facts[name], kinds, peak) for name in names]
    say("random layers")
    others = random(*RANDOM, settings), choice(*CHOICE)
    return {
        "machine": machine.describe() | {"load": [round(load, 2), round(os.getloadavg()[0], 2)]},
        "method": {
            "processes": settings.processes,
            "clock": settings.clock,
            "allocator": machine.ALLOCATOR,
            "timing": "best of a slot, one untimed call before it; median of paired ratios",
        },
        "peak_gflops": peak,
        "summary": summarise(layers),
        "random": others[0],
        "choice": others[1],
        "layers": layers,
    }


def strategy_of(layer):
    """Return the name of the strategy that cnnlib chooses."""
    from cnnlib.fast.table import choose

    return choose("output", layer.windows, layer.planes)


def _layer(layer, facts, kinds, peak):
    """Return everything known of one layer."""
    row = {
        "name": layer.name,
        "family": layer.family,
        "input": (layer.n, layer.c, layer.h, layer.w),
        "weight": (layer.o, layer.c // layer.groups, layer.kh, layer.kw),
        "geometry": layer.geometry,
        "multiply_adds": layer.multiply_adds,
        "strategy": strategy_of(layer),
    } | facts
    row |= {
        kind: compared[layer.name] for kind, compared in kinds.items() if layer.name in compared
    }
    if "one_thread" in row:
        seconds = row["one_thread"]["cnnlib"]["ms"] / 1e3
        row["share_of_peak"] = 2 * layer.multiply_adds / seconds / 1e9 / peak
    return row


def summarise(layers):
    """Return the geometric means and worst cases that the comparison is about."""
    mine = [row for row in layers if row["family"] != "held out"]
    mine = [row for row in mine if row["name"] not in NEVER_AVERAGED]
    ordinary = [row for row in mine if row["name"] not in LARGE]
    held = [row for row in layers if row["family"] == "held out"]

    def mean(rows, kind, who="torch"):
        ratios = [row[kind][who]["ratio"]["median"] for row in rows if who in row.get(kind, ())]
        return geometric_mean(ratios) if ratios else None

    def faster(rows, kind):
        both = [
            [row[kind][w]["ratio"]["median"] for w in ("torch", "channels_last")] for row in rows
        ]
        return geometric_mean(map(min, both)) if both else None

    peers = [
        (who["ratio"]["median"], row["name"], name)
        for row in layers
        for name, who in row["peers"].items()
        if name not in ("cnnlib", "OpenCV filter2D")
    ]
    return {
        "one_thread_33": mean(mine, "one_thread"),
        "one_thread_30": mean(ordinary, "one_thread"),
        "one_thread_worst": min(row["one_thread"]["torch"]["ratio"]["median"] for row in mine),
        "onnx_runtime_33": mean(mine, "one_thread", "ONNX Runtime"),
        "openvino_33": mean(mine, "one_thread", "OpenVINO"),
        "faster_layout_33": faster(mine, "one_thread"),
        "two_threads_33": mean(mine, "two_threads"),
        "two_threads_30": mean(ordinary, "two_threads"),
        "exact_30": mean(ordinary, "exact"),
        "backward": mean(mine, "backward"),
        "held_out": mean(held, "one_thread"),
        "held_out_faster_layout": faster(held, "one_thread"),
        "worst_peer": min(peers),
        "largest_error": max(row["error"] for row in layers),
        "largest_exact_error": max(row["exact_error"] for row in layers),
        "largest_scratch": max(row["scratch"] for row in layers),
    }
