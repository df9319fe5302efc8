"""Korean in Material's search, which knows words between spaces and Chinese characters only.

Two changes to the built Korean site:

- the search worker looks up Hangul as it does Chinese: a query written without spaces (출력크기) is
  taken apart into words that the index has (출력, 크기);
- a zero-width space in the index parts compounds that readers search by their second half
  (매개변수 by 변수).

Particles (패딩은, 필터에서) are cut off by the separator in mkdocs.yml.
"""

import json
from pathlib import Path

from lesson.assets import replace

CHINESE = r'"\\p{sc=Han}+"'
CHINESE_AND_HANGUL = r'"[\\p{sc=Han}\\p{sc=Hangul}]+"'
COMPOUNDS = ("매개|변수", "신경|망", "수용|영역", "특징|맵", "합성곱|층", "교차|상관", "손|글씨")
ZERO_WIDTH_SPACE = "\u200b"


def learn_korean(site):
    """Change worker and index of the built Korean site."""
    workers = Path(site) / "assets" / "javascripts" / "workers"
    replace(workers, "search.*.min.js", CHINESE, CHINESE_AND_HANGUL)
    index = Path(site) / "search" / "search_index.json"
    found = json.loads(index.read_text(encoding="utf-8"))
    for entry in found["docs"]:
        for key in ("title", "text"):
            entry[key] = part(entry[key])
    index.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def part(text):
    """Return `text` with a zero-width space inside every known compound.

    Examples
    --------
    >>> from lesson.search import part
    >>> part("매개변수의 수").split("\\u200b")
    ['매개', '변수의 수']
    """
    for compound in COMPOUNDS:
        text = text.replace(compound.replace("|", ""), compound.replace("|", ZERO_WIDTH_SPACE))
    return text
