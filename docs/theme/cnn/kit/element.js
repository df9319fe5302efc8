/**
 * What every figure shares: its spec, the reader's changes to it, and where they are kept. A subclass
 * computes and plans a drawing; the first one is Python's, taken over as it stands, and only a change
 * draws anew.
 */

import { Refusal } from "../core/check.js";
import { h, iconButton } from "./dom.js";
import { Framed } from "./framed.js";
import { fromAddress, keep, kept, toAddress, writeAddress } from "./state.js";
import { sizes } from "../tables/sizes.js";
import { sleepNoMore, wake, wakeWhenNear } from "./wake.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const unsaved = new Set();
const saveAll = () => [...unsaved].forEach((element) => element.save());
addEventListener("pagehide", saveAll);
document.addEventListener("visibilitychange", () => document.hidden && saveAll());

export class CnnElement extends Framed {
  /**
   * The spec's keys that a reader may change, each with its test.
   * @type {Record<string, (value: any) => boolean>}
   */
  static keys = {};
  static observedAttributes = ["spec"];

  #page = null;
  #changes = {};
  #shown = null;
  #saving = 0;
  #frame = 0;
  #first = null;

  connectedCallback() {
    if (!this.#page) wakeWhenNear(this, () => this.#read(this.getAttribute("spec")));
  }

  disconnectedCallback() {
    sleepNoMore(this);
    if (unsaved.has(this)) this.save();
    this.pause();
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
    this.#set({});
    if (fresh) {
      this.build();
      this.classList.add("cnn-live");
      this.#restore();
    }
    this.update(fresh && !Object.keys(this.#changes).length);
  }

  #set(changes) {
    this.#changes = changes;
    this.#shown = { ...this.#page, ...changes };
  }

  #restore() {
    if (!this.id) return;
    const { changes, broken } = fromAddress(this.id);
    const wanted = changes ?? (broken ? null : kept(this.id));
    if (wanted && this.#fits(wanted)) {
      this.#set(wanted);
      if (!changes) this.note(this.t("kept"));
    } else if (changes || broken) {
      this.note(this.t("nonsense"));
    }
  }

  #fits(changes) {
    const { keys } = /** @type {typeof CnnElement} */ (this.constructor);
    return Object.entries(changes).every(([key, value]) => Object.hasOwn(keys, key) && keys[key](value))
      && this.accepts({ ...this.#page, ...changes });
  }

  /**
   * Whether a combination of single good values can be shown; a subclass may say no.
   * @param {object} _spec
   */
  accepts(_spec) {
    return true;
  }

  /** For a subclass: puts its controls under the figure. */
  build() {}

  /** For a subclass: sets `result`, or `refusal`, of the spec shown now. */
  compute() {}

  /** For a subclass: {grids, lines, nodes()} of what the drawing consists of. */
  plan() {
    return null;
  }

  /**
   * For a subclass: lets the controls say what is shown, and why nothing can be.
   * @param {Node[]} _refusal
   */
  sync(_refusal) {}

  /** For a subclass: marks the place that the reader is at. */
  point() {}

  /** For a subclass: the numbers shown now. */
  shown() {
    return null;
  }

  /** For a subclass: how many cells it draws. */
  cells() {
    return 0;
  }

  /** For a subclass: stops what moves by itself. */
  pause() {}

  /** The spec shown now, for reading only: the page's own with the reader's changes. */
  get now() {
    return this.#shown;
  }

  /** The spec shown now, as a copy in plain JSON. */
  get spec() {
    wake(this);
    return structuredClone(this.#shown);
  }

  /** The numbers are new at once, the drawing with the next frame. */
  set spec(spec) {
    wake(this);
    this.#page = structuredClone(spec);
    this.#set({});
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

  /** Computes, and shows what came out; the first time in the drawing that stands there. */
  update(adopt = false) {
    this.compute();
    const told = this.refuse(), plan = this.result ? this.plan() : null;
    const taken = adopt && plan && this.#adopt(plan);
    if (plan && !taken) this.redraw(plan.nodes);
    this.sync(told);
    this.point();
    if (taken) for (const part of [...plan.grids, ...plan.lines]) part.settle();
    this.#caption();
  }

  /** Gives the planned grids and lines the nodes that Python drew; false where it drew others. */
  #adopt({ grids, lines }) {
    const drawn = (what) => [...this.figure.querySelectorAll(`:scope > :not(.cnn-ui) ${what}, :scope > ${what}`)];
    const svgs = drawn("svg.cnn-grid:not(.cnn-matrix)"), sums = drawn("p.cnn-sum");
    if (svgs.length !== grids.length || sums.length !== lines.length || !this.figure.firstElementChild?.matches(":not(.cnn-ui)")) return false;
    grids.forEach((grid, i) => grid.adopt(svgs[i]));
    lines.forEach((line, i) => line.adopt(sums[i]));
    return true;
  }

  /** Says of the page's own sentence that it is about the page's own figure. */
  #caption() {
    if (!this.caption) return;
    this.#first ??= h("span", { class: "cnn-first" }, this.t("captionOfFirst"), " ");
    if (Object.keys(this.#changes).length) this.caption.prepend(this.#first);
    else this.#first.remove();
  }

  /** Takes a reader's changes: shows them, keeps them, tells listeners. `light` only moves. */
  change(changes, light = false) {
    wake(this);
    const before = this.#changes, all = { ...before, ...changes };
    this.#set(Object.fromEntries(
      Object.entries(all).filter(([key, value]) => !same(value, this.#page[key]))));
    if (!light && this.#tooLarge(before)) return;
    if (light) {
      this.point();
      this.#caption();
    } else this.update();
    unsaved.add(this);
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), 400);
    this.#tell();
  }

  /** Refuses a change that would draw more cells than a page bears, with a word. */
  #tooLarge(before) {
    const cells = this.cells();
    this.compute();
    const wanted = this.result ? this.cells() : 0;
    if (wanted <= Math.max(sizes.mostCells, cells)) return false;
    this.#set(before);
    this.update();
    this.note(this.t("tooLarge", { n: wanted.toLocaleString("en-US"), most: sizes.mostCells.toLocaleString("en-US") }));
    return true;
  }

  /** Keeps the changes: in this browser, and in the address. */
  save() {
    clearTimeout(this.#saving);
    unsaved.delete(this);
    if (!this.id) return;
    if (!keep(this.id, this.#changes)) this.note(this.t("notKept"));
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
      this.pause();
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

  /** Back to the figure as the page has it. */
  reset() {
    this.pause();
    this.#set({});
    this.update();
    this.save();
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

  /** The link and reset buttons, for a subclass to place. */
  tools() {
    return [iconButton("copy", this.t("copy"), () => this.copy()),
      iconButton("reset", this.t("reset"), () => this.reset())];
  }
}
