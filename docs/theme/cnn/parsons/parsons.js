/** Lines to put in order, with buttons that fingers and keys press alike; the answer says why not. */

import { h } from "../kit/dom.js";
import { fill } from "../kit/labels.js";
import { problem, rightOrders } from "./order.js";

/** The lines in an order that is not right yet. */
function mixed(lines) {
  const order = [...lines];
  do {
    for (let i = order.length - 1; i > 0; i--) {
      const j = crypto.getRandomValues(new Uint32Array(1))[0] % (i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
  } while (!problem(order));
  return order;
}

export class CnnParsons extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    this.words = JSON.parse(this.dataset.words);
    this.puzzles = JSON.parse(this.dataset.puzzles);
    this.show(this.puzzles[0].id);
  }

  /** Shows a puzzle, its lines mixed or as given. */
  show(id, lines = null) {
    const { words } = this;
    this.puzzle = this.puzzles.find((puzzle) => puzzle.id === id);
    this.lines = lines ?? mixed(this.puzzle.lines);
    this.list = h("ol", { class: "cnn-parsons__lines" });
    this.verdict = h("p", { class: "cnn-exercise__verdict", role: "status" });
    this.replaceChildren(
      h("label", { class: "cnn-parsons__choice" }, words.choose, " ", h("select", { onchange: ({ target }) => this.show(target.value) },
        this.puzzles.map(({ id: name, title }) => h("option", { value: name, selected: name === id }, title)))),
      h("p", null, words.how), this.list,
      h("p", { class: "cnn-exercise__buttons" }, h("button", { type: "button", "data-do": "check", onclick: () => this.check() }, words.check),
        h("button", { type: "button", "data-do": "mix", onclick: () => this.show(id) }, words.mix)),
      this.verdict);
    this.#draw();
  }

  #draw() {
    const { words } = this;
    let depth = 0;
    this.list.replaceChildren(...this.lines.map((line, i) => {
      const name = `${i + 1}. ${line}`, item = h("li", { "data-depth": depth },
        this.#mover("up", -1, i, fill(words.up, { line: name })), this.#mover("down", 1, i, fill(words.down, { line: name })), h("code", null, line));
      depth += Number(line.startsWith("for "));
      return item;
    }));
  }

  #mover(what, step, i, label) {
    const there = i + step, out = there < 0 || there >= this.lines.length;
    return h("button", { type: "button", "data-do": what, "aria-label": label, "aria-disabled": out ? "true" : null,
      onclick: () => out || this.move(i, there, what) }, what === "up" ? "↑" : "↓");
  }

  /** Moves a line; the focus goes with it. */
  move(from, to, what) {
    this.lines.splice(to, 0, ...this.lines.splice(from, 1));
    this.#draw();
    this.list.children[to].querySelector(`[data-do=${what}]`).focus();
    this.#say(fill(this.words.moved, { n: to + 1 }), "");
  }

  check() {
    const { words } = this, wrong = problem(this.lines);
    if (wrong) {
      this.#say(fill(wrong.name ? words.missing : words.inside, wrong), "wrong");
      return;
    }
    const { href, lesson } = this.puzzle, many = rightOrders(this.lines);
    this.#say([words.right, many > 1 ? fill(words.others, { n: many }) : ""].join(" "), "right");
    this.verdict.append(" ", h("a", { href }, fill(words.lesson, { title: lesson })));
  }

  #say(text, verdict) {
    this.verdict.textContent = text;
    if (verdict) this.dataset.verdict = verdict;
    else delete this.dataset.verdict;
  }
}
