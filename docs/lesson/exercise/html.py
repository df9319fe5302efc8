"""Write an Exercise as HTML that is complete without a script.

The form needs the script, so the style sheet hides it where scripts do not run; the folded
answer needs nothing.
"""

import json
from html import escape

from lesson import misconception
from lesson.exercise.spec import Exercise
from lesson.exercise.text import html, inline
from lesson.exercise.writing import Line, matrix, number, tuple_text

LABELS = {
    "ko": {
        "predict": "먼저 예측",
        "exercise": "연습 문제",
        "number": "답",
        "shape": "답 (형상, 예: (2, 3))",
        "grid": "답의 각 칸",
        "choice": "답 고르기",
        "cell": "{}행 {}열",
        "check": "확인",
        "hint": "힌트",
        "reset": "지우기",
        "fold": "풀이와 답",
        "answer": "답",
        "input": "입력",
        "weight": "필터",
        "grad_output": "출력의 기울기",
        "filter": "필터 {}, 채널 {}",
        "channel": "입력 채널 {}",
        "bias": "편향",
        "right": "정답",
        "wrong": "오답",
    },
    "en": {
        "predict": "Predict first",
        "exercise": "Exercise",
        "number": "Answer",
        "shape": "Answer (a shape such as (2, 3))",
        "grid": "Cells of the answer",
        "choice": "Choose an answer",
        "cell": "row {}, column {}",
        "check": "Check",
        "hint": "Hint",
        "reset": "Clear",
        "fold": "Worked answer",
        "answer": "Answer",
        "input": "input",
        "weight": "filter",
        "grad_output": "gradient of the output",
        "filter": "filter {}, channel {}",
        "channel": "input channel {}",
        "bias": "bias",
        "right": "right",
        "wrong": "wrong",
    },
}


def render(exercise: Exercise) -> str:
    """Return the exercise as one custom element."""
    labels = LABELS[exercise.lang]
    kind = "predict" if exercise.predict else "exercise"
    spec = json.dumps(_spec(exercise), ensure_ascii=False, separators=(",", ":"))
    return (
        f'<cnn-exercise id="{exercise.id}" class="cnn-{kind}" data-lang="{exercise.lang}" '
        f'spec="{escape(spec)}">'
        f'<p class="cnn-exercise__title">{labels[kind]}</p>'
        f'<div class="cnn-exercise__ask">{html(exercise.ask)}{_given(exercise, labels)}</div>'
        f"{_form(exercise, labels)}{_fold(exercise, labels)}</cnn-exercise>"
    )


def _spec(exercise: Exercise) -> dict[str, object]:
    """What the script needs: the answer, and what each misconception would have answered."""
    common = {"kind": exercise.kind, "lang": exercise.lang, "form": exercise.form}
    if exercise.form == "choice":
        options = exercise.options
        right = next(i for i, option in enumerate(options) if option.correct)
        wrong = [[i, inline_text(o.why)] for i, o in enumerate(options) if not o.correct]
        return {**common, "answer": right, "wrong": wrong, "why": inline_text(options[right].why)}
    found = misconception.find(exercise.kind, exercise.given, exercise.answer)
    wrong = [[answer, misconception.TEXTS[name][exercise.lang]] for name, answer in found]
    return {**common, "answer": exercise.answer, "wrong": wrong}


def inline_text(markdown: str) -> str:
    """Return short Markdown as plain text, for a message that is never parsed as HTML."""
    return markdown.replace("`", "").replace("*", "").replace("$", "")


def _given(exercise: Exercise, labels: dict[str, str]) -> str:
    """Draw the arrays that the question is about."""
    given = exercise.given
    if exercise.kind == "inner-product":
        pairs = [("A", given["a"]), ("B", given["b"])]
    elif exercise.kind == "gradient-cell":
        pairs = [(labels[name], given[name]) for name in ("input", "weight", "grad_output")]
    elif "call" in given:
        call = given["call"]
        cut = (lambda plane: plane[0]) if call.rank == 1 else (lambda plane: plane)
        deep, many = len(call.input) > 1, call.weight.shape[:2] != (1, 1)
        pairs = [
            (labels["channel"].format(c) if deep else labels["input"], cut(plane))
            for c, plane in enumerate(call.input)
        ] + [
            (labels["filter"].format(o, c) if many else labels["weight"], cut(plane))
            for o, planes in enumerate(call.weight)
            for c, plane in enumerate(planes)
        ]
        if call.bias.any():
            pairs.append((labels["bias"], call.bias))
    else:
        return ""
    figures = "".join(
        f"<span>{escape(name)} {inline(f'${matrix(array)}$')}</span>" for name, array in pairs
    )
    return f'<div class="cnn-exercise__given">{figures}</div>'


