/** <cnn-conv>: step through a convolution, one output cell or one product at a time. */

import { conv, feeds } from "../core/arith.js";
import { ConvPanel } from "./conv-panel.js";
import { ConvView } from "./conv-view.js";
import { h } from "../kit/dom.js";
import { CnnElement } from "../kit/element.js";
import { may } from "../kit/may.js";
import { lawLines } from "../view/law.js";
import { Player } from "../view/player.js";
import { edited, expand, nest, offset, product, show, tensor, tuple } from "../core/tensor.js";

const MOST = 4e6;                            // products that a shared link may ask for

export class CnnConv extends CnnElement {
  static editable = true;
  /** @type {Record<string, (value: any) => boolean>} */
  static keys = {
    input: may.grid(4), weight: may.grid(5, 2048), bias: may.none(may.grid(1, 16)),
    stride: may.axes(0, 99), dilation: may.axes(0, 99), groups: may.whole(0, 16),
    padding: (value) => may.word("same", "valid")(value) || may.axes(0, 16)(value),
    padding_mode: may.word("zeros", "reflect", "replicate", "circular"),
    flip: may.flag, at: may.none(may.axes(0, 999)), term: may.none(may.whole(0, 4095)),
  };

  build() {
    const { t } = this;
    this.player = new Player({ t, count: () => this.#count(), get: () => this.#place(),
      go: (place) => this.#go(place), name: () => this.#name() });
    this.byTerms = h("button", { type: "button", class: "cnn-chip", "aria-pressed": "false",
      onclick: () => this.change({ term: this.now.term == null ? 0 : null, at: this.cell ?? this.#cellAt(0) }, true) }, t("terms"));
    this.law = h("div", { class: "cnn-law" });
    this.panel = this.settings();
    this.view = new ConvView(this);
    this.install([h("div", { class: "cnn-bar" }, this.player.buttons, this.player.slider, this.player.counter,
      h("div", { class: "cnn-tools" }, this.byTerms, this.tools())), this.law, this.panel?.node]);
  }

  /** @returns {any} the settings under the figure; null for none */
  settings() {
    return new ConvPanel(this);
  }

  /**
   * The numbers of a spec; throws a Refusal.
   * @returns {any}
   */
  run(spec) {
    return conv(spec);
  }

  accepts(spec) {
    return this.shows(() => this.run(spec), (result) => {
      const cell = this.#cellOf(spec, result);
      return product(result.output.shape) * product(result.kernel.shape.slice(1)) < MOST
        && [].concat(spec.at ?? 0).length <= result.rank + 1
        && (!cell || result.output.shape.every((size, axis) => cell[axis] < size));
    });
  }

  /** The output cell [o, *place] that a spec points at; null for none. */
  #cellOf({ at }, { rank }) {
    if (at === null) return null;
    const cell = [].concat(at ?? 0);
    return [...Array(Math.max(0, rank + 1 - cell.length)).fill(0), ...cell].slice(-rank - 1);
  }

  compute() {
    this.attempt(() => this.run(this.now));
  }

  /** How many cells the drawing has: planes of input, kernel and output, and all filters beside. */
  cells() {
    if (!this.result) return 0;
    const { padded, kernel, output } = this.result, filters = kernel.shape[0] > 1 ? product(kernel.shape) : 0;
    return product(padded.shape) + product(kernel.shape.slice(1)) + product(output.shape) + filters;
  }

  plan() {
    return this.view.plan(this.result, this.#inside(this.#cellOf(this.now, this.result)));
  }

  sync(refusal) {
    this.panel?.sync(this.now);
    this.law.replaceChildren(...(this.result ? this.laws() : refusal));
  }

  /** Shows the step: the window, the sum, the marks. */
  point() {
    const { now } = this;
    this.byTerms.setAttribute("aria-pressed", String(now.term != null));
    if (this.result) this.#show(this.#inside(this.#cellOf(now, this.result)), now.term ?? null);
    this.player.sync();
  }

  #show(cell, term) {
    this.cell = cell;
    this.list = cell ? this.view.f.terms(cell) : [];
    this.step = term == null ? null : Math.min(term, this.list.length - 1);
    if (Boolean(cell) !== Boolean(this.view.cell) || (cell && this.view.f.cell(cell)[0] !== this.view.o)) {
      this.redraw(this.view.plan(this.result, cell).nodes);
    }
    this.view.point(cell, this.list, this.step);
    this.view.term(this.step, this.list);
  }

  #inside(cell) {
    return cell && cell.map((i, axis) => Math.min(i, this.result.output.shape[axis] - 1));
  }

  /** The shape law of the layer, a line for each axis. */
  sizeLaw() {
    const { input, kernel, output } = this.result;
    return lawLines(this.t, { ...this.result, sizes: input.shape.slice(1), kernel: kernel.shape.slice(2), output: output.shape.slice(1) });
  }

  laws() {
    const { t } = this, { input, kernel, output } = this.result, lines = this.sizeLaw();
    const shapes = h("p", null, h("b", null, t("sizes")), " ", [["input", input], ["kernel", kernel], ["output", output]]
      .map(([name, { shape }], i) => [i ? " → " : "", h("span", null, `${t(name)} ${tuple(shape)}`)]));
    return lines.length === 1 ? [...lines, shapes] : lines;
  }

  // The player's places: output cells, or the products of every cell one after the other.
  #per() {
    return this.now.term == null ? 1 : product(this.result.kernel.shape.slice(1));
  }

  #count() {
    return this.result ? product(this.result.output.shape) * this.#per() : 0;
  }

  #place() {
    const cell = this.result && this.#inside(this.#cellOf(this.now, this.result));
    if (!cell) return -1;
    const place = offset(this.result.output.shape, cell), per = this.#per();
    return place * per + Math.min(this.now.term ?? 0, per - 1);
  }

  #cellAt(place) {
    return this.result.output.shape.reduceRight(({ rest, cell }, size) =>
      ({ rest: Math.floor(rest / size), cell: [rest % size, ...cell] }), { rest: place, cell: [] }).cell;
  }

