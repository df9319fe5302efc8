"""Tasks about several channels: their sum, and groups of them."""

from collections.abc import Iterator

import numpy as np

from lesson.coding.task import Arguments, Task, whole


def over_channels(x, w):
    """Sum over all channels: (C, H, W), (O, C, kH, kW) -> (O, H - kH + 1, W - kW + 1)."""
    y = np.zeros((w.shape[0], x.shape[1] - w.shape[2] + 1, x.shape[2] - w.shape[3] + 1))
    for o in range(w.shape[0]):
        for i in range(y.shape[1]):
            for j in range(y.shape[2]):
                window = x[:, i : i + w.shape[2], j : j + w.shape[3]]
                y[o, i, j] = (window * w[o]).sum()
    return y


def first_channel_alone(x, w):
    return over_channels(x[:1], w[:, :1])


def channels_averaged(x, w):
    return over_channels(x, w) / x.shape[0]


def first_filter_alone(x, w):
    return over_channels(x, w)[:1]


def one_plane_for_all(x, w):
    return over_channels(x, np.broadcast_to(w[:, :1], w.shape))


def channels_apart(x, w):
    return np.stack([over_channels(x[c : c + 1], w[:1, c : c + 1])[0] for c in range(len(x))])


def _volumes(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 2, 3, 4), whole(rng, 3, 2, 2, 2)
    yield whole(rng, 3, 5, 4), whole(rng, 2, 3, 3, 2)


OVER_CHANNELS = Task(
    over_channels,
    (
        first_channel_alone,
        channels_averaged,
        first_filter_alone,
        one_plane_for_all,
        channels_apart,
    ),
    _volumes,
)


def grouped(x, w, groups):
    """Each group alone: (C, H, W), (O, C / groups, kH, kW), a number -> (O, H - kH + 1, ...)."""
    read, made = x.shape[0] // groups, w.shape[0] // groups
    maps = []
    for o in range(w.shape[0]):
        first = (o // made) * read
        channels = x[first : first + read]
        y = np.zeros((x.shape[1] - w.shape[2] + 1, x.shape[2] - w.shape[3] + 1))
        for i in range(y.shape[0]):
            for j in range(y.shape[1]):
                window = channels[:, i : i + w.shape[2], j : j + w.shape[3]]
                y[i, j] = (window * w[o]).sum()
        maps.append(y)
    return np.stack(maps)


def first_group_for_all(x, w, groups):
    return over_channels(x[: w.shape[1]], w)


def every_other_filter(x, w, groups):
    read = w.shape[1]
    first = [(o % groups) * read for o in range(w.shape[0])]
    planes = [x[at : at + read] for at in first]
    return np.concatenate([over_channels(x, w[o : o + 1]) for o, x in enumerate(planes)])


def every_other_channel(x, w, groups):
    made = w.shape[0] // groups
    planes = [x[o // made :: groups] for o in range(w.shape[0])]
    return np.concatenate([over_channels(x, w[o : o + 1]) for o, x in enumerate(planes)])


def _groups(rng: np.random.Generator) -> Iterator[Arguments]:
    yield whole(rng, 4, 3, 4), whole(rng, 4, 2, 2, 2), 2
    yield whole(rng, 6, 3, 3), whole(rng, 6, 2, 2, 2), 3


GROUPED = Task(grouped, (first_group_for_all, every_other_filter, every_other_channel), _groups)
