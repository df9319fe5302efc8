"""The style sheets as they are written: values come from the tokens, layers decide, one ring."""

import re
from pathlib import Path

import pytest
import tinycss2
from lesson.site import sheets
from lesson.site.styles import Names, selectors

from tests.pages.markdown_pages import ROOT
from tests.site.built import html_files

FOLDER = ROOT / "docs" / "theme" / "styles"
TOKENS = FOLDER / "tokens.css"
WRITTEN = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.css"))}
SPACES = re.compile(r"(?:margin|padding)(?:-\w+)?|(?:row-|column-)?gap")
NAMED = {"white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow", "silver"}


def declarations(css):
    """Yield (selector, property, value, whether it is important) of a style sheet."""
    for rule in tinycss2.parse_stylesheet(css, True, True):
        yield from _inside(rule)


def _inside(rule):
    if rule.type == "at-rule" and rule.content is not None:
        inner = tinycss2.parse_blocks_contents(rule.content, True, True)
        for each in inner:
            if each.type in ("at-rule", "qualified-rule"):
                yield from _inside(each)
    elif rule.type == "qualified-rule":
        selector = tinycss2.serialize(rule.prelude).strip()
        for each in tinycss2.parse_blocks_contents(rule.content, True, True):
            assert each.type == "declaration", (selector, each)
            yield selector, each.name, each.value, each.important


OTHERS = [(name, *each) for name, css in WRITTEN.items() for each in declarations(css)]
OWN = [each for each in OTHERS if each[0] != "tokens"]


def flat(tokens):
    """Yield every token of a value, those within functions too."""
    for token in tokens:
        yield token
        yield from flat(getattr(token, "arguments", ()))


def test_every_colour_is_a_token():
    for name, selector, prop, value, _ in OWN:
        for token in flat(value):
            assert token.type != "hash", (name, selector, prop)
            assert getattr(token, "lower_name", "") not in {"rgb", "rgba", "hsl"}, (name, selector)
            assert getattr(token, "lower_value", "") not in NAMED, (name, selector, prop)


def test_sizes_of_type_lines_and_room_are_tokens():
    """Only hairlines, and what is measured by the text itself, say a length of their own."""
    seen = 0
    for name, selector, prop, value, _ in OWN:
        if prop in ("font-size", "line-height") or SPACES.fullmatch(prop):
            seen += 1
            for token in flat(value):
                where = (name, selector, prop, tinycss2.serialize(value))
                assert token.type != "percentage", where
                assert token.type != "dimension" or abs(token.value) <= 1, where
                assert token.type != "number" or token.value in (-1, 0, 1, 2), where
    assert seen > 200


def test_a_token_is_given_its_value_in_one_place():
    tokens = {prop for name, _, prop, *_ in OTHERS if name == "tokens"}
    assert {"--cnn-text-4", "--cnn-space-4", "--cnn-focus"} <= tokens
    assert [(name, prop) for name, _, prop, *_ in OWN if prop in tokens] == []


def test_what_is_read_is_given_somewhere():
    scripts = "".join(path.read_text("utf-8") for path in (FOLDER.parent / "cnn").rglob("*.js"))
    given = {prop for _, _, prop, *_ in OTHERS} | set(
        re.findall(r"--[\w-]+(?=:)|--[\w-]+", scripts)
    )
    read = {each for css in WRITTEN.values() for each in re.findall(r"var\((--cnn[\w-]+)\)", css)}
    assert read - given == set()


def test_nothing_is_important():
    assert [(name, selector) for name, selector, *_, important in OTHERS if important] == []


def test_one_rule_draws_the_ring_of_the_focus():
    rings = [
        (name, selector)
        for name, selector, prop, value, _ in OTHERS
        if "focus" in selector
        and prop.startswith("outline")
        and tinycss2.serialize(value).strip() != "none"
    ]
    assert rings == [("focus", ":focus-visible")] * 2  # the ring and its distance


RINGS = """all => {
  const kind = (each) => `${each.localName}.${each.className.baseVal ?? each.className}`;
  const kinds = new Map(all.map((each) => [kind(each), each]));
  return [...kinds].map(([name, each]) => {
    each.focus();
    const style = getComputedStyle(each);
    const cell = each.matches('.c') && getComputedStyle(each.querySelector('rect'));
    const ring = cell ? [cell.strokeWidth, cell.stroke] : [style.outlineWidth, style.outlineColor];
    return [name, ...ring];
  });
}"""
REACHED = ":is(a[href], button, input, select, textarea, summary, [tabindex='0']):visible"


