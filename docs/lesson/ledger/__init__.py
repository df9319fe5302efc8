"""The ledger: what accounts for every number of the site, written by the build.

counts.py    how many numbers of each page are computed, bound, quoted, excused
words.json   the words around the counts, in both languages

The fence ``ledger`` holds ``says: promise``, ``pages``, ``excused`` or ``doubt``. What the last
doubt found is read from ``data/doubt.json``, which ``python3 dev.py doubt --keep`` writes; without
that file the page says how to make it.
"""

import json
from collections import Counter
from html import escape
from pathlib import Path

from lesson.accounts.cover import KINDS, excused
from lesson.fences.error import FenceError
from lesson.fences.reader import only
from lesson.ledger.counts import pages, totals

ROOM = Path(__file__).parent
WORDS = json.loads((ROOM / "words.json").read_text(encoding="utf-8"))
DOUBT = ROOM.parent / "data" / "doubt.json"


def ledger(keys, lang):
    """Return what the fence ``ledger`` says: ``says: pages``."""
    only(keys, "says")
    if keys["says"] not in SAYS:
        raise FenceError(f"`says` must be one of {', '.join(SAYS)}, got {keys['says']!r}", "says")
    return f'<div class="cnn-ledger">{SAYS[keys["says"]](lang, WORDS[lang])}</div>'


def promise(lang, words):
    """Return the sentences of the home page, with the totals."""
    sums = totals(pages(lang))
    told = words["promise"].format(total=sums.total(), **sums)
    return f"<p>{escape(told)}</p>"


def by_page(lang, words):
    """Return the table of every page's counts."""
    counted = pages(lang)
    rows = [(_link(each), *(each.kinds[kind] for kind in KINDS)) for each in counted]
    sums = totals(counted)
    rows.append((escape(words["all"]), *(sums[kind] for kind in KINDS)))
    return _table(words["pages"], rows)


def exceptions(lang, words):
    """Return the two tables of what is excused: by pages themselves, and everywhere."""
    counted = pages(lang)
    own = [
        (_link(page), escape(literal), escape(reason))
        for page in counted
        for literal, reason in page.excused
    ]
    groups = sum((page.groups for page in counted), Counter())
    everywhere = {
        f"{group}: {reason['en']}": (escape(words[group]), escape(reason[lang]))
        for _, reason, group in excused()
    }
    rows = [(*words_, groups[by]) for by, words_ in everywhere.items() if groups[by]]
    return (_table(words["own"], own) if own else "") + _table(words["everywhere"], rows)


def doubted(lang, words):
    """Return what the last doubt changed and what no test noticed, or how to find it out."""
    if not DOUBT.is_file():
        return f"<p>{escape(words['undoubted'])}</p>"
    found = json.loads(DOUBT.read_text(encoding="utf-8"))
    kinds = [
        (
            escape(words["kind"][kind]),
            *(each[count] for count in ("possible", "changed", "equal", "noticed")),
            f"{share(each):.1%}",
            f"<code>{escape(each['commit'][:7])}</code>",
        )
        for kind, each in found["kinds"].items()
    ]
    left = [
        (
            escape(words["kind"][each["kind"]]),
            escape(each["place"]),
            f"<code>{escape(each['line'])}</code>",
            escape(each["why"]),
        )
        for each in found["survivors"]
    ]
    survivors = _table(words["survivors"], left) if left else ""
    return f"<p>{escape(words['doubt'])}</p>{_table(words['kinds'], kinds)}{survivors}"


def share(row):
    """Return how much was noticed of what changes something.

    >>> from lesson.ledger import share
    >>> share({"changed": 100, "equal": 4, "noticed": 72})
    0.75
    """
    return row["noticed"] / max(1, row["changed"] - row["equal"])


SAYS = {"promise": promise, "pages": by_page, "excused": exceptions, "doubt": doubted}


def _link(page):
    place = page.name.removesuffix("index.md")
    place = place.removesuffix(".md") + "/" * place.endswith(".md")
    return f'<a href="../{place}">{escape(page.title)}</a>'


def _table(words, rows):
    """Return a table: the first cell of a row names it, and numbers stand to the right."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in words["head"])
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(map(_cell, rest))}</tr>' for first, *rest in rows
    )
    return (
        f'<div class="cnn-wide" tabindex="0" role="group" aria-label="{escape(words["caption"])}">'
        f"<table><caption>{escape(words['caption'])}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(value):
    if isinstance(value, int):
        return f'<td class="cnn-ledger__number">{value:,}</td>'
    return f"<td>{value}</td>"
