/** The card that says where a number comes from, and leads to the line of code that made it. */

import { h } from "../kit/dom.js";

const GAP = 6;

export class Card {
  #box;
  #words;
  #evaluate;

  /** `back` takes the focus when Tab leaves the card, which stands at the page's end. */
  constructor(place, words, { enter, leave, closed, back, evaluate }) {
    this.#words = words;
    this.#evaluate = document.querySelector("meta[name=cnn-run]") && evaluate;   // not where Python is missing
    const closes = ({ newState }) => newState === "closed" && !this.open && closed();
    this.#box = h("div", { class: "cnn-source", popover: "auto", role: "dialog", tabindex: "-1", "aria-label": words.card,
      onpointerenter: enter, onpointerleave: leave, ontoggle: closes, onkeydown: (event) => this.#tabOut(event, back) });
    place.append(this.#box);
  }

  get open() {
    return this.#box.matches(":popover-open");
  }

  holds(node) {
    return this.#box.contains(node);
  }

  focus() {
    this.#box.focus();
  }

  hide() {
    if (this.open) this.#box.hidePopover();
  }

  /** What a row says, in the card and to a screen reader. */
  said([text, , quoted]) {
    return quoted ? `${this.#words.quoted} ${text}` : text;
  }

  /** Shows rows of the table, (text, where it leads, whether it is quoted), beside a rectangle. */
  show(rows, beside) {
    const texts = rows.map((row) => h(row[2] ? "p" : "code", {}, this.said(row)));
    const links = rows.filter(([, address]) => address).map(([text, address]) => this.#link(text, address));
    const runs = this.#evaluate ? rows.filter(({ code }) => code).map(({ code }) => this.#run(code)) : [];
    this.#box.replaceChildren(...texts, ...links, ...runs);
    this.#box.showPopover();
    this.#place(beside);
  }

  #run(code) {
    return h("button", { type: "button", class: "cnn-source__run", onclick: () => this.#evaluate(code) }, this.#words.evaluate);
  }

  #link(text, address) {
    const line = address.startsWith("#line-") && document.getElementById(address.slice(1));
    const code = line && h("code", {}, line.textContent.replace(/^(>>>|\.\.\.) /, ""));
    const to = address.startsWith("#") ? this.#words.figure : text;
    return h("a", { href: address, onclick: () => this.hide() }, line ? [this.#words.line, " ", code] : to);
  }

  /** Under the number, or above it where there is no room; the card scrolls with the text. */
  #place(beside) {
    const { width, height } = this.#box.getBoundingClientRect(), { clientWidth, clientHeight } = document.documentElement;
    const below = beside.bottom + GAP + height <= clientHeight;
    const left = Math.max(GAP, Math.min(beside.left, clientWidth - width - GAP));
    const top = below ? beside.bottom + GAP : Math.max(GAP, beside.top - GAP - height);
    this.#box.style.left = `${left + scrollX}px`;
    this.#box.style.top = `${top + scrollY}px`;
  }

  #tabOut(event, back) {
    const stops = [this.#box, ...this.#box.querySelectorAll("a, button")];
    if (event.key !== "Tab" || stops.at(event.shiftKey ? 0 : -1) !== document.activeElement) return;
    if (event.shiftKey) event.preventDefault();
    const number = back();
    this.hide();
    number.focus();
  }
}
