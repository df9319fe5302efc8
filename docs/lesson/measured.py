"""What the experiments say, in one sentence each, written from the numbers.

A sentence that the numbers no longer support is not written: `sentence` raises instead, and the
build stops. The fence ``measured`` puts one on a page.
"""

from itertools import pairwise

from lesson.examples import results
from lesson.experiments import SHIFTS, TRAINING_SIZES, percent, spread
from lesson.fences.reader import FenceError, only

WORDS = {
    "ko": {
        "size": "매개변수 {small:,}개의 합성곱 신경망이 처음 보는 손글씨의 {small_right}%를 "
        "맞혔고, {large:,}개의 완전 연결 신경망은 {large_right}%를 맞혔습니다.",
        "cost": "이 합성곱 신경망이 한 장을 읽는 데 드는 곱셈-누산은 {small_work:,}번, "
        "완전 연결 신경망은 {large_work:,}번입니다.",
        "permuted": "모든 이미지의 픽셀을 똑같은 순서로 뒤섞으면 합성곱 신경망은 {cnn}%에서 "
        "{cnn_mixed}%로 떨어지지만, 완전 연결 신경망은 섞기 전 {fc}%, "
        "섞은 뒤 {fc_mixed}%로 거의 그대로입니다.",
        "shift": "{pixels}픽셀 옮긴 손글씨를 완전 연결 신경망은 {fc}%, 풀링이 없는 합성곱 "
        "신경망은 {stride}%, 풀링이 두 번 있는 신경망은 {pool}%, 마지막에 특징 맵 "
        "전체를 한 번에 풀링한 신경망은 {whole}%를 맞혔습니다.",
        "data": "손글씨 {few:,}개로 배운 합성곱 신경망({cnn}%)이 {many:,}개로 배운 완전 연결 "
        "신경망({fc}%)보다 많이 맞혔습니다.",
    },
    "en": {
        "size": "A convolutional network with {small:,} parameters read {small_right}% of unseen "
        "digits, a fully connected one with {large:,} read {large_right}%.",
        "cost": "To read one digit the convolutional network takes {small_work:,} multiply-adds, "
        "the fully connected one {large_work:,}.",
        "permuted": "With the pixels of all images shuffled in the same way the convolutional "
        "network falls from {cnn}% to {cnn_mixed}%, while the fully connected one "
        "stays where it was: {fc}% and {fc_mixed}%.",
        "shift": "Of digits shifted by {pixels} pixels the fully connected network read {fc}%, the "
        "convolutional one without pooling {stride}%, the one with two poolings {pool}%, "
        "and the one that ends in a pooling of the whole map {whole}%.",
        "data": "A convolutional network that learned from {few:,} digits ({cnn}%) read more than "
        "a fully connected one that learned from {many:,} ({fc}%).",
    },
}


def numbers(claim):
    """Return what the sentence of `claim` says, having checked that it may be said.

    Raises
    ------
    ValueError
        The results do not support the sentence.
    """
    found = results()
    return {"size": _size, "cost": _cost, "permuted": _permuted, "shift": _shift, "data": _data}[
        claim
    ](found)


def sentence(claim, lang):
    """Return one of the sentences.

    Examples
    --------
    >>> from lesson.measured import sentence
    >>> "parameters" in sentence("size", "en")
    True
    """
    return WORDS[lang][claim].format(**numbers(claim))


def measured(keys, lang):
    """Return the sentence of the fence ``measured``: ``says: shift``."""
    only(keys, "says")
    says = keys["says"]
    if not isinstance(says, str) or says not in WORDS["ko"]:
        raise FenceError(f"`says` must be one of {', '.join(WORDS['ko'])}, got {says!r}", "says")
    return f'<p class="cnn-measured">{sentence(says, lang)}</p>'


def _must(holds, claim, *values):
    if not holds:
        raise ValueError(f"the results do not support the sentence `{claim}`: {values}")


def _clearly_above(high, low):
    """Whether the difference of two means is more than the two spreads together."""
    return percent(high) - spread(high) > percent(low) + spread(low)


def _size(found):
    large = found["size"]["fc512"]
    small = next(
        name for name in ("cnn2", "cnn4", "cnn8") if _clearly_above(found["size"][name], large)
    )
    right = found["size"][small]
    return {
        "name": small,
        "small": found["cost"][small]["parameters"],
        "small_right": percent(right),
        "large": found["cost"]["fc512"]["parameters"],
        "large_right": percent(large),
    }


def _cost(found):
    return {
        "small_work": found["cost"][_size(found)["name"]]["multiply_adds"],
        "large_work": found["cost"]["fc512"]["multiply_adds"],
    }


def _permuted(found):
    plain, mixed = found["size"], found["permuted"]
    _must(_clearly_above(plain["cnn8"], mixed["cnn8"]), "permuted", plain["cnn8"], mixed["cnn8"])
    apart = abs(percent(plain["fc128"]) - percent(mixed["fc128"]))
    _must(apart <= spread(plain["fc128"]) + spread(mixed["fc128"]), "permuted", apart)
    return {
        "cnn": percent(plain["cnn8"]),
        "cnn_mixed": percent(mixed["cnn8"]),
        "fc": percent(plain["fc128"]),
        "fc_mixed": percent(mixed["fc128"]),
    }


def _shift(found, pixels=4):
    at = SHIFTS.index(pixels)
    runs = {name: [run[at] for run in found["shift"][name]] for name in found["shift"]}
    order = ("fc", "cnn-stride", "cnn-pool", "cnn-global")
    for low, high in pairwise(order):
        _must(_clearly_above(runs[high], runs[low]), "shift", low, runs[low], high, runs[high])
    return {
        "pixels": pixels,
        "fc": percent(runs["fc"]),
        "stride": percent(runs["cnn-stride"]),
        "pool": percent(runs["cnn-pool"]),
        "whole": percent(runs["cnn-global"]),
    }


def _data(found):
    many = TRAINING_SIZES[-1]
    fc = found["data"][f"fc128:{many}"]
    few = next(n for n in TRAINING_SIZES if _clearly_above(found["data"][f"cnn8:{n}"], fc))
    _must(few < many, "data", few, many)
    return {
        "few": few,
        "cnn": percent(found["data"][f"cnn8:{few}"]),
        "many": many,
        "fc": percent(fc),
    }
