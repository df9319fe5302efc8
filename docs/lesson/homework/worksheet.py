"""The worksheet and the grading page as HTML that is complete without a script.

The steps of the lecture's network stand in the page. For another network the script fills the
same markup, which waits in a `template` for each kind of layer, so it is written only here.
"""

import json
from html import escape

from lesson import misconception
from lesson.homework.grade import HEAD
from lesson.homework.handin import LIMITS
from lesson.homework.labels import GRADING, WORDS
from lesson.homework.steps import Step, code, steps
from lesson.homework.variant import LECTURE, variant

LAW = ("⌊(", " + 2·", " − ", ") / ", "⌋ + 1 = ")
BLANKS = {
    "conv": LAW,
    "pool": LAW,
    "flatten": ("", " · ", " · ", " = "),
    "linear": ("(N, ", ") → (N, "),
}
"""What stands before each blank of a formula."""
NAMES = (
    "no-floor",
    "no-plus-one",
    "padding-once",
    "padding-ignored",
    "stride-ignored",
    "added",
    "unchanged",
    "kernel-not-subtracted",
    "pool-stride-one",
    "no-batch",
    "pool-channels",
    "channels-kept",
    "channels-multiplied",
    "channels-added",
    "channels-last",
    "no-channels",
    "batch-merged",
    "lengths-added",
    "channels-forgotten",
    "channels-kept-apart",
    "one-side",
    "features-kept",
    "in-out-swapped",
    "weight-shape",
    "features-appended",
    "features-multiplied",
)
"""Every misconception that a step of any network can have."""


def worksheet(lang: str) -> str:
    """Return the worksheet element with the lecture's network."""
    words = WORDS[lang]
    why = {name: misconception.TEXTS[name][lang] for name in NAMES}
    rows = steps(LECTURE)
    listed = "".join(_step(step, n + 1, words) for n, step in enumerate(rows))
    kinds = {step.layer.kind: step for step in steps(variant("1"))}
    spare = "".join(
        f'<template data-kind="{kind}">{_step(step, 1, words, blank=True)}</template>'
        for kind, step in kinds.items()
    )
    return (
        f'<cnn-homework id="worksheet" data-words="{_json(words)}" data-why="{_json(why)}">'
        f'<p class="cnn-homework__off">{words["noScript"]}</p>{_who(words)}'
        f'<p class="cnn-homework__which" role="status">{words["lecture"]}</p>'
        f"<pre><code>{escape(code(LECTURE))}</code></pre>"
        f'<ol class="cnn-homework__steps">{listed}</ol>{spare}{_hand_in(words)}</cnn-homework>'
    )


def _json(value: object) -> str:
    return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _who(words: dict) -> str:
    fields = "".join(
        f'<label>{words[key]} <input name="{key}" maxlength="{LIMITS[key]}" autocomplete="off">'
        "</label>"
        for key in ("name", "number")
    )
    return (
        f'<form class="cnn-homework__who">{fields}'
        f'<button type="submit">{words["make"]}</button></form>'
    )


def title(step: Step, words: dict) -> str:
    """Return what the question calls the layer: its name, or the flattening."""
    return words.get(step.layer.name, step.layer.name)


def _step(step: Step, n: int, words: dict, blank: bool = False) -> str:
    """Return one question; with `blank`, without what depends on the network."""
    layer = step.layer
    name = "" if blank else title(step, words)
    place = "" if blank else f' id="step-{layer.name}"'
    filled, worked, answer, source = (
        "" if blank else escape(text)
        for text in (f"{step.filled} = ?", step.worked, str(step.after), step.code)
    )
    heading = "" if blank else f"{n}. {name}"
    question = "" if blank else words["question"].format(name=name)
    hints = "".join(
        f'<p hidden data-slot="{slot}">{text}</p>'
        for slot, text in (
            ("rule", words["rule"][layer.kind]),
            ("filled", filled),
            ("worked", worked),
        )
    )
    return (
        f'<li{place} data-step="{"" if blank else layer.name}">'
        f'<h3><span data-slot="heading">{heading}</span> <code data-slot="code">{source}</code>'
        f'</h3><p data-slot="question">{question}</p>'
        f'<form novalidate data-search-exclude="true">{_formula(layer.kind, name, words)}'
        f'<label class="cnn-homework__working">{words["working"]}<textarea name="working" rows="3"'
        f' maxlength="{LIMITS["working"] // 4}"></textarea></label>'
        f'<label class="cnn-homework__reply">{words["reply"]} <input name="reply" '
        f'maxlength="{LIMITS["reply"]}" autocomplete="off" autocapitalize="off" '
        f'spellcheck="false"></label><p class="cnn-exercise__buttons">'
        f'<button type="submit">{words["check"]}</button>'
        f'<button type="button" data-do="hint">{words["hint"]}</button></p>'
        f'<p class="cnn-exercise__verdict" role="status"></p>'
        f'<div class="cnn-exercise__hints">{hints}</div></form>'
        f'<details data-search-exclude="true"><summary>{words["fold"]}</summary>'
        f'<p>{words["rule"][layer.kind]}</p><p data-slot="worked">{worked}</p>'
        f'<p>{words["answer"]}: <strong data-slot="answer">{answer}</strong></p></details></li>'
    )


def _formula(kind: str, name: str, words: dict) -> str:
    parts = "".join(
        f'<span>{before}</span><input name="blank" inputmode="numeric" maxlength="7" '
        f'autocomplete="off" aria-label="{words["blank"].format(name=name, n=n + 1)}">'
        for n, before in enumerate(BLANKS[kind])
    )
    end = "<span>)</span>" if kind == "linear" else ""
    return f"<fieldset><legend>{words['formula']}</legend>{parts}{end}</fieldset>"


def _hand_in(words: dict) -> str:
    buttons = "".join(
        f'<button type="button" data-do="{key}">{words[key]}</button>'
        for key in ("print", "png", "json", "clear")
    )
    return (
        f'<div class="cnn-homework__out"><p>{words["handInHow"]}</p>'
        f'<p class="cnn-exercise__buttons">{buttons}</p></div>'
    )


def grading(lang: str) -> str:
    """Return the grading element, which reads files that are dropped on it."""
    labels = GRADING[lang]
    words = {**labels, "head": HEAD}
    return (
        f'<cnn-grading data-words="{_json(words)}">'
        f'<p class="cnn-homework__off">{labels["noScript"]}</p>'
        f'<div class="cnn-grading__drop"><p>{labels["drop"]}</p><label>{labels["choose"]} '
        '<input type="file" multiple accept=".json,application/json"></label></div>'
        '<p class="cnn-grading__count" role="status"></p>'
        '<div class="cnn-grading__result"></div></cnn-grading>'
    )


def names(lang: str) -> str:
    """Return the table of misconceptions by the names that grading gives them."""
    rows = "".join(
        f"<tr><td><code>{name}</code></td><td>{misconception.TEXTS[name][lang]}</td></tr>"
        for name in NAMES
    )
    return f"<table><tbody>{rows}</tbody></table>"
