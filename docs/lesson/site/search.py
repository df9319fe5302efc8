"""What the search knows: the sections of every page, and the names of the course's terms.

Scripts take the words apart (`theme/cnn/chrome/find.js`); here the built pages become sections of
plain text. Every term has its Korean, borrowed and English names in `terms.json`.
"""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from lesson.site.memory import remember

TERMS = Path(__file__).with_name("terms.json")
SILENT = {"script", "style", "svg", "math", "button", "select", "textarea"}
SILENT_CLASSES = {"headerlink", "mkdocstrings-source", "cnn-ui", "cnn-unseen"}
VOID = {"br", "hr", "img", "input", "col", "wbr", "source", "meta", "link", "area", "base", "embed"}
ENTRY = re.compile(r"<dt[^>]*>\s*<strong>(.+?)</strong> \((.+?)\).*?<dd>(.*?)</dd>", re.DOTALL)
LINK = re.compile(r'href="\.\./([^"]*)"')
QUESTION = re.compile(
    r'<h3 id="q-[^"]*">(.*?)<a class="headerlink".*?→ <a href="\.\./([^"]*)"', re.DOTALL
)
HEADINGS = {"h1", "h2", "h3"}
LONGEST = 2000


class Sections(HTMLParser):
    """Takes a page's content apart at its headings; `found` is [[anchor, heading, text], ...]."""

    def __init__(self):
        super().__init__()
        self.found = [["", "", ""]]
        self.open = []  # (tag, whether it is silent) of every element that is open
        self.heading = False

    def handle_starttag(self, tag, attrs):
        """Begin a section with its heading; keep out of what no reader reads as text."""
        attributes = dict(attrs)
        if tag in HEADINGS:
            first = tag == "h1" and len(self.found) == 1
            self.found.append(["" if first else attributes.get("id") or "", "", ""])
            self.heading = True
        if tag in VOID:
            return
        if tag == "math":
            self.handle_data("…")  # a result must not read as if nothing had stood here
        own = set((attributes.get("class") or "").split()) & SILENT_CLASSES
        self.open.append((tag, tag in SILENT or bool(own) or "data-search-exclude" in attributes))

    def handle_endtag(self, tag):
        """Leave an element, and what was left open inside."""
        if tag in HEADINGS:
            self.heading = False
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth][0] == tag:
                del self.open[depth:]
                break
        if tag not in ("a", "b", "code", "em", "math", "small", "span", "strong", "sub", "sup"):
            self.handle_data(" ")

    def handle_data(self, data):
        """Add text to the heading or to the section."""
        if not any(silent for _, silent in self.open):
            self.found[-1][1 if self.heading else 2] += data


def sections(html):
    """Return [[anchor, heading, text], ...] of a page's content; the first is the page's beginning.

    Examples
    --------
    >>> from lesson.site.search import sections
    >>> sections('<h1 id="a">Stride</h1><p>Steps.</p><h2 id="law">The <b>law</b></h2>So <br>it is.')
    [['', 'Stride', 'Steps.'], ['law', 'The law', 'So it is.']]

    A formula is not read, and leaves a sign.

    >>> sections("<p>Size <math><mi>K</mi></math>.</p>")
    [['', '', 'Size ….']]
    """
    parser = Sections()
    parser.feed(html)
    parser.close()
    tidy = [[anchor, _line(heading), _line(text)] for anchor, heading, text in parser.found]
    return [each for each in tidy if each[1] or each[2]]


def _line(text):
    return re.sub(r"\s+", " ", text).strip()[:LONGEST]


def index(pages, folder):
    """Return the index of an edition as JSON text.

    `pages` is a list of (url, title, weight, content as HTML); a weight below 1 ranks a page lower.
    What the pages became is kept in `folder`.
    """
    terms, homes, asked = names(), {}, {}
    for url, _, _, html in pages:
        if url == "glossary/":
            terms, homes = with_glossary(terms, html)
        elif url == "questions/":
            asked = questions(html)
    found = {"pages": [], "sections": [], "terms": terms, "homes": homes, "asked": asked}
    for number, (url, title, weight, html) in enumerate(pages):
        found["pages"].append({"url": url, "title": title, "weight": weight})
        found["sections"] += [[number, *section] for section in remember(folder, sections, html)]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def names():
    """Return the names of every term, the Korean, the borrowed and the English ones together."""
    return json.loads(TERMS.read_text(encoding="utf-8"))


def with_glossary(terms, html):
    """Return the terms with those of the glossary, and where each is explained: name -> address."""
    terms, homes = [list(group) for group in terms], {}
    for korean, english, text in ENTRY.findall(html):
        own = [name.strip() for part in (korean, english) for name in part.split(",")]
        if not any(_same(name, known) for name in own for group in terms for known in group):
            terms.append(own)
        if link := LINK.search(text):
            homes |= dict.fromkeys(own, link[1])
    return terms, homes


def questions(html):
    """Return how learners ask for a section, by its address: the way that each question leads.

    Examples
    --------
    >>> from lesson.site.search import questions
    >>> questions(
    ...     '<h3 id="q-floor">Floor or <code>ceil</code>?<a class="headerlink" href="#q-floor">'
    ...     '</a></h3><p>Floor. → <a href="../stride/#law">Law</a></p>'
    ... )
    {'stride/#law': ['Floor or ceil?']}
    """
    found = {}
    for heading, address in QUESTION.findall(html):
        asked = unescape(re.sub(r"<[^>]*>", "", heading))
        found.setdefault(address, []).append(_line(asked))
    return found


def _same(one, other):
    return re.sub(r"[\s-]", "", one).lower() == re.sub(r"[\s-]", "", other).lower()
