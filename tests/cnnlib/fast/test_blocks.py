"""Blocks shared between threads: every one once, and right in whatever weather."""

import multiprocessing
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cnnlib import fast
from cnnlib.fast import blocks
from tests.cnnlib.fast.shapes import LAYERS, arrays, error, geometry, right
from tests.cnnlib.programs import said


@pytest.fixture(params=[1, 2])
def threads(request):
    before = blocks._Pool.threads
    blocks.set_threads(request.param)
    yield request.param
    blocks.set_threads(before)


@pytest.mark.parametrize(("asked", "got"), [(0, 1), (1, 1), (3, 3)])
def test_a_call_has_as_many_threads_as_are_set_and_at_least_one(threads, asked, got):
    blocks.set_threads(asked)
    assert blocks.threads_for(blocks.WORTHWHILE) == got
    assert blocks.threads_for(blocks.WORTHWHILE - 1) == 1


@pytest.mark.parametrize("name", ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"])
@pytest.mark.parametrize(("value", "threads"), [("0", 1), ("1", 1), ("3", 3)])
def test_the_environment_grants_threads(monkeypatch, name, value, threads):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setenv(name, value)
    assert blocks.available() == threads


def test_an_environment_that_says_nothing_grants_the_cores_of_this_process(monkeypatch):
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        monkeypatch.setenv(name, "many")
    monkeypatch.setattr(blocks.os, "sched_getaffinity", lambda process: {5, 7, 9}, raising=False)
    assert blocks.available() == 3
    monkeypatch.delattr(blocks.os, "sched_getaffinity")
    monkeypatch.setattr(blocks.os, "cpu_count", lambda: 4)
    assert blocks.available() == 4
    monkeypatch.setattr(blocks.os, "cpu_count", lambda: None)
    assert blocks.available() == 1


def test_two_threads_calling_at_once_give_right_answers():
    cases = [(layer, *arrays(layer, seed=seed)) for layer in LAYERS for seed in range(3)]
    expected = [right(layer, *case) for layer, *case in cases]
    gate = threading.Barrier(2)

    def run(order):
        gate.wait()
        return {i: fast.correlate(*cases[i][1:], geometry(cases[i][0])) for i in order}

    with ThreadPoolExecutor(2) as pool:
        order = list(range(len(cases)))
        for results in pool.map(run, (order, order[::-1])):
            for i, got in results.items():
                assert error(got, expected[i]) < 5e-6


def test_one_call_shared_between_threads_gives_the_same(threads, monkeypatch):
    monkeypatch.setattr(blocks, "WORTHWHILE", 1)
    for layer in LAYERS:
        x, w, b = arrays(layer)
        got = fast.correlate(x, w, b, geometry(layer))
        assert error(got, right(layer, x, w, b)) < 5e-6, (layer, threads)


def test_a_fault_in_another_thread_reaches_the_caller(monkeypatch):
    monkeypatch.setattr(blocks._Pool, "threads", 2)
    monkeypatch.setattr(blocks._Pool, "executor", None)

    def task(piece):
        if piece.start == 3:
            raise ArithmeticError("the second half")

    with pytest.raises(ArithmeticError, match="the second half"):
        blocks.share(task, blocks.WORTHWHILE, (4, 1))


def test_shares_cover_every_piece_once(threads):
    seen = []
    blocks.share(lambda piece: seen.append(piece.start), blocks.WORTHWHILE, (7, 1))
    assert sorted(seen) == list(range(7))


def _in_child(connection, case):
    connection.send(fast.correlate(*case).sum())


def test_a_forked_child_computes_with_threads_of_its_own(monkeypatch):
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("this system does not fork")
    monkeypatch.setattr(blocks, "WORTHWHILE", 1)
    blocks.set_threads(2)
    case = (*arrays("many channels"), geometry("many channels"))
    expected = fast.correlate(*case).sum()
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe()
    child = context.Process(target=_in_child, args=(theirs, case))
    child.start()
    assert mine.poll(20)
    assert mine.recv() == pytest.approx(expected)
    child.join(20)
    blocks.set_threads(blocks.available())


@pytest.mark.parametrize(
    ("axes", "steps"),
    [
        (((1, 1), (10, 10)), (1, 5)),
        (((2, 1), (10, 10)), (1, 10)),
        (((1, 1), (1, 1)), (1, 1)),
        (((7, 7), (1, 1)), (4, 1)),
    ],
)
def test_a_step_leaves_every_thread_a_block(axes, steps, monkeypatch):
    monkeypatch.setattr(blocks._Pool, "threads", 2)
    assert blocks.steps(blocks.WORTHWHILE, *axes) == steps
    assert blocks.steps(blocks.WORTHWHILE - 1, *axes) == tuple(step for _, step in axes)


def test_an_error_waits_until_the_other_parts_have_ended(monkeypatch):
    monkeypatch.setattr(blocks._Pool, "threads", 2)
    monkeypatch.setattr(blocks._Pool, "executor", None)
    raised, ended = threading.Event(), []

    def task(piece):
        if piece.start == 0:
            raised.set()
            raise ArithmeticError("the caller's part")
        raised.wait(20)
        time.sleep(0.05)  # an error that did not wait would be here long before
        ended.append(piece.start)

    with pytest.raises(ArithmeticError, match="the caller's part"):
        blocks.share(task, blocks.WORTHWHILE, (2, 1))
    assert ended == [1]


def test_what_a_block_computes_is_shared_no_further(monkeypatch):
    monkeypatch.setattr(blocks._Pool, "threads", 2)
    monkeypatch.setattr(blocks._Pool, "executor", None)
    outer = []
    blocks.share(
        lambda _: outer.append(blocks.threads_for(blocks.WORTHWHILE)), blocks.WORTHWHILE, (2, 1)
    )
    assert outer == [1, 1]
    assert blocks.threads_for(blocks.WORTHWHILE) == 2


def test_the_environment_says_how_many_threads(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert blocks.available() == 3
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "5")
    assert blocks.available() == 5
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "many")
    assert blocks.available() == 3


