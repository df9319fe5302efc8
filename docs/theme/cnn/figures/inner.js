/** <cnn-inner-product>: two matrices, their products place by place, and the sum. */

import { innerProduct } from "../core/arith.js";
import { resized } from "./conv-panel.js";
import { h } from "../kit/dom.js";
import { CnnElement } from "../kit/element.js";
import { may } from "../kit/may.js";
import { numberField } from "../kit/fields.js";
import { commonSize, Grid } from "../view/grid.js";
import { Line, panel, products, total, row, sized } from "../view/parts.js";
import { Player } from "../view/player.js";
import { edited, nest, product, show, tensor } from "../core/tensor.js";

export class CnnInnerProduct extends CnnElement {
  static editable = true;
  static keys = { a: may.grid(2, 64), b: may.grid(2, 64), term: may.none(may.whole(0, 63)) };

  build() {
    const { t } = this;
    const size = (key, axis) => numberField({ t, name: t(key), value: 1, least: 1, most: 8,
      say: (words) => this.say(words), take: (value) => this.#resize(axis, value) });
    this.fields = [size("rowCount", -2), size("columnCount", -1)];
    this.player = new Player({ t, count: () => (this.result ? this.result.products.length : 0),
      get: () => this.now.term ?? -1, go: (term) => this.#go(term), name: () => this.#name() });
    this.why = h("div", { class: "cnn-law" });
    this.install([h("div", { class: "cnn-bar" }, this.player.buttons, this.player.slider, this.player.counter,
      h("div", { class: "cnn-tools" }, this.tools())), this.why,
    h("details", { class: "cnn-settings" }, h("summary", null, t("settings")),
      h("div", { class: "cnn-fields" }, this.fields.map((field) => field.node)), h("p", { class: "cnn-hint" }, t("editHint")))]);
  }

  accepts({ a, b }) {
    return tensor(a).shape.join() === tensor(b).shape.join();
  }

  compute() {
    this.attempt(() => innerProduct(this.now.a, this.now.b));
  }

  plan() {
    const { t } = this, { left, right, products: list } = this.result, { shape } = left;
    const rows = (data) => [].concat(nest({ shape: shape.length > 1 ? shape : [1, ...shape], data }));
    this.grids = [["A", "input", left.data, "a"], ["B", "kernel", right.data, "b"], [t("product"), "product", list]]
      .map(([name, role, data, key]) => new Grid({ role, label: `${name} ${sized(shape)}`, values: rows(data),
        say: (r, c, v) => t("cell", { plane: name, r, c, v }), editable: () => Boolean(key),
        on: { point: (r, c) => this.#mark(r * shape.at(-1) + c), leave: () => this.#mark(this.now.term ?? null),
          edit: (r, c, number) => this.change({ [key]: edited(tensor(this.now[key]), r * shape.at(-1) + c, number) }),
          unshown: (text) => this.unshown(text, t("number5")),
          key: (event) => event.key === " " && (event.preventDefault(), this.player.toggle()) } }));
    this.sum = new Line((...about) => this.#sum(...about));
    const names = ["A", "B", t("product")], cell = commonSize(this.grids);
    return { grids: this.grids, lines: [this.sum], nodes: () => [row(this.grids.map((grid, i) => panel({ t, label: names[i],
      shape: sized(shape), svg: grid.draw(cell), role: grid.role, sign: ["", "∘", "="][i] }))), this.sum.draw()] };
  }

  sync(refusal) {
    this.why.replaceChildren(...refusal);
    const { shape } = tensor(this.now.a);
    [shape.length > 1 ? shape[0] : 1, shape.at(-1)].forEach((size, axis) => this.fields[axis].set(size));
  }

  point() {
    this.player.sync();
    if (!this.result) return;
    this.sum.fill(this.now.term ?? null);
    this.#mark(this.now.term ?? null);
  }

  #sum(term) {
    const { t } = this, { left, right, products: list, value } = this.result;
    const pairs = Array.from(left.data, (number, k) => ({ value: number, weight: right.data[k] }));
    const soFar = term != null && term < list.length - 1;
    const spans = products(pairs);
    spans.forEach(([, node], k) => node.classList.toggle("is-later", term != null && k > term));
    return [h("span", { class: "cnn-head" }, `${t("inner")} ⟨A, B⟩ =`), " ", spans, "\u00a0",
      total(soFar ? list.slice(0, term + 1).reduce((sum, part) => sum + part, 0) : value, t, soFar)];
  }

  #mark(k) {
    const { left } = this.result, columns = left.shape.at(-1);
    for (const grid of this.grids) grid.outline(k == null ? [] : [[Math.floor(k / columns), k % columns, 1, 1, "now"]]);
    for (const node of this.sum.node.querySelectorAll(".cnn-term")) node.classList.toggle("is-now", Number(node.dataset.k) === k);
  }

  #go(term) {
    this.change({ term }, true);
    this.say(this.#name());
  }

  #name() {
    const { term } = this.now, { left, right, products: list } = this.result;
    if (term == null) return "";
    return this.t("term", { k: term + 1, a: show(left.data[term]), b: show(right.data[term]), p: show(list[term]),
      v: show(list.slice(0, term + 1).reduce((sum, part) => sum + part, 0)) });
  }

  #resize(axis, size) {
    const both = [tensor(this.now.a), tensor(this.now.b)];
    const old = both[0].shape.length > 1 ? both[0].shape : [1, ...both[0].shape];
    const shape = old.with(axis, [].concat(size)[0]);
    const [a, b] = both.map(({ data }) => nest(resized({ shape: old, data }, shape)));
    const { term } = this.now;
    this.change(term != null && term >= product(shape) ? { a, b, term: 0 } : { a, b });
  }

  pause() {
    this.player?.pause();
  }

  shown() {
    if (!this.result) return { error: this.refusal.message };
    const { left, right, products: list, value } = this.result;
    return { a: nest(left), b: nest(right), products: nest({ shape: left.shape, data: list }), output: value,
      shapes: { a: left.shape, b: right.shape }, error: null };
  }
}
