/** The card that says where a number comes from, and leads to the line of code that made it. */

import { h } from "../kit/dom.js";
import { frameWords } from "../tables/frame.js";

const GAP = 6;
const words = frameWords.sources;

export class Card {
  #box;

  /** `back` takes the focus when Tab leaves the card, which stands at the page's end. */
  constructor(place, { enter, leave, closed, back }) {
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

  /** Shows texts, and links to the lines of these ids, beside a rectangle of the window. */
  show(texts, lines, beside) {
    const links = lines.map((line) => this.#link(document.getElementById(line)));
    this.#box.replaceChildren(...texts.map((text) => h("code", {}, text)), ...links);
    this.#box.showPopover();
    this.#place(beside);
  }

  #link(line) {
    const code = line.textContent.replace(/^(>>>|\.\.\.) /, "");
    return h("a", { href: `#${line.id}`, onclick: () => this.hide() }, words.line, " ", h("code", {}, code));
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
    const stops = [this.#box, ...this.#box.querySelectorAll("a")];
    if (event.key !== "Tab" || stops.at(event.shiftKey ? 0 : -1) !== document.activeElement) return;
    if (event.shiftKey) event.preventDefault();
    const number = back();
    this.hide();
    number.focus();
  }
}
