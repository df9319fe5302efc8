"""A malformed fence stops the build, and says on which page and line, and why."""

from types import SimpleNamespace

import markdown
import pytest
from lesson.fences.kinds import fence, no_options
from lesson.figure import RENDER, FenceError, render
from pymdownx.superfences import SuperFencesException

REFUSED = [
    ("conv2d", "input: [", "the fence must be YAML; expected the node content"),
    ("conv2d", "- 1", "the fence must hold `key: value` lines"),
    ("conv2d", "id: a\nid: b", "`id` must stand once, got it twice"),
    ("conv2d", "id: a\ninput: [[1]]", "`weight` must be given"),
    ("conv2d", "id: a\ninput: [[1]]\nweight: [[1]]\nstrid: 1", "`conv2d` has no key 'strid'"),
    ("conv2d", "id: A b\ninput: [[1]]\nweight: [[1]]", "`id` must be small letters, digits"),
    ("conv2d", "id: a\ninput: lecture.imput\nweight: [[1]]", "close: lecture.input"),
    (
        "conv2d",
        "id: a\ninput: [[1, 2], [3]]\nweight: [[1]]",
        "`input` must have rows of one length",
    ),
    ("conv2d", "id: a\ninput: [[1, x]]\nweight: [[1]]", "`input` must hold numbers, got 'x'"),
    ("conv2d", "id: a\ninput: [[true]]\nweight: [[1]]", "`input` must hold numbers, got True"),
    ("conv2d", "id: a\ninput: [[.nan]]\nweight: [[1]]", "numbers from -1e9 to 1e9, got nan"),
    ("conv2d", "id: a\ninput: [[]]\nweight: [[1]]", "`input` must hold 1 to 4096 numbers, got 0"),
    ("conv2d", "id: a\ninput: [1]\nweight: [[1]]", "`input` must have 2 or 3 axes, got (1,)"),
    (
        "conv2d",
        "id: a\ninput: [[1]]\nweight: [[1, 1]]",
        "`weight` must fit in the padded input",
    ),
    ("conv2d", "id: a\ninput: [[1]]\nweight: [[1]]\nstride: 0", "`stride` must be at least 1"),
    (
        "conv2d",
        "id: a\ninput: [[1]]\nweight: [[1]]\nstride: 1.5",
        "`stride` must be an int or a list",
    ),
    ("conv2d", "id: a\ninput: [[1]]\nweight: [[1]]\nstride: [1, 1, 1]", "a list of 2 ints"),
    (
        "conv2d",
        "id: a\ninput: [[1]]\nweight: [[1]]\npadding: sam",
        "or a list of ints, 'same', 'valid'",
    ),
    (
        "conv2d",
        "id: a\ninput: [[1]]\nweight: [[1]]\nat: [5, 5]",
        "`at` must name a cell of the output",
    ),
    (
        "conv2d",
        "id: a\ninput: [[1]]\nweight: [[1]]\nat: [-1, 0]",
        "`at` must name a cell of the output",
    ),
    (
        "conv2d",
        "id: a\ninput: [[1]]\nweight: [[1]]\nflip: 1",
        "`flip` must be true or false, got 1",
    ),
    ("conv2d", "id: a\ninput: [[1]]\nweight: [[1]]\npadding_mode: mirror", "must be one of zeros"),
    ("conv2d", "id: a\ninput: [[1]]\nweight: [[1]]\ngroups: 2", "groups"),
    ("conv2d", "id: a\ninput: [[1]]\nweight: [[1]]\nbias: [1, 2]", "`bias` must have shape (1,)"),
    ("conv2d", "id: a\ninput: [[1]]\nweight: [[1]]\ncaption: [1]", "`caption` must be text"),
    ("conv3d", "id: a\ninput: [[1]]\nweight: [[[1]]]", "`input` must have 3 or 4 axes, got (1, 1)"),
    ("conv3d", "id: a\ninput: [[[1]]]\nweight: [[1]]", "`weight` must have 3 or 4 or 5 axes"),
    ("conv3d", "id: a\ninput: [[[1]]]\nweight: [[[1]], [[1]]]", "must fit in the padded input"),
    (
        "conv3d",
        "id: a\ninput: [[[[1]]], [[[1]]]]\nweight: [[[[[1]]], [[[1]]]]]",
        "`input` must have one channel, got (2, 1, 1, 1)",
    ),
    (
        "conv3d",
        "id: a\ninput: [[[1]]]\nweight: [[[[[1]]]], [[[[1]]]]]",
        "`weight` must be one filter, got (2, 1, 1, 1, 1)",
    ),
    ("conv3d", "id: a\ninput: [[[1]]]\nweight: [[[1]]]\nat: [1, 0, 0]", "name a cell of the"),
    ("conv3d", "id: a\ninput: [[[1]]]\nweight: [[[1]]]\nat: null", "name a cell of the output"),
    ("conv3d", "id: a\ninput: [[[1]]]\nweight: [[[1]]]\nflip: true", "`conv3d` has no key 'flip'"),
    ("conv3d", "id: a\ninput: [[[1]]]\nweight: [[[1]]]\nstride: [1, 1]", "a list of 3 ints"),
    ("conv2d-grad", "id: a\ninput: [[1]]\nweight: [[1]]", "`wrt` must be given"),
    (
        "conv2d-grad",
        "id: a\nwrt: bias\ninput: [[1]]\nweight: [[1]]",
        "`wrt` must be one of input, weight, got 'bias'",
    ),
    (
        "conv2d-grad",
        "id: a\nwrt: input\ninput: index.4x4\nweight: [[1]]\ngrad_output: [[1]]",
        "`grad_output` must have the output's shape (1, 4, 4), got (1, 1, 1)",
    ),
    (
        "conv2d-grad",
        "id: a\nwrt: weight\ninput: [[[1]], [[2]]]\nweight: [[[1]], [[2]]]",
        "`input` must have one channel, got (2, 1, 1)",
    ),
    ("conv-transpose1d", "id: a\ninput: [1]\nweight: [1]\npadding: same", "an int or a list"),
    (
        "conv-transpose1d",
        "id: a\ninput: [1]\nweight: [1]\nat: [1]",
        "`at` must name a cell of the output",
    ),
    (
        "conv-transpose2d",
        "id: a\ninput: [[1]]\nweight: [[1]]\noutput_padding: 1",
        "`output_padding` must be smaller than the stride or the dilation",
    ),
    ("pool2d", "id: a\ninput: [[1]]\nkernel_size: 2", "`kernel_size` must fit"),
    ("pool2d", "id: a\ninput: [[1]]\nkernel_size: 1\nmode: min", "`mode` must be one of max, avg"),
    ("pad2d", "id: a\ninput: [[1]]", "give `padding` (int, or [rows, columns]) or `pad`"),
    ("pad2d", "id: a\ninput: [[1]]\npadding: 1\nmode: reflect", "pad"),
    ("inner-product", "id: a\na: [1, 2]\nb: [1]", "`b` must have the shape of `a` (2,), got (1,)"),
    ("image", "id: a\ninput: digit.eight\ncrop: [0, 29, 0, 28]", "`crop` must be [top, bottom"),
    (
        "filters",
        "id: a\ninput: digit.eight\nkernels: [blurr]",
        "`kernels` must be a list of identity",
    ),
    ("filters", "id: a\ninput: digit.eight\nown: [[1, 2]]", "`own` must be 3×3 or 5×5"),
    ("shapes", "id: a\ninput: [1, 1, 4, 4]\nlayers: [Conv2d(1]", "must hold calls such as"),
    ("shapes", "id: a\ninput: [1, 1, 4, 4]\nlayers: [print(1)]", "must hold layers of Conv1d"),
    ("shapes", "id: a\ninput: [1, 1, 4, 4]\nlayers: ['Conv2d(open(1), 2, 3)']", "must hold calls"),
    ("shapes", "id: a\ninput: [1, 3, 4, 4]\nlayers: ['Conv2d(1, 3, 3)']", "channels"),
]


