"""A program of its own: for what ends an interpreter, may hang, or needs a fresh one."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def said(code: str, **environment: str) -> str:
    """Run a program to its end and return what it prints; it must not complain."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout
