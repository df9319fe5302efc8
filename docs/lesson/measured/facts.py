"""Numbers and verdicts of the measured sentences: found → ({name: number or text}, [verdict])."""

from lesson.experiments.networks import CNN, FC, SIZE
from lesson.experiments.runs import SHIFTS, TRAINING_SIZES

PIXELS = 4  # the shift that the sentence quotes
LEARNED = 0.5  # a run that reads fewer digits than this has not learned


def spread(shares):
    """Return the worst and the best run as the pages print them.

    Examples
    --------
    >>> from lesson.measured.facts import spread
    >>> spread([0.9415, 0.935, 0.94])
    '93.5–94.2'
    """
    low, high = (f"{100 * share:.1f}" for share in (min(shares), max(shares)))
    return low if low == high else f"{low}–{high}"


def compare(one, other):
    """Return 'above', 'below', or 'overlap' where some run of each reads as much as the other.

    Examples
    --------
    >>> from lesson.measured.facts import compare
    >>> compare([0.95, 0.96], [0.93, 0.94]), compare([0.93, 0.95], [0.94, 0.94])
    ('above', 'overlap')
    """
    if min(one) > max(other):
        return "above"
    return "below" if max(one) < min(other) else "overlap"


def by_parameters(found):
    """The largest of each kind: what they read, and how many parameters that takes."""
    cnn, fc = _runs(found, CNN), _runs(found, FC)
    small, large = (_cost(found, name)["parameters"] for name in (CNN, FC))
    numbers = {"cnn": spread(cnn), "fc": spread(fc), "small": small, "large": large}
    return numbers | {"times": round(large / small)}, [compare(cnn, fc)]


def at_equal_parameters(found):
    """The convolutional network beside the fully connected one nearest to it in parameters."""
    size = _cost(found, CNN)["parameters"]
    near = min(_kind("fc", "linear"), key=lambda n: abs(_cost(found, n)["parameters"] - size))
    cnn, fc = _runs(found, CNN), _runs(found, near)
    numbers = {"small": size, "large": _cost(found, near)["parameters"]}
    return numbers | {"cnn": spread(cnn), "fc": spread(fc)}, [compare(cnn, fc)]


def by_multiply_adds(found):
    """The largest convolutional network that a fully connected one equals with less work."""

    def work(name):
        return _cost(found, name)["multiply_adds"]

    for cnn in sorted(_kind("cnn"), key=work, reverse=True):
        rivals = [
            name
            for name in _kind("fc", "linear")
            if work(name) < work(cnn) and compare(_runs(found, name), _runs(found, cnn)) != "below"
        ]
        if rivals:
            fc = min(rivals, key=work)
            numbers = {"cnn_work": work(cnn), "fc_work": work(fc)}
            shares = {"cnn": spread(_runs(found, cnn)), "fc": spread(_runs(found, fc))}
            return numbers | shares, ["rival", compare(_runs(found, fc), _runs(found, cnn))]
    return {"cnn": spread(_runs(found, CNN)), "cnn_work": work(CNN)}, ["alone"]


def by_time(found):
    """How long the training of the largest of each kind took, one over the other."""
    ratio = round(training_ms(found, CNN) / training_ms(found, FC), 1)
    verdict = "longer" if ratio > 1 else "shorter" if ratio < 1 else "alike"
    numbers = {"ratio": ratio, "inverse": round(1 / ratio, 1)}
    return numbers | {"processor": found["setup"]["processor"].partition(" (")[0]}, [verdict]


def training_ms(found, name):
    """Return the time of the whole training: one step times the steps that were chosen."""
    return found["step_ms"][name] * found["chosen"][f"size/{name}"][1]


def permuted(found):
    """What both kinds read before and after the pixels are shuffled."""
    pairs = {
        kind: (_runs(found, name), found["final"][f"permuted/{name}"])
        for kind, name in (("cnn", CNN), ("fc", FC))
    }
    numbers = {kind: spread(plain) for kind, (plain, _) in pairs.items()}
    numbers |= {f"{kind}_mixed": spread(mixed) for kind, (_, mixed) in pairs.items()}
    return numbers, [f"{kind}_{compare(mixed, plain)}" for kind, (plain, mixed) in pairs.items()]


def shift(found):
    """What four networks that saw only centred digits read of shifted ones."""
    at = SHIFTS.index(PIXELS)
    names = ("fc", "stride", "pool", "global")
    runs = {name: found["final"][f"shift/{name}"] for name in names}
    good = {name: [run for run in runs[name] if run[0] >= LEARNED] for name in names}
    lost = sum(len(runs[name]) - len(good[name]) for name in names)
    numbers = {name: spread([run[at] for run in good[name]]) for name in names}
    best = compare(
        [run[at] for run in good["global"]],
        [run[at] for name in names[:-1] for run in good[name]],
    )
    return numbers | {"pixels": PIXELS, "lost": lost}, [best] + ["lost"] * (lost > 0)


def data(found):
    """With how few digits the convolutional network still reads more, of the same digits."""
    few = TRAINING_SIZES[0]
    cnn, fc = (found["final"][f"data/{name}:{few}"] for name in (CNN, FC))
    many = found["setup"]["trained_on"]
    numbers = {"few": few, "cnn": spread(cnn), "fc": spread(fc), "many": many}
    numbers |= {"cnn_many": spread(_runs(found, CNN)), "fc_many": spread(_runs(found, FC))}
    return numbers, [compare(cnn, fc)]


def stage(found):
    """What one linear layer reads from pixels, from the first maps, and what whole networks do."""
    pixels, maps = _runs(found, "linear"), found["final"]["stage/pool1"]
    numbers = {"pixels": spread(pixels), "maps": spread(maps)}
    whole, fc = _runs(found, CNN), _runs(found, FC)
    return numbers | {"whole": spread(whole), "fc": spread(fc)}, [
        f"maps_{compare(maps, pixels)}",
        f"fc_{compare(fc, pixels)}",
    ]


CLAIMS = {
    "parameters": by_parameters,
    "equal": at_equal_parameters,
    "work": by_multiply_adds,
    "time": by_time,
    "permuted": permuted,
    "shift": shift,
    "data": data,
    "stage": stage,
}


def _runs(found, name):
    return found["final"][f"size/{name}"]


def _cost(found, name):
    return found["networks"][f"size/{name}"]


def _kind(*starts):
    return [name for name in SIZE if name.startswith(starts)]
