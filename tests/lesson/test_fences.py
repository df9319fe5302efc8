"""What is wrong with any fence stops the build, with page, line and reason."""

import re
from types import SimpleNamespace

import pytest
import yaml
from lesson.fences.error import FenceError
from lesson.fences.kinds import DRAWN, EMPTY, fence, no_options
from lesson.fences.reader import parse
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from tests.pages.markdown_pages import SETTINGS

EXERCISE = "id: size\nkind: output-size\ngiven: {input: 7, kernel_size: 3}\nask: 얼마입니까?"
SUM = "id: sum\na: [1, 2]\nb: [3, 4]"
LINE = 4  # of the page, on which a fence's own first line stands


@pytest.fixture
def convert(tmp_path):
    """Convert a page as MkDocs does, with its name known to the Markdown instance."""

    def run(kind, body, lang="ko", opening=""):
        text = f"# Page\n\n```{kind}{opening}\n{body}\n```\n"
        source = tmp_path / "docs" / "ko" / "page.md"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text, encoding="utf-8")
        custom = [
            {"name": name, "class": name, "format": fence, "validator": no_options}
            for name in (*DRAWN, *EMPTY)
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


REFUSED = [
    ("exercise", EXERCISE.replace("3}", "0}"), 2, "`kernel_size` must be at least 1, got 0"),
    ("exercise", f"{EXERCISE}\nid: other", 4, "`id` must stand once, got it twice"),
    ("exercise", EXERCISE.replace("3}", "3, input: 8}"), 2, "`input` must stand once"),
    ("exercise", EXERCISE.replace("output-size", "[1]"), 1, "`kind` must be one of"),
    ("exercise", "id: [", 0, "the fence must be YAML"),
    (
        "exercise",
        "id: a\nkind: choice\nask: q\noptions:\n  - {text: x, why: y}\n  - {text: z}",
        5,
        "`options[1].why` must be a text",
    ),
    ("digit-lab", "id: [", 0, "the fence must be YAML"),
    ("digit-lab", "- lab", 0, "the fence must hold `key: value` lines"),
    ("digit-lab", "id: lab\nsize: 2", 0, "the fence must hold `id:` and nothing else"),
    ("digit-lab", "id: 3 4", 0, "`id` must be a name"),
    ("measured", "says: {", 0, "the fence must be YAML"),
    ("measured", "says: [a]", 0, "`says` must be one of parameters, equal"),
    ("measured", "says: work\nsays: time", 1, "`says` must stand once"),
    ("measured", "- work", 0, "the fence must hold `key: value` lines"),
    ("inner-product", f"{SUM}\n? [b]\n: 1", 3, "the fence's keys must be words"),
    ("inner-product", "id: sum\na: &a [*a]\nb: [1]", 1, "the fence must not contain itself"),
    ("inner-product", SUM.replace("[1, 2]", "[1, x]"), 1, "`a` must hold numbers, got 'x'"),
    ("inner-product", f"{SUM}\na: [1]", 3, "`a` must stand once"),
    ("homework", "number: 3", 0, "the fence must be empty"),
    ("benchmark", "number: 3", 0, "the fence must hold `says:` and nothing else"),
]


@pytest.mark.parametrize(("kind", "body", "line", "reason"), REFUSED)
def test_a_malformed_fence_is_named_with_its_page_line_and_reason(
    convert, kind, body, line, reason
):
    place = rf"^docs/ko/page\.md:{LINE + line}: {kind}: .*"
    with pytest.raises(SuperFencesException, match=place + re.escape(reason)):
        convert(kind, body)


@pytest.mark.parametrize("kind", [*DRAWN, *EMPTY])
def test_options_beside_the_name_of_any_fence_are_refused(convert, kind):
    reason = f"{kind}: options belong inside, got title"
    with pytest.raises(SuperFencesException, match=reason):
        convert(kind, "", opening=' title="x"')


def test_any_error_inside_stops_the_build_and_not_only_a_refusal(convert, monkeypatch):
    monkeypatch.setitem(DRAWN, "measured", lambda *_: 1 / 0)
    with pytest.raises(SuperFencesException, match="measured: ZeroDivisionError"):
        convert("measured", "says: work")


def test_the_site_hands_every_kind_to_the_one_formatter():
    named = re.findall(
        r"- name: (\S+)\n +class: (\S+)\n +format: (.*)\n +validator: (.*)", SETTINGS
    )
    home = "!!python/name:lesson.fences.kinds."
    assert {name for name, *_ in named} == {*DRAWN, *EMPTY}
    assert {(form, check) for *_, form, check in named} == {(f"{home}fence", f"{home}no_options")}


def test_a_right_fence_becomes_its_element_in_the_language_of_the_page(convert):
    assert "<cnn-exercise" in convert("exercise", EXERCISE)
    assert "연습 문제" in convert("exercise", EXERCISE)
    assert "Exercise" in convert("exercise", EXERCISE, lang="en")
    assert "<cnn-homework" in convert("homework", "")


def test_the_reader_reads_what_yaml_reads():
    text = f"{EXERCISE}\nlong: |\n  two\n  lines\nshared: &s [1]\nagain: *s"
    assert parse(text) == yaml.safe_load(text)
    with pytest.raises(FenceError):
        parse("a: 1\n---\nb: 2")