  #go(place) {
    const per = this.#per();
    this.goTo(this.#cellAt(Math.floor(place / per)), place % per);
  }

  /** Moves to an output cell (and a product of it), as a reader's step. */
  goTo(cell, term = 0) {
    this.change(this.now.term == null ? { at: cell } : { at: cell, term }, true);
    this.say(this.#name());
  }

  #name() {
    const { output } = this.result, { cell, step, list, t } = this;
    if (!cell) return "";
    const words = t("stepped", { at: this.#placeName(cell, output.shape[0]), v: show(output.data[offset(output.shape, cell)]) });
    if (step == null) return words;
    const { value, weight } = list[step];
    const sum = list.slice(0, step + 1).reduce((total, part) => total + part.value * part.weight, 0);
    return t("term", { k: step + 1, a: show(value), b: show(weight), p: show(value * weight), v: show(sum) });
  }

  /** A cell's index as a reader sees it: the channel only when there are several. */
  #placeName([channel, ...place], channels) {
    return tuple(channels > 1 ? [channel, ...place] : place);
  }

  /** Points at what an input cell feeds; null stops. */
  peekInput(cell) {
    const fed = cell && this.result ? feeds(this.result, cell) : [];
    this.view.fed(fed);
    const words = cell ? this.t("feeds", { at: this.#placeName(cell, this.result.input.shape[0]), n: fed.length }) : "";
    this.status(words);
    if (words) this.say(words);
  }

  /** Shows another output cell's window without going there; null goes back. */
  peekOutput(cell) {
    if (!this.result) return;
    if (cell && this.view.f.cell(cell)[0] !== this.view.o) return;          // its planes come with the step itself
    this.#show(cell ?? this.#inside(this.#cellOf(this.now, this.result)), cell ? null : this.now.term ?? null);
  }

  /** Marks the product of one tap; null goes back to the step's own. */
  peekTap(k) {
    if (this.list.length) this.view.term(k ?? this.step, this.list);
  }

  /** A reader's new number in the input or the weight. */
  write(key, index, number) {
    const planes = tensor(this.now[key]);
    this.change({ [key]: edited(planes, offset(expand(planes, index.length).shape, index), number) });
  }

  /** Space plays from any cell. */
  key(event) {
    if (event.key !== " ") return;
    event.preventDefault();
    this.player.toggle();
  }

  pause() {
    this.player?.pause();
  }

  /** The numbers shown now, (C, *S) each, or the refusal's message when there are none. */
  shown() {
    if (!this.result) return { error: this.refusal?.message ?? null };
    const { input, padded, weight, kernel, output, bias } = this.result;
    const planes = Object.entries({ input, padded, weight, kernel, output });
    return { ...Object.fromEntries(planes.map(([key, value]) => [key, nest(value)])), bias: bias ?? null,
      shapes: Object.fromEntries(planes.map(([key, { shape }]) => [key, shape])), at: this.#inside(this.#cellOf(this.now, this.result)), error: null };
  }
}

/** <cnn-volume>: the same for a volume, slice by slice; its settings are the page's own. */
export class CnnVolume extends CnnConv {
  settings() {
    return null;
  }
}
