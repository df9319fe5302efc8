/**
 * What every figure shares: its spec, the reader's changes to it, where they are kept, the row of
 * tools under it, and the voice that says what changed. A subclass computes and draws.
 */

import { Refusal } from "../core/check.js";
import { h, iconButton } from "./dom.js";
import { label } from "./labels.js";
import { fromAddress, keep, kept, toAddress, writeAddress } from "./state.js";
import { tensor } from "../core/tensor.js";
import { sleepNoMore, wake, wakeWhenNear } from "./wake.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** What a reader's change may be, so that a link made by hand cannot break a page. */
export const may = {
  whole: (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most,
  axes: (least, most) => (value) => [].concat(value).length <= 3
    && [].concat(value).every(may.whole(least, most)),
  word: (...words) => (value) => words.includes(value),
  flag: (value) => typeof value === "boolean",
  grid: (axes, most = 4096) => (value) => {
    const read = Array.isArray(value) ? tensor(value) : null;
    return Boolean(read) && read.shape.length <= axes && read.data.length > 0
      && read.data.length <= most && read.data.every((number) => Math.abs(number) <= 1e6);
  },
  text: (most) => (value) => typeof value === "string" && value.length <= most,
};

export class CnnElement extends HTMLElement {
  /** The spec's keys that a reader may change, each with its test. */
  static keys = {};
  static observedAttributes = ["spec"];

  #page = null;
  #changes = {};
  #saving = 0;
  #frame = 0;

  connectedCallback() {
    if (!this.#page) wakeWhenNear(this, () => this.#read(this.getAttribute("spec")));
  }

  disconnectedCallback() {
    sleepNoMore(this);
    clearTimeout(this.#saving);
    this.pause?.();
  }

  attributeChangedCallback(name, before, after) {
    if (this.#page && before !== after) this.#read(after);
  }

  #read(text) {
    let spec;
    try {
      spec = JSON.parse(text);
    } catch {
      return;                                // the still figure stays
    }
    const fresh = !this.#page;
    this.#page = spec;
    this.#changes = {};
    this.t = label;
    if (fresh) {
      this.build();
      this.classList.add("cnn-live");
      this.#restore();
    }
    this.update();
  }

  #restore() {
    if (!this.id) return;
    const { changes, broken } = fromAddress(this.id);
    const wanted = changes ?? (broken ? null : kept(this.id));
    if (wanted && this.#fits(wanted)) {
      this.#changes = wanted;
      if (!changes) this.note(this.t("kept"));
    } else if (changes || broken) {
      this.note(this.t("nonsense"));
    }
  }

  #fits(changes) {
    const { keys } = this.constructor;
    return Object.entries(changes).every(([key, value]) => Object.hasOwn(keys, key) && keys[key](value))
      && this.accepts({ ...this.#page, ...changes });
  }

  /** Whether a combination of single good values can be shown; a subclass may say no. */
  accepts() {
    return true;
  }

  /** The spec shown now: the page's own with the reader's changes. Plain JSON, a copy. */
  get spec() {
    wake(this);
    return structuredClone({ ...this.#page, ...this.#changes });
  }

  /** The numbers are new at once, the drawing with the next frame. */
  set spec(spec) {
    wake(this);
    this.#page = structuredClone(spec);
    this.#changes = {};
    this.compute();
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.update());
    this.#tell();
  }

  /** The numbers shown now: input, padded input, kernel, output, shapes. Plain JSON. */
  get values() {
    wake(this);
    return this.shown();
  }

  /** Takes a reader's changes: shows them, keeps them, tells listeners. `light` only moves. */
  change(changes, light = false) {
    wake(this);
    const all = { ...this.#changes, ...changes };
    this.#changes = Object.fromEntries(
      Object.entries(all).filter(([key, value]) => !same(value, this.#page[key])));
    if (light) this.point();
    else this.update();
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), 400);
    this.#tell();
  }

  #save() {
    if (!this.id) return;
    keep(this.id, this.#changes);
    writeAddress(this.id, this.#changes);
  }

  #tell() {
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Sets `result`, or `refusal` where cnnlib would refuse; `law` computes. */
  attempt(law) {
    this.result = this.refusal = null;
    try {
      this.result = law();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refusal = error;
      this.pause?.();
    }
  }

  /** Whether a spec can be shown, be it as a refusal; `inside(result)` may say more. */
  shows(law, inside) {
    try {
      return inside(law());
    } catch (error) {
      return error instanceof Refusal;
    }
  }

  /** The refusal in the page's words and in cnnlib's; greys the drawing that no longer holds. */
  refuse() {
    this.figure.classList.toggle("cnn-impossible", !this.result);
    if (!this.refusal) return [];
    const why = `${this.t("impossible")} ${this.t("why." + this.refusal.reason)}`;
    this.say(why);
    return [h("p", { class: "cnn-why" }, why), h("code", { class: "cnn-error" }, this.refusal.message)];
  }

  /** Back to the figure as the page has it. */
  reset() {
    this.pause?.();
    this.#changes = {};
    this.update();
    this.#save();
    this.#tell();
    this.note();
    this.say(this.t("reset"));
  }

  async copy() {
    const address = `${location.origin}${toAddress(this.id, this.#changes)}#${this.id}`;
    try {
      await navigator.clipboard.writeText(address);
      this.note(this.t("copied"));
    } catch {
      this.note(this.t("link"), h("input", { class: "cnn-text", readonly: true, value: address,
        "aria-label": this.t("link"), onfocus: (event) => event.target.select() }));
    }
  }

  /** Puts the controls under the figure, which they share a frame with. */
  install(controls) {
    this.figure = this.querySelector("figure");
    this.caption = this.figure.querySelector("figcaption");
    this.statusLine = h("div", { class: "cnn-status" });
    this.liveLine = h("p", { class: "cnn-unseen", "aria-live": "polite" });
    this.ui = h("div", { class: "cnn-ui" }, controls, this.statusLine, this.liveLine);
    this.figure.append(this.ui);
  }

  /** Puts a new drawing in the figure; the focus stays on the same cell of the same plane. */
  redraw(draw) {
    const focused = document.activeElement?.closest?.(".c"), svg = focused?.closest("svg");
    const again = svg && this.contains(svg) && `[data-role=${svg.dataset.role}][data-channel="${svg.dataset.channel}"] `
      + `.c[data-r="${focused.dataset.r}"][data-c="${focused.dataset.c}"]`;
    const body = draw().flat().filter(Boolean);
    this.figure.replaceChildren(...body, ...(this.caption ? [this.caption] : []), this.ui);
    if (again) this.figure.querySelector(again)?.focus();
  }

  /** The link and reset buttons, for a subclass to place. */
  tools() {
    return [iconButton("copy", this.t("copy"), () => this.copy()),
      iconButton("reset", this.t("reset"), () => this.reset())];
  }

  /** A word about where the state came from, or the link. */
  note(...words) {
    this.noted = words;
    this.statusLine.replaceChildren(...words);
    this.say(this.statusLine.textContent);
  }

  /** What the reader is pointing at; the note comes back when it is nothing. */
  status(words) {
    this.statusLine.replaceChildren(...(words ? [words] : this.noted ?? []));
  }

  say(words) {
    this.liveLine.textContent = words;
  }
}
