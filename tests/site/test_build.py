"""The strict build: clean as it is, and stopped by what is wrong, with page, line and reason."""

import os
import subprocess
import sys

import pytest
import yaml

from tests.pages.markdown_pages import DRAWN, ROOT, WRITTEN, fences, pages
from tests.site.built import html_files, soup

HEAD = "---\ntitle: A page\ndescription: A page with one mistake.\n---\n\n# A page {#page}\n\n"
LINE = HEAD.count("\n") + 1

MISTAKES = {
    "formula": ("$x_{i$ and more", 0, 'Expected closing token "}"'),
    "block formula": ("$$\n\\nonsense{x}\n$$", 1, "nonsense"),
    "open formula": ("$$\nx + y\n\nand on", 0, "never ends"),
    "figure's YAML": ("```conv2d\nid: [broken\n```", None, "conv2d"),
    "figure's key": (
        "```conv2d\nid: a\ninput: [[1]]\nweight: [[1]]\nstrides: 2\n```", 4, "strides",
    ),
    "figure's value": (
        "```conv2d\nid: a\ninput: [[1, 2]]\nweight: [[1, 2, 3]]\n```", None, "must fit",
    ),
    "exercise's kind": ("```exercise\nid: a\nkind: nonsense\nask: |\n  Why?\n```", 2, "nonsense"),
}  # fmt: skip


def strict_build(folder, text, hooks=("adapter",)):
    """Build one page with the site's own settings; return (exit status, what it said)."""
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "index.md").write_text(text, encoding="utf-8")
    settings = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": "docs",
        "hooks": [str(ROOT / "docs" / "lesson" / "site" / f"{name}.py") for name in hooks],
        "theme": {"custom_dir": str(ROOT / "docs" / "theme")},
        "watch": [],
        "nav": ["index.md"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", "mkdocs.yml"],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_stops_the_build_with_page_line_and_reason(mistake, tmp_path):
    text, line, reason = MISTAKES[mistake]
    status, said = strict_build(tmp_path, HEAD + text + "\n")
    assert status != 0
    assert reason in said
    where = "docs/index.md:" if line is None else f"docs/index.md:{LINE + line}:"
    assert where in said


def test_a_notebook_that_fails_stops_the_build_by_name(tmp_path):
    (tmp_path / "docs" / "notebooks").mkdir(parents=True)
    header = "# ---\n# jupyter:\n#   page:\n#     title: Broken\n# ---\n"
    broken = f"{header}\n# %% [markdown]\n# # Broken {{#broken}}\n\n# %%\n1 / 0\n"
    (tmp_path / "docs" / "notebooks" / "broken.py").write_text(broken, encoding="utf-8")
    status, said = strict_build(tmp_path, HEAD, hooks=("adapter", "notebook"))
    assert status != 0
    assert "Error reading page 'notebooks/broken.py'" in said
    assert "ZeroDivisionError" in said


def test_a_link_to_nowhere_stops_the_build(tmp_path):
    status, said = strict_build(tmp_path, HEAD + "[there](nowhere.md) and [here](#nowhere)\n")
    assert status != 0
    assert "nowhere.md" in said
    assert "#nowhere" in said


def test_both_languages_are_built_by_the_one_command(built_site):
    assert soup(built_site / "index.html").html["lang"] == "ko"
    assert soup(built_site / "en" / "index.html").html["lang"] == "en"
    assert soup(built_site / "404.html").html["lang"] == "ko"
    assert soup(built_site / "en" / "404.html").html["lang"] == "en"


def test_every_fence_that_is_drawn_became_its_element(built_site):
    for language, root in (("ko", built_site), ("en", built_site / "en")):
        for page in pages(language):
            text = page.read_text(encoding="utf-8")
            name = page.relative_to(page.parents[len(page.parts) - page.parts.index(language) - 2])
            file = root / name.with_suffix("") / "index.html"
            file = root / name.with_suffix(".html") if name.stem == "index" else file
            made, kinds = soup(file), [fence.language for fence in fences(text)]
            drawn = [tag for tag in made.find_all(is_drawn) if not tag.find_parent(is_drawn)]
            assert len(drawn) == sum(kind in DRAWN - set(WRITTEN) for kind in kinds), name
            for kind, selector in WRITTEN.items():
                assert len(made.select(selector)) >= kinds.count(kind), (name, kind)


def is_drawn(tag):
    """Return whether a tag is an element that a fence makes."""
    return tag.name.startswith("cnn-")


def test_no_figure_stands_in_a_paragraph_that_would_lose_its_content(built_site):
    for path in html_files(built_site):
        assert not [tag for tag in soup(path).find_all(is_drawn) if tag.find_parent("p")], path


def test_comments_with_claims_stay_out_of_the_pages(built_site):
    for path in html_files(built_site):
        assert "claim:" not in path.read_text(encoding="utf-8"), path


def test_the_copy_button_copies_statements_without_prompts_and_output(built_site):
    page = soup(built_site / "convolution" / "index.html")
    copied = [tag["data-copy"] for tag in page.find_all(attrs={"data-copy": True})]
    assert "output = by_loops(image, kernel)\noutput" in copied
    assert not [text for text in copied if ">>>" in text or "Traceback" in text]
