"""Blocks shared between threads: every one once, and right in whatever weather."""

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from cnnlib import fast
from cnnlib.fast import blocks
from tests.cnnlib.fast.shapes import LAYERS, arrays, error, geometry, right


@pytest.fixture(params=[1, 2])
def threads(request):
    before = blocks._Pool.threads
    blocks.set_threads(request.param)
    yield request.param
    blocks.set_threads(before)


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
