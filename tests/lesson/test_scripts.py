"""The joined scripts: one scope a file, and what cannot be joined is refused with its reason."""

import re

import pytest
from lesson.scripts import BUNDLES, bundle, join
from lesson.tables import LANGUAGES, WORDS

MODULES = {
    "index": 'import { h } from "./kit/dom.js";\nconst load = () => import("./b.js");\nh();\n',
    "kit/dom": "export const h = () => 1;\n",
    "view/a": 'import { h } from "../kit/dom.js";\nexport const one = h();\n',
    "b": 'import { one } from "./view/a.js";\nexport class B extends one {}\n',
}
TWO = {"index": ("index",), "all": ("b",)}


def test_a_module_comes_after_what_it_imports():
    code = join(MODULES, TWO)["all"]
    assert code.index("const one") < code.index("class B")


def test_what_two_bundles_need_stands_once_in_the_first():
    code = join(MODULES, TWO)
    assert "const h" in code["index"]
    assert "export { h };" in code["index"]
    assert "const h" not in code["all"]
    assert code["all"].startswith('import { h } from "./index.js";')


def test_a_late_import_asks_for_the_bundle():
    assert 'import("./all.js")' in join(MODULES, TWO)["index"]


@pytest.mark.parametrize(
    ("module", "code", "message"),
    [
        ("view/a", "export const one = 1;\nconst B = 2;\n", "got two of ['B']"),
        ("view/a", "export const one = (a, b = 2) => 1, B = 2;\n", "got two of ['B']"),
        ("view/a", 'import { h as g } from "../kit/dom.js";\nconst a = g();\n', "got 'h as g'"),
        ("b", 'import { one as B } from "./view/a.js";\nB();\n', "got 'one as B'"),
        ("view/a", "export { h };\n", "one a line, got 'export { h };'"),
        ("view/a", 'import h from "../kit/dom.js";\n', "got 'import h from"),
        ("view/a", "export const one = (b) => `${b ? `; ${b}` : 0}`;\n", "not nest templates"),
        ("spare", "const spare = 1;\n", "`spare.js` must be needed by a bundle"),
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_refused(module, code, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        join({**MODULES, module: code}, TWO)


def test_a_default_of_an_argument_is_no_variable_of_the_module():
    code = {**MODULES, "view/a": "export const one = (B = 2) => B;\n"}
    assert "class B" in join(code, TWO)["all"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_edition_has_the_words_of_its_language_alone(tmp_path, lang):
    folder, site = _folders(tmp_path)
    (folder / "figures/conv.js").write_text(
        'import { words } from "../tables/words.js";\nsay(words);\n', encoding="utf-8"
    )
    bundle(folder, site, lang)
    code = (site / "figures.js").read_text(encoding="utf-8")
    assert [each for each in LANGUAGES if WORDS[each]["figure"]["play"] in code] == [lang]


def _folders(tmp_path):
    """Return a folder with every module that is offered, and a site with one file too many."""
    folder, site = tmp_path / "sources", tmp_path / "site"
    for each in (folder, site):
        each.mkdir()
    for entries in BUNDLES.values():
        for entry in entries:
            (folder / entry).parent.mkdir(exist_ok=True)
            (folder / f"{entry}.js").write_text("// said\nrun( 1 );\n")
    (site / "view").mkdir()
    (site / "view/left-over.js").write_text("")
    return folder, site


def test_the_site_has_the_bundles_and_nothing_else(tmp_path):
    folder, site = _folders(tmp_path)
    bundle(folder, site)
    assert {path.name for path in site.iterdir()} == {f"{name}.js" for name in BUNDLES}
    assert (site / "index.js").read_text() == "run(1);"
