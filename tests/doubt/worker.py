"""A copy of the repository in which one change at a time is made, and the tests that may notice it.

page      its examples and claims, then tests/pages about it, then those that make it
kernel    the module's docstrings and its mirrored tests, then all of tests/cnnlib
script    the pages are built again; in a browser the arithmetic's tests, the nearest, the others
label     in a browser what is heard, then the nearest; tests/lesson and tests/pages
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT = (".git", ".venv", "site", "build", ".cache")
MINUTE = 60
BROWSER = "tests/browser"
ARITHMETIC = ("numbers", "stepper")
# A module of the scripts' core, or a group of words -> the tests in a browser that are about it.
NEAREST = {
    "adjoint": ("backward",),
    "check-adjoint": ("backward",),
    "digit-net": ("digit_lab",),
    "exercise": ("exercise",),
    "expression": ("mastery",),
    "figure": ("controls", "state", "stepper"),
    "frame": ("writing", "mastery", "parsons", "inventory"),
    "homework-net": ("homework", "grading", "assignment"),
    "lab": ("digit_lab",),
    "random": ("mastery", "assignment"),
    "run": ("running", "playground", "writing"),
    "sources": ("asking", "asking_keys"),
}
# Those left out run Python, print or wait: minutes for what they would hardly be the first to see.
OTHERS = ("adoption", "exercise", "homework", "state", "controls", "backward", "mastery", "parsons",
          "digit_lab", "assignment", "grading", "homework_kept", "inventory", "look",
          "reach")  # fmt: skip


class Worker:
    """One copy of the repository with its process of tests."""

    def __init__(self, folder):
        self.tree = Path(folder)
        shutil.copytree(ROOT, self.tree, ignore=left, dirs_exist_ok=True)
        if (ROOT / ".cache").exists():
            shutil.copytree(ROOT / ".cache", self.tree / ".cache")
        modules = ROOT / "tests/scripts/node_modules"
        if modules.exists():
            (self.tree / "tests/scripts/node_modules").symlink_to(modules.resolve())
        self.log = self.tree / "pytest.log"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.doubt.zygote"],
            cwd=self.tree,
            # No compiled file outlives a change of the same length within a second.
            env={
                **os.environ,
                "PYTHONPATH": f"{self.tree}{os.pathsep}{self.tree / 'docs'}",
                "PYTHONDONTWRITEBYTECODE": "1",
                "OMP_NUM_THREADS": "1",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.honest = {}  # what pytest was asked -> the seconds that it takes unchanged

    def close(self):
        """End the process; the folder is its owner's to remove."""
        self.process.stdin.close()
        self.process.wait()

    def notices(self, change):
        """Return whether a test fails once `change` is made.

        Raises
        ------
        RuntimeError
            The tests fail without any change: then no failure says anything.
        """
        file = self.tree / change.path
        text = file.read_text(encoding="utf-8")
        for asked in stages(change):
            if asked not in self.honest:
                start = time.monotonic()
                if not self._passes(*asked, limit=60 * MINUTE):
                    raise RuntimeError(
                        f"{asked[0]} fail unchanged:\n{self.log.read_text()[-3000:]}"
                    )
                self.honest[asked] = time.monotonic() - start
            file.write_text(change.applied(text), encoding="utf-8")
            try:
                # What ends no more has been noticed; what is only slow on a busy machine has not.
                if not self._passes(*asked, limit=MINUTE + 3 * self.honest[asked]):
                    return True
            finally:
                file.write_text(text, encoding="utf-8")
        return False

    def _passes(self, arguments, stem, limit):
        """Whether tests pass within seconds; that there are none to run counts as passing."""
        question = {"arguments": arguments, "stem": stem, "limit": limit}
        line = json.dumps({**question, "log": str(self.log)})
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("the process that runs the tests has ended; what it said is above")
        return int(answer) in (0, 5)


def left(folder, names):
    """Return what of a folder the copy does without: what is made, and the history."""
    made = {name for name in names if name in ("node_modules", "__pycache__")}
    return made | {name for name in LEFT if Path(folder) == ROOT}


def stages(change):
    """Return (what pytest runs, whose page) for a change, the likeliest to notice it first.

    Examples
    --------
    >>> from tests.doubt.change import Change
    >>> from tests.doubt.worker import stages
    >>> stages(Change("prose", "docs/ko/stride.md", 0, "", ""))
    [(('docs/ko/stride.md', 'tests/pages'), 'stride'), (('tests/lesson/test_asking.py',), 'stride')]
    >>> stages(Change("kernel", "cnnlib/grad/conv.py", 0, "", ""))[0][0]
    ('cnnlib/grad/conv.py', 'tests/cnnlib/grad/test_conv.py')
    """
    path = Path(change.path)
    if path.suffix == ".md":
        drawn = ("tests/lesson/test_asking.py",)  # the page is made, its figures and questions too
        return [((change.path, "tests/pages"), path.stem), (drawn, path.stem)]
    if path.suffix == ".py":
        inside = path.relative_to("cnnlib")
        mirror = Path("tests/cnnlib") / inside.with_name(f"test_{inside.name.lstrip('_')}")
        near = [change.path, *([mirror.as_posix()] if (ROOT / mirror).exists() else [])]
        return [(tuple(near), None), (("cnnlib", "tests/cnnlib"), None)]
    if path.suffix == ".json":
        near = tests(NEAREST[change.group])
        return [(tests(("heard",)), None), (near, None), (("tests/lesson", "tests/pages"), None)]
    near = NEAREST.get(path.stem, ("exercise",))
    others = tests(name for name in OTHERS if name not in near)
    return [(tests(ARITHMETIC), None), (tests(near), None), (others, None)]


def tests(names):
    """Return the files of tests in a browser that have these names."""
    return tuple(f"{BROWSER}/test_{name}.py" for name in names)
