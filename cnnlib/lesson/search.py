"""Material's search, made to know Korean and to load only when it is used.

Three changes to the scripts and the index of a built site:

- the worker looks up Hangul as it does Chinese: a query written without spaces (출력크기) is taken
  apart into words that the index has (출력, 크기);
- a zero-width space in the index parts compounds that readers search by their second half
  (매개변수 by 변수);
- worker and index, more than half of a page's weight, are fetched when the search is opened, not
  with every page.

Particles (패딩은, 필터에서) are cut off by the separator in mkdocs.yml.
"""

import json
from pathlib import Path

CHINESE = r'"\\p{sc=Han}+"'
CHINESE_AND_HANGUL = r'"[\\p{sc=Han}\\p{sc=Hangul}]+"'
INDEX_AT_ONCE = '$(location.protocol!=="file:")'
INDEX_WHEN_OPENED = "$(!1)"
WORKER_AT_ONCE = "t=new Worker(e)"
WORKER_WHEN_ASKED = (
    "t=Object.assign(new EventTarget,{postMessage(m){this.w||(this.w=new Worker(e),"
    'this.w.onmessage=({data})=>this.dispatchEvent(new MessageEvent("message",{data}))),'
    "this.w.postMessage(m)}})"
)
COMPOUNDS = ("매개|변수", "신경|망", "수용|영역", "특징|맵", "합성곱|층", "교차|상관", "손|글씨")
ZERO_WIDTH_SPACE = "\u200b"


def defer(site):
    """Let the pages of a built site fetch the search when it is opened."""
    scripts = Path(site) / "assets" / "javascripts"
    _replace(scripts, "bundle.*.min.js", INDEX_AT_ONCE, INDEX_WHEN_OPENED)
    _replace(scripts, "bundle.*.min.js", WORKER_AT_ONCE, WORKER_WHEN_ASKED)


def learn_korean(site):
    """Change worker and index of the built Korean site."""
    workers = Path(site) / "assets" / "javascripts" / "workers"
    _replace(workers, "search.*.min.js", CHINESE, CHINESE_AND_HANGUL)
    index = Path(site) / "search" / "search_index.json"
    found = json.loads(index.read_text(encoding="utf-8"))
    for entry in found["docs"]:
        for key in ("title", "text"):
            entry[key] = part(entry[key])
    index.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _replace(folder, pattern, old, new):
    """Replace `old` in the one file that matches; it must stand there once."""
    [path] = folder.glob(pattern)
    code = path.read_text(encoding="utf-8")
    if code.count(old) != 1:
        raise ValueError(f"`{path.name}` must contain {old!r} once, got {code.count(old)}")
    path.write_text(code.replace(old, new), encoding="utf-8")


def part(text):
    """Return `text` with a zero-width space inside every known compound.

    Examples
    --------
    >>> from cnnlib.lesson.search import part
    >>> part("매개변수의 수").split("\\u200b")
    ['매개', '변수의 수']
    """
    for compound in COMPOUNDS:
        text = text.replace(compound.replace("|", ""), compound.replace("|", ZERO_WIDTH_SPACE))
    return text
