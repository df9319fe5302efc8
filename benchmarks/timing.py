"""Timing contenders in interleaved rounds."""

import time

CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
SHORT = 0.002
"""Seconds that a slot lasts at least; shorter calls are repeated and averaged."""


def slot(call, repeats, calls, clock):
    """Return the best seconds of `calls` timings of `repeats` calls, after one untimed call."""
    call()
    best = float("inf")
    for _ in range(calls):
        start = clock()
        for _ in range(repeats):
            call()
        best = min(best, (clock() - start) / repeats)
    return best


def repeats_for(call):
    """Return how many calls fill a slot."""
    start = time.perf_counter()
    call()
    return max(1, min(200, int(SHORT / max(1e-7, time.perf_counter() - start))))


def rounds(contenders, seconds, clock="wall", least=3, most=15):
    """Return {name: [seconds, one a round]}; every round gives each contender one slot.

    As many rounds as fit in `seconds`, at least `least`: neighbours in time share the machine's
    mood, so their ratio says more than either time. Every second round runs backwards.
    """
    repeats = {}
    for name, call in contenders.items():
        call()
        repeats[name] = repeats_for(call)
    times = {name: [] for name in contenders}
    end = time.perf_counter() + seconds
    done = 0
    while done < least or (done < most and time.perf_counter() < end):
        order = list(contenders)
        for name in order if done % 2 == 0 else reversed(order):
            calls = 3 if repeats[name] > 1 else 2
            times[name].append(slot(contenders[name], repeats[name], calls, CLOCKS[clock]))
        done += 1
    return times
