"""The whole measurement: the grid, the choice, the seeds, the clock, and the file.

Every finished training is kept in `.cache/experiments.jsonl`, so that a run that was stopped goes
on where it stopped.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from lesson.examples import DATA, digits
from lesson.experiments.networks import BOX, CANVAS, CNN, FC, SHIFT, SIZE, architecture, cost
from lesson.experiments.runs import BATCH, TRAINING_SIZES, VALIDATION, Job, chain_of, run
from lesson.train import Network, train

FILE = DATA / "experiments.json"
KEPT = Path(__file__).parents[3] / ".cache" / "experiments.jsonl"
RATES = (0.04, 0.1, 0.25, 0.6, 1.5)
STEPS = (400, 1600)
CHOOSING_SEEDS = (100, 101)  # none of the seeds that are reported
SEEDS = range(5)

Runner = Callable[[Job], list[float]]


def names() -> list[tuple[str, str]]:
    """Everything that is compared: (experiment, network)."""
    return [
        *(("size", name) for name in SIZE),
        *(("permuted", name) for name in (CNN, FC)),
        *(("shift", name) for name in SHIFT),
        *(("data", f"{name}:{count}") for name in (CNN, FC) for count in TRAINING_SIZES),
        ("stage", "pool1"),
    ]


@dataclass(frozen=True)
class Plan:
    """The trainings of one network in one experiment."""

    runner: Runner
    experiment: str
    network: str
    below: tuple[float, int] | None = None

    def runs(self, rate: float, steps: int, seeds: Iterable[int], *, final: bool) -> list:
        """What each seed reads."""
        return [
            self.runner(Job(self.experiment, self.network, rate, steps, seed, final, self.below))
            for seed in seeds
        ]

    def grid(self) -> list[list[float]]:
        """Every rate with every number of steps: [rate, steps, mean share of validation digits]."""
        return [
            [rate, steps, float(np.mean(self.runs(rate, steps, CHOOSING_SEEDS, final=False)))]
            for rate in RATES
            for steps in STEPS
        ]


def measure(runner: Runner) -> dict:
    """Choose a schedule for each network, train it from every seed, and gather the results."""
    grid: dict[str, list] = {}
    chosen: dict[str, tuple[float, int]] = {}
    final: dict[str, list] = {}
    for experiment, network in names():
        key = f"{experiment}/{network}"
        plan = Plan(runner, experiment, network)
        if experiment == "stage":
            plan = replace(plan, below=chosen[f"size/{CNN}"])
        grid[key] = plan.grid()
        chosen[key] = choose(grid[key])
        final[key] = plan.runs(*chosen[key], SEEDS, final=True)
    return {
        "setup": setup(),
        "networks": {f"{e}/{n}": described(e, n) for e, n in names()},
        "step_ms": step_times(),
        "grid": grid,
        "chosen": chosen,
        "final": {
            key: runs if key.startswith("shift/") else [run[0] for run in runs]
            for key, runs in final.items()
        },
    }


def choose(tried: Iterable[tuple[float, int, float]]) -> tuple[float, int]:
    """The rate and the steps that read most digits; of equals the shorter, then the lower rate.

    Examples
    --------
    >>> from lesson.experiments.measure import choose
    >>> choose([(0.1, 500, 0.91), (0.1, 2000, 0.94), (0.6, 500, 0.94), (0.6, 2000, 0.1)])
    (0.6, 500)
    """
    rate, steps, _ = min(tried, key=lambda row: (-row[2], row[1], row[0]))
    return rate, steps


def described(experiment: str, network: str) -> dict:
    """The layers in one line, and the cost of one digit."""
    chain = chain_of(experiment, network)
    told: dict = {"architecture": architecture(chain)}
    if experiment != "stage":  # its cost is that of the maps below it, and a line more
        told |= cost(chain, CANVAS if experiment == "shift" else BOX)
    return told


def setup() -> dict:
    """What has to be known to repeat it."""
    from benchmarks.machine import processor  # beside the lesson in the repository, not installed

    (_, labels), (_, held_labels) = digits()
    return {
        "rates": list(RATES),
        "steps": list(STEPS),
        "choosing_seeds": len(CHOOSING_SEEDS),
        "seeds": len(SEEDS),
        "batch": BATCH,
        "trained_on": len(labels),
        "validation": VALIDATION,
        "held_out": len(held_labels),
        "numpy": np.__version__,
        "python": platform.python_version(),
        "processor": processor(),
    }


def step_times(rounds: int = 7, steps: int = 40) -> dict[str, float]:
    """Milliseconds of one training step of each network of `size`: the fastest of several rounds.

    The rounds of the networks take turns, so that a busy minute of the machine meets all alike.
    """
    (images, labels), _ = digits()
    best = dict.fromkeys(SIZE, float("inf"))
    for _ in range(rounds):
        for name, chain in SIZE.items():
            net = Network(chain, 0)
            going = train(net, images, labels, epochs=1, rate=0.1, batch=BATCH)
            next(going)  # the first step also makes room for the arrays
            start = time.process_time()
            for _ in islice(going, steps):
                pass
            best[name] = min(best[name], 1000 * (time.process_time() - start) / steps)
    return {name: round(value, 4) for name, value in best.items()}


def remembering(file: Path, runner: Runner = run) -> Runner:
    """A runner that looks a job up in `file` first, and writes down what it has run."""
    done = {}
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            done[json.dumps(entry["job"])] = entry["values"]

    def look_up(job: Job) -> list[float]:
        name = json.dumps(asdict(job))
        if name not in done:
            done[name] = runner(job)
            file.parent.mkdir(exist_ok=True)
            with file.open("a", encoding="utf-8") as log:
                log.write(json.dumps({"job": asdict(job), "values": done[name]}) + "\n")
        return done[name]

    return look_up


def main() -> None:
    """Measure and write the file that the pages read."""
    begun = time.process_time()
    found = measure(remembering(KEPT))
    FILE.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {time.process_time() - begun:.0f} s of one core", file=sys.stderr)
