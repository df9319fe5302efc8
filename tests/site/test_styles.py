"""Material's styles are cut to what is used, and what is used is there."""

import pytest
import tinycss2
from lesson.site import adapter
from lesson.site.sheets import layer
from lesson.site.styles import Names, read_in, trim

from tests.site.whole import lay_out


def names(html="", code=""):
    found = Names()
    found.read_page(html)
    found.read_script(code)
    return found


@pytest.mark.parametrize(
    ("rule", "html", "stays"),
    [
        (".a{top:0}", '<p class="b a">', True),
        (".a{top:0}", '<p class="b">', False),
        (".a .b{top:0}", '<p class="a">', False),
        (".a:not(.gone){top:0}", '<p class="a">', True),
        (".a:hover::before{top:0}", '<p class="a">', True),
        (":is(.gone,.a)>p{top:0}", '<p class="a">', True),
        (":is(.gone,.lost)>p{top:0}", '<p class="a">', False),
        ("[dir=ltr] p{top:0}", '<p dir="ltr">', True),
        ("[dir=rtl] p{top:0}", '<p dir="ltr">', False),
        ("#here{top:0}", '<p id="here">', True),
        ("#there{top:0}", '<p id="here">', False),
        ("@media print{.a{top:0}}", '<p class="a">', True),
        ("@media print{.gone{top:0}}", '<p class="a">', False),
    ],
)
def test_a_rule_stays_when_everything_that_it_names_occurs(rule, html, stays):
    assert trim(rule, names(html)) == (rule if stays else "")


def test_of_several_selectors_those_stay_that_can_match():
    assert trim(".a,.gone,p .b{top:0}", names('<p class="a b">')) == ".a,p .b{top:0}"


def test_what_a_script_may_make_stays():
    assert trim(".made{top:0}", names(code='h("p", { class: "made" })')) == ".made{top:0}"


def test_a_variable_stays_while_something_reads_it():
    css = "p{--a:1;--b:var(--a);--c:2;top:var(--b)}"
    assert trim(css, names("<p>")) == "p{--a:1;--b:var(--a);top:var(--b)}"
    assert "--c:2" in trim(css, names("<p>"), others=read_in("i{top:var(--c)}"))


def test_an_animation_stays_while_something_plays_it():
    css = "p{animation:turn 1s}@keyframes turn{to{top:0}}@keyframes gone{to{top:0}}"
    assert trim(css, names("<p>")) == "p{animation:turn 1s}@keyframes turn{to{top:0}}"


@pytest.fixture(scope="module")
def material():
    """Return Material's own styles."""
    return "".join(
        path.read_text("utf-8")
        for name in ("main", "palette")
        for path in adapter.MATERIAL.glob(f"{name}.*.min.css")
    )


def awake(page):
    """Wait until all is live and laid out: what is still would differ from what is live."""
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Shift")
    page.wait_for_selector("[spec]:has(> figure.cnn-figure):not(.cnn-live)", state="detached")
    lay_out(page)


def test_the_pages_look_as_they_would_with_all_of_material(page, site_url, built_site, material):
    """Every element's computed style, with Material trimmed and whole, on pages of every kind."""
    seen = """() => [...document.querySelectorAll('body *')].map((each) => {
      const style = getComputedStyle(each);
      return ['display', 'position', 'color', 'backgroundColor', 'fontSize', 'fontWeight',
        'paddingTop', 'paddingLeft', 'marginTop', 'marginLeft', 'borderTopWidth', 'width', 'height',
        'listStyleType', 'textAlign', 'lineHeight'].map((key) => style[key]).join();
    })"""
    [sheet] = (built_site / "cnn").glob("page.*.css")
    order, _, rest = sheet.read_text("utf-8").partition("@layer theme{")
    own = rest[rest.index("@layer tokens{") :]
    whole = order + layer("theme", material) + own
    for address in ("", "convolution/", "homework/", "api/conv/", "glossary/", "404.html"):
        page.goto(site_url + address)
        awake(page)
        trimmed = page.evaluate(seen)
        page.route(
            "**/page.*.css",
            lambda route: route.fulfill(body=whole, content_type="text/css"),
        )
        page.reload()
        awake(page)
        untrimmed = page.evaluate(seen)
        page.unroute("**/page.*.css")
        assert [pair for pair in zip(trimmed, untrimmed, strict=True) if pair[0] != pair[1]] == []


def test_most_of_material_is_left_out(built_site, material):
    [sheet] = (built_site / "cnn").glob("page.*.css")
    trimmed = sheet.read_text("utf-8").partition("@layer theme{")[2].partition("@layer tokens{")[0]
    assert 10_000 < len(trimmed) < 0.3 * len(material)


def test_the_trimmed_styles_are_sound(built_site):
    for path in (built_site / "cnn").glob("*.css"):
        for rule in tinycss2.parse_stylesheet(path.read_text("utf-8"), True, True):
            assert rule.type != "error", (path.name, rule)
