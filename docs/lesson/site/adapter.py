"""MkDocs hooks, thin: one command builds every edition, and the builder finishes the site.

`mkdocs.yml` is the Korean edition, at the root; when its pages are built, `mkdocs.en.yml` is built
into `en/`, and `publish` makes what both share.
"""

import functools
import os
import pickle
import shutil
from pathlib import Path
from urllib.parse import urljoin

import material
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import event_priority

from lesson import weights
from lesson.site import kept, path, search
from lesson.site.memory import forget
from lesson.site.publish import pages, publish
from lesson.site.runtime import runtime

ENGLISH = "mkdocs.en.yml"
MATERIAL = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
FILES = ("favicon.svg", "math.woff2")
read = {}  # language -> what its pages say, for the search
navigation = []  # the navigation of the edition that is built
serving = []  # `mkdocs serve` puts a script of its own into the pages, which the policy refuses


def on_startup(command, dirty):
    """Note whether MkDocs serves the pages itself."""
    serving[:] = [command] if command == "serve" else []


def on_files(files, config):
    """Leave to the builder what it publishes itself."""
    for file in list(files):
        if file.src_uri.startswith(("assets/", "cnn/", "site/", "styles/")):
            files.remove(file)
    config.extra["sheets"] = [path for path in config.extra_css if not path.startswith("assets/")]
    config.extra_css = []
    read[config.theme["language"]] = []
    return files


def on_nav(nav, config, files):
    """Let no lesson lead astray."""
    path.relink(nav, config.extra["aside"])
    navigation[:] = [nav]
    return nav


@event_priority(-100)  # the plugins may still change the Markdown
def on_page_markdown(markdown, page, config, files):
    """Let a page be rendered only when it, or the code behind it, has changed."""
    if page.file.src_uri.endswith(".md"):
        if not getattr(config.plugins["mkdocstrings"], "shared", False):
            kept.share_reference(reference(config))
            config.plugins["mkdocstrings"].shared = True
        page.markdown = markdown
        page.render = functools.partial(kept.render, page, folder=cache(config))
    return markdown


def reference(config):
    """Return what renders the API reference of an edition."""
    return config.plugins["mkdocstrings"].handlers.get_handler("python")


def cache(config):
    """Return the folder of what is kept between builds."""
    return Path(config.config_file_path).parent / ".cache" / "pages"


def on_env(env, config, files):
    """Tell the templates which pages each language has; leave their own lines out of the pages."""
    env.trim_blocks = env.lstrip_blocks = True
    known = (*navigation, config.extra["aside"], config.theme["language"])
    path.number(*known)
    path.show(*known)
    root = Path(config.config_file_path).parent / "docs"
    env.globals["editions"] = {
        language["code"]: {
            path.relative_to(root / language["code"]).as_posix()
            for path in (root / language["code"]).rglob("*.*")
        }
        for language in config.extra["languages"]
    }
    return env


def on_post_page(output, page, config):
    """Keep what the search shall find."""
    weight = (page.meta.get("search") or {}).get("boost", 1)
    found = (page.url.removeprefix("./"), page.title, weight, page.content)
    read[config.theme["language"]].append(found)
    return output


@event_priority(-100)  # after the plugins, which write files in the same event
def on_post_build(config):
    """Build the English edition when the Korean one is done, then finish both."""
    here = Path(config.config_file_path)
    if here.name == ENGLISH:
        return
    site = Path(config.site_dir)
    english = load_config(
        str(here.with_name(ENGLISH)), site_dir=str(site / "en"), strict=config.strict
    )
    english.site_url = config.site_url and urljoin(config.site_url, "en/")
    english.plugins.on_startup(command=(*serving, "build")[0], dirty=False)
    build(english)
    english.plugins.on_shutdown()
    raw = gather(site, config)
    for folder in (site, site / "en"):  # Material's scripts and styles: nothing asks for them
        shutil.rmtree(folder / "assets", ignore_errors=True)
    publish(site, config.theme.custom_dir, raw, cache(config))
    if keep := os.environ.get("LESSON_RAW"):  # lesson.site.serve renews scripts and styles alone
        Path(keep).write_bytes(pickle.dumps(raw))
    forget(cache(config))


def gather(site, config):
    """Return what the builder makes the site of, as `publish` reads it."""
    theme, kept = Path(config.theme.custom_dir), cache(config)
    files = {name: (theme / "site" / name).read_bytes() for name in FILES}
    files["digit-weights.bin"] = weights.FILE.read_bytes()
    files |= {f"search-{name}.json": search.index(found, kept) for name, found in read.items()}
    return {
        "pages": pages(site),
        "files": files,
        "base": "".join(
            path.read_text(encoding="utf-8")
            for name in ("main", "palette")
            for path in MATERIAL.glob(f"{name}.*.min.css")
        ),
        "some": config.extra["sheets"],
        "reference": reference(config).extra_css,
        "guarded": not serving,
        "runtime": runtime(kept),
    }
