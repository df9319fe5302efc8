"""The worksheet and the grading page as HTML that is complete without a script.

The steps of the lecture's network stand in the page. For another network the script fills the
same markup, which waits in a `template` for each kind of layer, so it is written only here.
"""

import json
from html import escape

from lesson.homework.handin import LIMITS
from lesson.homework.labels import GRADING, MISTAKES, WHY, WORDS
from lesson.homework.steps import Step, code, steps
from lesson.homework.variant import LECTURE, Layer, variant

WINDOW = (("⌊(", "H", "+2·", "P", "−", "K", ")/", "S", "⌋+1"), (" = ", "out", ""))
FORMULAS = {
    "conv": WINDOW,
    "pool": WINDOW,
    "flatten": (("", "C", " · ", "H", " · ", "W", ""), (" = ", "out", "")),
    "linear": (("(N, ", "in", ")"), (" → (N, ", "out", ")")),
}
"""Text and lettered blanks by turns, in parts between which a line may end."""
EXAMPLES = {
    "conv": Step(Layer("", "conv", 6, 4, 2, 1), (4, 2, 13, 13), (4, 6, 6, 6)),
    "pool": Step(Layer("", "pool", 0, 3, 3), (4, 2, 13, 13), (4, 2, 4, 4)),
    "flatten": Step(Layer("", "flatten"), (4, 3, 2, 2), (4, 12)),
    "linear": Step(Layer("", "linear", 3), (4, 12), (4, 3)),
}
"""The way with other numbers, which the third hint shows."""


def worksheet(lang: str) -> str:
    """Return the worksheet element with the lecture's network."""
    words = WORDS[lang]
    sent = {**words, "reasons": GRADING[lang]["reasons"]}
    why = {name: WHY[name][lang] for name in MISTAKES}
    listed = "".join(_step(step, n + 1, words) for n, step in enumerate(steps(LECTURE)))
    kinds = {step.layer.kind: step for step in steps(variant("1"))}
    spare = "".join(
        f'<template data-kind="{kind}">{_step(step, 1, words, blank=True)}</template>'
        for kind, step in kinds.items()
    )
    return (
        f'<cnn-homework id="worksheet" data-words="{_json(sent)}" data-why="{_json(why)}">'
        f'<p class="cnn-homework__off">{words["noScript"]}</p>{_who(words)}'
        f'<p class="cnn-homework__lost" role="status" hidden>{words["notKept"]}</p>'
        f'<p class="cnn-homework__which" role="status">{words["lecture"]}</p>'
        f'<div class="cnn-homework__sheet"><pre class="cnn-homework__code" tabindex="0" '
        f'role="group" aria-label="{words["code"]}">{escape(code(LECTURE))}</pre>'
        f'<p class="cnn-homework__copy"><button type="button" data-do="copy">{words["copy"]}'
        f'</button></p><ol class="cnn-homework__steps">{listed}</ol>{spare}{_hand_in(words)}</div>'
        f'<details class="cnn-homework__kept" data-search-exclude="true">'
        f"<summary>{words['keptTitle']}</summary><div></div></details></cnn-homework>"
    )


def _json(value: object) -> str:
    return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _who(words: dict) -> str:
    fields = "".join(
        f'<label>{words[key]} <input name="{key}" maxlength="{LIMITS[key]}" autocomplete="off" '
        f'spellcheck="false" enterkeyhint="next"{more}></label>'
        for key, more in (("name", ""), ("number", ' autocapitalize="characters"'))
    )
    networks = "".join(
        f'<label{hidden}><input type="radio" name="network" value="{value}"{checked}> '
        f"{words[key]}</label>"
        for value, key, checked, hidden in (
            ("lecture", "lecture", " checked", ""),
            ("number", "own", "", ""),
            ("class", "class", "", " hidden"),
        )
    )
    return (
        f'<form class="cnn-homework__who">{fields}<button type="button" data-do="fresh">'
        f'{words["fresh"]}</button></form><form class="cnn-homework__choose"><fieldset>'
        f"<legend>{words['choose']}</legend>{networks}</fieldset></form>"
    )


def title(step: Step, words: dict) -> str:
    """Return what the question calls the layer: its name, or the flattening."""
    return words.get(step.layer.name, step.layer.name)


