/**
 * Numbers that say where they come from. One that is pointed at, tapped or focused shows a card with
 * the expression that gives it, which leads to the line of the page's code that made it.
 *
 * No number takes the focus at first, as a page has a hundred. While the switch is on all of them
 * are marked, and each is a button: Tab reaches one in a paragraph, arrow keys the next and the last.
 * A formula stays a formula, and takes the focus for all of its numbers.
 */

import { Card } from "./card.js";
import { choose, chosen, whenChosenElsewhere } from "../kit/setting.js";

const BLOCK = "p, li, table, dd, h1, h2, h3, h4, .math";
const OTHERS = "a, summary, label, button";    // a number in one of these must not act for itself
const PATIENCE = 250;
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Asked {
  #rows;
  #words;
  #switch;
  #stops;                                      // what takes the focus while the switch is on
  #number = null;                              // the one whose card is open
  #pinned = false;
  #timer = 0;

  /**
   * `rows` are (text, where it leads, whether it is quoted), `runs` says where in a row's text the
   * expression begins that can be evaluated on the page, `words` are those of the page's language.
   */
  constructor(article, { rows, runs, words }) {
    this.article = article;
    this.#rows = rows.map((row, at) => Object.assign(row, { code: runs[at] === null ? "" : row[0].slice(runs[at]) }));
    this.#words = words;
    this.#switch = article.querySelector(".cnn-asking");
    const stops = [...article.querySelectorAll("[data-from]")].map((number) => number.closest("math") ?? number);
    this.#stops = [...new Set(stops)].filter((stop) => !stop.closest(OTHERS));
    this.card = new Card(article, words, { enter: () => clearTimeout(this.#timer), leave: () => this.#leave(),
      closed: () => this.#closed(), back: () => this.#number, evaluate: (code) => this.#evaluate(code) });
    article.addEventListener("keydown", (event) => this.#key(event));
    article.addEventListener("focusin", (event) => this.#focused(event));
    article.addEventListener("focusout", ({ relatedTarget }) => this.#pinned || this.card.holds(relatedTarget) || this.#hide());
    whenChosenElsewhere("sources", (state) => this.#turn(state === "on"));
    this.#turn(chosen("sources") === "on");
  }

  /** Answers a click on the switch or on a number, and a pointer that comes or goes. */
  hear({ type, target, pointerType, detail }) {
    if (target.closest(".cnn-asking")) return type === "click" && this.#press();
    const number = target.closest("[data-from]");
    if (type === "click") return this.#click(number, !detail);
    if (pointerType === "touch") return null;
    return type === "pointerout" ? this.#leave() : this.#later(() => this.#show(number));
  }

  /** Shows the card of what the keys reach; not again when the focus comes back from the card. */
  #focused({ target, relatedTarget }) {
    const reached = this.#stops.includes(target) && target.matches(":focus-visible");
    if (reached && !this.card.holds(relatedTarget)) this.#show(target);
  }

  #press() {
    const on = this.#switch.getAttribute("aria-checked") !== "true";
    this.#turn(on);
    choose("sources", on ? "on" : "off");
  }

  #turn(on) {
    this.#switch.setAttribute("aria-checked", String(on));
    this.article.classList.toggle("cnn-asks", on);
    const blocks = new Set();
    for (const stop of this.#stops) {
      const block = stop.closest(BLOCK), first = !blocks.has(block);
      blocks.add(block);
      const rows = this.#of(stop).map((row) => this.card.said(row));
      const description = `${this.#words.card}: ${rows.join("; ")}`;
      const button = stop.localName === "math" ? {} : { role: "button", "aria-haspopup": "dialog" };
      for (const [name, value] of Object.entries({ tabindex: first ? "0" : "-1", "aria-description": description, ...button })) {
        if (on) stop.setAttribute(name, value);
        else stop.removeAttribute(name);
      }
    }
  }

  /** The row of a number, or the rows of all numbers of a formula. */
  #of(asked) {
    const numbers = [asked, ...asked.querySelectorAll("[data-from]")];
    return [...new Set(numbers.map((number) => number.dataset.from).filter(Boolean))].map((row) => this.#rows[row]);
  }

  #click(number, byKey) {
    if (number.closest(OTHERS) || !getSelection().isCollapsed) return;
    // A card tells a moment later that it has closed: a click on its number has just closed it, while
    // a key finds it closed only after Escape, and then asks anew.
    const again = this.#pinned && this.#number === number && (this.card.open || !byKey);
    if (again) return this.#hide();
    this.#show(number);
    this.#pinned = true;
    if (byKey) this.card.focus();
  }

  #show(number) {
    clearTimeout(this.#timer);
    if (this.#number === number && this.card.open) return;
    this.card.show(this.#of(number), number.getClientRects()[0]);
    this.#number = number;
    this.#pinned = false;
  }

  /** Asks for a cell with the expression, under what the number stands in. */
  #evaluate(code) {
    const number = this.#number;
    this.#hide();
    number.dispatchEvent(new CustomEvent("cnn:evaluate", { bubbles: true, detail: code }));
  }

  #later(run) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(run, PATIENCE);
  }

  #leave() {
    this.#later(() => this.#pinned || this.card.holds(document.activeElement) || this.#hide());
  }

  #hide() {
    clearTimeout(this.#timer);
    this.card.hide();
    this.#closed();
  }

  #closed() {
    this.#number = null;
    this.#pinned = false;
  }

  #key(event) {
    const number = event.target;
    if (!number.hasAttribute("aria-description") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") this.#click(number, true);
    else if (event.key in STEPS) this.#step(number, STEPS[event.key]);
    else return;
    event.preventDefault();
  }

  /** Moves the focus to the next number, which Tab then reaches in its paragraph. */
  #step(number, by) {
    const next = this.#stops[this.#stops.indexOf(number) + by];
    if (!next) return;
    const block = next.closest(BLOCK);
    for (const each of this.#stops) if (each.closest(BLOCK) === block) each.tabIndex = each === next ? 0 : -1;
    next.focus({ focusVisible: true });
  }
}