BEGIN = """
import atexit, signal, sys
import numpy as np
from cnnlib import conv2d
from cnnlib.fast import blocks, scratch

blocks.WORTHWHILE = 1
rng = np.random.default_rng(0)
layers = [
    (rng.normal(size=x), rng.normal(size=w), {"stride": s, "groups": g, "method": m})
    for m, x, w, s, g in [
        ("winograd", (2, 24, 20, 20), (24, 24, 3, 3), 1, 1),
        ("fft", (1, 2, 40, 40), (3, 2, 12, 12), 1, 1),
        ("offsets", (1, 1, 40, 64), (2, 1, 3, 3), 1, 1),
        ("shifts", (1, 16, 30, 64), (16, 1, 3, 3), 2, 16),
        ("offsets", (1, 3, 45, 80), (17, 3, 7, 7), 2, 1),
        ("im2col", (4, 12, 30, 31), (20, 12, 3, 3), 2, 1),
    ]
]
def run(factor=1):
    return [conv2d(factor * x, w - factor, **options) for x, w, options in layers]
"""
INTERRUPTED = (
    BEGIN
    + """
right, others, inside, answers = run(), run(7), False, []

def handler(*_):
    global inside
    if not inside:
        inside = True
        answers.append(run(7))
        inside = False

take = scratch.take
def interrupted(*arguments):
    memory = take(*arguments)
    signal.raise_signal(signal.SIGINT)
    return memory

signal.signal(signal.SIGINT, handler)
scratch.take = interrupted
outer = run()
scratch.take = take
signal.signal(signal.SIGINT, signal.SIG_DFL)
assert len(answers) >= len(layers), len(answers)
for results, wanted in [(outer, right), *((answer, others) for answer in answers)]:
    for got, want in zip(results, wanted, strict=True):  # another split may round otherwise
        np.testing.assert_allclose(got, want, rtol=0, atol=1e-12 * abs(want).max())
print("right", len(answers))
"""
)
AT_THE_END = (
    BEGIN
    + """
right = run()
atexit.register(lambda: print("right", all(map(np.array_equal, run(), right))))
"""
)


@pytest.mark.parametrize("count", [1, 2])
def test_a_signal_handler_may_convolve_in_the_midst_of_a_convolution(count):
    assert said(INTERRUPTED, OPENBLAS_NUM_THREADS=str(count)).startswith("right")


@pytest.mark.parametrize("count", [1, 2])
def test_a_convolution_works_while_the_interpreter_is_ending(count):
    assert said(AT_THE_END, OPENBLAS_NUM_THREADS=str(count)) == "right True\n"
