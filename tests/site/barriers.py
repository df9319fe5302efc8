"""What axe finds on a page, asked so that a page of thousands of words answers in a moment."""

from axe_playwright_python.base import AXE_SCRIPT

# Nothing but what is broken, and no second reading of the style sheets.
OPTIONS = {"resultTypes": ["violations"], "selectors": False, "preload": False, "iframes": False}
OF_KINDS = ("color-contrast", "link-in-text-block")  # the rules that a text's kind decides
NO_CONTRAST = {**OPTIONS, "rules": {rule: {"enabled": False} for rule in OF_KINDS}}
CONTRAST = {**OPTIONS, "runOnly": OF_KINDS}
ASKS_ONE_OF_EACH_KIND = """axe.configure({
  rules: [{ id: "color-contrast", selector: "[data-kind]" }],
});"""

# Texts of one colour, size and weight on one ground have one contrast: one of each is enough, on
# whatever page it stands. What was bright enough once is not asked again; a link is told apart by
# its line and the colour around it, too.
BRIGHT = set()
KINDS = """([within, bright]) => {
  const arrived = new CSSStyleSheet(), others = document.adoptedStyleSheets;
  arrived.replaceSync("* { transition: none !important }"); // a colour on its way is no kind yet
  document.adoptedStyleSheets = [...others, arrived];
  const seen = new Set(), known = new Set(bright), grounds = new Map();
  const ground = (at) => {
    if (!at) return [1, ''];
    if (grounds.has(at)) return grounds.get(at);
    const { backgroundColor, backgroundImage, opacity } = getComputedStyle(at);
    const painted = backgroundColor !== 'rgba(0, 0, 0, 0)' || backgroundImage !== 'none';
    const [share, colour] = painted ? [1, backgroundColor + backgroundImage] : ground(at.parentElement);
    grounds.set(at, [share * opacity, colour]);
    return grounds.get(at);
  };
  for (const old of document.querySelectorAll('[data-kind]')) old.removeAttribute('data-kind');
  for (const each of document.querySelectorAll(within.map((place) => `${place} *`).join())) {
    if (![...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (!each.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const { color, fill, fontSize, fontWeight, filter } = getComputedStyle(each), link = each.closest('a');
    const kind = [color, fill, fontSize, fontWeight, filter, ...ground(each)];
    if (link) kind.push(getComputedStyle(link).textDecorationLine, getComputedStyle(link.parentElement).color);
    if (each.ownerSVGElement) kind.push(each.parentElement.getAttribute('class'), each.ownerSVGElement.getAttribute('class'));
    const name = kind.join();
    if (!seen.has(name) && !known.has(name)) each.setAttribute('data-kind', seen.size);
    seen.add(name);
  }
  document.adoptedStyleSheets = others;
  return [...seen];
}"""  # noqa: E501  (a script stands in one piece)

# In highlighted code every word is an element, most of a page's. A span that has a class alone can
# be too faint, for which the first of its kind is asked; all other rules pass it by.
RUN = """async ([within, options]) => {
  const codes = [...document.querySelectorAll('pre code')];
  const blocks = codes.map((code) => [code, code.cloneNode(true)]);
  for (const [code, plain] of blocks) {
    for (const span of plain.querySelectorAll('span[class]')) {
      if (span.attributes.length === 1) span.replaceWith(...span.childNodes);
    }
    plain.normalize();
    code.replaceWith(plain);
  }
  try {
    return (await axe.run({ include: within.map((place) => [place]) }, options)).violations;
  } finally {
    for (const [code, plain] of blocks) plain.replaceWith(code);
  }
}"""


def barriers(page, within=("html",)):
    """Return the rules of accessibility that a page breaks within some elements, and where."""
    new = _new_kinds(page, within)
    return _found(page, within, OPTIONS if new else NO_CONTRAST, new)


def contrasts(page, within=("html",)):
    """Return the texts that are too faint, one of each kind, and links like the text around."""
    new = _new_kinds(page, within)
    return _found(page, within, CONTRAST, new) if new else []


def _new_kinds(page, within):
    """Mark one text of each kind whose contrast was never asked; return what these kinds are."""
    kinds = page.evaluate(KINDS, [list(within), list(BRIGHT)])
    assert kinds, f"no text within {within}"
    return {*kinds} - BRIGHT


def _found(page, within, options, new):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(ASKS_ONE_OF_EACH_KIND)
    found = page.evaluate(RUN, [list(within), options])
    if not {rule["id"] for rule in found} & {*OF_KINDS}:
        BRIGHT.update(new)
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]][:3]) for rule in found]
