"""The frame of a page: what opens, is marked, is kept; with keys, on a phone, unplugged."""

import hashlib

import pytest

from tests.site.built import html_files, soup

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"


@pytest.fixture
def phone(new_tab):
    """A page as narrow as a phone."""
    return new_tab(**PHONE)


@pytest.fixture(autouse=True)
def quiet(request):
    """No test may leave an error behind."""
    tab = request.getfixturevalue("phone" if "phone" in request.fixturenames else "page")
    found = []
    tab.on("pageerror", lambda error: found.append(str(error)))
    yield
    assert found == []


def test_the_theme_brings_its_grid_and_none_of_its_scripts(built_site):
    for path in html_files(built_site):
        scripts = [tag.get("src", "") for tag in soup(path).find_all("script")]
        assert [src.rpartition("/")[2].split(".")[0] for src in scripts if src] == ["index"]
    assert not list(built_site.rglob("bundle*.js"))
    assert not list(built_site.rglob("*.map"))


def test_shared_files_lie_once_under_names_that_follow_their_content(built_site):
    shared = list((built_site / "cnn").iterdir())
    for path in shared:
        mark = path.name.split(".")[1]
        whole = sorted(path.iterdir()) if path.is_dir() else [path]
        content = b"".join(each.read_bytes() for each in whole)
        assert hashlib.sha256(content).hexdigest().startswith(mark), path.name
    others = {p.suffix for p in (built_site / "en").rglob("*") if p.is_file()}
    assert others <= {".html", ".xml", ".gz", ".ipynb"}


def test_the_other_language_fetches_words_and_nothing_else_again(page, site_url):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(site_url)))
    page.goto(site_url + "convolution/")
    page.locator("article :not(:defined)").first.wait_for(state="detached")
    page.wait_for_load_state("networkidle")
    korean = {url for url in fetched if url.startswith("cnn/")}
    page.goto(site_url + "en/convolution/")
    page.wait_for_load_state("networkidle")
    english = {url for url in fetched if url.startswith("cnn/")} - korean
    assert {url.split(".")[0] for url in english} == {"cnn/words-en"}


def test_the_list_of_pages_opens_with_a_key_and_closes_with_escape(phone, site_url):
    phone.goto(site_url + "padding/")
    opener = phone.get_by_role("button", name="차례")
    menu = phone.locator("#menu")
    assert not menu.is_visible()
    opener.focus()
    phone.keyboard.press("Enter")
    assert menu.is_visible()
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('#menu') !== null")
    phone.keyboard.press("Escape")
    assert not menu.is_visible()
    assert opener.evaluate("button => button === document.activeElement")


def test_a_section_chosen_in_the_list_closes_it(phone, site_url):
    phone.goto(site_url + "padding/")
    phone.get_by_role("button", name="차례").tap()
    phone.locator(".cnn-nav__here a[href='#definition']").tap()
    assert not phone.locator("#menu").is_visible()
    assert phone.url.endswith("#definition")


def test_the_list_opens_without_a_script(browser, site_url):
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "padding/")
    page.locator(".cnn-menu__button").tap()
    assert page.locator("#menu").is_visible()
    context.close()


def test_the_section_that_is_read_is_marked(page, site_url):
    page.goto(site_url + "padding/")
    page.locator("#shape-law").evaluate("heading => heading.scrollIntoView()")
    marked = page.locator(".cnn-contents [aria-current=location]")
    marked.and_(page.locator("[href='#shape-law']")).wait_for()
    assert marked.count() == 1


def test_the_language_switch_keeps_section_and_figures(page, site_url):
    page.goto(site_url + "convolution/?first-sum.at=(0,1,1)")
    page.locator("#shape-law").evaluate("heading => heading.scrollIntoView()")
    page.locator(".cnn-contents [href='#shape-law'][aria-current]").wait_for()
    page.locator("a.cnn-language").click()
    page.wait_for_url("**/en/convolution/?first-sum.at=(0,1,1)#shape-law")


