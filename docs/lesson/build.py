"""MkDocs hook: one command builds both languages.

`mkdocs.yml` is the Korean site; when it is built, its search learns Korean, and
`mkdocs.en.yml` is built into `en/` beside it.
"""

import re
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

from lesson import assets, scripts, search, weights

ENGLISH = "mkdocs.en.yml"
STYLES = "site/all.css"


@event_priority(-100)  # the search plugin writes its index in the same event
def on_post_build(config):
    """Build the English site when the Korean one is done."""
    here = Path(config.config_file_path)
    folders = [Path(root) / "cnn" for root in (config.theme.custom_dir, config.site_dir)]
    scripts.bundle(*folders, config.theme["language"])
    assets.lighten(config.site_dir)
    assets.adapt_material(config.site_dir)
    if here.name == ENGLISH:
        return
    search.learn_korean(config.site_dir)
    english = load_config(
        str(here.with_name(ENGLISH)),
        site_dir=str(Path(config.site_dir) / "en"),
        strict=config.strict,
    )
    english.site_url = config.site_url and urljoin(config.site_url, "en/")
    english.plugins.on_startup(command="build", dirty=False)
    build(english)
    english.plugins.on_shutdown()


def on_files(files, config):
    """Join the styles into one file, and put the trained weights where the digit lab looks."""
    theme = Path(config.theme.custom_dir)
    styles = [theme / name for name in config.extra_css if (theme / name).exists()]
    files.append(File.generated(config, STYLES, content=assets.join(styles)))
    config.extra_css = [STYLES]
    files.append(File.generated(config, "cnn/digit-weights.bin", abs_src_path=str(weights.FILE)))
    return files


def on_post_page(output, page, config):
    """Let every block of code take the focus: a wide one scrolls, and keys must reach it."""
    return re.sub(r"(<pre[^>]*>(?:<span></span>)?<code)>", r'\1 tabindex="0">', output)


def on_env(env, config, files):
    """Tell the templates which pages each language has, for the switcher between them."""
    root = Path(config.config_file_path).parent / "docs"
    env.globals["editions"] = {
        language["code"]: {
            path.relative_to(root / language["code"]).as_posix()
            for path in (root / language["code"]).rglob("*.*")
        }
        for language in config.extra["languages"]
    }
    return env
