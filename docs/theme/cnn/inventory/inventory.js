/** The concept inventory: one form at a time, answers with reasons after the end, results as CSV. */

import { h } from "../kit/dom.js";
import { fill, label } from "../kit/labels.js";
import { save } from "../kit/save.js";
import { keep, kept } from "../kit/state.js";
import { rowOf } from "./row.js";

export class CnnInventory extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    const { words, why, key } = this.dataset;
    this.words = JSON.parse(words);
    this.why = JSON.parse(why);
    this.key = JSON.parse(key);
    this.who = this.querySelector(".cnn-inventory__who");
    this.said = this.querySelector(".cnn-inventory__said");
    this.addEventListener("change", ({ target }) => this.#changed(/** @type {HTMLInputElement} */ (target)));
    this.who.addEventListener("submit", (event) => event.preventDefault());
    this.addEventListener("click", ({ target }) => this.#act(/** @type {Element} */ (target).closest("[data-do]")?.dataset.do));
    const asked = location.hash.match(/^#form=([AB])$/)?.[1];
    if (asked) this.who.querySelector(`[value=${asked}]`).checked = true;
    this.#show();
  }

  disconnectedCallback() {
    this.words = null;
  }

  /** The letter of the form that is answered. */
  get form() {
    return this.who.elements.form.value;
  }

  get sheet() {
    return this.querySelector(`[data-form=${this.form}]`);
  }

  /** Where the answers of this form are kept. */
  get place() {
    return `${this.id}-${this.form}`;
  }

  get state() {
    const { number = "", chosen = {}, when = "" } = kept(this.place) ?? {};
    return { number: String(number), chosen, when: String(when) };
  }

  /** The places chosen, item by item; −1 where none is. */
  get chosen() {
    return this.key[this.form].map((_, n) => Number(this.sheet.querySelector(`[name=${this.form}${n}]:checked`)?.value ?? -1));
  }

  #show() {
    const { number, chosen, when } = this.state;
    for (const sheet of this.querySelectorAll("[data-form]")) sheet.hidden = sheet !== this.sheet;
    this.who.elements.number.value = number || this.who.elements.number.value;
    for (const field of this.sheet.querySelectorAll("[type=radio]")) field.checked = String(chosen[field.name]) === field.value;
    this.said.textContent = "";
    this.sure = "";
    this.#ended(when);
  }

  /** Changes what is kept, as it stands there. */
  #keep(change) {
    const state = this.state;
    change(state);
    if (!keep(this.place, state)) this.said.textContent = this.words.notKept ?? label("notKept");
  }

  #changed(field) {
    this.sure = "";
    if (field.name === "form") this.#show();
    else if (field.name === "number") this.#keep((state) => { state.number = field.value; });
    else this.#keep((state) => { state.chosen[field.name] = field.value; });
  }

  #act(what) {
    if (what === "finish") this.#finish();
    if (what === "csv") save(new Blob([this.csv()], { type: "text/csv" }), `inventory-${this.form}.csv`);
    if (what === "again") this.#again();
  }

  #finish() {
    const left = this.chosen.filter((place) => place < 0).length;
    if (left && this.sure !== "finish") {
      this.sure = "finish";
      this.said.textContent = fill(this.words.left, { n: left });
      return;
    }
    this.#keep((state) => { state.when = new Date().toISOString().slice(0, 10); });
    this.#ended(new Date().toISOString().slice(0, 10));
  }

  #again() {
    if (this.sure !== "again") {
      this.sure = "again";
      this.said.textContent = this.words.sure;
      return;
    }
    keep(this.place, {});
    this.#show();
  }

  /** Before the end nothing tells what is right; after it every item says why, and is fixed. */
  #ended(when) {
    const { words, chosen } = this, key = this.key[this.form];
    this.when = when;
    for (const [what, hidden] of [["finish", when], ["csv", !when], ["again", !when]]) this.querySelector(`[data-do=${what}]`).hidden = Boolean(hidden);
    [...this.sheet.querySelectorAll("li[data-item]")].forEach((item, n) => {
      const mistake = key[n].choices[chosen[n]], right = mistake === "", verdict = mistake === undefined ? words.blank : right ? words.right : words.wrong;
      item.querySelector("fieldset").disabled = Boolean(when);
      if (when) item.dataset.right = String(right);
      else delete item.dataset.right;
      item.querySelector(".cnn-inventory__why").replaceChildren(...(when
        ? [h("b", null, `${right ? "✓" : "✗"} ${verdict}.`), " ", right ? "" : `${this.why[mistake] ?? ""} ${fill(words.answer, key[n])}`] : []));
    });
    const right = key.filter(({ choices }, n) => choices[chosen[n]] === "").length;
    if (when) this.said.textContent = fill(words.score, { all: key.length, right });
  }

  /** The result: a line of names and a line of values. */
  csv() {
    return rowOf({ number: this.who.elements.number.value, form: this.form, date: this.when }, this.key[this.form], this.chosen);
  }
}
