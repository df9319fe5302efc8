"""Every block of code that a page shows is run: nothing is skipped in silence."""

import re

import pytest
from sybil import Document

from tests.pages.examples import claims, code_blocks
from tests.pages.markdown_pages import DRAWN, PYTHON, ROOT, fences, name, pages

FILES = [*pages(), *(path for path in map(ROOT.joinpath, ["README.md", "CONTRIBUTING.md"]))]
# Languages that a page may show without running them.
SHOWN = {"text", "sh", "console", "yaml", "toml", "json", "markdown", "html", "js", "diff", "csv"}


def collected(path):
    """Return the line of every region that Sybil runs on a page."""
    document = Document(path.read_text(encoding="utf-8"), str(path))
    regions = sorted(code_blocks(document), key=lambda region: region.start)
    return [document.text.count("\n", 0, region.start) + 1 for region in regions]


def expected(text):
    """Return the line of every statement of a session and of every other Python block."""
    lines = []
    for fence in fences(text):
        if fence.language not in PYTHON:
            continue
        if not fence.text.lstrip().startswith(">>>"):
            lines.append(fence.line)
            continue
        for offset, line in enumerate(fence.text.splitlines(), start=1):
            if re.match(r"\s*>>> *[^\s#]", line):
                lines.append(fence.line + offset)
    return lines


@pytest.mark.parametrize("path", FILES, ids=name)
def test_sybil_runs_exactly_the_blocks_that_a_scanner_finds(path):
    assert collected(path) == expected(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_fence_names_a_language_that_is_run_drawn_or_known(path):
    strange = [
        (fence.line, fence.language)
        for fence in fences(path.read_text(encoding="utf-8"))
        if fence.language not in PYTHON | SHOWN | DRAWN
    ]
    assert not strange


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_session_hides_in_a_block_that_is_not_run(path):
    text = path.read_text(encoding="utf-8")
    hidden = [f.line for f in fences(text) if f.language not in PYTHON and ">>>" in f.text]
    prompt = re.compile(r"^ *>>>.*$", re.MULTILINE)
    inside = [line for f in fences(text) for line in prompt.findall(f.text)]
    assert not hidden
    assert prompt.findall(text) == inside


def test_no_block_is_excused_from_running():
    assert [
        name(path) for path in FILES if re.search(r"<!--+\s*skip", path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_comment_that_looks_like_a_claim_is_one(path):
    text = path.read_text(encoding="utf-8")
    looks = re.compile(r"<!--[^>]*(?:claim|throughout)", re.IGNORECASE)
    inside = sum(len(looks.findall(fence.text)) for fence in fences(text))
    document = Document(text, str(path))
    parsed = [region for region in claims(document) if region.parsed is not None]
    assert len(parsed) == len(looks.findall(text)) - inside


@pytest.mark.parametrize(
    "info", ['python title="x" hl_lines="2"', "py", "pycon", "{.python .annotate}", " python"]
)
def test_blocks_with_settings_in_their_info_string_are_run(info):
    text = f"```{info}\n>>> 1 + 1\n3\n```\n"
    [region] = code_blocks(Document(text, "page.md"))
    assert (region.parsed.source, region.parsed.want) == ("1 + 1\n", "3\n")
