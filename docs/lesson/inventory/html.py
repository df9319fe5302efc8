"""Both forms as HTML: to print as they stand, to answer with a script; and the lecturer's key."""

import json
from html import escape
from pathlib import Path
from typing import Any

from lesson.exercise.text import inline
from lesson.inventory.items import FORMS, LETTERS, Choice, Item, items
from lesson.misconception import TEXTS

WORDS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("words.json").read_text(encoding="utf-8")
)


def inventory(lang: str) -> str:
    """Return the element with both forms; nothing in what is seen tells the answers."""
    words = WORDS[lang]
    forms = "".join(_form(form, lang) for form in FORMS)
    chosen = "".join(
        f'<label><input type="radio" name="form" value="{form}"{" checked" * (form == "A")}> '
        f"{words['forms'][form]}</label>"
        for form in FORMS
    )
    sent = {key: words[key] for key in words if key not in ("given", "noScript")}
    return (
        f'<cnn-inventory id="inventory" data-words="{_json(sent)}" data-why="{_json(_why(lang))}" '
        f'data-key="{_json({form: _key(form) for form in FORMS})}">'
        f'<p class="cnn-inventory__off">{words["noScript"]}</p>'
        f'<form class="cnn-inventory__who"><label>{words["number"]} <input name="number" '
        f'maxlength="30" autocomplete="off" spellcheck="false"></label><fieldset>'
        f"<legend>{words['choose']}</legend>{chosen}</fieldset></form>{forms}"
        f'<p class="cnn-inventory__said" role="status"></p><p class="cnn-exercise__buttons">'
        f'<button type="button" data-do="finish">{words["finish"]}</button>'
        f'<button type="button" data-do="csv" hidden>{words["csv"]}</button>'
        f'<button type="button" data-do="again" hidden>{words["again"]}</button></p>'
        f"</cnn-inventory>"
    )


def key(lang: str) -> str:
    """Return the key: what each item measures, the right choices, the mistake behind each other."""
    rows = "".join(_row(pair, lang) for pair in zip(*map(items, FORMS), strict=True))
    return (
        f'<details class="cnn-inventory__key" data-search-exclude="true">'
        f"<summary>{WORDS[lang]['key']}</summary><ol>{rows}</ol></details>"
    )


def _row(pair: tuple[Item, ...], lang: str) -> str:
    """Return one item's lines; the mistakes are those of both forms."""
    words = WORDS[lang]
    right = ", ".join(
        f"{words['forms'][form]} {LETTERS[item.right]} ({escape(item.choices[item.right].text)})"
        for form, item in zip(FORMS, pair, strict=True)
    )
    wrong = "".join(
        f"<li><code>{choice.mistake}</code> {escape(TEXTS[choice.mistake][lang])}</li>"
        for choice in pair[0].choices
        if choice.mistake
    )
    measures = escape(pair[0].measures[lang])
    return f"<li><b>{measures}</b><br>{words['rightOf']}: {right}<ul>{wrong}</ul></li>"


def _form(form: str, lang: str) -> str:
    rows = "".join(_question(form, n, item, lang) for n, item in enumerate(items(form)))
    title = WORDS[lang]["forms"][form]
    return (
        f'<section class="cnn-inventory__form" data-form="{form}" data-search-exclude="true" '
        f'aria-label="{title}"><p class="cnn-inventory__title">{title}</p><ol>{rows}</ol></section>'
    )


def _question(form: str, n: int, item: Item, lang: str) -> str:
    choices = "".join(
        f'<label class="cnn-exercise__option"><input type="radio" name="{form}{n}" '
        f'value="{place}"> <span>{LETTERS[place]}. {_choice(choice)}</span></label>'
        for place, choice in enumerate(item.choices)
    )
    return (
        f'<li data-item="{item.id}"><fieldset><legend><b>{n + 1}.</b> '
        f"{inline(item.ask[lang])}</legend>"
        f'{_matrices(item, lang)}<div class="cnn-inventory__choices">{choices}</div></fieldset>'
        f'<p class="cnn-inventory__why"></p></li>'
    )


def _choice(choice: Choice) -> str:
    return escape(choice.text)


def _matrices(item: Item, lang: str) -> str:
    """Return the matrices that a question is about."""
    found = "".join(
        f"<table><caption>{WORDS[lang]['given'][name]}</caption>{_cells(value)}</table>"
        for name, value in item.given.items()
        if name in WORDS[lang]["given"] and isinstance(value, list) and isinstance(value[0], list)
    )
    return f'<div class="cnn-inventory__given">{found}</div>' if found else ""


def _cells(rows: list[list[int]]) -> str:
    return "".join(
        f"<tr>{''.join(f'<td>{value}</td>'.replace('-', '−') for value in row)}</tr>"
        for row in rows
    )


def _key(form: str) -> list[dict[str, Any]]:
    """Return what the script marks with: the mistake of each choice, the right answer's text."""
    return [
        {
            "id": item.id,
            "choices": [choice.mistake or "" for choice in item.choices],
            "answer": f"{LETTERS[item.right]}. {item.choices[item.right].text}",
        }
        for item in items(form)
    ]


def _why(lang: str) -> dict[str, str]:
    named = {choice.mistake for item in items("A") for choice in item.choices if choice.mistake}
    return {name: TEXTS[name][lang] for name in sorted(named)}


def _json(value: object) -> str:
    return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
