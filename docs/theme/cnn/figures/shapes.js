/** <cnn-shapes>: what shape comes out of each layer of a network, and what the layer costs. */

import { trace } from "../core/chain.js";
import { written } from "../core/check.js";
import { h } from "../kit/dom.js";
import { CnnElement } from "../kit/element.js";
import { may } from "../kit/may.js";
import { parseModel } from "../core/model.js";
import { Unreadable } from "../core/pytext.js";
import { product, tuple } from "../core/tensor.js";

const COLUMNS = ["layer", "outputShape", "parameters", "multiplyAdds", "memory", "field"];
const FLOAT32 = 4;                           // bytes

function bytes(shape) {
  const count = product(shape) * FLOAT32;
  const [unit, scale] = count >= 1e6 ? ["MB", 1e6] : count >= 1e3 ? ["kB", 1e3] : ["B", 1];
  return scale === 1 ? `${count} B` : `${(count / scale).toFixed(1)} ${unit}`;
}

/** `Conv2d(1, 3, kernel_size=5)` from what was read. */
const argumentText = ([key, value]) => (/^(in|out)_/.test(key) ? "" : key + "=") + written(value);
const callText = ({ type, args }) => `${type}(${Object.entries(args).map(argumentText).join(", ")})`;

export class CnnShapes extends CnnElement {
  static keys = {
    input: (value) => Array.isArray(value) && value.length > 0 && value.length < 7 && value.every(may.whole(1, 1e6)),
    code: may.text(4000),
  };

  build() {
    const { t } = this;
    this.shapeBox = h("input", { class: "cnn-text", type: "text", autocomplete: "off", spellcheck: "false",
      onchange: () => this.#calculate() });
    this.codeBox = h("textarea", { class: "cnn-text cnn-code", rows: 9, spellcheck: "false", maxlength: 4000 });
    const chips = h("button", { type: "button", class: "cnn-chip cnn-do", onclick: () => this.#calculate() }, t("calculate"));
    this.message = h("div", { class: "cnn-message" });
    this.install([h("div", { class: "cnn-bar" }, h("label", { class: "cnn-beside" }, t("inputShape"), this.shapeBox),
      h("div", { class: "cnn-tools" }, this.tools())),
    h("details", { class: "cnn-settings" }, h("summary", null, t("own model")),
      h("label", { class: "cnn-field" }, t("model"), this.codeBox), h("p", { class: "cnn-hint" }, t("modelHint")), chips), this.message]);
  }

  #calculate() {
    const parts = this.shapeBox.value.replace(/[()[\]]|torch\.Size/g, " ").split(/[\s,×x]+/).filter(Boolean).map(Number);
    const code = this.codeBox.value.replace(/\r/g, "");
    if (!CnnShapes.keys.input(parts)) return this.#tell(this.t("unread.inputShape"));
    return this.change({ input: parts, code: code.trim() === this.#pageCode().trim() ? undefined : code });
  }

  #pageCode() {
    return this.now.layers.map(([name, call]) => `${name}: ${call}`).join("\n");
  }

  #tell(words) {
    this.message.replaceChildren(h("p", { class: "cnn-why" }, words));
    this.say(words);
  }

  compute() {
    const code = this.now.code ?? this.#pageCode();
    this.unread = null;
    try {
      this.attempt(() => trace(this.now.input, parseModel(code)));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.unread = error;
    }
  }

  sync(refusal) {
    const { now, t, unread } = this;
    this.shapeBox.value = now.input.join(", ");
    this.codeBox.value = now.code ?? this.#pageCode();
    this.message.replaceChildren(...refusal);
    if (unread) this.#tell(t(`unread.${unread.key}`, { d: unread.detail }));
  }

  plan() {
    return { grids: [], lines: [], nodes: () => this.#draw() };
  }

  #draw() {
    const { t, now, result: rows } = this, calls = now.code == null ? Object.fromEntries(now.layers) : {};
    const head = h("tr", null, COLUMNS.map((key) => h("th", { scope: "col" }, t(key))));
    const body = [this.#line([t("input"), "", now.input, "", "", bytes(now.input), ""]),
      ...rows.map((row) => this.#line([row.name, calls[row.name] ?? callText(row), row.shape, row.parameters, row.multiplyAdds,
        bytes(row.shape), row.field ? row.field.join("×") : ""]))];
    const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
    const foot = this.#line([t("total"), "", null, sum("parameters"), sum("multiplyAdds"), "", ""]);
    return [h("div", { class: "cnn-box", tabindex: "0", role: "group", "aria-label": t("scroll", { name: t("outputShape") }) },
      h("table", { class: "cnn-table" }, h("thead", null, head), h("tbody", null, body), h("tfoot", null, foot))),
    h("p", { class: "cnn-note" }, t("batchNote", { n: now.input[0] }))];
  }

  #line([name, call, shape, ...rest]) {
    return h("tr", null, h("th", { scope: "row" }, name, call && [" ", h("code", null, call)]),
      h("td", { class: "cnn-shape" }, shape && h("code", null, tuple(shape))),
      rest.map((value) => h("td", null, typeof value === "number" ? value.toLocaleString("en-US") : value)));
  }

  shown() {
    if (!this.result) return { error: (this.refusal ?? this.unread).message };
    return { error: null, input: this.now.input, rows: this.result.map(({ name, shape, parameters, multiplyAdds, field }) =>
      ({ name, shape, parameters, multiplyAdds, field })) };
  }
}
