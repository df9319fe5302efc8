"""Every block of every page gives in wasm what the page recorded, float formatting included."""

import pytest

from tests.pages.markdown_pages import PYTHON, fences, name, pages
from tests.running.engine import ran, unpacked

BLOCKS = {
    name(path): blocks
    for path in pages()
    if (blocks := [f for f in fences(path.read_text("utf-8")) if f.language in PYTHON])
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What came of every block of every page, in one process of Node."""
    given = [[fence.text for fence in blocks] for blocks in BLOCKS.values()]
    return dict(zip(BLOCKS, ran(unpacked(tmp_path_factory.mktemp("wasm")), given), strict=True))


@pytest.mark.parametrize("page", BLOCKS)
def test_every_block_gives_the_recorded_output(page, told):
    for fence, parts in zip(BLOCKS[page], told[page], strict=True):
        for part in parts:
            if part["needs"] is None:
                expected = part["want"] is None and not part["got"] and not part["error"]
                assert part["same"] or expected, (page, fence.line, part)
                assert part["warned"] == "", (page, fence.line, part)