def _step(step: Step, n: int, words: dict, blank: bool = False) -> str:
    """Return one question; with `blank`, without what depends on the network."""
    layer = step.layer
    name = "" if blank else title(step, words)
    place = "" if blank else f' id="step-{layer.name}"'
    worked, answer, source = (
        "" if blank else escape(text) for text in (step.worked, str(step.after), step.code)
    )
    heading = "" if blank else f"{n}. {name}"
    question = "" if blank else words["question"].format(name=name)
    example = EXAMPLES[layer.kind]
    shown = f"{words['example']} {example.before}, {example.code}: {example.worked}"
    hints = (
        f"<p hidden>{words['rule'][layer.kind]}</p>"
        f'<p hidden data-slot="filled"></p><p hidden>{escape(shown)}</p>'
    )
    return (
        f'<li{place} data-step="{"" if blank else layer.name}">'
        f'<h3><span data-slot="heading">{heading}</span> <code data-slot="code">{source}</code> '
        f'<small data-slot="points"></small></h3><p data-slot="question">{question}</p>'
        f'<form novalidate data-search-exclude="true">{_formula(layer.kind, name, words)}'
        f'<label class="cnn-homework__working">{words["working"]}<textarea name="working" rows="3"'
        f' maxlength="{LIMITS["working"] // 4}"></textarea></label>'
        f'<label class="cnn-homework__reply">{words["reply"]} <input name="reply" '
        f'maxlength="{LIMITS["reply"]}" autocomplete="off" autocapitalize="off" '
        f'autocorrect="off" enterkeyhint="done" spellcheck="false"></label>'
        f'<p class="cnn-exercise__buttons"><button type="submit">{words["check"]}</button>'
        f'<button type="button" data-do="hint">{words["hint"]}</button></p>'
        f'<p class="cnn-exercise__verdict" role="status"></p>'
        f'<div class="cnn-exercise__hints">{hints}</div></form>'
        f'<details data-search-exclude="true"><summary>{words["fold"]}</summary>'
        f'<p>{words["rule"][layer.kind]}</p><p data-slot="worked">{worked}</p>'
        f'<p>{words["answer"]}: <strong data-slot="answer">{answer}</strong></p></details></li>'
    )


def _formula(kind: str, name: str, words: dict) -> str:
    parts = "".join(
        f'<span class="cnn-homework__part">{_part(part, name, words)}</span>'
        for part in FORMULAS[kind]
    )
    return f"<fieldset><legend>{words['formula']}</legend>{parts}</fieldset>"


def _part(part: tuple[str, ...], name: str, words: dict) -> str:
    """Return text, blank, text, ...: a blank carries its letter above it."""
    nodes = []
    for place, text in enumerate(part):
        if place % 2:
            label = words["blank"].format(name=name, letter=text, meaning=words["letters"][text])
            nodes.append(
                f'<span class="cnn-homework__blank"><i aria-hidden="true">{text}</i>'
                f'<input name="blank" inputmode="numeric" maxlength="7" autocomplete="off" '
                f'data-letter="{text}" aria-label="{label}"></span>'
            )
        else:
            nodes.append(f"<b>{text}</b>")
    return "".join(nodes)


def _hand_in(words: dict) -> str:
    buttons = "".join(
        f'<button type="button" data-do="{key}">{words[key]}</button>'
        for key in ("json", "png", "print")
    )
    return (
        f'<div class="cnn-homework__out"><p>{words["handInHow"]}</p>'
        f'<p class="cnn-exercise__buttons">{buttons}</p>'
        f'<p class="cnn-homework__said" role="status"></p><label class="cnn-homework__file">'
        f'{words["resume"]} <input type="file" accept=".json,application/json"></label></div>'
    )


def grading(lang: str) -> str:
    """Return the grading element, which reads files that are dropped on it."""
    labels = GRADING[lang]
    words = {**labels, "names": {name: short[lang] for name, short in MISTAKES.items()}}
    return (
        f'<cnn-grading data-words="{_json(words)}">'
        f'<p class="cnn-homework__off">{labels["noScript"]}</p>'
        f'<div class="cnn-grading__drop"><p>{labels["drop"]}</p><label>{labels["choose"]} '
        '<input type="file" multiple accept=".json,.zip,application/json,application/zip"></label>'
        f'<label>{labels["folder"]} <input type="file" webkitdirectory></label>'
        f'<button type="button">{labels["forget"]}</button></div>'
        '<p class="cnn-grading__count" role="status"></p>'
        '<div class="cnn-grading__result"></div></cnn-grading>'
    )


def names(lang: str) -> str:
    """Return the table of misconceptions: the name in the CSV, in the table, and what is said."""
    rows = "".join(
        f"<tr><td><code>{name}</code></td><td>{short[lang]}</td><td>{WHY[name][lang]}</td></tr>"
        for name, short in MISTAKES.items()
    )
    return f'<div class="cnn-misconceptions"><table><tbody>{rows}</tbody></table></div>'
