/** A drawn question as an exercise of the page, which judges it, and its worked answer. */

import { h } from "../kit/dom.js";
import { fill } from "../kit/labels.js";
import { pairsOf, sumOf } from "./answers.js";
import { lettersOf, stepsOf } from "./laws.js";

const tuple = (numbers) => `(${numbers.join(", ")})`;

/** A value as it stands in a sentence: 3, (1, 3, 8), (3, 1), (2, 2). */
const said = (value) => (!Array.isArray(value) ? String(value)
  : Array.isArray(value[0]) ? value.map(tuple).join(", ") : tuple(value));

/** Text with its `code`. */
const withCode = (text) => text.split("`").map((part, i) => (i % 2 ? h("code", null, part) : part));

function asked({ ask }, given) {
  const { input = [] } = given;
  const parts = { ...given, channels: input[1], features: input.at?.(-1) };
  return fill(ask, Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, said(value)])));
}

/** The matrices that a question is about. */
function matrices({ shown }, given, words) {
  const found = Object.entries(given).filter(([name, value]) =>
    Array.isArray(value?.[0]) && name !== "layers" && (shown ?? [name]).includes(name));
  return found.length ? h("div", { class: "cnn-exercise__given" }, found.map(([name, rows]) =>
    h("table", { class: "cnn-mastery__matrix" }, h("caption", null, words.given[name]),
      h("tbody", null, rows.map((row) => h("tr", null, row.map((value) => h("td", null, String(value).replace("-", "−")))))))))
    : null;
}

const bracketed = (value) => (value < 0 ? `(−${-value})` : String(value));

/** [{name, text, value}] of the way to the answer. */
export function wayTo({ kind, law }, laws, given) {
  if (law) return lettersOf(law, given).flatMap((letters) => stepsOf(laws[law], letters));
  const pairs = pairsOf(kind, given);
  return pairs ? [{ name: "sum", text: pairs.map((pair) => pair.map(bracketed).join(" · ")).join(" + "), value: sumOf(pairs) }] : [];
}

/** The steps as a list; `blank` stands in the place of one's value. */
export const stepList = (steps, words, blank, at = -1) => h("ol", { class: "cnn-mastery__steps" }, steps.map(({ name, text, value }, i) =>
  h("li", null, h("span", null, words.steps[name]), " ", h("span", { class: "cnn-mastery__work" }, `${text} = `, i === at ? blank : h("b", null, String(value).replace("-", "−"))))));

/** The exercise element; it is judged by the page's own judge, and keeps nothing by itself. */
export function exercise(entry, { given, answer, wrong }, { words, why, laws }) {
  const { form, kind } = entry;
  const spec = { kind, form, answer, wrong: wrong.map(([name, value]) => [value, why[name]]) };
  return h("cnn-exercise", { spec: JSON.stringify(spec) },
    h("div", { class: "cnn-exercise__ask" }, h("p", null, withCode(asked(entry, given))), matrices(entry, given, words)),
    h("form", { novalidate: true },
      h("label", null, words.answerLabel[form], " ", h("input", { name: "answer", autocomplete: "off", autocapitalize: "off",
        spellcheck: "false", maxlength: 80, inputmode: form === "number" && !/cell|inner/.test(kind) ? "decimal" : "text" })),
      h("p", { class: "cnn-exercise__buttons" }, h("button", { type: "submit" }, words.check), h("button", { type: "reset" }, words.clear)),
      h("p", { class: "cnn-exercise__verdict", role: "status" })),
    h("details", { class: "cnn-exercise__answer" }, h("summary", null, words.fold), stepList(wayTo(entry, laws, given), words),
      h("p", null, `${words.answer}: `, h("strong", null, said(answer).replace("-", "−")))));
}

/** Lets the page's own script bring a new exercise to life. */
export const wakeUp = () => document.dispatchEvent(new Event("cnn:added"));
