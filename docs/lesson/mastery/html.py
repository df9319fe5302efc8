"""The check and the fading answers as HTML: what stands without a script, and what scripts read."""

import json
from html import escape

from lesson.mastery import LAWS, SKILLS, WORDS
from lesson.mastery.parts import page_of, parts, title_of
from lesson.misconception import TEXTS

SENT = ("kind", "form", "draw", "told", "law", "shown")


def check(lang: str) -> str:
    """Return the element that asks; its script draws the questions."""
    chosen = [
        {"title": title, "skills": {name: _skill(name, lang) for name in names}}
        for title, names in parts(lang)
    ]
    data = {"words": WORDS[lang], "parts": chosen, "laws": LAWS, "why": _why(lang)}
    return _element("cnn-mastery", data, WORDS[lang]["noScript"])


def fading(lang: str) -> str:
    """Return the element whose worked answers fade."""
    laws = {
        name: {**law, "title": law["title"][lang], **_skill(law["skill"], lang)}
        for name, law in LAWS.items()
        if "skill" in law
    }
    data = {"words": WORDS[lang], "laws": laws, "why": _why(lang)}
    return _element("cnn-fading", data, WORDS[lang]["fading"]["noScript"])


def _element(name: str, data: dict[str, object], without: str) -> str:
    sent = " ".join(f'data-{key}="{_json(value)}"' for key, value in data.items())
    return (
        f'<{name} class="cnn-mastery" {sent}><p class="cnn-mastery__off">{escape(without)}</p>'
        f'<div class="cnn-mastery__body" data-search-exclude="true"></div></{name}>'
    )


def _skill(name: str, lang: str) -> dict[str, object]:
    entry, page = SKILLS[name], page_of(name)
    anchor = entry["lesson"].split("#")[1]
    return {
        **{key: entry[key] for key in SENT if key in entry},
        "skill": name,
        "name": entry["title"][lang],
        "ask": entry["ask"][lang],
        "lesson": title_of(page, lang),
        "href": f"../{page.removesuffix('.md')}/#{anchor}",
    }


def _why(lang: str) -> dict[str, str]:
    return {name: text[lang] for name, text in TEXTS.items()}


def _json(value: object) -> str:
    return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
