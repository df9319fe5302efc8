/** <cnn-filters>: a picture through classic filters and the reader's own; it never leaves the browser. */

import { conv } from "../core/arith.js";
import { h } from "../kit/dom.js";
import { CnnElement, may } from "../kit/element.js";
import { choiceField } from "../kit/fields.js";
import { Grid } from "../view/grid.js";
import { Easel } from "../view/easel.js";
import { panel, row, sized } from "../view/parts.js";
import { picture } from "../view/picture.js";
import { nest, show, tensor } from "../core/tensor.js";

const THUMBNAIL = 140, ones = (n) => Array(n).fill(Array(n).fill(1));

/** The classic filters: [weight, divisor]. */
export const KERNELS = {
  identity: [[[0, 0, 0], [0, 1, 0], [0, 0, 0]]], edge: [[[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]],
  laplacian: [[[0, 1, 0], [1, -4, 1], [0, 1, 0]]], vertical: [[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]],
  horizontal: [[[-1, -2, -1], [0, 0, 0], [1, 2, 1]]], sharpen: [[[0, -1, 0], [-1, 5, -1], [0, -1, 0]]],
  emboss: [[[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]], blur: [ones(3), 9], gaussian: [[[1, 2, 1], [2, 4, 2], [1, 2, 1]], 16],
  blur5: [ones(5), 25],
  gaussian5: [[[1, 4, 6, 4, 1], [4, 16, 24, 16, 4], [6, 24, 36, 24, 6], [4, 16, 24, 16, 4], [1, 4, 6, 4, 1]], 256],
  edge5: [[[0, 0, -1, 0, 0], [0, -1, -2, -1, 0], [-1, -2, 16, -2, -1], [0, -1, -2, -1, 0], [0, 0, -1, 0, 0]]],
  motion5: [[[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]], 5],
};

export class CnnFilters extends CnnElement {
  static keys = { own: may.grid(2, 25), shown: (value) => Array.isArray(value) && value.length <= 14
    && value.every((name) => Object.hasOwn(KERNELS, name)) };

  build() {
    const { t } = this;
    this.easel = new Easel(t, (plane) => this.#take(plane), (words) => this.note(words));
    this.source = choiceField({ name: t("source"), options: ["digit", "upload", "draw"].map((key) => [key, t(key)]),
      take: (kind) => this.#choose(kind) });
    this.source.set("digit");
    this.chips = Object.keys(KERNELS).map((name) => h("button", { type: "button", class: "cnn-chip", "data-name": name,
      onclick: () => this.#toggle(name) }, t(`filters.${name}`)));
    this.ownBox = h("div", { class: "cnn-own" });
    this.ownSize = choiceField({ name: t("kernelSize"), options: [["3", "3×3"], ["5", "5×5"]],
      take: (size) => this.change({ own: KERNELS[size === "5" ? "motion5" : "identity"][0] }) });
    this.install([h("div", { class: "cnn-bar" }, this.source.node, h("div", { class: "cnn-tools" }, this.tools())),
      h("details", { class: "cnn-settings" }, h("summary", null, t("more filters")), this.easel.node,
        h("div", { class: "cnn-chips" }, this.chips),
        h("p", { class: "cnn-title" }, t("own")), this.ownSize.node, this.ownBox,
        h("p", { class: "cnn-hint" }, t("ownHint"), " ", t("stays")))]);
  }

  accepts({ own }) {
    return !own || [3, 5].some((size) => own.length === size && own[0].length === size);
  }

  #choose(kind) {
    this.picture = null;
    this.easel.show(kind);
    this.querySelector("details").open ||= kind !== "digit";
    if (kind === "draw") this.picture = this.easel.blank();
    this.update();
  }

  #take(plane) {
    this.picture = plane;
    this.update();
  }

  get #shown() {
    return this.spec.shown ?? this.spec.kernels.map(({ name }) => name);
  }

  #toggle(name) {
    const shown = this.#shown;
    this.change({ shown: shown.includes(name) ? shown.filter((other) => other !== name) : [...shown, name] });
  }

  reset() {
    this.picture = null;
    this.source.set("digit");
    this.easel.show("digit");
    super.reset();
  }

  compute() {
    const { spec } = this, plane = this.picture ?? tensor(spec.input);
    this.results = this.#shown.map((name) => this.#filter(plane, name, ...KERNELS[name]));
    this.ownResult = this.#filter(plane, "own", spec.own ?? KERNELS.identity[0]);
    return plane;
  }

  update() {
    const plane = this.compute(), { spec } = this, shown = this.#shown;
    for (const chip of this.chips) chip.setAttribute("aria-pressed", String(shown.includes(chip.dataset.name)));
    if (this.drawn || this.picture || spec.own || spec.shown) this.redraw(() => this.#draw(plane));
    this.drawn = true;
    this.#drawOwn();
  }

  point() {}

  #filter(plane, name, weight, divisor = 1) {
    const { output } = conv({ kind: "conv2d", input: nest(plane), weight: weight.map((line) => line.map((n) => n / divisor)), padding: "same" });
    return { name, weight, divisor, plane: { shape: output.shape.slice(1), data: output.data } };
  }

  #draw(plane) {
    const { t } = this;
    return [row([panel({ t, label: t("input"), shape: sized(plane.shape), svg: picture(plane, t("input"), THUMBNAIL), role: "input" })]),
      row(this.results.map((result) => this.#card(result)), "cnn-cards")];
  }

  #card({ name, weight, divisor, plane }, title = this.t(`filters.${name}`), editable = false) {
    const { t } = this, size = sized([weight.length, weight[0].length]);
    const grid = new Grid({ role: "kernel", label: title, values: weight, editable: () => editable,
      say: (r, c, v) => t("cell", { plane: t("kernel"), r, c, v }),
      on: { edit: (r, c, number) => this.change({ own: weight.map((line, i) => (i === r ? line.with(c, number) : line)) }) } });
    const [least, most] = [plane.data.reduce((a, b) => Math.min(a, b)), plane.data.reduce((a, b) => Math.max(a, b))];
    const told = t("range", { a: show(least), b: show(most) });
    return h("div", { class: "cnn-card" }, h("div", { class: "cnn-name" }, title),
      panel({ t, label: t("kernel"), shape: size + (divisor > 1 ? ` ${t("divided", { n: divisor })}` : ""),
        svg: grid.draw(weight.length > 3 ? [26, 12] : [32, 14]), role: "kernel" }),
      panel({ t, label: told, svg: picture(plane, `${t("result")}: ${title}. ${told}`, THUMBNAIL), role: "output", sign: "→" }));
  }

  #drawOwn() {
    const focused = document.activeElement?.closest?.(".c"), again = this.ownBox.contains(focused) && { ...focused.dataset };
    this.ownSize.set(String(this.ownResult.weight.length));
    this.ownBox.replaceChildren(this.#card(this.ownResult, this.t("own"), true));
    if (again) this.ownBox.querySelector(`.c[data-r="${again.r}"][data-c="${again.c}"]`)?.focus();
  }

  shown() {
    const plane = this.picture ?? tensor(this.spec.input);
    return { input: nest(plane), shapes: { input: plane.shape }, error: null,
      outputs: Object.fromEntries([...this.results, this.ownResult].map((result) => [result.name, nest(result.plane)])) };
  }
}
