/** <cnn-pool>: the largest or the mean number of each window. */

import { pool, poolCell } from "../core/arith.js";
import { resized } from "./conv-panel.js";
import { h } from "../kit/dom.js";
import { CnnElement } from "../kit/element.js";
import { may } from "../kit/may.js";
import { choiceField, numberField } from "../kit/fields.js";
import { commonSize, Grid } from "../view/grid.js";
import { lawLines } from "../view/law.js";
import { factor, legend, Line, panel, total, row, sized } from "../view/parts.js";
import { Player } from "../view/player.js";
import { edited, nest, product, range, show, tensor, tuple } from "../core/tensor.js";

export class CnnPool extends CnnElement {
  static editable = true;
  static keys = { input: may.grid(2), kernel_size: may.axes(0, 28), stride: may.axes(0, 28), padding: may.axes(0, 14),
    mode: may.word("max", "avg"), at: may.none(may.place(2, 99)) };

  build() {
    const { t } = this, change = (key) => (value) => this.change({ [key]: value });
    const number = (key, name, options) => numberField({ t, name: t(name), value: 1, most: 9, least: 1, rank: 2, say: (words) => this.say(words), take: change(key), ...options });
    const size = (axis) => (value) => this.change({ input: nest(resized(tensor(this.now.input),
      tensor(this.now.input).shape.with(axis, [].concat(value)[0]))) });
    this.fields = {
      mode: choiceField({ name: t("mode2"), options: [["max", t("max")], ["avg", t("avg")]], take: change("mode") }),
      rows: number("", "rows", { most: 28, rank: 1, take: size(0) }), columns: number("", "columns", { most: 28, rank: 1, take: size(1) }),
      kernel_size: number("kernel_size", "windowSize"), stride: number("stride", "stride"),
      padding: number("padding", "padding", { least: 0, most: 4 }),
    };
    this.player = new Player({ t, count: () => (this.result ? product(this.result.output.shape) : 0),
      get: () => this.#place(), go: (place) => this.goTo(this.#cellAt(place)), name: () => this.#name() });
    this.law = h("div", { class: "cnn-law" });
    this.install([h("div", { class: "cnn-bar" }, this.player.buttons, this.player.slider, this.player.counter,
      h("div", { class: "cnn-tools" }, this.tools())), this.law,
    h("details", { class: "cnn-settings" }, h("summary", null, t("settings")),
      h("div", { class: "cnn-fields" }, Object.values(this.fields).map((field) => field.node)),
      h("p", { class: "cnn-hint" }, t("editHint"), " ", t("keyHint")))]);
  }

  accepts(spec) {
    return this.shows(() => pool(spec), ({ output }) => !spec.at || spec.at.every((place, axis) => place < output.shape[1 + axis]));
  }

  get #at() {
    const { at } = this.now, { shape } = this.result.output;
    return at && at.map((place, axis) => Math.min(place, shape[1 + axis] - 1));
  }

  #place() {
    const at = this.result && this.#at;
    return at ? at[0] * this.result.output.shape[2] + at[1] : -1;
  }