def test_a_dark_page_is_dark_before_anything_is_painted(new_tab, site_url):
    page = new_tab(color_scheme="dark")
    page.route("**/cnn/*.js", lambda route: route.abort())
    page.goto(site_url)
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_without_storage_the_scheme_still_changes_with_a_word(page, context, site_url):
    context.clock.install()
    page.add_init_script(NO_STORAGE)
    page.goto(site_url)
    before = page.evaluate("document.body.dataset.mdColorScheme")
    page.locator(".cnn-scheme").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") != before
    word = page.get_by_role("status").get_by_text("이 페이지에서만")
    assert word.is_visible()
    context.clock.fast_forward(10_000)
    word.wait_for(state="hidden")
    page.locator("[role=search] input").fill("패딩")
    page.locator("[role=search] ol a").first.wait_for()


def test_a_session_is_copied_without_prompts_and_output(page, site_url):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site_url + "convolution/")
    page.locator(".language-pycon .cnn-copy").first.click()
    page.get_by_text("복사했습니다.").first.wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied
    assert ">>>" not in copied


def test_what_covers_the_text_is_only_what_was_opened(page, site_url):
    page.goto(site_url + "convolution/")
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(200)
    fixed = page.evaluate(
        "[...document.querySelectorAll('body *')].filter((e) => getComputedStyle(e).position "
        "=== 'fixed' && e.checkVisibility({ opacityProperty: true })).map((e) => e.className)"
    )
    assert fixed == []


def test_a_page_opened_as_a_file_says_what_is_missing(browser, built_site):
    context = browser.new_context()
    page = context.new_page()
    page.goto((built_site / "padding" / "index.html").as_uri())
    assert page.get_by_text("python3 -m http.server").is_visible()
    assert page.locator("cnn-conv svg").first.is_visible()
    context.close()


def test_a_page_from_a_server_says_nothing_of_files(page, site_url):
    page.goto(site_url + "padding/")
    assert not page.locator(".cnn-file__note").is_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_what_a_finger_presses_in_the_bar_is_large_enough(new_tab, site_url, width):
    page = new_tab(viewport={"width": width, "height": 800}, has_touch=True)
    page.goto(site_url)
    for target in page.locator("header :is(a, button):visible").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 43.5, target.evaluate("e => e.outerHTML")


SPLIT = """() => {
  const tops = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().top;
  };
  const texts = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  const found = [];
  let before;
  for (let node; (node = texts.nextNode()); before = node) {
    if (node.parentElement.closest('pre, svg, math, [hidden], details:not([open])')) continue;
    const word = /[0-9A-Za-z가-힣](?=[가-힣])/g;
    for (const { index } of node.data.matchAll(word)) {
      if (tops(node, index + 1) > tops(node, index) + 4) found.push(node.data);
    }
    const code = node.previousSibling?.matches?.('code') && before;
    if (code && /\\w$/.test(code.data) && /^[가-힣]/.test(node.data) &&
        tops(node, 0) > tops(code, code.length - 1) + 8) found.push(code.data + node.data);
  }
  return found;
}"""


@pytest.mark.parametrize("address", ["", "glossary/", "homework-answers/", "inventory/"])
def test_no_line_ends_within_a_korean_word_or_before_its_particle(phone, site_url, address):
    phone.goto(site_url + address)
    assert phone.evaluate(SPLIT) == []


def test_the_sign_of_a_heading_makes_no_line_of_its_own(phone, site_url):
    phone.goto(site_url + "corrections/")
    taller = phone.evaluate(
        """() => [...document.querySelectorAll('article :is(h2, h3)')].filter((heading) => {
          const before = heading.offsetHeight;
          heading.querySelector('.headerlink').remove();
          return heading.offsetHeight !== before;
        }).map((heading) => heading.textContent)"""
    )
    assert taller == []
