/** <cnn-filters>: a picture through classic filters and the reader's own; it never leaves the browser. */

import { conv } from "../core/arith.js";
import { h } from "../kit/dom.js";
import { CnnElement } from "../kit/element.js";
import { may } from "../kit/may.js";
import { choiceField } from "../kit/fields.js";
import { Grid } from "../view/grid.js";
import { Easel } from "../view/easel.js";
import { panel, row, sized } from "../view/parts.js";
import { picture, pictureName } from "../view/picture.js";
import { nest, show, tensor } from "../core/tensor.js";
import { kernels } from "../tables/kernels.js";
import { sizes } from "../tables/sizes.js";

const CARD = sizes.card;

/** The nearest whole number; a tie goes away from zero. */
const whole = (number) => Math.sign(number) * Math.floor(Math.abs(number) + 0.5);

export class CnnFilters extends CnnElement {
  static keys = { own: may.grid(2, 25), shown: (value) => Array.isArray(value) && value.length <= 14
    && value.every((name) => Object.hasOwn(kernels, name)) };

  build() {
    const { t } = this;
    this.alone = Boolean(this.now.own);                // one filter, the reader's: the classic ones set it
    this.easel = new Easel(t, (plane) => this.#take(plane), (words) => this.note(words));
    this.source = choiceField({ name: t("source"), options: ["digit", "upload", "draw"].map((key) => [key, t(key)]),
      take: (kind) => this.#choose(kind) });
    this.source.set("digit");
    const offered = this.alone ? this.now.kernels.map(({ name }) => name) : Object.keys(kernels);
    this.chips = offered.map((name) => h("button", { type: "button", class: "cnn-chip", "data-name": name,
      onclick: () => (this.alone ? this.change({ own: kernels[name][0] }) : this.#toggle(name)) }, t(`filters.${name}`)));
    this.ownBox = h("div", { class: "cnn-own" });
    this.ownSize = choiceField({ name: t("kernelSize"), options: [["3", "3×3"], ["5", "5×5"]],
      take: (size) => this.change({ own: kernels[size === "5" ? "motion5" : "identity"][0] }) });
    if (this.alone) {
      this.install([h("div", { class: "cnn-chips" }, this.chips),
        h("div", { class: "cnn-bar" }, this.source.node, h("div", { class: "cnn-tools" }, this.tools())), this.easel.node]);
      return;
    }
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
    if (!this.alone) this.querySelector("details").open ||= kind !== "digit";
    if (kind === "draw") this.picture = this.easel.blank();
    this.update();
  }

  #take(plane) {
    this.picture = plane;
    this.update();
  }

  get #shown() {
    return this.now.shown ?? this.now.kernels.map(({ name }) => name);
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
    const { now } = this;
    this.plane = this.picture ?? tensor(now.input);
    this.result = this.alone ? [] : this.#shown.map((name) => this.#filter(this.plane, name, ...kernels[name]));
    this.ownResult = this.#filter(this.plane, "own", now.own ?? kernels.identity[0]);
  }

  #filter(plane, name, weight, divisor = 1) {
    const { output } = conv({ kind: "conv2d", input: nest(plane), weight: weight.map((line) => line.map((n) => n / divisor)), padding: "same" });
    return { name, weight, divisor, plane: { shape: output.shape.slice(1), data: output.data } };
  }

  plan() {
    const { t, plane } = this, cards = this.result.map((result) => this.#card(result, t(`filters.${result.name}`)));
    const input = () => panel({ t, label: t("input"), shape: sized(plane.shape), svg: picture(plane, pictureName(t, plane), CARD.width), role: "input" });
    if (this.alone) {
      const { grid, panels } = this.#card(this.ownResult, t("own"));
      return { grids: [grid], lines: [], nodes: () => [row([input(), ...panels(CARD.tryCell, CARD.width, "⋆", "=")], " cnn-try")] };
    }
    return { grids: cards.map(({ grid }) => grid), lines: [], nodes: () => [row([input()]), row(cards.map(({ draw }) => draw()), " cnn-cards")] };
  }

  sync() {
    const shown = this.#shown, own = JSON.stringify(this.now.own);
    for (const chip of this.chips) {
      const { name } = chip.dataset;
      chip.setAttribute("aria-pressed", String(this.alone ? JSON.stringify(kernels[name][0]) === own : shown.includes(name)));
    }
    if (!this.alone) this.#drawOwn();
  }

  /** A filter's numbers beside what it makes of the picture. */
  #card({ name, weight, divisor, plane }, title) {
    const { t } = this, size = sized([weight.length, weight[0].length]), own = name === "own";
    const by = divisor > 1 ? ` ${t("divided", { n: divisor })}` : "", large = weight.length > 3;
    const grid = new Grid({ role: "kernel", label: `${title}${by} ${size}`, values: weight, editable: () => own,
      say: (r, c, v) => t("cell", { plane: t("kernel"), r, c, v }),
      on: { edit: (r, c, number) => this.change({ own: weight.map((line, i) => (i === r ? line.with(c, number) : line)) }),
        unshown: (text) => this.unshown(text, t("number5")) } });
    const [least, most] = [plane.data.reduce((a, b) => Math.min(a, b)), plane.data.reduce((a, b) => Math.max(a, b))];
    const told = t("range", { a: show(whole(least)), b: show(whole(most)) });
    const panels = (cell, width, before, after) => [
      panel({ t, label: t("kernel"), shape: size + by, svg: grid.draw(cell), role: "kernel", sign: before }),
      panel({ t, label: told, svg: picture(plane, `${t("result")}: ${title}${by}. ${told}`, width), role: "output", sign: after })];
    return { grid, panels, draw: () => h("div", { class: "cnn-card" }, h("div", { class: "cnn-name" }, title),
      large ? panels(CARD.largeCell, CARD.largeWidth, "", "→") : panels(CARD.cell, CARD.width, "", "→")) };
  }

  #drawOwn() {
    const focused = document.activeElement?.closest?.(".c"), again = this.ownBox.contains(focused) && { ...focused.dataset };
    this.ownSize.set(String(this.ownResult.weight.length));
    this.ownBox.replaceChildren(this.#card(this.ownResult, this.t("own")).draw());
    if (again) this.ownBox.querySelector(`.c[data-r="${again.r}"][data-c="${again.c}"]`)?.focus();
  }

  shown() {
    const plane = this.picture ?? tensor(this.now.input);
    return { input: nest(plane), shapes: { input: plane.shape }, error: null,
      outputs: Object.fromEntries([...this.result, this.ownResult].map((result) => [result.name, nest(result.plane)])) };
  }
}
