"""What is far from the screen is laid out after what is near, and nothing that is read moves."""

SKIPPED = """[...document.querySelectorAll('article cnn-conv svg')]
  .filter((one) => !one.checkVisibility({ contentVisibilityAuto: true })).length"""
AT_FIRST = f"""addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => {{
  setTimeout(() => {{ window.atFirst = {SKIPPED}; }});
}}))"""
TOP = "(one) => one.getBoundingClientRect().top"


def settled(page):
    """Wait until nothing is on its way, and what came near has its size."""
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))")


def test_a_drawing_far_below_waits_until_the_page_has_been_shown(page, site_url):
    page.add_init_script(AT_FIRST)
    page.goto(f"{site_url}convolution/")
    page.wait_for_function("window.atFirst !== undefined")
    assert page.evaluate("window.atFirst") > 0
    page.wait_for_function(f"{SKIPPED} === 0")


def test_a_link_to_a_section_far_below_lands_on_it(page, site_url):
    for address in ("convolution/", "api/conv/", "corrections/"):
        page.goto(site_url + address)
        target = page.locator("article :is(h2, h3)[id]").last.get_attribute("id")
        page.goto("about:blank")
        page.goto(f"{site_url}{address}#{target}")
        settled(page)
        top, height = page.locator(f"[id='{target}']").evaluate(TOP), page.viewport_size["height"]
        low = page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 1")
        assert 0 <= top < 120 or (low and 0 <= top < height), (address, top)


def test_a_reload_shows_the_place_that_was_read(page, site_url):
    page.goto(f"{site_url}convolution/")
    settled(page)
    heading = page.locator("article h2").nth(6)
    heading.evaluate("one => one.scrollIntoView()")
    settled(page)
    before = heading.evaluate(TOP)
    page.reload()
    settled(page)
    assert abs(heading.evaluate(TOP) - before) <= 2


def test_what_is_read_stays_where_it_is_while_what_is_above_gets_its_size(page, site_url):
    page.goto(f"{site_url}convolution/#exercises")
    settled(page)
    read = page.locator("#exercises")
    for _ in range(6):
        before = read.evaluate(TOP)
        page.mouse.wheel(0, -150)
        settled(page)
        assert abs(read.evaluate(TOP) - before - 150) <= 2
