"""One word and one symbol for one idea: the table of what the pages say, and what they do not."""

import re

import pytest

from tests.pages.markdown_pages import DOCS, ROOT, name, prose

# The word that the pages use, and the words for the same thing that they do not. A word in
# quotation marks is the lecture's; what stands in brackets after 회색조 is its other name.
WORDS = {
    "회색조": r"(?<!\()흑백(?! 이미지라고도)",
    "유지하다": r"크기를 지[키킬켜킵]",
    "예, 예제": r"(?<=[가-힣`] )보기(?:는|도|로|라서|입니다|가 )",
    "첫 번째, 두 번째": r"(?:첫째|둘째|셋째|넷째|다섯째|여섯째|몇째)",
    "곱셈-누산": r"곱셈[-·]덧셈",
    "이유": r"까닭",
    "용어, 단어": r"낱말",
    "비교하다": r"견[주줄]",
    "한국어": r"우리말",
    "강의 자료의": r"(?<![가-힣] )강의의",
    "표기": r"적기(?:입니다|도)",
    "오류가 납니다": r"(?:오류|없어서|넣으면|다르면|넘으면|때 바로) ?멈춥니다",
    "데이터 증강": r"흔들어 보여",
    "주파수 영역으로 변환": r"주파수로 옮기",
    "앞 단계 오류 반영": r"이어짐",
    "체크섬": r"검사합(?!니다)",
    "캡처 이미지": r"화면을 찍은",
}
# What formulas write, and what they do not.
NOTATION = {
    r"C_{\text{in}}, H_{\text{out}}": r"_\{(?:in|out)\}|_\{\\mathrm\{(?:in|out)\}\}",
    r"\text{groups}": r"\\mathrm\{groups\}",
    "K_H, K_W": r"\bF[HW]\b|K_[01]\b|K_h\b|k_h\b",
    "H_{\\text{out}}": r"\bO[HW]\b",
}
QUOTED_FORMULA = re.compile(r"- \*\*강의 자료\*\*: \$.*")
# Letters that a page explains for itself: Winograd's transforms.
OWN = {"under-the-hood": set("ABFGT")}
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
KOREAN = (
    "ko/*.md",
    "ko/api/*.md",
    "ko/notebooks/*.py",
    "lesson/**/*.py",
    "lesson/m*/*.json",
    "lesson/tables/*.json",
    "lesson/homework/*.json",
    "lesson/ledger/*.json",
    "theme/**/*-ko.js",
)
TEXTS = [path for pattern in KOREAN for path in sorted(DOCS.glob(pattern))]
PAGES = sorted((DOCS / "ko").glob("*.md"))


def unquoted(text):
    """Return the text without what it quotes, which is the lecture's wording."""
    return re.sub(r'"[^"\n]*"', '""', text) if "강의 자료" in text else text


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_a_text_uses_the_word_of_the_table(path):
    found = {
        (word, line.strip()[:80])
        for line in path.read_text(encoding="utf-8").splitlines()
        for word, others in WORDS.items()
        if re.search(others, unquoted(line))
    }
    assert found == set()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_formula_uses_the_notation_of_the_table(path):
    text = QUOTED_FORMULA.sub("", path.read_text(encoding="utf-8"))
    formulas = FORMULA.findall(text)
    found = {
        (notation, formula)
        for formula in formulas
        for notation, others in NOTATION.items()
        if re.search(others, formula)
    }
    assert found == set()


def letters(formula):
    """Return the capital letters that a formula uses as symbols, and the stars."""
    plain = re.sub(r"\\(?:text|mathbf|mathsf|mathrm|underbrace)\{[^}]*\}", "", formula)
    return set(re.findall(r"[A-Z]", re.sub(r"\\[A-Za-z]+", " ", plain)))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_capital_letter_of_a_formula_stands_in_the_table_of_symbols(path):
    glossary = (DOCS / "ko" / "glossary.md").read_text(encoding="utf-8")
    table = glossary[glossary.index("{#symbols}") :]
    known = {
        letter
        for row in re.findall(r"^\| (\$.+?) \|", table, re.MULTILINE)
        for letter in letters(row)
    }
    text = QUOTED_FORMULA.sub("", path.read_text(encoding="utf-8"))
    used = {letter for formula in FORMULA.findall(text) for letter in letters(formula)}
    assert used - known - OWN.get(path.stem, set()) == set()
    assert known >= set("XYWNCHLKSPDGR")


def plain(path):
    """Return a page's prose without code, formulas, links, lists in brackets and anchors."""
    text = FORMULA.sub(" ", prose(path.read_text(encoding="utf-8")))
    return re.sub(r"`[^`\n]*`|\([^)\n]*\)|\[[^\]\n]*\]|\{#[^}\n]*\}", " ", text)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_minus_signs_of_the_prose_are_minus_signs(path):
    assert re.findall(r"(?:^|\s)-\d.*", plain(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_counts_of_four_digits_have_a_separator_too(path):
    """1,568 beside 13,856; 1440 is a number in the homework's code."""
    counted = r"(?<![\w.,#×·\-])\d{4,}(?=개|번|바이트| \||가지| MAC)"
    assert set(re.findall(counted, plain(path))) - {"1440"} == set()


def test_the_star_of_the_figures_is_defined():
    for page in ("ko/convolution.md", "en/convolution.md", "ko/glossary.md"):
        assert "\\star" in (DOCS / page).read_text(encoding="utf-8")
    assert "⋆" in (ROOT / "docs/lesson/tables/words.ko.json").read_text(encoding="utf-8")
