/** <cnn-pad>: where each number of the border comes from. */

import { padFigure } from "../core/arith.js";
import { MODES } from "../core/check.js";
import { h, s } from "../kit/dom.js";
import { CnnElement } from "../kit/element.js";
import { may } from "../kit/may.js";
import { choiceField, numberField } from "../kit/fields.js";
import { commonSize, Grid } from "../view/grid.js";
import { legend, Line, panel, row, sized } from "../view/parts.js";
import { edited, nest, show, tensor } from "../core/tensor.js";

const SIDES = ["left", "right", "top", "bottom"];

export class CnnPad extends CnnElement {
  static editable = true;
  static keys = { input: may.grid(2, 400), pad: (value) => Array.isArray(value) && value.length === 4 && value.every(may.whole(0, 12)),
    mode: may.word(...MODES, "constant"), at: may.none(may.place(2, 60)) };

  build() {
    const { t } = this;
    this.mode = choiceField({ name: t("mode"), options: MODES.map((mode) => [mode, t(mode)]), take: (mode) => this.change({ mode }) });
    this.sides = SIDES.map((side, i) => numberField({ t, name: t(side), value: 0, most: 9,
      say: (words) => this.say(words), take: (value) => this.change({ pad: this.now.pad.with(i, [].concat(value)[0]) }) }));
    this.why = h("div", { class: "cnn-law" });
    this.install([h("div", { class: "cnn-bar" }, this.mode.node, h("div", { class: "cnn-tools" }, this.tools())), this.why,
      h("details", { class: "cnn-settings" }, h("summary", null, t("settings")),
        h("div", { class: "cnn-fields" }, this.sides.map((field) => field.node)), h("p", { class: "cnn-hint" }, t("editHint")))]);
  }

  accepts(spec) {
    return this.shows(() => padFigure(spec), ({ padded }) => !spec.at || spec.at.every((place, axis) => place < padded.shape[1 + axis]));
  }

  compute() {
    this.attempt(() => padFigure(this.now));
  }

  plan() {
    const { t, now } = this, { padded, pairs, input } = this.result;
    const inside = (r, c) => [r, c].every((p, axis) => p >= pairs[axis][0] && p < pairs[axis][0] + input.shape[1 + axis]);
    const edit = (r, c, number) => this.change({ input: edited(tensor(this.now.input), r * input.shape[2] + c, number) });
    const unshown = (text) => this.unshown(text, t("number5"));
    const say = (plane) => (r, c, v) => t("cell", { plane: t(plane), r, c, v });
    const shapes = [input, padded].map(({ shape }) => sized(shape.slice(1)));
    this.given = new Grid({ role: "input", label: `${t("input")} ${shapes[0]}`, values: nest(input)[0], say: say("input"), editable: () => true, on: { edit, unshown } });
    this.bordered = new Grid({ role: "input", channel: 1, label: `${t("padded")} ${shapes[1]}`, values: nest(padded)[0], say: say("padded"), editable: inside,
      signed: true, style: (r, c) => (inside(r, c) ? "" : "pad"),
      on: { point: (r, c) => this.#show([r, c]), leave: () => this.#show(this.now.at), choose: (r, c) => this.change({ at: [r, c] }, true),
        edit: (r, c, number) => edit(r - pairs[0][0], c - pairs[1][0], number), unshown } });
    this.told = now.at ? new Line((words) => [words]) : null;
    const cell = commonSize([this.given, this.bordered]), copies = !["zeros", "constant"].includes(now.mode);
    return { grids: [this.given, this.bordered], lines: [this.told].filter(Boolean), nodes: () => [
      row([panel({ t, label: t("input"), shape: shapes[0], svg: this.given.draw(cell), role: "input" }),
        panel({ t, label: t("padded"), shape: shapes[1], svg: this.bordered.draw(cell), role: "input", sign: "→" })]),
      this.told?.draw(), legend(t, ["pad", ...(now.at && copies ? ["source"] : [])])] };
  }

  sync(refusal) {
    const { now } = this;
    this.mode.set(now.mode === "constant" ? "zeros" : now.mode);
    now.pad.forEach((side, i) => this.sides[i].set(side));
    this.why.replaceChildren(...refusal);
  }

  point() {
    if (!this.result) return;
    if (this.now.at && !this.told) this.redraw(this.plan().nodes);
    this.#show(this.now.at);
  }

  /** Outlines a padded cell and the input cell that it copies, a line between them. */
  #show(at) {
    const { padded, maps, pairs } = this.result;
    if (!at) return this.bordered.outline([]);
    const [r, c] = at.map((place, axis) => Math.min(place, padded.shape[1 + axis] - 1));
    const [i, j] = [maps[0][r], maps[1][c]], from = i >= 0 && j >= 0 ? [i + pairs[0][0], j + pairs[1][0]] : null;
    this.bordered.outline([[r, c, 1, 1, "win"], ...(from ? [[...from, 1, 1, "source"]] : [])]);
    const copied = from && !["zeros", "constant"].includes(this.now.mode);
    if (copied && String(from) !== String([r, c])) this.#arrow(from, [r, c]);
    const v = show(padded.data[r * padded.shape[2] + c]);
    const words = from ? this.t("fromSource", { r, c, v, i, j }) : this.t("fromConstant", { r, c, v });
    this.told?.fill(words);
    this.say(words);
    return undefined;
  }

  #arrow(from, to) {
    if (this.bordered.taken) return;
    const { size, left, marks } = this.bordered, step = [0, 1].map((axis) => to[axis] - from[axis]);
    const short = (0.36 * size) / Math.max(...step.map(Math.abs));
    const point = (place, sign) => [1, 0].map((axis) => Number((left + (place[axis] + 0.5) * size + sign * step[axis] * short).toFixed(2)));
    const [start, end] = [point(from, 1), point(to, -1)];
    marks.append(s("path", { class: "arrow", d: `M${start.join(" ")}L${end.join(" ")}` }),
      s("circle", { class: "taken", cx: end[0], cy: end[1], r: 3.5 }));
  }

  shown() {
    if (!this.result) return { error: this.refusal?.message ?? null };
    const { input, padded } = this.result;
    return { input: nest(input)[0], padded: nest(padded)[0], error: null,
      shapes: { input: input.shape.slice(1), padded: padded.shape.slice(1) } };
  }
}
