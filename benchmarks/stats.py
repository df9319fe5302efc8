"""The arithmetic of the comparison: paired ratios, their spread, geometric means."""

from math import exp, log
from statistics import median

TIE = 0.10


def paired_ratios(theirs, ours):
    """Return their time over ours, round by round: above one, ours is faster."""
    return [their / our for their, our in zip(theirs, ours, strict=True)]


def summary(processes):
    """Return median and spread of paired ratios, given one list a process.

    The median is that of the processes' medians; `spread` is the distance between the largest and
    the smallest of them, over the median; `low` and `high` bound all rounds.
    """
    medians = [median(ratios) for ratios in processes]
    middle = median(medians)
    every = [ratio for ratios in processes for ratio in ratios]
    return {
        "median": middle,
        "low": min(every),
        "high": max(every),
        "spread": (max(medians) - min(medians)) / middle,
    }


def is_tie(ratio):
    """Return whether a ratio is within the tenth that no machine here resolves."""
    return abs(ratio - 1) < TIE


def geometric_mean(ratios):
    """Return the geometric mean, which treats twice as fast and half as fast alike."""
    ratios = list(ratios)
    return exp(sum(map(log, ratios)) / len(ratios))
