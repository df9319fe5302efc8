"""One command from a fresh clone: make .venv, install what is needed; serve, build or test.

    python3 dev.py serve    the site in both languages, at http://127.0.0.1:8000/
    python3 dev.py build    the site into site/, strictly
    python3 dev.py test     every test
    python3 dev.py doubt    change one thing at a time: does a test notice?
    python3 dev.py grade FOLDER --csv FILE    the homework of a class
    python3 dev.py show NUMBER                one student's network and its answers
    python3 dev.py scorm ASSIGNMENT           a package for a learning-management system

What follows the command goes on to the server (HOST:PORT), mkdocs, pytest or the grading; `--cuda`
lets pip take a CUDA build of torch. Only the standard library is used here, and torch is needed by
the tests alone.
"""

import hashlib
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
TORCH = "torch==2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
PROJECTS = ("pyproject.toml", "docs/pyproject.toml")
COMMANDS = {
    "serve": ("docs", ["lesson.site.serve"]),
    "build": ("docs", ["mkdocs", "build", "--strict"]),
    "test": ("docs[test]", ["pytest"]),
    "doubt": ("docs[test]", ["tests.doubt"]),
    "grade": ("docs", ["lesson.homework", "grade"]),
    "show": ("docs", ["lesson.homework", "show"]),
    "scorm": ("docs", ["lesson.homework", "scorm"]),
}


def main(arguments):
    """Run one command; return its exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - older Pythons do get here
        return f"Python 3.11 or newer is needed, this is {platform.python_version()}"
    if not arguments or arguments[0] not in COMMANDS:
        return __doc__
    site, command = COMMANDS[arguments[0]]
    rest = [argument for argument in arguments[1:] if argument != "--cuda"]
    if command == ["pytest"] and not rest:
        rest = ["-n", "auto"]
    install(site, cuda="--cuda" in arguments)
    # A folder of homework is where the lecturer is; the site and the tests are here.
    place = None if command[0] == "lesson.homework" else ROOT
    # One thread a worker: the tests already run side by side.
    settings = {"NO_MKDOCS_2_WARNING": "1", "OMP_NUM_THREADS": "1"}
    try:
        return subprocess.call(
            [PYTHON, "-m", *command, *rest], cwd=place, env={**settings, **os.environ}
        )
    except KeyboardInterrupt:
        return 0


def install(site, cuda=False):
    """Install the library and the `site` into .venv, unless that was done for these versions."""
    with_tests = ENVIRONMENT / "installed-test"  # where the tests run, everything does
    done = with_tests if "test" in site else ENVIRONMENT / "installed"
    state = b"".join((ROOT / name).read_bytes() for name in PROJECTS)
    wanted = hashlib.sha256(state).hexdigest()
    if any(mark.exists() and mark.read_text() == wanted for mark in (done, with_tests)):
        return
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    if "test" in site:
        install_torch(cuda)
    print(f"Installing cnnlib and {site} ...", flush=True)
    pip("--editable", ".", "--editable", f"./{site}", check=True)
    done.write_text(wanted)


def install_torch(cuda):
    """Take torch from a local wheel, else PyTorch's index of CPU builds, else where pip looks."""
    if cuda or platform.system() != "Linux":
        return
    # The packages that torch needs come with the rest.
    if pip("--no-index", "--no-deps", TORCH, quiet=True) == 0:
        return
    print("Fetching torch for the CPU ...", flush=True)
    if pip("--index-url", CPU_INDEX, "--no-deps", "--retries", "1", TORCH) != 0:
        sys.exit(
            f"No CPU build of {TORCH} was found. Put its wheel where PIP_FIND_LINKS points, "
            "or allow the CUDA build (about 3 GB): python3 dev.py test --cuda"
        )


def pip(*arguments, check=False, quiet=False):
    """Run pip in .venv; return its exit status."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    hidden = subprocess.DEVNULL if quiet else None
    status = subprocess.call(command, cwd=ROOT, stdout=hidden, stderr=hidden)
    if check and status:
        sys.exit(f"pip failed with status {status}; what it said stands above")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
