"""A process that has imported what all tests need, and forks once for every question.

Importing torch takes longer than the tests of a page. Each line of its input is a question in
JSON (`arguments` of pytest, and the `stem` of a page when only its tests are asked for), each line
of its output what pytest's exit status was.
"""

import json
import os
import signal
import sys
import time

OTHERS = "bs4 hypothesis markdown numpy pytest scipy.signal sybil torch yaml"


class Only:
    """A plugin that keeps the tests of one page, and those of no page."""

    def __init__(self, stem):
        self.stem = stem

    def pytest_collection_modifyitems(self, items):
        items[:] = [item for item in items if self._wanted(item)]

    def _wanted(self, item):
        id_ = item.nodeid.partition("[")[2]
        return "docs/" not in id_ or f"/{self.stem}." in id_


def ask(question):
    """Run pytest in a child; return its exit status, or 124 when it took too long."""
    child = os.fork()
    if child == 0:
        _run(question)
    ends = time.monotonic() + question["limit"]
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 124


def _run(question):
    """What the child does; it never returns."""
    import pytest

    os.setpgid(0, 0)
    silent = os.open(question["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    status = 70
    try:
        plugins = [Only(question["stem"])] if question["stem"] else []
        quiet = ["-x", "-q", "-p", "no:cacheprovider"]
        status = int(pytest.main([*quiet, *question["arguments"]], plugins=plugins))
    finally:
        sys.stdout.flush()
        os._exit(status)


def main():
    for name in OTHERS.split():
        __import__(name)
    for line in sys.stdin:
        print(ask(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
