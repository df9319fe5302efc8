"""Every number that a page says is computed, bound, quoted or excused; nothing else passes.

What is bound must hold (the pages' examples see to it), and must be a claim: an expression that
says where the number comes from. What is accepted must be narrow: any other number in a number's
place is noticed.
"""

import ast
import re

import pytest
from lesson.accounts import cover
from lesson.accounts.page import read
from lesson.claims import NOTE, parse

from tests.pages.markdown_pages import name, pages

# Another word of the same kind in each word's place.
PAIRS = """
한→두 두→세 세→네 네→세 첫→두 하나→둘 둘→셋 셋→넷 넷→셋 절반→두 반→두
다섯→여섯 여섯→일곱 일곱→여덟 여덟→아홉 아홉→여덟 열→다섯 스물→열
one→two first→second once→twice two→three second→third twice→once three→four third→fourth
four→five fourth→fifth five→six fifth→sixth six→seven seven→eight eight→nine nine→ten
ten→two half→two
"""
OTHER = dict(pair.split("→") for pair in PAIRS.split())
PAGES = {path: read(path.read_text(encoding="utf-8"), path.parent) for path in pages()}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_number_of_a_page_is_accounted_for(path):
    page = PAGES[path]
    nothing = [
        f"line {block.line}: {block.text[max(0, at.token.start - 20) : at.token.end + 10]!r}"
        for block in page.blocks
        for at in cover.account(page, block)[0]
        if at.kind is None
    ]
    assert nothing == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_note_accounts_for_a_number_of_its_own(path):
    page = PAGES[path]
    left = [(block.line, cover.account(page, block)[1]) for block in page.blocks]
    assert [each for each in left if each[1]] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_what_holds_throughout_is_said_somewhere(path):
    page = PAGES[path]
    said = {at.by for block in page.blocks for at in cover.account(page, block)[0]}
    assert {claim.expression for claim in page.throughout} - said == set()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_quotation_names_a_source_of_the_page(path):
    text = path.read_text(encoding="utf-8")
    shown = NOTE.sub("", text)
    sources = {source for block in PAGES[path].blocks for _, source in block.quoted}
    assert {source for source in sources if source not in shown} == set()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_excuses_three_numbers_of_its_own_at_most(path):
    own = [literal for block in PAGES[path].blocks for literal, _ in block.excused]
    assert len(own) <= 3, own


def says_something(expression):
    """Whether an expression is more than the number itself written out."""
    return any(
        isinstance(node, ast.Name | ast.Attribute | ast.BinOp)
        for node in ast.walk(ast.parse(expression, mode="eval"))
    )


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_claim_says_where_its_number_comes_from(path):
    notes = NOTE.finditer(path.read_text(encoding="utf-8"))
    claims = [c for n in notes if n["kind"] in ("claim", "throughout") for c in parse(n["body"])]
    assert [claim for claim in claims if not says_something(claim.expression)] == []


def changes(block, accounts):
    """Yield (account, the block's text with its number changed), one for each."""
    for at in accounts:
        token = at.token
        if token.text[0].isdigit():
            last = re.search(r"\d(?=\D*$)", token.text).start()
            other = str((int(token.text[last]) + 1) % 10)
            changed = token.text[:last] + other + token.text[last + 1 :]
        else:
            word = token.text.lower()
            changed = OTHER.get(word) or word[:-2] + OTHER[word[-2:]]  # twenty-six
        yield at, block.text[: token.start] + changed + block.text[token.end :]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_another_number_in_a_numbers_place_is_noticed(path):
    """A name's digit and a date say no quantity; what is quoted can only be read at its source."""
    page, survivors, tried = PAGES[path], [], 0
    for block in page.blocks:
        text = block.text
        for at, changed in changes(block, cover.account(page, block)[0]):
            if at.kind == "quoted" or at.token.name or at.by.startswith("dates"):
                continue
            block.text = changed
            accounts, left = cover.account(page, block)
            block.text, tried = text, tried + 1
            if not left and all(each.kind for each in accounts):
                survivors.append(
                    (
                        block.line,
                        at.token.text,
                        at.by,
                        text[max(0, at.token.start - 15) : at.token.end + 9],
                    )
                )
    assert len(survivors) <= 0.02 * tried, survivors


def test_a_number_that_a_claim_has_said_accounts_for_no_other():
    """The 5 that is put in is the one of 5×5, not whatever else the paragraph says."""
    claim = '<!-- claim: "5×5이면 2칸" == (5, 5, same_padding(5)[0]) -->'
    page = read(f"높이는 5이고, 5×5이면 2칸입니다.\n\n{claim}\n", None)
    [block] = [block for block in page.blocks if block.text]
    kinds = [(at.token.text, at.kind) for at in cover.account(page, block)[0]]
    assert kinds == [("5", None), ("5", "bound"), ("5", "bound"), ("2", "bound")]
