"""The inventory in a browser: two forms, reasons after the end, a result that a sheet can read."""

import csv
import io
from pathlib import Path

import pytest
from lesson.inventory.html import WORDS
from lesson.inventory.items import FORMS, items
from lesson.misconception import TEXTS

from tests.site.barriers import barriers

KO = WORDS["ko"]


@pytest.fixture
def test_page(page, site_url, errors):
    page.goto(f"{site_url}inventory/")
    page.wait_for_function("document.querySelector('cnn-inventory').key")
    yield page.locator("cnn-inventory")
    assert errors == []


def choose(inventory, form, n, place):
    inventory.locator(f"[name={form}{n}][value='{place}']").check()


def finish(inventory):
    inventory.locator("[data-do=finish]").click()


def table(page, inventory):
    with page.expect_download() as started:
        inventory.locator("[data-do=csv]").click()
    text = Path(started.value.path()).read_bytes().decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text))
    return dict(zip(head, row, strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_every_mistake_is_said_after_the_end_and_written_in_the_result(page, test_page, form):
    test_page.locator(f"[name=form][value={form}]").check()
    wanted = {}
    for n, item in enumerate(items(form)):
        place = n % 4
        choose(test_page, form, n, place)
        wanted[item.id] = item.choices[place].mistake or "right"
    assert test_page.locator(".cnn-inventory__why:not(:empty)").count() == 0
    finish(test_page)
    said = test_page.locator(f"[data-form={form}] .cnn-inventory__why").all_text_contents()
    for n, item in enumerate(items(form)):
        mistake = item.choices[n % 4].mistake
        assert (TEXTS[mistake]["ko"] in said[n]) if mistake else (KO["right"] in said[n])
        assert (item.choices[item.right].text in said[n]) or not mistake
    row = table(page, test_page)
    right = sum(value == "right" for value in wanted.values())
    assert {name: row[name] for name in wanted} == wanted
    assert (row["form"], row["score"]) == (form, str(right))
    assert (
        KO["score"].format(all=20, right=right) == test_page.locator("[role=status]").text_content()
    )


def test_empty_items_are_asked_about_once_and_stay_empty(page, test_page):
    choose(test_page, "A", 3, 0)
    finish(test_page)
    assert "19" in test_page.locator("[role=status]").text_content()
    assert test_page.locator(".cnn-inventory__why:not(:empty)").count() == 0
    finish(test_page)
    assert table(page, test_page)["inner"] == ""
    assert KO["blank"] in test_page.locator(".cnn-inventory__why").first.text_content()


def test_answers_outlive_a_reload_and_are_erased_when_asked_twice(page, test_page):
    choose(test_page, "A", 0, 2)
    page.reload()
    page.wait_for_function("document.querySelector('cnn-inventory').key")
    assert test_page.locator("[name=A0]:checked").get_attribute("value") == "2"
    finish(test_page)
    finish(test_page)
    assert test_page.locator("[name=A0]").first.is_disabled()
    test_page.locator("[data-do=again]").click()
    assert test_page.locator("[name=A0]:checked").count() == 1
    test_page.locator("[data-do=again]").click()
    assert test_page.locator("[name=A0]:checked").count() == 0


def test_two_tabs_keep_each_others_answers(page, test_page, context, site_url):
    other = context.new_page()
    other.goto(f"{site_url}inventory/")
    other.wait_for_function("document.querySelector('cnn-inventory').key")
    choose(test_page, "A", 0, 1)
    choose(other.locator("cnn-inventory"), "A", 1, 2)
    page.reload()
    page.wait_for_function("document.querySelector('cnn-inventory').key")
    assert test_page.locator("[data-form=A] :checked").count() == 2


def test_an_address_opens_its_form(page, site_url):
    page.goto(f"{site_url}inventory/#form=B")
    page.wait_for_function("document.querySelector('cnn-inventory').key")
    assert page.locator("[data-form=B]").is_visible()
    assert not page.locator("[data-form=A]").is_visible()


@pytest.mark.parametrize("name", ["=1+1", '"a",b', "-2", "＝1", "@x\n7"])
def test_no_name_becomes_a_formula_or_a_cell_of_its_own(page, test_page, name):
    test_page.locator("[name=number]").fill(name)
    finish(test_page)
    finish(test_page)
    number = table(page, test_page)["number"]
    assert not number.startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(browser, site_url, scheme):
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{site_url}inventory/")
    page.wait_for_function("document.querySelector('cnn-inventory').key")
    page.locator(".cnn-inventory__key summary").click()
    finish(page.locator("cnn-inventory"))
    finish(page.locator("cnn-inventory"))
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_without_a_script_both_forms_stand_there_to_print(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}inventory/")
    assert page.locator("[data-form] li[data-item]:visible").count() == 40
    assert page.get_by_text(KO["noScript"]).is_visible()
    context.close()
