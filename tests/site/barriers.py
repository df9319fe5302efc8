"""What axe finds on a page, asked so that a page of thousands of words answers in a moment."""

from axe_playwright_python.sync_playwright import Axe

# Nothing but what is broken, and no second reading of the style sheets.
OPTIONS = {"resultTypes": ["violations"], "selectors": False, "preload": False, "iframes": False}
ALL_ELSE = {**OPTIONS, "rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {**OPTIONS, "runOnly": ["color-contrast"]}

# Texts of one colour, size and weight on one ground have one contrast: one of each is enough.
KINDS = """within => {
  const seen = new Set();
  for (const old of document.querySelectorAll('[data-kind]')) old.removeAttribute('data-kind');
  for (const each of document.querySelectorAll(within.map((place) => `${place} *`).join())) {
    if (![...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (!each.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const { color, fill, fontSize, fontWeight, filter } = getComputedStyle(each), kind = [color, fill, fontSize, fontWeight, filter];
    for (let at = each; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(at);
      kind.push(opacity);
      if (backgroundColor !== 'rgba(0, 0, 0, 0)' || backgroundImage !== 'none') { kind.push(backgroundColor, backgroundImage); break; }
    }
    if (each.ownerSVGElement) kind.push(each.parentElement.getAttribute('class'), each.ownerSVGElement.getAttribute('class'));
    const name = kind.join();
    if (!seen.has(name)) each.setAttribute('data-kind', seen.size);
    seen.add(name);
  }
  return seen.size;
}"""  # noqa: E501  (a script stands in one piece)


def barriers(page, within=("html",)):
    """Return the rules of accessibility that a page breaks within some elements, and where."""
    return _found(page, [[place] for place in within], ALL_ELSE) + contrasts(page, within)


def contrasts(page, within=("html",)):
    """Return the texts that are too faint, one of each kind."""
    assert page.evaluate(KINDS, list(within)) > 0
    return _found(page, [["[data-kind]"]], CONTRAST)


def _found(page, include, options):
    answer = Axe().run(page, context={"include": include}, options=options).response
    return [
        (rule["id"], [node["html"][:160] for node in rule["nodes"]][:3])
        for rule in answer["violations"]
    ]
