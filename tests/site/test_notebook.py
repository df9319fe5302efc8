"""Notebooks: pages of the site that were really executed, and files that a reader can run."""

import textwrap
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from lesson.site import notebook
from nbconvert.preprocessors import CellExecutionError

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "ko" / "notebooks").glob("*.py"))
NAMES = [path.stem for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_the_download_is_a_valid_notebook_and_always_the_same(path):
    source = path.read_text(encoding="utf-8")
    text = notebook.download(source)
    assert text == notebook.download(source)
    book = nbformat.reads(text, as_version=4)
    nbformat.validate(book)
    assert any(cell.cell_type == "code" for cell in book.cells)
    assert "{#" not in text
    assert "../" not in text


def test_the_download_keeps_outer_links_and_drops_inner_ones():
    source = "# %% [markdown]\n# # T {#t}\n# [a](../b.md) and [c](https://example.org/)\n"
    (cell,) = nbformat.reads(notebook.download(source), as_version=4).cells
    assert cell.source == "# T\na and [c](https://example.org/)"


def test_the_offer_stands_under_the_title():
    assert notebook.with_offer("# T {#t}\n\nwords", "GET") == "# T {#t}\n\nGET\n\nwords"


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_a_page_of_the_site(name, built_site):
    page = BeautifulSoup(
        (built_site / "notebooks" / name / "index.html").read_text("utf-8"), "html.parser"
    )
    assert len(page.select("article h1")) == 1
    assert all(heading.get("id") for heading in page.select("article :is(h1, h2, h3)"))
    assert page.find("meta", attrs={"name": "description"})["content"]
    assert page.select("article .cnn-printed")
    assert page.select("article .language-python")
    assert all(plot["aria-label"] for plot in page.select(".cnn-plot"))
    assert '<script type="text/markdown">' not in str(page)
    link = page.select_one("article a[download]")
    assert nbformat.reads(
        (built_site / "notebooks" / name / link["href"]).read_text("utf-8"), as_version=4
    )


def test_formulas_and_plots_of_the_training_are_in_the_page(built_site):
    page = BeautifulSoup(
        (built_site / "notebooks/training/index.html").read_text("utf-8"), "html.parser"
    )
    assert page.select("article math")
    assert len(page.select(".cnn-plot svg")) >= 3
    assert "rows_of_digits" not in page.select_one("article").text  # the plot's code is hidden
    assert "held-out digits" in page.select_one("article").text


def test_a_failing_cell_fails_the_build(tmp_path):
    from mkdocs_jupyter.convert import nb2html

    path = tmp_path / "broken.py"
    path.write_text(
        textwrap.dedent("""\
        # %%
        1 / 0
    """),
        encoding="utf-8",
    )
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        nb2html(str(path), execute=True, allow_errors=False, kernel_name="python3")


def test_only_notebooks_are_taken_for_notebooks():
    def is_notebook(name):
        return notebook._is_notebook(SimpleNamespace(src_uri=name))

    assert is_notebook("notebooks/training.py")
    assert not is_notebook("notebooks/training.ipynb")
    assert not is_notebook("training.md")
