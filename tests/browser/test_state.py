"""State in the address and in the browser, and text that tries to be more than text."""
# ruff: noqa: E501  (scripts, fences and models stand in one piece)

import json
from urllib.parse import quote

import pytest

from tests.browser import gallery
from tests.browser.conftest import LIVE

NOTE = "id => document.querySelector(`#${id} .cnn-status`).textContent"
SPEC = "id => document.getElementById(id).spec"
ATTACK = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
STATE = "id => { const {spec, values} = document.getElementById(id); return [spec.at, spec.stride, values.output]; }"


def test_a_link_leads_to_the_very_step(show, page, site_url):
    show("plain")
    page.locator("#plain").get_by_role("button", name="마지막 칸").click()
    page.locator("#plain summary").click()
    page.locator("#plain").get_by_role("button", name="패딩 늘리기").click()
    page.wait_for_function("location.search.includes('plain.padding')")
    query = page.evaluate("location.search")
    assert query == "?plain.at=(0,2,2)&plain.padding=1"
    wanted = page.evaluate("document.getElementById('plain').values")
    page.evaluate("localStorage.clear()")
    show("plain", query=query)
    assert page.evaluate("document.getElementById('plain').values") == wanted


def test_changes_are_kept_for_the_next_visit_until_reset(show, page):
    show("plain")
    page.evaluate("document.getElementById('plain').change({stride: 2})")
    page.wait_for_function("localStorage.getItem(`cnn:${location.pathname}:plain`)")
    show("plain")
    assert page.evaluate("document.getElementById('plain').spec.stride") == 2
    assert "이어서" in page.locator("#plain .cnn-status").inner_text()
    page.locator("#plain").get_by_role("button", name="처음으로").click()
    show("plain")
    assert page.evaluate("document.getElementById('plain').spec.stride") == [1, 1]


NONSENSE = [
    "plain.at=(9,9,9)", "plain.at=x", "plain.stride=<b>", "plain.input=((1,2),(3))", "plain.input=()",
    "plain.stride=(1", "plain.padding=(((((1)))))", "plain.nothing=1", "plain.constructor=1",
    "plain.__proto__=1", f"plain.weight={quote(ATTACK)}", "plain.dilation=1e99", "plain.groups=-1",
    "plain.input=" + "(" * 600, "plain.at=(0,0,0.5)", "plain.bias='%3Cscript%3E", "plain.flip=yes",
]  # fmt: skip


def test_nonsense_in_the_address_shows_the_page_s_figure_and_a_note(show):
    one = gallery.html("plain")
    body = "".join(one.replace('id="plain"', f'id="n{i}"') for i in range(len(NONSENSE)))
    query = "&".join(text.replace("plain.", f"n{i}.", 1) for i, text in enumerate(NONSENSE))
    page = show(body=body, query=f"?{query}")
    for i, text in enumerate(NONSENSE):
        still = [[0, 0, 0], [1, 1], [[[4, 3, 4], [2, 4, 3], [2, 3, 4]]]]
        assert page.evaluate(STATE, f"n{i}") == still, text
        assert "읽을 수 없어" in page.locator(f"#n{i} .cnn-status").inner_text(), text
    assert page.evaluate("window.hacked") is None


def test_nonsense_in_the_browser_s_store_is_ignored(show, page):
    for text in ("{", "7", '{"at": "x"}', json.dumps({"input": ATTACK})):
        show()
        page.evaluate("text => localStorage.setItem(`cnn:${location.pathname}:plain`, text)", text)
        show("plain")
        assert page.evaluate(STATE, "plain")[0] == [0, 0, 0]


