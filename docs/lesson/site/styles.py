"""Material's styles, trimmed to what this site uses.

A rule stays when every class, id, element and attribute that its selector names occurs in a page or
in a script; a variable when something reads it, an animation when something plays it.
"""

import re
from dataclasses import dataclass, field

import tinycss2

WORD = re.compile(r"[\w-]+")
TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([\w:-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
READ = re.compile(r"var\(\s*(--[\w-]+)")
PLAYED = re.compile(r"animation(?:-name)?:([^;}]*)")
GROUPS = ("media", "supports", "layer", "container")
INSIDE = ("is", "where", "has", "matches", "-webkit-any")
# What a browser sets, whatever the page says.
ALWAYS = {"html", "body", "head", "*"}


@dataclass
class Names:
    """What pages and scripts name: words of any kind, and the values of attributes."""

    words: set = field(default_factory=lambda: set(ALWAYS))
    values: dict = field(default_factory=dict)  # attribute -> the values that it has

    def read_page(self, html):
        """Add the elements, attributes, ids and classes of a page."""
        for tag, attributes in set(TAG.findall(html)):
            self.words.add(tag.lower())
            for name, *value in ATTRIBUTE.findall(attributes):
                text = "".join(value)
                self.words.add(name)
                if name in ("class", "id"):
                    self.words.update(text.split())
                else:
                    self.values.setdefault(name, set()).add(text)

    def take(self, other):
        """Add what another names."""
        self.words |= other.words
        for attribute, values in other.values.items():
            self.values.setdefault(attribute, set()).update(values)

    def read_script(self, code):
        """Add every word of a script: it may make an element or set a class of that name."""
        self.words.update(WORD.findall(code))

    def has(self, attribute, value):
        """Return whether an attribute occurs, with the value if one is given."""
        if attribute == "style":
            return False  # the policy allows none
        if value is None or attribute not in self.values:
            return attribute in self.words
        # A script may set any attribute that it knows a value of.
        return value in self.words or any(value in each for each in self.values[attribute])


def read_in(css):
    """Return the variables that styles or scripts read, and the animations that they play.

    Examples
    --------
    >>> from lesson.site.styles import read_in
    >>> read, played = read_in("p{color:var(--red);animation:turn 1s}")
    >>> read, sorted(played)
    ({'--red'}, ['1s', 'turn'])
    """
    return set(READ.findall(css)), set(WORD.findall(" ".join(PLAYED.findall(css))))


def trim(css, names, others=(set(), set())):
    """Return `css` without what nothing of `names` needs; `others` is what others read and play.

    Examples
    --------
    >>> from lesson.site.styles import Names, trim
    >>> names = Names()
    >>> names.read_page('<p class="lead">')
    >>> trim("p.lead{color:red}p.small{color:blue}.lead:not(.gone)>a,i{top:0}", names)
    'p.lead{color:red}'
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    kept = _rules(rules, names)
    while True:
        read, played = (own | other for own, other in zip(read_in(kept), others, strict=True))
        less = _without(kept, read, played)
        if less == kept:
            return kept
        kept = less


def _rules(rules, names):
    """Return the text of the rules that stay."""
    text = ""
    for rule in rules:
        if rule.type == "qualified-rule":
            prelude = ",".join(
                tinycss2.serialize(each).strip()
                for each in _alternatives(rule.prelude)
                if needed(each, names)
            )
            if prelude:
                text += f"{prelude}{{{tinycss2.serialize(rule.content).strip()}}}"
        elif rule.type == "at-rule" and rule.content is not None:
            body = tinycss2.serialize(rule.content).strip()
            if rule.lower_at_keyword in GROUPS:
                inner = tinycss2.parse_rule_list(rule.content, True, True)
                body = _rules(inner, names)
            if body:
                text += f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}"
    return text


def _alternatives(tokens):
    """Return the selectors of a list, each as its tokens."""
    found = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def needed(tokens, names):
    """Return whether everything that a selector names occurs."""
    before = ""
    for token in tokens:
        if not _met(token, before, names):
            return False
        before = token.value if token.type == "literal" else ""
    return True


def _met(token, before, names):
    """Return whether what one token of a selector names occurs; `before` is the mark before it."""
    if token.type == "function" and token.lower_name in INSIDE:
        return any(needed(each, names) for each in _alternatives(token.arguments))
    if token.type == "[] block":
        return _attribute(token.content, names)
    if (token.type == "ident" and before != ":") or token.type == "hash":
        return token.value in names.words
    return True


def _attribute(tokens, names):
    """Return whether an attribute selector can match."""
    tokens = [each for each in tokens if each.type != "whitespace"]
    exact = len(tokens) > 2 and tokens[1].value == "="
    return names.has(tokens[0].value, tokens[2].value if exact else None)


def _without(css, read, played):
    """Return `css` without variables that are not read, animations not played, and empty rules."""
    text = ""
    for rule in tinycss2.parse_stylesheet(css, True, True):
        if rule.type == "at-rule" and rule.lower_at_keyword.endswith("keyframes"):
            if tinycss2.serialize(rule.prelude).strip() in played:
                text += rule.serialize()
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            if body := _without(tinycss2.serialize(rule.content), read, played):
                text += f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}"
        elif rule.type == "qualified-rule":
            if body := _declarations(rule.content, read):
                text += f"{tinycss2.serialize(rule.prelude)}{{{body}}}"
        else:
            text += rule.serialize()
    return text


def _declarations(content, read):
    """Return the declarations of a rule, without variables that nothing reads."""
    return ";".join(
        f"{each.name}:{tinycss2.serialize(each.value).strip()}{'!important' * each.important}"
        for each in tinycss2.parse_blocks_contents(content, True, True)
        if each.type == "declaration" and (not each.name.startswith("--") or each.name in read)
    )


def selectors(css, pattern):
    """Return the selectors of a style sheet in which a pattern is found, each as its tokens.

    Examples
    --------
    >>> import re
    >>> from lesson.site.styles import Names, needed, selectors
    >>> names = Names()
    >>> names.read_page('<p class="lead">')
    >>> found = selectors("@layer a{.lead,.small,p{top:0}}", re.compile("[.]"))
    >>> [needed(each, names) for each in found]
    [True, False]
    """
    found = _selectors(tinycss2.parse_stylesheet(css, True, True))
    return [each for each in found if pattern.search(tinycss2.serialize(each))]


def _selectors(rules):
    for rule in rules:
        if rule.type == "qualified-rule":
            yield from _alternatives(rule.prelude)
        elif rule.type == "at-rule" and rule.lower_at_keyword in GROUPS:
            yield from _selectors(tinycss2.parse_rule_list(rule.content, True, True))
