"""The lists of what goes into the packages for learning-management systems, one a language.

A list names shared files of the site by the names that they have in a package, where scripts call
each other without an import map, and holds the texts that each assignment fills in.
"""

import json
import re

from lesson.homework import package

IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w-]+)\.js"')
LATE = "homework"  # the element of the page, which `index` loads late
NAMED = re.compile(r"url\(\"?([\w.-]+)\"?\)")


def pages():
    """Return the HTML of each package's page, by a place that no page of the site has."""
    return {f"package-{lang}": package.page(lang) for lang in package.PACKAGE}


def write(assets, code, links):
    """Write the list of each language.

    Parameters
    ----------
    assets : Assets
        The shared files.
    code : dict
        Text of each bundle of scripts.
    links : dict
        The style sheets of each page, by its place.
    """
    for place, html in pages().items():
        lang = place.removeprefix("package-")
        styles = {f"cnn/{_plain(name)}": name for name in links[place]}
        files = {**_scripts(code, lang, assets.names), **styles, **_called(assets.folder, styles)}
        linked = "".join(f'<link rel="stylesheet" href="{name}">\n' for name in styles)
        names = ["index.html", *sorted(files)]
        texts = {
            "imsmanifest.xml": package.manifest(lang, names),
            "index.html": html.replace("{styles}", linked),
        }
        listed = {"texts": texts, "files": {name: files[name] for name in sorted(files)}}
        assets.add(f"{place}.json", json.dumps(listed, ensure_ascii=False))


def _plain(name):
    """Return a file's name without the hash of its content."""
    stem, _, ending = name.rsplit(".", 2)
    return f"{stem}.{ending}"


def _scripts(code, lang, names):
    """Return the files of the scripts that the page needs, by their names in the package."""
    found, wanted = {}, [package.SCRIPT, LATE]
    while wanted:
        name = wanted.pop()
        file = name if name in code else f"{name}-{lang}"
        if f"cnn/{name}.js" not in found:
            found[f"cnn/{name}.js"] = names[f"{file}.js"]
            wanted += IMPORTED.findall(code[file])
    return found


def _called(folder, styles):
    """Return the files that style sheets call by their hashed names."""
    texts = [(folder / sheet).read_text(encoding="utf-8") for sheet in styles.values()]
    called = {name for text in texts for name in NAMED.findall(text)}
    return {f"cnn/{name}": name for name in called}
