"""The lecturer's form that makes an assignment, as HTML."""

import json
from html import escape

from lesson.homework.labels import MAKING

START = """nn.Sequential(
    nn.Conv2d(1, 6, kernel_size=5),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(864, 10),
)"""
"""The network that the form starts with."""
SIZES = {"batch": 10, "channels": 1, "size": 28}


def maker(lang: str) -> str:
    """Return the form's element."""
    words = MAKING[lang]
    sent = escape(json.dumps(words, ensure_ascii=False, separators=(",", ":")))
    sizes = "".join(
        f'<label>{words[name]} <input name="{name}" inputmode="numeric" maxlength="4" '
        f'value="{value}" autocomplete="off"></label>'
        for name, value in SIZES.items()
    )
    buttons = "".join(
        f'<button type="button" data-add="{kind}">{text}</button>'
        for kind, text in words["add"].items()
    )
    return (
        f'<cnn-assignment data-words="{sent}" data-lang="{lang}" '
        f'data-package="asset:package-{lang}.json">'
        f'<p class="cnn-homework__off">{words["noScript"]}</p><form>'
        f'<div class="cnn-assignment__sizes">{sizes}</div>'
        f"<label>{words['code']}"
        f'<textarea name="code" rows="9" maxlength="4000" spellcheck="false" autocapitalize="off">'
        f'{escape(START)}</textarea></label><p class="cnn-exercise__buttons">{buttons}</p>'
        f'<p class="cnn-assignment__why" role="status"></p>'
        '<div class="cnn-assignment__steps"></div>'
        f"{_choice('varied', ('one', 'own'), words)}</form>"
        f'<div class="cnn-assignment__made" hidden></div></cnn-assignment>'
    )


def _choice(name: str, values: tuple[str, ...], words: dict) -> str:
    radios = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"'
        f"{' checked' if value == values[0] else ''}> {words[value]}</label>"
        for value in values
    )
    return f"<fieldset><legend>{words[name]}</legend>{radios}</fieldset>"
