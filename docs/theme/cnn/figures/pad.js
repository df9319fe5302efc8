/** <cnn-pad>: where each number of the border comes from. */

import { padFigure } from "../core/arith.js";
import { MODES } from "../core/check.js";
import { h, s } from "../kit/dom.js";
import { CnnElement, may } from "../kit/element.js";
import { choiceField, numberField } from "../kit/fields.js";
import { cellSize, Grid } from "../view/grid.js";
import { legend, panel, row, sized } from "../view/parts.js";
import { nest, show, tensor } from "../core/tensor.js";

const SIDES = ["left", "right", "top", "bottom"];

export class CnnPad extends CnnElement {
  static keys = { input: may.grid(2, 400), pad: (value) => Array.isArray(value) && value.length === 4 && value.every(may.whole(0, 12)),
    mode: may.word(...MODES, "constant"), at: may.axes(0, 60) };

  build() {
    const { t } = this;
    this.mode = choiceField({ name: t("mode"), options: MODES.map((mode) => [mode, t(mode)]), take: (mode) => this.change({ mode }) });
    this.sides = SIDES.map((side, i) => numberField({ t, name: t(side), value: 0, most: 9,
      take: (value) => this.change({ pad: this.spec.pad.with(i, [].concat(value)[0]) }) }));
    this.why = h("div", { class: "cnn-law" });
    this.install([h("div", { class: "cnn-bar" }, this.mode.node, h("div", { class: "cnn-tools" }, this.tools())), this.why,
      h("details", { class: "cnn-settings" }, h("summary", null, t("settings")),
        h("div", { class: "cnn-fields" }, this.sides.map((field) => field.node)), h("p", { class: "cnn-hint" }, t("editHint")))]);
  }

  accepts(spec) {
    return this.shows(() => padFigure(spec), ({ padded }) => !spec.at || spec.at.every((place, axis) => place < padded.shape[1 + axis]));
  }

  compute() {
    this.attempt(() => padFigure(this.spec));
  }

  update() {
    this.compute();
    const { spec } = this;
    this.mode.set(spec.mode === "constant" ? "zeros" : spec.mode);
    spec.pad.forEach((side, i) => this.sides[i].set(side));
    this.why.replaceChildren(...this.refuse());
    if (this.result) this.redraw(() => this.#draw());
    this.point();
  }

  #draw() {
    const { t, spec } = this, { padded, pairs, input } = this.result;
    const inside = (r, c) => [r, c].every((p, axis) => p >= pairs[axis][0] && p < pairs[axis][0] + input.shape[1 + axis]);
    const edit = (r, c, number) => {
      const planes = tensor(this.spec.input);
      planes.data[r * planes.shape[1] + c] = number;
      this.change({ input: nest(planes) });
    };
    const say = (plane) => (r, c, v) => t("cell", { plane: t(plane), r, c, v });
    this.before = new Grid({ role: "input", label: t("input"), values: nest(input)[0], say: say("input"), editable: () => true, on: { edit } });
    this.after = new Grid({ role: "input", channel: 1, label: t("padded"), values: nest(padded)[0], say: say("padded"), editable: inside,
      style: (r, c) => (inside(r, c) ? "" : "pad"),
      on: { point: (r, c) => this.#show([r, c]), leave: () => this.#show(this.spec.at), choose: (r, c) => this.change({ at: [r, c] }, true),
        edit: (r, c, number) => edit(r - pairs[0][0], c - pairs[1][0], number) } });
    this.told = h("p", { class: "cnn-sum" });
    const cell = cellSize(this.after.columns, this.after.longest), copies = !["zeros", "constant"].includes(spec.mode);
    return [row([panel({ t, label: t("input"), shape: sized(input.shape.slice(1)), svg: this.before.draw(cell), role: "input" }),
      panel({ t, label: t("padded"), shape: sized(padded.shape.slice(1)), svg: this.after.draw(cell), role: "input", sign: "→" })]),
    spec.at && this.told, legend(t, ["pad", ...(spec.at && copies ? ["source"] : [])])];
  }

  point() {
    if (!this.result) return;
    if (this.spec.at && !this.told.isConnected) this.redraw(() => this.#draw());
    this.#show(this.spec.at);
  }

  /** Outlines a padded cell and the input cell that it copies, a line between them. */
  #show(at) {
    const { padded, maps, pairs } = this.result;
    if (!at) return this.after.outline([]);
    const [r, c] = at.map((place, axis) => Math.min(place, padded.shape[1 + axis] - 1));
    const [i, j] = [maps[0][r], maps[1][c]], from = i >= 0 && j >= 0 ? [i + pairs[0][0], j + pairs[1][0]] : null;
    this.after.outline([[r, c, 1, 1, "win"], ...(from ? [[...from, 1, 1, "source"]] : [])]);
    if (from && String(from) !== String([r, c])) this.#arrow(from, [r, c]);
    const v = show(padded.data[r * padded.shape[2] + c]);
    this.told.textContent = from ? this.t("fromSource", { r, c, v, i, j }) : this.t("fromConstant", { r, c, v });
    this.say(this.told.textContent);
    return undefined;
  }

  #arrow(from, to) {
    const { size, left, marks } = this.after, step = [0, 1].map((axis) => to[axis] - from[axis]);
    const short = (0.36 * size) / Math.max(...step.map(Math.abs));
    const point = (place, sign) => [1, 0].map((axis) => left + (place[axis] + 0.5) * size + sign * step[axis] * short);
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
