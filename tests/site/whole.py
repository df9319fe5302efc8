"""A page as a whole: also what is far from the screen, and would be laid out later."""

WHOLE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
}"""


def lay_out(page):
    """Lay out everything on the page: widths, heights and places are then those of no moment."""
    page.evaluate(WHOLE)
