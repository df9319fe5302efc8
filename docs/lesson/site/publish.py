"""The site's builder: what a site needs beyond its pages, made when all pages of all editions are.

Scripts and styles lie once, in `cnn/`, under names that carry the hash of their content, and both
editions share them. Pages name them as ``asset:NAME``; here the names are filled in, with the
import map that leads scripts to each other and the content policy.
"""

import hashlib
import json
import re
import shutil
from functools import partial
from pathlib import Path

import rjsmin

from lesson.site import packages, policy, scripts, sheets

FOLDER = "cnn"
GUARD = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
STYLES = re.compile(r'<link rel="stylesheet" href="([^"]*)asset:styles">')
IMPORTS = re.compile(r'\{"([^"]*)": "asset:imports"\}')
ASSET = re.compile(r"asset:([\w.-]+)")
CALLED = (".js", ".bin", ".zip", "/", "run.css")  # what scripts ask for by its plain name
OFFLINE = "offline.js"  # at the site's root, or its pages would not be its own to answer for
RUNNABLE = ' data-run="'
LANGUAGE = re.compile(r'<html lang="(\w+)"')
RUNS = re.compile(r'<meta name="cnn-run" content="[^"]*">\n?')
SOURCES = re.compile(r'(<script type="application/json" class="cnn-sources")>(.*?)</script>')


class Assets:
    """The shared files, by the names that pages and scripts call them."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.names = {}  # name -> name with the hash of its content

    def add(self, name, content):
        """Write a file, its hash in its name; return that name."""
        content = content.encode("utf-8") if isinstance(content, str) else content
        stem, _, ending = name.rpartition(".")
        mark = hashlib.sha256(content).hexdigest()[:8]
        self.names[name] = f"{stem}.{mark}.{ending}"
        (self.folder / self.names[name]).write_bytes(content)
        return self.names[name]

    def add_folder(self, name, files):
        """Write files that call each other by name, in a folder with the hash of them all."""
        whole = b"".join(files[each] for each in sorted(files))
        place = f"{name}.{hashlib.sha256(whole).hexdigest()[:8]}"
        self.names[f"{name}/"] = f"{place}/"
        (self.folder / place).mkdir()
        for each, content in files.items():
            (self.folder / place / each).write_bytes(content)


def publish(site, theme, raw, folder):
    """Write the finished site.

    Parameters
    ----------
    site : Path
        Folder of the first edition, with the others inside.
    theme : Path
        Folder of the scripts (`cnn/`) and of the site's own style sheets.
    raw : dict
        "pages": the HTML of every page, by its place in the site.
        "files": shared files by their names, as text or bytes.
        "base": Material's styles, which are trimmed to what is used; "reference": those of the API
        reference, as text. "some": the sheets of the elements, by their places in `theme`.
        "guarded": whether the pages carry the content policy. "runtime": what runs their code, as
        `packed` makes it, or None.
    folder : Path
        Where what is slow to make is kept between builds.
    """
    site, theme = Path(site), Path(theme)
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    assets = Assets(site / FOLDER)
    code = scripts.bundles(theme / FOLDER)
    for name, content in raw["files"].items():
        assets.add(name, content)
    for name, text in code.items():
        assets.add(f"{name}.js", text)
    every = raw | {"pages": raw["pages"] | packages.pages()}
    runs = raw["runtime"]
    if runs:
        assets.add_folder("python", runs["core"])
        assets.add("lessons.zip", runs["lessons"])
        worker = (theme / "site" / OFFLINE).read_text(encoding="utf-8")
        (site / OFFLINE).write_text(rjsmin.jsmin(worker), encoding="utf-8")
    links = sheets.link(assets, theme, every, code, folder)
    packages.write(assets, code, links)
    allowed = {}
    for place, html in raw["pages"].items():
        html = RUNS.sub(_offer(html, runs), html)
        finished = _apart(finish(html, assets.names, links[place]), place, assets)
        allowed |= dict.fromkeys(policy.hashes(finished))
        finished = finished if raw["guarded"] else GUARD.sub("", finished)
        (site / place).write_text(finished, encoding="utf-8")
    (site / "_headers").write_text(policy.headers(allowed), encoding="utf-8")


def _offer(html, runs):
    """Return the element that offers a page's code for running, and says how much is fetched."""
    return f'<meta name="cnn-run" content="{runs["size"]}">\n' if runs and RUNNABLE in html else ""


def _apart(html, place, assets):
    """Return a page without its table of sources, which is fetched when a number is asked."""
    name = f"sources-{place.removesuffix('.html').replace('/', '-')}.json"
    up = "../" * place.count("/")
    return SOURCES.sub(
        lambda found: f'{found[1]} data-at="{up}{FOLDER}/{assets.add(name, found[2])}"></script>',
        html,
    )


def pages(site):
    """Return the HTML of every page that lies in a folder, by its place there."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(Path(site).rglob("*.html"))
    }


def finish(html, names, styles):
    """Return a page with the names of the shared files, the import map and the policy filled in."""
    language = LANGUAGE.search(html)[1]
    html = STYLES.sub(
        lambda match: "".join(
            f'<link rel="stylesheet" href="{match[1]}{FOLDER}/{name}">' for name in styles
        ),
        html,
    )
    html = IMPORTS.sub(partial(_import_map, names=names, language=language), html)
    html = ASSET.sub(lambda match: _named(match, names), html)
    return html.replace("asset:policy", policy.policy(policy.hashes(html)))


def _named(match, names):
    """Return the place of a shared file; the policy comes last."""
    return match[0] if match[1] == "policy" else f"{FOLDER}/{names[match[1]]}"


def _import_map(match, names, language):
    """Return the map from the names that scripts call each other to the files."""
    called = {name: name for name in names if name.endswith(CALLED)}
    for spoken in [name for name in called if name.startswith("words-")]:
        name, _, own = called.pop(spoken).removesuffix(".js").rpartition("-")
        if own == language:
            called[f"{name}.js"] = spoken
    place = match[1] + FOLDER
    return json.dumps(
        {f"{place}/{name}": f"{place}/{names[file]}" for name, file in called.items()}
    )
