"""The strict content policy: in every page, in the headers file, and kept in every state."""

import re

import pytest
from lesson.site import policy

from tests.site.built import html_files, soup

RULES = {
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
}
# What a reader can do on each page; nothing of it may need what the policy refuses.
STATES = """async () => {
  document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift'}));
  for (const each of document.querySelectorAll('details')) each.open = true;
  document.querySelector('.cnn-scheme').click();
  const pressed = 'article :is(button:not([disabled]), span[data-from])';
  for (const each of document.querySelectorAll(pressed)) {
    each.click();
    await null;
  }
}"""


def meta(page):
    """Return the rules in a page's own policy."""
    content = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    return set(content.split("; "))


def test_every_page_carries_the_policy_before_anything_that_it_governs(built_site):
    for path in html_files(built_site):
        rules = meta(soup(path))
        [scripts] = rules - RULES
        assert rules - {scripts} == RULES, path
        assert re.fullmatch(
            r"script-src 'self' 'wasm-unsafe-eval'( 'sha256-[\w+/=]{44}')+", scripts
        ), path
        head = path.read_text(encoding="utf-8").partition("Content-Security-Policy")[0]
        assert not re.search(r"<(?:script|link|style)", head), path


def test_a_page_allows_the_very_scripts_that_stand_in_it(built_site):
    for path in html_files(built_site):
        html = path.read_text(encoding="utf-8")
        allowed = set(re.findall(r"'sha256-[^']+'", html.partition("<title>")[0]))
        assert allowed == set(policy.hashes(html)), path


def test_no_page_has_a_style_of_its_own(built_site):
    for path in html_files(built_site):
        page = soup(path)
        assert [tag.name for tag in page.find_all(style=True)] == [], path
        assert page.find("style") is None, path
        assert [tag for tag in page.find_all() if any(k.startswith("on") for k in tag.attrs)] == []


def test_the_headers_file_allows_what_all_pages_allow_together(built_site):
    text = (built_site / "_headers").read_text(encoding="utf-8")
    [line] = re.findall(r"^  Content-Security-Policy: (.*)$", text, re.MULTILINE)
    allowed = {
        mark for path in html_files(built_site) for mark in policy.hashes(path.read_text("utf-8"))
    }
    assert set(re.findall(r"'sha256-[^']+'", line)) == allowed
    assert set(line.split("; ")) >= RULES


@pytest.mark.parametrize(
    "address",
    ["convolution/", "shape/", "homework/", "grading/", "digit-lab/", "padding/",
     "notebooks/training/", "notebooks/why-cnn-measured/", "api/conv/", "en/convolution/"],
)  # fmt: skip
def test_the_policy_holds_in_every_state(address, page, site_url):
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation', "
        "(e) => broken.push([e.violatedDirective, e.blockedURI, e.sample]));"
    )
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.goto(site_url + address)
    page.wait_for_load_state("networkidle")
    page.evaluate(STATES)
    for _ in range(100):  # what was pressed may still take the focus, and the search is closed
        page.locator("[role=search] input").fill("합성곱")
        if page.locator("[role=search] a").first.is_visible():
            break
        page.wait_for_timeout(300)
    assert page.locator("[role=search] a").first.is_visible()
    assert page.evaluate("broken") == []
