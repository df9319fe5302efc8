"""What is wrong with an exercise's fence stops the build, with page, line and reason."""

from types import SimpleNamespace

import pytest
from lesson import fences
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

PAGE = """# Page

```exercise
id: wrong
kind: output-size
given: {input: 7, kernel_size: 0}
ask: 얼마입니까?
```
"""


@pytest.fixture
def convert(tmp_path):
    """Convert a page as MkDocs does, with its name known to the Markdown instance."""

    def run(text, lang="ko"):
        source = tmp_path / "docs" / "ko" / "page.md"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text, encoding="utf-8")
        custom = [
            {"name": name, "class": name, "format": getattr(fences, function)}
            for name, function in (("exercise", "exercise"), ("homework", "homework"))
        ]
        md = Markdown(
            extensions=["lesson.markdown", "pymdownx.superfences"],
            extension_configs={
                "lesson.markdown": {"lang": lang},
                "pymdownx.superfences": {"custom_fences": custom},
            },
        )
        place = SimpleNamespace(abs_src_path=str(source), src_uri="page.md")
        md.treeprocessors.register(SimpleNamespace(file=place, run=lambda root: None), "relpath", 0)
        return md.convert(text)

    return run


def test_a_wrong_value_is_named_with_its_page_line_and_reason(convert):
    reason = r"docs/ko/page\.md:6: exercise: `kernel_size` must be at least 1, got 0"
    with pytest.raises(SuperFencesException, match=reason):
        convert(PAGE)


def test_a_right_exercise_becomes_its_element(convert):
    assert "<cnn-exercise" in convert(PAGE.replace("size: 0", "size: 3"))


def test_the_language_is_the_pages(convert):
    page = PAGE.replace("size: 0", "size: 3")
    assert "연습 문제" in convert(page)
    assert "Exercise" in convert(page, lang="en")


def test_nothing_is_written_in_a_homework_fence(convert):
    assert "<cnn-homework" in convert("```homework\n```\n")
    with pytest.raises(SuperFencesException, match="homework: the fence must be empty"):
        convert("```homework\nnumber: 3\n```\n")
