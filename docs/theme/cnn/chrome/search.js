/** The search at work: fetches the index once, and shows what a query finds as links. */

import { Index } from "./find.js";
import { frameWords } from "../tables/frame.js";
import { h } from "../kit/dom.js";

const MOST = 12;

export class Search {
  #found = [];
  #index = null;
  #wanted = false;

  constructor(element) {
    this.element = element;
    this.field = element.querySelector("input");
    this.box = element.querySelector(".cnn-search__found");
    this.count = element.querySelector(".cnn-search__count");
    this.list = element.querySelector(".cnn-search__list");
  }

  /** @param {boolean} entered whether Enter was pressed before this script was there */
  start(entered) {
    this.field.addEventListener("input", () => this.show());
    this.field.addEventListener("focus", () => this.show());
    this.field.addEventListener("keydown", (event) => this.#keys(event));
    this.list.addEventListener("keydown", (event) => this.#move(event));
    return entered ? this.#enter() : this.show();
  }

  async #fetch() {
    const answer = await fetch(this.element.dataset.index);
    if (!answer.ok) throw new Error(String(answer.status));
    return new Index(await answer.json());
  }

  /** Shows what the field asks for, as soon as the index is there. */
  async show() {
    const asked = this.field.value;
    if (!this.#index) {
      if (asked.trim()) this.#say(frameWords.loading);
      this.#index = this.#fetch();
    }
    try {
      const index = await this.#index;
      if (asked === this.field.value) this.#list(index.find(asked, MOST), asked);
    } catch {
      this.#index = null;
      if (asked.trim()) this.#say(frameWords.lost);
    }
  }

  #say(words) {
    this.box.hidden = false;
    this.count.textContent = words;
    this.list.replaceChildren();
  }

  #list(found, asked) {
    this.#found = found;
    if (!asked.trim()) {
      this.box.hidden = true;
      return;
    }
    this.#say(found.length ? frameWords.found.replace("{n}", found.length) : frameWords.none);
    this.list.replaceChildren(...found.map((each) => h("li", {}, this.#link(each))));
    if (this.#wanted) this.#open();
  }

  #link({ url, page, heading, excerpt }) {
    const title = heading && heading !== page ? [h("b", {}, heading), h("small", {}, page)] : [h("b", {}, page)];
    return h("a", { href: this.element.dataset.root + url }, title,
      h("span", {}, excerpt.map(([text, hit]) => (hit ? h("mark", {}, text) : text))));
  }

  /** Enter opens the best section, also when it is pressed before the index has come. */
  async #keys(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.list.querySelector("a")?.focus();
    }
    if (event.key !== "Enter" || !this.field.value.trim()) return;
    event.preventDefault();
    await this.#enter();
  }

  async #enter() {
    this.#wanted = true;
    await this.show();
    this.#wanted = false;
  }

  #open() {
    this.#wanted = false;
    this.list.querySelector("a")?.click();
    if (this.#found.length) this.box.hidden = true;      // a section of this very page
  }

  #move(event) {
    const links = [...this.list.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || here < 0) return;
    event.preventDefault();
    (links[here + step] ?? (step < 0 ? this.field : links.at(-1))).focus();
  }
}