  #cellAt(place) {
    const columns = this.result.output.shape[2];
    return [Math.floor(place / columns), place % columns];
  }

  goTo(at) {
    this.change({ at }, true);
    this.say(this.#name());
  }

  #name() {
    const at = this.#at;
    return at ? this.t("stepped", { at: tuple(at), v: show(poolCell(this.result, [0, ...at]).value) }) : "";
  }

  compute() {
    this.attempt(() => pool(this.now));
  }

  cells() {
    return this.result ? product(this.result.padded.shape) + product(this.result.output.shape) : 0;
  }

  sync(refusal) {
    const { t, now, fields, result } = this, [rows, columns] = tensor(now.input).shape;
    const one = (value) => [].concat(value).reduce((all, each) => (all === each ? all : value));
    const shown = { rows, columns, mode: now.mode, kernel_size: one(now.kernel_size), stride: one(now.stride ?? now.kernel_size), padding: one(now.padding) };
    for (const [key, value] of Object.entries(shown)) fields[key].set(value);
    this.law.replaceChildren(...(result ? lawLines(t, { ...result, sizes: result.input.shape.slice(1), output: result.output.shape.slice(1) }) : refusal));
  }

  plan() {
    const { t, now } = this, { padded, output, pairs, input } = this.result;
    const inside = (r, c) => [r, c].every((p, axis) => p >= pairs[axis][0] && p < pairs[axis][0] + input.shape[1 + axis]);
    const unread = [0, 1].map((axis) => this.#unread(axis)), shapes = [input, output].map(({ shape }) => sized(shape.slice(1)));
    const key = (event) => event.key === " " && (event.preventDefault(), this.player.toggle());
    this.input = new Grid({ role: "input", label: `${t("input")} ${shapes[0]}`, values: nest(padded)[0], editable: inside,
      style: (r, c) => [!inside(r, c) && "pad", (unread[0].has(r) || unread[1].has(c)) && "unread"].filter(Boolean).join(" "),
      say: (r, c, v) => (inside(r, c) ? t("cell", { plane: t("input"), r: r - pairs[0][0], c: c - pairs[1][0], v }) : t("legend.pad")),
      on: { point: (r, c) => this.#feed(r, c), leave: () => this.#feed(), unshown: (text) => this.unshown(text, t("number5")),
        edit: (r, c, number) => this.#write(r - pairs[0][0], c - pairs[1][0], number), key } });
    this.output = new Grid({ role: "output", label: `${t("output")} ${shapes[1]}`, values: nest(output)[0],
      say: (r, c, v) => t("cell", { plane: t("output"), r, c, v }),
      on: { point: (r, c) => this.#show([r, c]), leave: () => this.#show(this.#at), choose: (r, c) => this.goTo([r, c]), key } });
    this.sum = now.at ? new Line((at) => this.#terms(at)) : null;
    const cell = commonSize([this.input, this.output]);
    return { grids: [this.input, this.output], lines: [this.sum].filter(Boolean), nodes: () => [
      row([panel({ t, label: t("input"), shape: shapes[0], svg: this.input.draw(cell), role: "input" }),
        panel({ t, label: t("output"), shape: shapes[1], svg: this.output.draw(cell), role: "output", sign: "→" })]),
      this.sum?.draw(), legend(t, [pairs.flat().some(Boolean) && "pad", now.mode === "max" && now.at && "largest",
        (unread[0].size || unread[1].size) && "unread"].filter(Boolean))] };
  }

  #unread(axis) {
    const { padded, output, kernel, stride } = this.result;
    const read = new Set(range(output.shape[1 + axis]).flatMap((step) => range(kernel[axis]).map((tap) => step * stride[axis] + tap)));
    return new Set(range(padded.shape[1 + axis]).filter((place) => !read.has(place)));
  }

  point() {
    this.player.sync();
    if (!this.result) return;
    if (this.#at && !this.sum) this.redraw(this.plan().nodes);
    this.#show(this.#at);
  }

  #show(at) {
    if (!at) return;
    const { cells, value } = poolCell(this.result, [0, ...at]), max = this.result.mode === "max";
    const best = cells.filter((cell) => !max || cell.value === value).map((cell) => cell.at);
    this.input.mark(max ? "best" : "tap", best);
    const [first, last] = [cells[0].at, cells.at(-1).at];
    this.input.outline([...(max ? best.map(([r, c]) => [r, c, 1, 1, "ring"]) : []),
      [...first, last[0] - first[0] + 1, last[1] - first[1] + 1, "win"]]);
    this.output.mark("on", [at]);
    this.output.outline([[...at, 1, 1, "win"]]);
    this.sum?.fill(at);
  }

  /** `출력 0행 1열 = max(1, 3) = 3`: what the window's numbers come to. */
  #terms(at) {
    const { cells, counted, value } = poolCell(this.result, [0, ...at]), max = this.result.mode === "max";
    const shown = (max ? cells.filter((cell) => Number.isFinite(cell.value)).map((cell) => show(cell.value)) : counted.map(factor))
      .map((text, i) => [i ? (max ? ", " : " + ") : "", h("span", { class: "cnn-term" }, text)]);
    return [h("span", { class: "cnn-head" }, `${this.t("outputCell", { r: at[0], c: at[1] })} =`), " ",
      ...(max ? ["max(", shown, ")"] : ["(", shown, `) / ${counted.length}`]), "\u00a0", total(value, this.t)];
  }

  /** Marks the output cells whose windows hold an input cell. */
  #feed(r, c) {
    const { kernel, stride, output } = this.result;
    const holds = (place, axis) => range(output.shape[1 + axis]).filter((step) =>
      place >= step * stride[axis] && place < step * stride[axis] + kernel[axis]);
    const fed = r == null ? [] : holds(r, 0).flatMap((i) => holds(c, 1).map((j) => [i, j]));
    this.output.mark("fed", fed);
    const { pairs } = this.result;
    this.status(r == null ? "" : this.t("feeds", { at: tuple([r - pairs[0][0], c - pairs[1][0]]), n: fed.length }));
  }

  #write(r, c, number) {
    const input = tensor(this.now.input);
    this.change({ input: edited(input, r * input.shape[1] + c, number) });
  }

  pause() {
    this.player?.pause();
  }

  shown() {
    if (!this.result) return { error: this.refusal?.message ?? null };
    const { input, output, padded } = this.result;
    return { input: nest(input)[0], padded: nest(padded)[0].map((row) => row.map((n) => (Number.isFinite(n) ? n : null))),
      output: nest(output)[0], at: this.#at, error: null,
      shapes: { input: input.shape.slice(1), padded: padded.shape.slice(1), output: output.shape.slice(1) } };
  }
}