def _form(exercise: Exercise, labels: dict[str, str]) -> str:
    fields = {"grid": _grid, "choice": _choice}.get(exercise.form, _field)(exercise, labels)
    hints = ""
    if exercise.worked:
        worked = exercise.worked
        filled = "".join(f"<p>{inline(line.filled)} = ?</p>" for line in _hinted(worked.lines))
        hints = (
            f'<div class="cnn-exercise__hints"><div hidden>{html(worked.law)}</div>'
            f"<div hidden>{filled}</div></div>"
        )
    hint = f'<button type="button" data-do="hint">{labels["hint"]}</button>' if hints else ""
    return (
        f'<form novalidate data-search-exclude="true">{fields}'
        f'<p class="cnn-exercise__buttons"><button type="submit">{labels["check"]}</button>{hint}'
        f'<button type="reset">{labels["reset"]}</button></p>'
        f'<p class="cnn-exercise__verdict" role="status"></p>{hints}</form>'
    )


def _hinted(lines: tuple[Line, ...]) -> list[Line]:
    """The lines whose numbers can be shown without giving the answer away."""
    return [line for line in lines if line.filled and line.steps.startswith(("=", "$="))]


def _field(exercise: Exercise, labels: dict[str, str]) -> str:
    signed = exercise.kind in ("cell", "inner-product")  # phones' number pads lack the minus
    mode = "decimal" if exercise.form == "number" and not signed else "text"
    return (
        f'<label>{labels[exercise.form]} <input name="answer" autocomplete="off" '
        f'autocapitalize="off" spellcheck="false" maxlength="80" inputmode="{mode}"></label>'
    )


def _grid(exercise: Exercise, labels: dict[str, str]) -> str:
    rows = ""
    for i, row in enumerate(exercise.answer):
        cells = "".join(
            f'<td><input name="answer" autocomplete="off" maxlength="12" '
            f'aria-label="{labels["cell"].format(i, j)}"></td>'
            for j in range(len(row))
        )
        rows += f"<tr>{cells}</tr>"
    return (
        f"<fieldset><legend>{labels['grid']}</legend>"
        f'<table class="cnn-exercise__grid" role="presentation">{rows}</table></fieldset>'
    )


def _choice(exercise: Exercise, labels: dict[str, str]) -> str:
    lines = "".join(
        f'<label class="cnn-exercise__option"><input type="radio" name="answer" value="{i}"> '
        f"<span>{inline(option.text)}</span></label>"
        for i, option in enumerate(exercise.options)
    )
    return f"<fieldset><legend>{labels['choice']}</legend>{lines}</fieldset>"


def _fold(exercise: Exercise, labels: dict[str, str]) -> str:
    body = _reasons(exercise, labels) if exercise.form == "choice" else _worked(exercise, labels)
    extra = html(exercise.explain) if exercise.explain else ""
    return (
        f'<details class="cnn-exercise__answer" data-search-exclude="true">'
        f"<summary>{labels['fold']}</summary>{body}{extra}</details>"
    )


def _worked(exercise: Exercise, labels: dict[str, str]) -> str:
    assert exercise.worked is not None
    lines = "".join(
        f"<p>{inline(f'{line.filled} {line.steps}'.strip())}</p>" for line in exercise.worked.lines
    )
    answer = "" if exercise.form == "grid" else inline(answer_text(exercise))  # its line shows it
    last = f"<p>{labels['answer']}: <strong>{answer}</strong></p>" if answer else ""
    return f"{html(exercise.worked.law)}{lines}{last}"


def answer_text(exercise: Exercise) -> str:
    """Return the answer as Markdown."""
    if exercise.form == "shape":
        return tuple_text(exercise.answer)
    return number(exercise.answer)


def _reasons(exercise: Exercise, labels: dict[str, str]) -> str:
    rows = "".join(
        f"<li><strong>{labels['right' if option.correct else 'wrong']}</strong> · "
        f"{inline(option.text)}<br>{inline(option.why)}</li>"
        for option in exercise.options
    )
    return f"<ol>{rows}</ol>"
