/** The settings of a convolution run backward: the sizes of its call, as torch names them. */

import { h } from "../kit/dom.js";
import { numberField } from "../kit/fields.js";
import { convOutputSize } from "../core/shape.js";
import { expand, nest, tensor } from "../core/tensor.js";
import { resized } from "./conv-panel.js";

export class AdjointPanel {
  constructor(owner) {
    const { t, now } = owner, rank = now.stride.length;
    this.owner = owner;
    const number = (key, name, options = {}) => numberField({ t, name: t(name), value: 0, least: 1, most: 9, rank,
      say: (words) => owner.say(words), take: (value) => this.#take({ [key]: value }), ...options });
    const size = (axis) => ({ rank: 1, most: 12, take: (value) => this.#resize("input", axis, value) });
    this.fields = {
      rows: rank > 1 && number("rows", "rows", size(-2)),
      columns: number("columns", rank > 1 ? "columns" : "steps", size(-1)),
      kernel: number("kernel", "kernelSize", { rank: 1, most: 5, take: (value) => this.#resize("weight", null, value) }),
      stride: number("stride", "stride"),
      padding: number("padding", "padding", { least: 0 }),
      dilation: number("dilation", "dilation"),
      output_padding: now.kind !== "conv2d-grad" && number("output_padding", "outputPadding", { least: 0 }),
    };
    this.node = h("details", { class: "cnn-settings" }, h("summary", null, t("settings")),
      h("div", { class: "cnn-fields" }, Object.values(this.fields).map((field) => field && field.node)),
      h("p", { class: "cnn-hint" }, t("editHint"), " ", t("keyHint")));
  }

  #resize(key, only, value) {
    const old = tensor(this.owner.now[key]), { length } = this.owner.now.stride, first = old.shape.length - length;
    const shape = old.shape.map((size, axis) => (only === null ? axis >= first : axis === old.shape.length + only) ? value : size);
    this.#take({ [key]: nest(resized(old, shape)) });
  }

  /** Takes changes; the output's gradients follow the output, where there is one. */
  #take(changes) {
    const { now } = this.owner, rank = now.stride.length;
    for (const [key, value] of Object.entries(changes)) {
      if (typeof value === "number") changes[key] = Array(rank).fill(value);
    }
    const spec = { ...now, ...changes };
    if (now.kind !== "conv2d-grad") return this.owner.change(changes);
    const [input, weight] = [tensor(spec.input).shape, tensor(spec.weight).shape], taps = weight.slice(-rank);
    const sizes = input.slice(-rank).map((size, axis) =>
      convOutputSize(size, taps[axis], spec.stride[axis], spec.padding[axis], spec.dilation[axis]));
    const fits = sizes.every((size) => size > 0), old = expand(tensor(now.grad_output), rank + 1);
    return this.owner.change(fits ? { ...changes, grad_output: nest(resized(old, [old.shape[0], ...sizes])) } : changes);
  }

  /** Shows what the spec says. */
  sync(spec) {
    const one = (list) => (list.every((value) => value === list[0]) ? list[0] : list);
    const sizes = tensor(spec.input).shape, shown = { rows: sizes.at(-2), columns: sizes.at(-1),
      kernel: tensor(spec.weight).shape.at(-1) };
    for (const key of ["stride", "padding", "dilation", "output_padding"]) if (spec[key]) shown[key] = one(spec[key]);
    for (const [key, value] of Object.entries(shown)) if (this.fields[key]) this.fields[key].set(value);
  }
}
