"""The joined scripts: one scope a file, and what cannot be joined is refused with its reason."""

import json
import re

import pytest
from lesson.site.scripts import BUNDLES, bundles, join
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


def test_what_another_bundle_offers_brings_its_own_needs():
    sources = MODULES | {"c": 'import { B } from "./b.js";\nnew B();\n'}
    code = join(sources, TWO | {"more": ("c",)})
    assert "const one" in code["all"]
    assert code["more"].startswith('import { B } from "./all.js";')


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


def test_two_files_that_need_each_other_are_refused():
    sources = MODULES | {"index": MODULES["index"] + 'import { one } from "./view/a.js";\n'}
    with pytest.raises(ValueError, match="which needs its 'one'"):
        join(sources, {"index": ("index",), "all": ("b", "view/a")})


def test_a_default_of_an_argument_is_no_variable_of_the_module():
    code = {**MODULES, "view/a": "export const one = (B = 2) => B;\n"}
    assert "class B" in join(code, TWO)["all"]


def test_the_words_lie_in_one_file_a_language_which_scripts_call_by_one_name(tmp_path):
    folder = _folder(tmp_path)
    (folder / "figures/conv.js").write_text(
        'import { words } from "../tables/words.js";\nsay(words);\n', encoding="utf-8"
    )
    code = bundles(folder)
    assert 'from"./words.js"' in code["figures"]
    for each in LANGUAGES:
        word = json.dumps(WORDS[each]["figure"]["play"], ensure_ascii=False)
        assert [name for name, text in code.items() if word in text] == [f"words-{each}"]


def _folder(tmp_path):
    """Return a folder with every module that is offered."""
    for entries in BUNDLES.values():
        for entry in entries:
            (tmp_path / entry).parent.mkdir(exist_ok=True)
            (tmp_path / f"{entry}.js").write_text("// said\nrun( 1 );\n")
    return tmp_path


def test_a_bundle_is_minified(tmp_path):
    assert bundles(_folder(tmp_path))["index"] == "run(1);"
