"""Scripts of the built site: some forty small modules, joined into a few files and minified.

The sources are ES modules that run as they stand; each is named by its room and its own name,
`core/tensor`. Fetched one by one, a module waits for the one that names it, and compresses alone;
joined they come at once, and share what repeats. A file's modules lie in one scope, so a name
stands for one thing in all of them: what two modules of a file both define stops the build.
"""

import posixpath
import re
from pathlib import Path

import rjsmin

from lesson import tables

BUNDLES = {
    "index": ("index",),
    "numbers": ("numbers/asked",),
    "search": ("chrome/search", "chrome/find"),
    "home": ("chrome/home",),
    "figures": (
        "figures/conv", "figures/inner", "figures/pad", "figures/pool",
        "view/grid", "view/parts", "view/law", "core/arith", "kit/fields",  # which pictures need
        "figures/conv-panel",  # too, and gradients
    ),
    "adjoint": ("figures/adjoint",),
    "pictures": ("figures/filters", "figures/image"),
    "shapes": ("figures/shapes", "core/model", "core/pytext"),  # homework is made of models too
    "exercise": ("exercise/exercise", "core/reading", "core/random", "kit/save"),
    "mastery": ("mastery/check", "mastery/fading", "mastery/draw", "mastery/boxes", "mastery/laws"),
    "homework": (
        "homework/homework", "core/homework-net", "homework/assignment", "homework/judge",
        "homework/mistakes", "homework/handin", "homework/sheet",
        "homework/store",
    ),
    "grading": ("homework/grading", "homework/grade", "homework/tables", "homework/archive"),
    "assignment": ("homework/maker", "homework/fit", "homework/qr"),
    "inventory": ("inventory/inventory", "inventory/row"),
    "scorm": ("scorm/start", "scorm/state", "scorm/api", "scorm/report"),
    "digit-lab": ("lab/digit-lab", "core/digit-net"),
    "run": ("run/room",),
    "worker": ("run/worker",),
}  # fmt: skip
"""Each file and the modules whose exports it offers; what else two files need lies in the first."""

WORDS = {
    "words": ("tables/words", "tables/exercise", "tables/frame"),
    "words-lab": ("tables/lab",),
    "words-run": ("tables/run",),
}
"""The files that differ from language to language; what all share is the same in each."""

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[\w/.-]+)\.js";\n', re.MULTILINE)
LATE_IMPORT = re.compile(r'import\("(\.[\w/.-]+)\.js"\)')
LOADER = re.compile(r'"(cnn-[\w-]+)": .*? import\("\./([\w/-]+)\.js"\)')
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) ([\w$]+))", re.MULTILINE)
TEMPLATE = re.compile(r"`(?:[^`\\]|\\.)*`")
DEFINITION = re.compile(r"^(?:async )?(?:function\*?|class) ([\w$]+)", re.MULTILINE)
VARIABLES = re.compile(r"^(?:const|let)( .*)", re.MULTILINE)
VARIABLE = re.compile(r"([(\[{])|([)\]}])|[ ,]([\w$]+) = ")
ANY_IMPORT = re.compile(r"^(?:import|export)\b(?!\().*", re.MULTILINE)


def bundles(folder):
    """Return the text of each file of `BUNDLES`, made of the modules in `folder` and minified.

    What they import from ``tables/`` is the data that Python draws with (`lesson.tables`). Words
    lie in files of their own, one a language, which scripts call by one name: `words-ko` and
    `words-en` are both `words`, and a page says which it means.

    Raises
    ------
    ValueError
        An import or export is written in a way that cannot be joined, or a name stands twice.
    """
    sources = _sources(folder)
    code, words = {}, {}
    for language in tables.LANGUAGES:
        used = _used(tables.modules(language), sources)
        spoken = {
            name: [each for each in entries if each in used] for name, entries in WORDS.items()
        }
        code = join({**sources, **used}, BUNDLES | {name: e for name, e in spoken.items() if e})
        for name in WORDS:
            if name in code:
                words[f"{name}-{language}"] = code.pop(name)
    return {name: rjsmin.jsmin(text) for name, text in (code | words).items()}


def _sources(folder):
    """Return the text of every module in `folder`, by its room and name."""
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(Path(folder).rglob("*.js"))
    }


def elements(folder):
    """Return, for each element, the text of its module and of all that this one needs."""
    sources = _sources(folder) | tables.modules(tables.LANGUAGES[0])
    return {
        element: "".join(sources[name] for name in _in_order(sources, [module]))
        for element, module in LOADER.findall(sources["index"])
    }


def _used(modules, sources):
    """Return those of the tables' modules that a script imports."""
    return {
        name: text
        for name, text in modules.items()
        if any(f"/{name}.js" in code for code in sources.values())
    }


