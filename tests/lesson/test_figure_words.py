"""Labels and alternative texts: complete in both languages, with the numbers, safely escaped."""

import re
from pathlib import Path
from string import Formatter

import pytest
from lesson import figure as package
from lesson.examples import KERNELS, example, names
from lesson.figure import RENDER
from lesson.figure.labels import Words
from lesson.tables import LANGUAGES, WORDS

from tests.lesson.drawing import Drawing, cells_of, text_of

FIGURE = Path(package.__file__).parent
SCRIPTS = FIGURE.parents[1] / "theme" / "cnn"
FIGURES = [
    ("conv1d", {"input": [1, 2, 3, 4], "weight": [1, -1], "stride": 2, "padding": 1}),
    ("conv2d", {"input": "lecture.input", "weight": "lecture.weight", "padding": 1}),
    ("conv2d", {"input": "index.2x4x4", "weight": [[[[1]]], [[[2]]]], "groups": 2, "bias": [1, 2]}),
    ("conv2d", {"input": "index.3x3", "weight": "asymmetric.2x2", "flip": True}),
    ("conv2d", {"input": "index.5x5", "weight": "asymmetric.2x2", "dilation": 2}),
    ("conv3d", {"input": "index.3x3x3", "weight": [[[1, 0]], [[0, 2]]], "bias": [1]}),
    ("conv3d", {"input": "index.2x3x3", "weight": [[[1, -1]]], "padding": [1, 0, 0], "stride": 2}),
    ("conv2d-grad", {"wrt": "input", "input": "index.5x5", "weight": "asymmetric.2x2"}),
    ("conv2d-grad", {"wrt": "weight", "input": "index.5x5", "weight": [[[[1]]], [[[2]]]]}),
    ("conv-transpose1d", {"input": [1, 2], "weight": [1, -1], "stride": 2, "bias": [1]}),
    ("conv-transpose2d", {"input": "index.2x2", "weight": [[[[1]], [[2]]]], "stride": 2}),
    ("pool2d", {"input": "index.5x5", "kernel_size": 2}),
    ("pool2d", {"input": "index.4x4", "kernel_size": 3, "padding": 1, "mode": "avg"}),
    ("pad2d", {"input": "index.3x3", "padding": 1, "mode": "reflect"}),
    ("inner-product", {"a": "inner.a", "b": "inner.b"}),
    ("image", {"input": "digit.eight", "matrix": True, "crop": [5, 15, 8, 19]}),
    ("filters", {"input": "digit.eight", "kernels": ["edge", "blur"]}),
    ("shapes", {"input": [10, 1, 20, 20], "layers": ["Conv2d(1, 3, 5)"]}),
]


@pytest.fixture(params=FIGURES, ids=lambda figure: figure[0])
def both(request):
    kind, values = request.param
    return [Drawing(kind, lang, caption="caption", **values) for lang in ("ko", "en")]


def test_every_kind_is_looked_at_here():
    assert {kind for kind, _ in FIGURES} == set(RENDER)


def leaves(level, path=()):
    """Yield (path, text) of every word of a table."""
    for key, value in level.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def test_both_languages_have_the_same_words_with_the_same_places():
    korean, english = (dict(leaves(WORDS[lang])) for lang in LANGUAGES)
    assert list(korean) == list(english)
    for key, text in korean.items():
        places = [
            sorted({field for _, field, _, _ in Formatter().parse(each) if field is not None})
            for each in (text, english[key])
        ]
        assert places[0] == places[1], key
        assert re.search("[가-힣]|÷", text), key
        assert not re.search("[가-힣]", english[key]), key


def test_every_classic_filter_has_a_name_in_both_languages():
    for lang in LANGUAGES:
        assert set(KERNELS) == set(WORDS[lang]["figure"]["filters"])


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="`lang` must be one of ko, en, got 'jp'"):
        Words("jp")


def test_alternative_texts_state_every_number_of_a_grid(both):
    for figure in both:
        for svg in figure.root.iter("svg"):
            cells = cells_of(svg)
            if svg.get("role") == "img" and cells:
                numbers = [cell.find("text").text for cell in cells.values()]
                said = svg.get("aria-label").rpartition(": ")[2]
                assert re.split(r"[ /]+", said) == numbers


def test_every_drawing_is_an_image_with_a_name_or_hidden(both):
    for figure in both:
        for svg in figure.root.iter("svg"):
            named = svg.get("role") == "img" and svg.get("aria-label")
            assert named or svg.get("aria-hidden") == "true"


def test_english_figures_say_nothing_in_korean_and_the_numbers_are_the_same(both):
    korean, english = both
    assert not re.search("[가-힣]", english.html)
    assert re.search("[가-힣]", korean.html)

    def values(figure):
        texts = figure.root.findall(".//text")
        return [text.text for text in texts]

    assert values(korean) == values(english)


def test_no_text_is_smaller_than_eleven_pixels(both):
    for svg in both[0].root.iter("svg"):
        assert float(svg.get("font-size", 16)) >= 11


def test_drawings_wider_than_a_phone_scroll_and_take_the_focus():
    figure = Drawing("image", input="digit.eight", matrix=True)
    (box,) = (b for b in figure.root.iter("div") if b.get("class") == "cnn-box")
    assert box.get("tabindex") == "0"
    assert box.get("role") == "group"
    assert "28×28" in box.get("aria-label")


def test_grids_up_to_eight_columns_fit_a_phone():
    for columns in range(1, 9):
        figure = Drawing("conv2d", input=f"index.3x{columns}", weight=[[1]], stride=1)
        for svg in figure.root.iter("svg"):
            assert float(svg.get("width")) <= 302


def test_markup_in_a_caption_is_text_and_backticks_are_code():
    caption = "<script>alert(1)</script> & `a<b` 'x'"
    figure = Drawing("inner-product", a=[1], b=[1], caption=caption)
    told = figure.root.find(".//figcaption")
    assert text_of(told) == "<script>alert(1)</script> & a<b 'x'"
    assert [code.text for code in told] == ["a<b"]
    assert figure.root.find(".//script") is None
    assert figure.spec["caption"] == caption


def test_the_spec_has_names_as_numbers_and_defaults_filled_in():
    figure = Drawing("conv2d", lang="en", input="lecture.input", weight="lecture.weight")
    assert figure.spec == {
        "kind": "conv2d", "id": "figure", "lang": "en", "caption": None,
        "input": [example("lecture.input").tolist()],
        "weight": [[example("lecture.weight").tolist()]],
        "bias": None, "stride": [1, 1], "padding": [0, 0], "dilation": [1, 1], "groups": 1,
        "padding_mode": "zeros", "flip": False, "at": [0, 0, 0],
    }  # fmt: skip


def test_every_named_example_can_be_had():
    assert all(example(name).size for name in names())


def test_every_word_is_used():
    """A script or a drawing names it: in quotes, at the end of a path, or as a key it fills."""
    sources = [
        *(FIGURE.parent / "asking").glob("*.py"),
        *FIGURE.glob("*.py"),
        *SCRIPTS.rglob("*.js"),
    ]
    code = "".join(path.read_text(encoding="utf-8") for path in sources)
    used = {*re.findall(r"""["'`.]([\w ]+)["'`]""", code), *re.findall(r"\b(\w+): ", code)}
    used |= set(
        re.findall(r"\b(?:t|words|exerciseWords|labWords|frameWords|runWords)\.(\w+)", code)
    )
    dead = [key for key, _ in leaves(WORDS["ko"]) if key[-1] not in used | set(KERNELS)]
    assert [key for key in dead if key[1] not in ("why", "unread")] == []