@pytest.mark.parametrize(("kind", "source", "reason"), REFUSED)
def test_a_malformed_fence_is_refused_with_its_reason(kind, source, reason):
    with pytest.raises(FenceError) as error:
        render(kind, source)
    assert reason in str(error.value)


def test_every_kind_of_figure_has_a_refusal_of_its_own():
    assert {kind for kind, _, _ in REFUSED} >= set(RENDER) - {"conv1d"}


PAGE = """---
title: Page
---

# Page

Text.

```conv2d
id: first
input: lecture.input
weight: [[1]]
STRIDE: 2
```
"""


def convert(page, tmp_path):
    """Convert a page as MkDocs does: the page is known by the processor for links."""
    path = tmp_path / "docs" / "ko" / "page.md"
    path.parent.mkdir(parents=True)
    path.write_text(page, encoding="utf-8")
    kinds = [
        {"name": kind, "class": kind, "format": fence, "validator": no_options} for kind in RENDER
    ]
    md = markdown.Markdown(
        extensions=["pymdownx.superfences", "admonition", "attr_list", "lesson.markdown"],
        extension_configs={"pymdownx.superfences": {"custom_fences": kinds}},
    )
    file = SimpleNamespace(abs_src_path=str(path), src_uri="page.md")
    md.treeprocessors.register(SimpleNamespace(file=file, run=lambda root: None), "relpath", 0)
    return md.convert(page.split("---\n", 2)[2])


def test_a_refusal_names_page_and_line(tmp_path):
    with pytest.raises(SuperFencesException, match=r"^docs/ko/page\.md:13: conv2d: .*'STRIDE'"):
        convert(PAGE, tmp_path)


def test_a_refusal_in_an_indented_fence_names_page_and_line(tmp_path):
    head, fence = PAGE.split("```conv2d")
    fence = "\n".join(f"    {line}" for line in ("```conv2d" + fence).splitlines())
    with pytest.raises(SuperFencesException, match=r"^docs/ko/page\.md:15: conv2d: "):
        convert(f'{head}!!! note "x"\n\n{fence}\n', tmp_path)


def test_a_yaml_error_names_its_own_line(tmp_path):
    page = PAGE.replace("STRIDE: 2", "stride: 2\ninput: [[2]]")
    with pytest.raises(SuperFencesException, match=r"^docs/ko/page\.md:14: conv2d: `input` must"):
        convert(page, tmp_path)


def test_options_beside_the_fences_name_are_refused(tmp_path):
    page = PAGE.replace("```conv2d", '```conv2d title="x"').replace("STRIDE", "stride")
    reason = r"^docs/ko/page\.md:9: conv2d: options belong inside, got title"
    with pytest.raises(SuperFencesException, match=reason):
        convert(page, tmp_path)


def test_a_mistake_in_the_drawing_stops_the_build_too(tmp_path, monkeypatch):
    monkeypatch.setitem(RENDER, "conv2d", lambda *_: 1 / 0)
    with pytest.raises(SuperFencesException, match="ZeroDivisionError"):
        convert(PAGE, tmp_path)


def test_a_good_fence_becomes_its_element(tmp_path):
    html = convert(PAGE.replace("STRIDE", "stride"), tmp_path)
    assert html.count('<cnn-conv id="first" spec=\'{') == 1