def join(sources, bundles):
    """Return the text of each bundle, its modules in the order in which they need each other.

    Examples
    --------
    >>> from lesson.site.scripts import join
    >>> sources = {
    ...     "index": 'import("./a.js");\\n',
    ...     "a": 'import { two } from "./b.js";\\nexport const four = two * two;\\n',
    ...     "b": "export const two = 2;\\n",
    ... }
    >>> print(join(sources, {"index": ["index"], "all": ["a"]})["all"])
    const two = 2;
    const four = two * two;
    export { four };
    """
    home = _homes(sources, bundles)
    code = dict.fromkeys(bundles, "")
    taken = {bundle: {} for bundle in bundles}  # name -> the bundle it comes from
    for module in _in_order(sources, sorted(sources)):
        if module not in home:
            raise ValueError(f"`{module}.js` must be needed by a bundle, got none that needs it")
        bundle = home[module]
        for names, path in IMPORT.findall(sources[module]):
            other, names = _named(module, path), _split(names)
            if home[other] != bundle:
                taken[bundle].update(dict.fromkeys(names, home[other]))
        code[bundle] += _body(module, sources[module], home)
    _in_no_circle(taken)
    return {
        bundle: _imports(taken[bundle])
        + _defined_once(bundle, code[bundle], taken[bundle])
        + _exports([EXPORT.findall(sources[entry]) for entry in entries], bundle, taken.values())
        for bundle, entries in bundles.items()
    }


def _in_no_circle(taken):
    """Refuse two files that need each other: a name would be asked for before it is there."""
    for bundle, names in taken.items():
        for name, other in names.items():
            if bundle in taken[other].values():
                raise ValueError(
                    f"`{other}.js` must not need `{bundle}.js`, which needs its {name!r}"
                )


def _named(module, path):
    """Return the module that `module` calls `path`: `core/tensor` for `../core/tensor`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), path))


def _in_order(sources, modules, left_out=()):
    """Return `modules` and all that they import, each after what it imports."""
    found = {}

    def visit(module):
        if module not in found and module not in left_out:
            for _, path in IMPORT.findall(sources[module]):
                visit(_named(module, path))
            found[module] = None

    for module in modules:
        visit(module)
    return list(found)


def _homes(sources, bundles):
    """Return the bundle of each module: where it is offered, or needed; the first for several.

    What a bundle takes from another one brings its own needs with it.
    """
    home = {}
    offered = {entry: bundle for bundle, entries in bundles.items() for entry in entries}
    for bundle, entries in bundles.items():
        others = [entry for entry in offered if offered[entry] != bundle]
        for module in _in_order(sources, entries, others):
            home[module] = next(iter(bundles)) if module in home else bundle
    return home | offered


def _body(module, code, home):
    """Return a module's text without its imports and exports; late imports ask for the bundle."""
    code = EXPORT.sub("", IMPORT.sub("", code))
    if left := ANY_IMPORT.search(code):
        raise ValueError(
            f"`{module}.js` must import names and export definitions, one a line, got {left[0]!r}"
        )
    for template in TEMPLATE.findall(code):
        if template.count("${") > template.count("}"):  # rjsmin would take its end for code
            raise ValueError(f"`{module}.js` must not nest templates, got {template!r}")
    return LATE_IMPORT.sub(lambda match: f'import("./{home[_named(module, match[1])]}.js")', code)


def _split(names):
    """Return the names between the braces of an import; none may be given another name."""
    if " as " in names:
        raise ValueError(f"an import must keep the names it takes, got {names.strip()!r}")
    return [name.strip() for name in names.split(",") if name.strip()]


def _imports(taken):
    """Return the import lines of names that come from other bundles."""
    lines = ""
    for bundle in dict.fromkeys(taken.values()):
        names = ", ".join(name for name, home in taken.items() if home == bundle)
        lines += f'import {{ {names} }} from "./{bundle}.js";\n'
    return lines


def _exports(offered, bundle, takers):
    """Return the export line: what the entries offer and what other bundles take."""
    names = {name: None for entry in offered for name in entry}
    for taken in takers:
        names |= {name: None for name, home in taken.items() if home == bundle}
    return f"export {{ {', '.join(names)} }};" if names else ""


def _defined_once(bundle, code, taken):
    """Return `code`; refuse two definitions of one name in its scope."""
    names = [*taken, *DEFINITION.findall(code), *_variables(code)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"a name of `{bundle}.js` must stand for one thing, got two of {twice}")
    return code


def _variables(code):
    """Return the names of top-level variables, `a` and `b` of `const a = [1, 2], b = 3;`."""
    names = []
    for line in VARIABLES.findall(code):
        depth = 0
        for opens, closes, name in VARIABLE.findall(line):
            depth += bool(opens) - bool(closes)
            if name and depth == 0:
                names.append(name)
    return names
