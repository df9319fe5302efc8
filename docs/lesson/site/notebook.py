"""MkDocs hook: notebooks look like the site, and can be downloaded.

mkdocs-jupyter executes the notebooks; its template here gives Markdown back, which goes through the
same pipeline as every page, so headings, formulas and code are the site's own.

A notebook runs for seconds in a process of its own, so no page waits for it:

    populate    notebook 1 | notebook 2 | page | page | ... | page | on_env
    threads     1 runs ─────────────────────────────┤              │
                2 runs ───────────────────────────────────┤        └ waits, makes both pages
"""

import functools
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import yaml
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs_jupyter.config import settings

from lesson.site.imports import state

DATA = Path(__file__).parents[1] / "data"
HEADER = re.compile(r"\A# ---\n((?:#.*\n)*?)# ---\n")
ANCHOR = re.compile(r" \{#[\w-]+\}$", re.MULTILINE)
INNER_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]+\)")

OFFER = {
    "ko": "[{name} 내려받기]({name}){{ .md-button download='{name}' }}\n\n"
    "이 페이지의 출력은 사이트를 만들 때 실제로 실행한 결과입니다. "
    "직접 실행하려면 저장소 폴더에서 `pip install -e . -e docs jupyterlab`을 "
    "한 번 실행하고, 내려받은 파일을 `jupyter lab`으로 엽니다.",
    "en": "[Download {name}]({name}){{ .md-button download='{name}' }}\n\n"
    "What this page shows is what its code printed when the site was built. "
    "To run it yourself, run `pip install -e . -e docs jupyterlab` once in the repository "
    "and open the file with `jupyter lab`.",
}

LOG = get_plugin_logger(__name__)
THREADS = ThreadPoolExecutor()
running = []  # (the page of a notebook, what makes its Markdown)
settings.templates_dir = str(Path(__file__).with_name("notebooks"))


def on_config(config):
    """Let the notebooks run with one thread: their matrices are small, a second would only wait."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return config


@event_priority(100)  # before mkdocs-jupyter, which asks for its folder in the same event
def on_pre_page(page, config, files):
    """Keep an executed notebook until it, or what it imports or reads, changes."""
    if _is_notebook(page.file):
        source = Path(page.file.abs_src_path)
        kept = Path(config.config_file_path).parent / ".cache" / "notebooks" / source.stem
        now = kept / state(source, *DATA.iterdir())
        for old in set(kept.glob("*")) - {now}:
            shutil.rmtree(old)
        config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(now)
    return page


def on_files(files, config):
    """Add the download beside each notebook; what takes longest comes first."""
    running.clear()
    for file in [file for file in files if _is_notebook(file)]:
        source = Path(file.abs_src_path).read_text(encoding="utf-8")
        name = str(Path(file.src_uri).with_suffix(".ipynb"))
        files.append(File.generated(config, name, content=download(source)))
    return Files(sorted(files, key=lambda file: not _is_notebook(file)))


def download(source):
    """The notebook as .ipynb text, without what only the site understands."""
    notebook = jupytext.reads(source, fmt="py:percent")
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # jupytext draws random ones: the file would change each time
        if cell.cell_type == "markdown":
            cell.source = INNER_LINK.sub(r"\1", ANCHOR.sub("", cell.source))
    return jupytext.writes(notebook, fmt="ipynb")


def with_offer(markdown, offer):
    """Put the download under the page's title."""
    title, heading, rest = re.split(r"^(# .*\n)", markdown, maxsplit=1, flags=re.MULTILINE)
    return f"{title}{heading}\n{offer}\n{rest}"


def on_page_markdown(markdown, page, config, files):
    """Read title and description from the notebook's header; let it run beside the other pages."""
    if _is_notebook(page.file):
        header = HEADER.match(markdown)
        fields = yaml.safe_load(re.sub(r"^# ?", "", header[1], flags=re.MULTILINE))
        page.meta = fields["jupyter"]["page"]
        page.render = functools.partial(_start, page, page.render)
    return markdown


def _start(page, execute, config, files):
    """Let mkdocs-jupyter's `execute` run in a thread; the page is empty until `on_env`."""
    page.content, page.toc = "", get_toc([])
    running.append((page, THREADS.submit(execute, config, files)))


@event_priority(100)  # before the plugins, which look for links in what a page holds
def on_env(env, config, files):
    """Turn what the template made of each notebook into a page, as MkDocs does for every other."""
    for page, ran in running:
        try:
            ran.result()
        except Exception:  # as MkDocs says it of a page whose turn it is
            LOG.error(f"Error reading page '{page.file.src_uri}':")
            raise
        body = page.content.partition('<script type="text/markdown">')[2].rpartition("</script>")[0]
        name = Path(page.file.src_uri).with_suffix(".ipynb").name
        page.markdown = with_offer(body, OFFER[config.theme["language"]].format(name=name))
        Page.render(page, config, files)
    return env


def _is_notebook(file):
    return file.src_uri.startswith("notebooks/") and file.src_uri.endswith(".py")