def test_typed_text_is_never_markup(show, page):
    show("plain", "network")
    page.locator('#plain svg[data-role="input"] .c').first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type(ATTACK[:8])
    page.keyboard.press("Enter")
    page.locator("#network summary").click()
    page.locator("#network textarea").fill(f"nn.Sequential(nn.{ATTACK}(1))")
    page.locator("#network").get_by_role("button", name="계산하기").click()
    assert "<img" in page.locator("#network .cnn-message").inner_text()
    page.locator("#network textarea").fill(f'nn.Sequential(OrderedDict([("{ATTACK}", nn.ReLU())]))')
    page.locator("#network").get_by_role("button", name="계산하기").click()
    assert ATTACK in page.locator("#network table").inner_text()
    query = f"?network.code='{quote(f'x = {ATTACK}')}"
    show("network", query=query)
    assert page.locator("article img").count() == page.locator("article script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_spec_is_plain_json_and_change_is_told(show, page):
    show("plain")
    told = page.evaluate("""() => {
      const figure = document.getElementById('plain');
      let told = 0;
      document.addEventListener('change', (event) => { told += event.target === figure; });
      const spec = figure.spec;
      spec.stride = 2;
      const before = figure.values.shapes.output;
      figure.spec = spec;
      return [told, before, figure.values.shapes.output, JSON.parse(JSON.stringify(figure.spec)).stride];
    }""")
    assert told == [1, [1, 3, 3], [1, 2, 2], 2]


MODELS = {
    "nn.Sequential(nn.Conv2d(1, 3, 5), nn.ReLU(), nn.Flatten(), nn.Linear(768, 10))": [[10, 3, 16, 16], [10, 3, 16, 16], [10, 768], [10, 10]],
    """class Net(nn.Module):
    def __init__(self, out=4):
        super().__init__()
        self.conv = nn.Conv2d(1, out, kernel_size=(3, 3), padding="same")  # a comment
        self.fc = nn.Linear(out * 100, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        x = x.view(x.size(0), -1)
        return F.log_softmax(self.fc(x), dim=1)""": [[10, 4, 20, 20]] * 2 + [[10, 4, 10, 10], [10, 400], [10, 10], [10, 10]],
    "Net(\n  (body): Sequential(\n    (0): Conv2d(1, 2, kernel_size=(5, 5), stride=(2, 2))\n  )\n)": [[10, 2, 8, 8]],
}  # fmt: skip


CALCULATE = """code => {
  const figure = document.getElementById('network');
  figure.querySelector('textarea').value = code;
  figure.querySelector('.cnn-do').click();
  return [figure.values, figure.querySelector('.cnn-message').textContent];
}"""


def test_a_pasted_model_gets_its_table(show):
    page = show("network")
    for code, shapes in MODELS.items():
        values, _ = page.evaluate(CALCULATE, code)
        assert [row["shape"] for row in values["rows"]] == shapes, code


UNREAD = {
    "nn.Sequential(nn.Transformer(8))": "Transformer 계층은",
    "nn.Sequential(nn.Conv2d(1, 2": "괄호가 닫히지",
    "nn.Sequential(nn.Conv2d(1, width, 3))": "width의 값을",
    "def forward(self, x):\n    return x + self.skip(x)": "한 줄로 이어지는",
    "  ": "읽을 계층이 없습니다",
    "nn.Sequential(nn.Linear(5, 3))": "in_features",
}


def test_what_cannot_be_read_is_said(show):
    page = show("network")
    for code, words in UNREAD.items():
        assert words in page.evaluate(CALCULATE, code)[1], code


def test_term_by_term_on_and_off_again_is_kept_with_the_other_changes(show):
    page = show("plain")
    by_terms = page.locator("#plain").get_by_role("button", name="한 항씩")
    by_terms.click()
    by_terms.click()
    page.evaluate("document.getElementById('plain').change({stride: 2})")
    page.wait_for_function("location.search.includes('stride')")
    query = page.evaluate("location.search")
    show("plain", query=query)
    assert page.evaluate(SPEC, "plain")["stride"] == 2
    assert "읽을 수 없어" not in page.evaluate(NOTE, "plain")


@pytest.mark.parametrize("number", [1e-7, -1e-7, 1e-10, 12345.6789, -0.5])
def test_a_link_carries_every_number(show, number):
    page = show("plain")
    page.evaluate(
        "number => document.getElementById('plain').write('weight', [0, 0, 0, 0], number)", number
    )
    page.wait_for_function("location.search.includes('weight')")
    query = page.evaluate("location.search")
    page.evaluate("localStorage.clear()")
    show("plain", query=query)
    assert page.evaluate(SPEC, "plain")["weight"][0][0][0][0] == number


def test_every_figure_says_that_changes_of_the_last_visit_are_shown(show):
    changes = {
        "plain": {"stride": 2},
        "seventy": {"term": 1},
        "pooled": {"mode": "avg"},
        "mirror": {"mode": "zeros"},
    }
    page = show(*changes)
    page.evaluate(
        """changes => Object.entries(changes).forEach(([id, change]) => {
          document.getElementById(id).change(change);
          document.getElementById(id).save();
        })""",
        changes,
    )
    page = show(*changes)
    for name in changes:
        assert "이어서" in page.evaluate(NOTE, name), name


def test_a_change_of_the_last_moment_is_kept_when_the_reader_leaves(show, page, site_url):
    show("plain")
    page.evaluate("document.getElementById('plain').change({stride: 2})")
    page.goto(f"{site_url}padding-mode/")
    show("plain")
    assert page.evaluate(SPEC, "plain")["stride"] == 2


def test_two_tabs_leave_each_other_s_figures_alone(show, page):
    show("plain", "pooled")
    page.evaluate("document.getElementById('plain').change({stride: 2})")
    page.evaluate("document.getElementById('plain').save()")
    other = page.context.new_page()
    other.goto(page.url.partition("?")[0])
    other.evaluate(
        "html => { document.querySelector('article').innerHTML = html; document.dispatchEvent(new Event('cnn:added')); }",
        gallery.html("pooled"),
    )
    other.wait_for_function(LIVE)
    other.evaluate("document.getElementById('pooled').change({mode: 'avg'})")
    other.evaluate("document.getElementById('pooled').save()")
    other.close()
    show("plain", "pooled")
    assert page.evaluate(SPEC, "plain")["stride"] == 2
    assert page.evaluate(SPEC, "pooled")["mode"] == "avg"


def test_where_nothing_can_be_kept_a_figure_says_so(show, page):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
    show("plain")
    page.evaluate("document.getElementById('plain').change({stride: 2})")
    page.evaluate("document.getElementById('plain').save()")
    assert "저장할 수 없어" in page.evaluate(NOTE, "plain")


LINKS = [
    "pooled.at=(1)",
    "pooled.at=(0,0,0)",
    "mirror.at=(1)",
    "matrix.at=(1)",
    "plain.at=(0,0,0,0)",
]


def test_a_link_to_a_place_of_too_few_or_too_many_axes_is_nonsense(show):
    names = sorted({link.partition(".")[0] for link in LINKS})
    for link in LINKS:
        page = show(*names, query=f"?{link}")
        name = link.partition(".")[0]
        assert "읽을 수 없어" in page.evaluate(NOTE, name), link
        assert "NaN" not in page.locator(f"#{name}").inner_text()


def test_an_address_that_cannot_be_unescaped_does_not_stop_a_link(show, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show("plain", query="?%zz=1")
    page.evaluate("document.getElementById('plain').change({stride: 2})")
    page.locator("#plain").get_by_role("button", name="링크 복사").click()
    page.wait_for_function("document.querySelector('#plain .cnn-status').textContent")
    assert "plain.stride=2" in page.evaluate("navigator.clipboard.readText()")
