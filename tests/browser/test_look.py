"""What a reader sees: words stay whole, nothing covers anything, what is wide finds its room."""

import pytest

# A line begins with a part of a word: Hangul after a letter, a digit or a closing bracket.
TORN = """() => {
  const torn = [], range = document.createRange();
  for (const block of document.querySelectorAll('article :is(p, li, td, dd, label)')) {
    if (block.querySelector('p, li, td, dd, label') || !block.checkVisibility()) continue;
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let before = '', left = 0, room = block;
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      let around = node.parentElement;
      while (getComputedStyle(around).display === 'inline') around = around.parentElement;
      if (around !== room) [before, room] = ['', around];
      for (let i = 0; i < node.length; i++) {
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const sign = node.data[i], box = range.getBoundingClientRect();
        if (sign === '\\u2060' || !box.width && sign.trim()) continue;
        if (/[가-힣]/.test(sign) && /[가-힣\\w)\\]]/.test(before) && box.left < left)
          torn.push(before + ' | ' + node.data.slice(i, i + 20));
        before = sign;
        left = box.left;
      }
    }
  }
  return torn;
}"""

# The last line of a heading has words.
HOLLOW = """() => [...document.querySelectorAll('article :is(h1, h2, h3)')].filter((heading) => {
  const words = document.createRange();
  words.selectNodeContents(heading);
  words.setEndBefore(heading.querySelector('.headerlink'));
  return heading.getBoundingClientRect().bottom - words.getBoundingClientRect().bottom > 20;
}).map((heading) => heading.textContent)"""

COVERED = """([below, above]) => [...document.querySelectorAll(below)].filter((one) => {
  const other = one.closest('.highlight, .cnn-ui').querySelector(above);
  if (!other) return false;
  const words = document.createRange();
  words.selectNodeContents(one);
  return words.getBoundingClientRect().top < other.getBoundingClientRect().bottom - 1;
}).map((one) => one.closest('.highlight, [id]').textContent.slice(0, 60))"""


@pytest.mark.parametrize(
    "address",
    ["", "image/", "inner-product/", "conv2d/", "libraries/", "transposed/", "glossary/",
     "homework-answers/", "inventory/"],
)  # fmt: skip
def test_a_line_never_begins_inside_a_word(watched_phone, site_url, address):
    watched_phone.goto(site_url + address)
    assert watched_phone.evaluate(TORN) == []


@pytest.mark.parametrize("lesson", ["fully-connected", "backward", "libraries", "corrections"])
def test_a_heading_that_fills_its_line_takes_no_other(watched_phone, site_url, lesson):
    watched_phone.goto(f"{site_url}{lesson}/")
    assert watched_phone.evaluate(HOLLOW) == []


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_what_a_figure_says_stands_below_its_law(show, width):
    page = show()
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate(COVERED, [".cnn-status", ".cnn-law"]) == []


def test_a_block_of_one_line_has_room_for_both_of_its_buttons(page, site_url, python):
    page.goto(f"{site_url}conv2d/")
    page.locator("button.cnn-run").first.wait_for()
    assert page.evaluate(COVERED, [".cnn-run > span", ".cnn-copy svg"]) == []


@pytest.mark.parametrize("lesson", ["cost", "real-networks", "blocks"])
def test_the_table_of_a_network_is_whole_on_a_laptop(page, site_url, lesson):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site_url}{lesson}/")
    hidden = "(all) => all.map(({ parentElement: at }) => at.scrollWidth - at.clientWidth)"
    assert set(page.locator(".cnn-table").evaluate_all(hidden)) == {0}


def test_a_wide_tables_caption_is_read_without_scrolling(watched_phone, site_url):
    watched_phone.goto(f"{site_url}under-the-hood/")
    inside = (
        "(caption) => caption.getBoundingClientRect().right <= document.documentElement.clientWidth"
    )
    assert watched_phone.locator(".cnn-scroll caption").evaluate(inside)
