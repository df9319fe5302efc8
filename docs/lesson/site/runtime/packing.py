"""Makes of the foreign files and the course's own what the site publishes."""

import gzip
import io
import zipfile
from pathlib import Path

import array_api_compat

import cnnlib
from lesson.site.memory import remember

LESSON = Path(__file__).parents[2]
CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "pyodide-lock.json",
        "python_stdlib.zip")  # fmt: skip
# What a compiler, a type checker or NumPy's own tests would read.
BUILDING = (".pyi", ".pxd", ".h", ".a", ".c", ".ini")
OTHERS = ("numpy/f2py/", "numpy/distutils/")
OWN = ("__init__.py", "examples.py", "show.py", "figure/*.py", "fences/__init__.py",
       "fences/error.py", "tables/*", "running/*.py", "running/*.json", "coding/*.py",
       "coding/*.json", "data/*")  # fmt: skip
BESIDE = {"marks.py", "html.py", "doubt.json"}  # they belong to the builder
COMPAT = ("__init__.py", "_internal.py", "common/*.py", "numpy/*.py")
LICENCES = Path(__file__).with_name("LICENCES.txt")
EVER = (1980, 1, 1, 0, 0, 0)  # the same content makes the same archive


def packed(places, folder):
    """Return what is published.

    Parameters
    ----------
    places : dict
        The path of every foreign file, by its name.
    folder : Path
        Where what is slow to make is kept between builds.

    Returns
    -------
    dict
        "core": the content of every file of Python and NumPy, by its name; "lessons": the archive
        of the library and the course's examples; "size": what a reader downloads, in megabytes.
    """
    content = {name: places[name].read_bytes() for name in CORE}
    digest = places["numpy.whl"].name
    core = content | {
        "LICENCES.txt": LICENCES.read_bytes(),
        "numpy.zip": remember(folder, slim, str(places["numpy.whl"]), digest),
    }
    lessons = archive()
    wire = remember(folder, weight, *(str(places[name]) for name in CORE))
    return {
        "core": core,
        "lessons": lessons,
        "size": f"{(wire + len(core['numpy.zip']) + len(lessons)) / 1e6:.1f}",
    }


def slim(wheel, digest):
    """Return NumPy's wheel without what only those who build with it need; `digest` names it."""
    with zipfile.ZipFile(wheel) as whole:
        return _zip(
            {
                name: whole.read(name)
                for name in whole.namelist()
                if not (name.endswith(BUILDING) or name.startswith(OTHERS) or "/tests/" in name)
            }
        )


def weight(*files):
    """Return how many bytes files are when a server has compressed them."""
    return sum(len(gzip.compress(Path(file).read_bytes(), 6)) for file in files)


def archive():
    """Return the archive of the library, what it needs, and the examples of the lessons."""
    roots = {
        "cnnlib": (Path(cnnlib.__file__).parent, ("**/*.py",)),
        "array_api_compat": (Path(array_api_compat.__file__).parent, COMPAT),
        "lesson": (LESSON, OWN),
    }
    return _zip(
        {
            f"{package}/{path.relative_to(root).as_posix()}": path.read_bytes()
            for package, (root, patterns) in roots.items()
            for pattern in patterns
            for path in root.glob(pattern)
            if path.is_file() and path.name not in BESIDE
        }
    )


def _zip(files):
    """Return an archive of files by their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name, content in sorted(files.items()):
            out.writestr(zipfile.ZipInfo(name, EVER), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
