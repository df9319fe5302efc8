/** The digit lab's feature maps as buttons, and the window and sum behind a chosen cell. */

import { fill } from "../kit/labels.js";
import { h } from "../kit/dom.js";
import { show } from "../core/tensor.js";

export const LAYERS = {
  relu1: { name: "conv1", before: "input", channels: 1, from: 20, maps: 3, side: 16 },
  relu2: { name: "conv2", before: "relu1", channels: 3, from: 16, maps: 10, side: 12 },
};
const CELL_MOVES = { ArrowLeft: [0, -1], ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowRight: [0, 1] };
const SIGNS = { ArrowLeft: ["←", "left"], ArrowUp: ["↑", "up"], ArrowDown: ["↓", "down"], ArrowRight: ["→", "right"] };
const range = (length) => Array.from({ length }, (_, i) => i);

/** The spec of the one window behind a cell: (C, 5, 5) values, the filter, its bias. */
export function windowOf({ stage, map, row, column }, stages, weights) {
  const { name, before, channels, from } = LAYERS[stage];
  const grid = (at) => range(channels).map((c) => range(5).map((u) => range(5).map((v) => at(c, u, v))));
  return {
    kind: "conv2d",
    input: grid((c, u, v) => stages[before][(c * from + row + u) * from + column + v]),
    weight: [grid((c, u, v) => weights[`${name}.weight`][((map * channels + c) * 5 + u) * 5 + v])],
    bias: [weights[`${name}.bias`][map]],
    stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1, padding_mode: "zeros", flip: false, at: [0, 0, 0],
  };
}

export class Cells {
  chosen = null;                              // { stage, map, row, column }

  /** `on` has need(): run the network first; say(words). */
  constructor(lab, t, lang, on) {
    this.lab = lab;
    this.t = t;
    this.lang = lang;
    this.on = on;
    this.told = h("p", { class: "cnn-lab-told" }, t.pick);
    this.window = h("div", { class: "cnn-lab-window" });
    this.mark = h("span", { class: "cnn-lab-mark" });
    this.walk = h("div", { class: "cnn-lab-row cnn-lab-walk", role: "group", "aria-label": t.walk, hidden: true },
      Object.entries(SIGNS).map(([key, [sign, name]]) => h("button", { type: "button", class: "cnn-lab-button",
        "aria-label": t[name], onclick: () => this.#step(...CELL_MOVES[key]) }, sign)));
    this.body = h("div", { class: "cnn-lab-cell" }, this.told, this.walk, this.window);
    for (const [stage, { maps }] of Object.entries(LAYERS)) range(maps).forEach((map) => this.#button(stage, map));
    this.#place("relu2");
  }

  /** Turns a map's picture into a button around it. */
  #button(stage, map) {
    const { name, side } = LAYERS[stage], picture = this.#picture(stage, map);
    const button = h("button", { type: "button", class: `${picture.className} cnn-lab-map`, "data-key": picture.dataset.key,
      "aria-label": fill(this.t.map, { name, o: map, side }),
      onclick: (event) => this.#click(event, stage, map), onkeydown: (event) => this.#key(event, stage, map) }, ...picture.childNodes);
    picture.replaceWith(button);
  }

  #picture(stage, map) {
    return this.lab.querySelector(`[data-key="${stage}.${map}"]`);
  }

  /** The explanation stands under the layer whose cell it explains. */
  #place(stage) {
    const section = this.lab.querySelector(`[data-stage="${stage}"]`);
    if (this.body.parentNode !== section) section.append(this.body);
  }

  #click(event, stage, map) {
    const { side } = LAYERS[stage], box = event.currentTarget.getBoundingClientRect();
    const cell = (place, start, size) => Math.min(side - 1, Math.max(0, Math.floor((place - start) / size * side)));
    const { row, column } = event.detail === 0 ? this.#here(stage, map)   // Enter or space
      : { row: cell(event.clientY, box.top, box.height), column: cell(event.clientX, box.left, box.width) };
    this.choose(stage, map, row, column);
  }

  #here(stage, map) {
    const middle = LAYERS[stage].side >> 1;
    return this.chosen?.stage === stage && this.chosen.map === map ? this.chosen : { row: middle, column: middle };
  }

  #key(event, stage, map) {
    if (!(event.key in CELL_MOVES)) return;
    event.preventDefault();
    const { row, column } = this.#here(stage, map);
    this.chosen = { stage, map, row, column };
    this.#step(...CELL_MOVES[event.key]);
  }

  #step(down, right) {
    const { stage, map, row, column } = this.chosen;
    const inside = (value) => Math.min(LAYERS[stage].side - 1, Math.max(0, value));
    this.choose(stage, map, inside(row + down), inside(column + right));
  }

  async choose(stage, map, row, column) {
    this.chosen = { stage, map, row, column };
    await this.on.need();
    this.on.say(this.told.textContent);
  }

  /** Shows the window and the sum of the chosen cell. */
  explain(stages, weights) {
    if (!this.chosen) return;
    const { stage, map, row, column } = this.chosen, { name, side } = LAYERS[stage];
    const at = (map * side + row) * side + column;
    this.told.textContent = fill(this.t.cell, { name, o: map, i: row, j: column,
      sum: show(stages[name][at]), value: show(stages[stage][at]) });
    this.mark.style.cssText = `--row:${row};--column:${column};--side:${side}`;
    this.#picture(stage, map).append(this.mark);
    this.walk.hidden = false;
    this.#place(stage);
    this.#stepper({ ...windowOf(this.chosen, stages, weights), lang: this.lang });
  }

  /** The lessons' own stepper, on this one window. */
  #stepper(spec) {
    const stepper = this.window.firstElementChild;
    if (stepper?.matches(":defined")) stepper.spec = spec;
    else this.window.replaceChildren(h("cnn-conv", { spec: JSON.stringify(spec) }, h("figure", { class: "cnn-figure" })));
    if (!customElements.get("cnn-conv")) {
      import("../figures/conv.js").then(({ CnnConv }) => customElements.get("cnn-conv") ?? customElements.define("cnn-conv", CnnConv));
    }
  }
}
