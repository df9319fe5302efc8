"""One fresh process: reads a job from its argument, prints the times as JSON.

A job names a set of contenders, the layers, the seconds for each layer, the clock.
"""

import json
import os
import sys
import time
import tracemalloc

from benchmarks import contenders as who
from benchmarks.layers import LARGE, find
from benchmarks.timing import CLOCKS, rounds, slot
from cnnlib.fast import scratch

PATIENCE = 1.0
"""Seconds a call may take before it is timed once only."""


def one_layer(layer, makers, job):
    """Return {contender: [seconds]} for one layer."""
    skip = job.get("skip", {}).get(layer.name, ())
    calls = {name: make(layer) for name, make in makers.items() if name not in skip}
    calls = {name: call for name, call in calls.items() if call is not None}
    clock = CLOCKS[job["clock"]]
    once = {}
    for name in [name for name in calls if name != "cnnlib"]:
        start, wall = clock(), time.perf_counter()
        calls[name]()
        patience = job.get("patience", PATIENCE)
        if patience < time.perf_counter() - wall < 10 * PATIENCE:  # a first call may start threads
            start, wall = clock(), time.perf_counter()
            calls[name]()
        if time.perf_counter() - wall > patience:
            once[name] = [clock() - start]
            del calls[name]
    large = layer.name in LARGE
    seconds, least = (0, 3) if large else (job["seconds"], job["least"])
    return (rounds(calls, seconds, job["clock"], least) if calls else {}) | once


def accuracy(layer):
    """Return errors against float64, over the largest output, and bytes taken beside the output."""
    import torch

    # torch takes minutes in float64 on the large images: there a corner must do
    corner = slice(0, 160) if layer.name in LARGE else slice(None)
    valid = slice(0, 128) if layer.name in LARGE else slice(None)
    x, w, b = (torch.from_numpy(array).double() for array in layer.arrays())
    right = torch.nn.functional.conv2d(x[..., corner, corner], w, b, *layer.geometry).numpy()
    right = right[..., valid, valid]
    result = {}
    for prefix, make in (("", who.ours), ("exact_", who.exact)):
        call = make(layer)
        call()
        scratch.release()
        tracemalloc.start()
        got = call()
        result[prefix + "scratch"] = tracemalloc.get_traced_memory()[1] - got.nbytes
        tracemalloc.stop()
        result[prefix + "error"] = float(
            abs(got[..., valid, valid] - right).max() / abs(right).max()
        )
    return result


def choice(layer):
    """Return {strategy: [seconds]}; what takes six times the best is timed once."""
    calls, times = who.strategies(layer), {}
    for name, call in calls.items():
        call()
        times[name] = [slot(call, 1, 1, time.process_time)]
    limit = 6 * min(seconds for (seconds,) in times.values())
    near = {name: call for name, call in calls.items() if times[name][0] < limit}
    return times | rounds(near, 0, "cpu", 3)


def peak():
    """Return the thousand million operations a second of a large float32 matrix product."""
    import numpy as np
    import torch

    size = 1536
    a = np.ones((size, size), np.float32)
    t = torch.from_numpy(a)
    best = min(
        min(times) for times in rounds({"numpy": lambda: a @ a, "torch": lambda: t @ t}, 3).values()
    )
    return 2 * size**3 / best / 1e9


def main():
    """Run the job and print its result."""
    job = json.loads(sys.argv[1])
    import torch

    torch.set_num_threads(job["threads"])
    if job["threads"] == 1 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # whatever threads a library starts
    torch.set_grad_enabled(job["set"] == "BACKWARD")
    if job["set"] == "ACCURACY":
        result = {name: accuracy(find(name)) for name in job["layers"]}
    elif job["set"] == "CHOICE":
        result = {name: choice(find(name)) for name in job["layers"]}
    else:
        makers = getattr(who, job["set"])
        makers = {name: makers[name] for name in job.get("contenders", makers)}
        result = {name: one_layer(find(name), makers, job) for name in job["layers"]}
    print(json.dumps({"peak": peak() if job["set"] == "FORWARD" else None, "layers": result}))


if __name__ == "__main__":
    main()