@pytest.mark.parametrize("address", ["convolution/", "homework/", "digit-lab/", "api/conv/"])
def test_whatever_the_keyboard_reaches_wears_the_ring(page, site_url, address):
    page.goto(site_url + address)
    page.keyboard.press("Tab")
    for asleep in ("article :not(:defined)", "cnn-conv:not(.cnn-live)"):
        page.locator(asleep).first.wait_for(state="detached")
    rings = page.locator(REACHED).evaluate_all(RINGS)
    assert [kind for kind, width, _ in rings if width != "3px"] == []
    assert len(rings) > 8
    assert len({colour for *_, colour in rings}) == 2  # on the page, and on the bar


def test_a_layer_wins_whatever_the_selectors(built_site):
    [common] = (built_site / "cnn").glob("page.*.css")
    text = common.read_text("utf-8")
    assert text.startswith(
        "@layer theme,tokens,page,frame,controls,numbers,elements,focus,print;@layer theme{"
    )
    for path in (built_site / "cnn").glob("*.css"):
        for rule in tinycss2.parse_stylesheet(path.read_text("utf-8"), True, True):
            assert (rule.type, rule.lower_at_keyword) == ("at-rule", "layer"), path.name


def test_a_score_of_the_digit_lab_is_a_line_and_not_a_picture(page, site_url):
    """Material's rule for pictures would make each bar as high as it is wide."""
    page.goto(site_url + "digit-lab/")
    heights = page.locator(".cnn-lab-bar").evaluate_all("all => all.map((e) => e.clientHeight)")
    assert heights == [12] * 10


def met(html):
    names = Names()
    names.read_page(html)
    return names


MADE = {"cnn-one": ["cnn-a", "cnn-two"], "cnn-two": ["cnn-b"]}
SHEETS = {
    name: selectors(css, sheets.OWN)
    for name, css in {
        "a": ".cnn-a{top:0}",
        "b": "@media print{p .cnn-b:hover{top:0}}",
        "c": ".cnn-c,p{top:0}",
    }.items()
}


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>", []),
        ('<p class="cnn-c">', ["c"]),
        ("<cnn-two></cnn-two><p>", ["b"]),
        ("<cnn-one></cnn-one><p>", ["a", "b"]),  # one makes two, which makes b
    ],
)
def test_a_page_wants_the_sheets_of_what_it_shows_and_of_what_its_elements_make(html, wanted):
    assert sheets.wanted(SHEETS, met(html), MADE) == wanted


CARRIED = {
    "figure": "<cnn-(?!exercise|homework|grading|assignment|mastery|fading|inventory|parsons)",
    "panel": "<cnn-(?!exercise|homework|grading|assignment|mastery|fading|inventory|parsons)",
    "picture": "<cnn-(?:image|filters)",
    "shapes": "<cnn-shapes",
    "exercise": "<cnn-(?:exercise|homework|grading|assignment|mastery|fading|inventory|parsons)",
    "homework": "<cnn-(?:homework|grading|assignment)",
    "grading": "<cnn-(?:grading|assignment)",
    "lab": "<cnn-digit-lab",
    "mastery": "<cnn-(?:mastery|fading)",
    "inventory": "<cnn-inventory",
    "parsons": "<cnn-parsons",
    "notebook": 'class="cnn-(?:plot|printed)',
    "home": 'class="cnn-(?:home|path)\\b',
    "reference": 'class="doc ',
}


def test_a_page_carries_the_styles_of_its_elements_and_no_others(built_site):
    carried = set()
    for path in html_files(built_site):
        html = path.read_text(encoding="utf-8")
        linked = re.findall(r'href="[^"]*cnn/(\w+)\.\w+\.css"', html)
        assert linked[0] == "page"
        wanted = {name for name, mark in CARRIED.items() if re.search(mark, html)}
        assert set(linked[1:]) == wanted, path
        carried |= wanted
    assert carried == set(CARRIED)
    late = {"run"}  # which comes with its script
    common = {*sheets.COMMON}.union(*sheets.PARTS.values())
    assert {Path(name).stem for name in CARRIED} >= set(WRITTEN) - common - late
