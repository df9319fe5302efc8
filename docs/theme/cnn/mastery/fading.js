/** Worked answers that fade: complete, one step missing, free; each time with other numbers. */

import { agree, readNumber } from "../core/answers.js";
import { written } from "../core/expression.js";
import { mulberry32 } from "../core/random.js";
import { h } from "../kit/dom.js";
import { fill } from "../kit/labels.js";
import { drawn, fresh } from "./draw.js";
import { lettersOf, stepsOf } from "./laws.js";
import { exercise, stepList, wakeUp } from "./question.js";

export class CnnFading extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    const { words, laws, why } = this.dataset;
    this.words = JSON.parse(words);
    this.laws = JSON.parse(laws);
    this.why = JSON.parse(why);
    this.body = this.querySelector(".cnn-mastery__body");
    this.addEventListener("cnn:judged", (event) => /** @type {CustomEvent} */ (event).detail.right && this.#done());
    this.show(Object.keys(this.laws)[0], 0);
  }

  disconnectedCallback() {
    this.words = null;
  }

  /** Shows a law at a level: 0 complete, 1 with a step missing, 2 free. */
  show(law, level, seed = fresh(), focus = false) {
    const { words } = this, entry = { ...this.laws[law], law }, found = drawn(entry, seed);
    this.law = law;
    this.level = level;
    this.body.replaceChildren(this.#choice(),
      h("p", { class: "cnn-mastery__head", tabindex: -1 }, `${level + 1}/${words.fading.levels.length} · ${words.fading.levels[level]}. ${words.fading.tell[level]}`),
      level < 2 ? this.#worked(entry, found, seed) : exercise(entry, found, this),
      h("p", { class: "cnn-mastery__on" }, h("button", { type: "button", "data-do": "fresh", onclick: () => this.show(law, level, fresh(), true) }, words.fading.fresh)));
    if (level === 0) this.#on();
    if (level === 2) wakeUp();
    if (focus) /** @type {HTMLElement} */ (this.body.querySelector("[tabindex='-1']")).focus();
  }

  #choice() {
    const { words } = this;
    return h("label", { class: "cnn-mastery__law" }, words.fading.law, " ", h("select", { onchange: ({ target }) => this.show(target.value, 0) },
      Object.entries(this.laws).map(([name, { title }]) => h("option", { value: name, selected: name === this.law }, title))));
  }

  #worked(entry, found, seed) {
    const { words, law } = this, [letters] = lettersOf(law, found.given), all = this.laws[law].steps;
    const ask = exercise(entry, found, this).querySelector(".cnn-exercise__ask");
    if (this.level === 0) return h("div", { class: "cnn-mastery__card" }, ask, stepList(stepsOf(entry, letters), words));
    const at = mulberry32(seed ^ 1).next().value % all.length, steps = stepsOf(entry, letters, all[at][0]);
    const field = h("input", { name: "step", inputmode: "numeric", maxlength: 12, autocomplete: "off",
      "aria-label": fill(words.fading.blank, { step: words.steps[steps[at].name] }) });
    const verdict = h("p", { class: "cnn-exercise__verdict", role: "status" });
    const judge = (event) => {
      event.preventDefault();
      const said = readNumber(field.value), right = said !== null && agree(said, steps[at].value);
      field.setAttribute("aria-invalid", String(!right));
      verdict.textContent = said === null ? words.fading.number : right ? words.fading.right
        : fill(words.fading.wrong, { expression: written(steps[at].expression, this.#names()) });
      if (right) this.#on();
    };
    return h("form", { class: "cnn-mastery__card", novalidate: true, onsubmit: judge }, ask, stepList(steps, words, field, at),
      h("p", { class: "cnn-exercise__buttons" }, h("button", { type: "submit" }, words.check)), verdict);
  }

  /** The names of the steps in words, for an expression that is shown with letters. */
  #names() {
    return Object.fromEntries(this.laws[this.law].steps.map(([name]) => [name, `(${this.words.steps[name]})`]));
  }

  #on() {
    const on = this.body.querySelector(".cnn-mastery__on");
    if (on.querySelector("[data-do=next]")) return;
    on.prepend(h("button", { type: "button", "data-do": "next", onclick: () => this.show(this.law, this.level + 1, fresh(), true) }, this.words.fading.next));
  }

  #done() {
    this.body.querySelector(".cnn-mastery__on").append(h("span", { role: "status" }, this.words.fading.done));
  }
}
