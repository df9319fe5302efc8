/** The controls of a settings panel: whole numbers (one or one an axis), choices, switches. */

import { h } from "./dom.js";

let count = 0;
const fresh = () => `cnn-field-${++count}`;

const joined = (value) => [].concat(value ?? "").join(", ");

/** "2" -> 2, "1, 2" -> [1, 2], a word from `words` -> itself, anything else -> null. */
export function readNumbers(text, words = []) {
  const plain = text.trim().replace(/^'|'$/g, "");
  if (words.includes(plain)) return plain;
  const parts = plain.split(/[\s,×x]+/).filter(Boolean);
  if (!parts.length || parts.length > 3 || !parts.every((part) => /^[-\u2212]?\d{1,4}$/.test(part))) return null;
  const numbers = parts.map((part) => Number(part.replace("\u2212", "-")));
  return numbers.every((number) => number === numbers[0]) ? numbers[0] : numbers;
}

/**
 * Minus, text, plus. `take` gets a number, a list of up to `rank` numbers, or a word; what cannot
 * be shown is put back, and a word beside the field says so.
 */
export function numberField({ t, name, value, least = 0, most = 99, rank = 1, words = [], take, say = (_words) => {} }) {
  const id = fresh(), shown = { value };
  const input = h("input", { id, type: "text", inputmode: "numeric", autocomplete: "off", class: "cnn-number",
    "aria-describedby": `${id}-word` });
  const word = h("span", { id: `${id}-word`, class: "cnn-word" });
  const fits = (next) => words.includes(next) || (next != null && typeof next !== "string"
    && [1, rank].includes([].concat(next).length) && [].concat(next).every((number) => number >= least && number <= most));
  const refuse = (text) => {
    const either = words.map((each) => `'${each}'`).join(", ");
    const rule = t(either ? "betweenOr" : "between", { a: least, b: most, words: either });
    word.textContent = t("cannotShow", { v: text, rule });
    say(word.textContent);
  };
  const put = (next, text = joined(next)) => {
    word.textContent = "";
    if (!fits(next)) refuse(text);
    else if (joined(next) !== joined(shown.value)) {
      shown.value = next;
      take(next);
    }
    input.value = joined(shown.value);
  };
  const by = (amount) => () => {
    const from = typeof shown.value === "string" ? (amount > 0 ? least - 1 : least + 1) : shown.value;
    put(Array.isArray(from) ? from.map((number) => number + amount) : from + amount);
  };
  input.addEventListener("change", () => put(readNumbers(input.value, words), input.value));
  input.addEventListener("keydown", (event) => {
    const amount = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!amount) return;
    event.preventDefault();
    by(amount)();
  });
  input.value = joined(value);
  const turn = (text, label, amount) => h("button",
    { type: "button", class: "cnn-turn", "aria-label": label, onclick: by(amount) }, text);
  const node = h("div", { class: "cnn-field" }, h("label", { for: id }, name),
    h("div", { class: "cnn-spin" }, turn("\u2212", t("less", { name }), -1), input,
      turn("+", t("more", { name }), 1)), word,
    words.length > 0 && h("div", { class: "cnn-words" }, words.map((each) =>
      h("button", { type: "button", class: "cnn-chip", onclick: () => put(each) }, each))));
  return { node, set: (next) => { shown.value = next; input.value = joined(next); } };
}

/**
 * A list to choose from: options are [value, text].
 * @param {{name: string, value?: string, options: string[][], take: (chosen: string) => void}} field
 */
export function choiceField({ name, value, options, take }) {
  const id = fresh();
  const select = h("select", { id, class: "cnn-select", onchange: () => take(select.value) },
    options.map(([key, text]) => h("option", { value: key }, text)));
  select.value = value;
  const node = h("div", { class: "cnn-field" }, h("label", { for: id }, name), select);
  return { node, set: (next) => { select.value = next; } };
}

/**
 * A switch.
 * @param {{name: string, value?: boolean, take: (on: boolean) => void}} field
 */
export function flagField({ name, value, take }) {
  const box = h("input", { type: "checkbox", class: "cnn-check", onchange: () => take(box.checked) });
  box.checked = value;
  const node = h("label", { class: "cnn-field cnn-flag" }, box, name);
  return { node, set: (next) => { box.checked = next; } };
}
