/** The settings of a convolution: each control changes the spec, and the numbers grow or shrink. */

import { readConv } from "../core/arith.js";
import { h } from "../kit/dom.js";
import { choiceField, flagField, numberField } from "../kit/fields.js";
import { indices, nest, offset } from "../core/tensor.js";

/** A tensor of another shape: what it had stays, new places get small numbers. */
export function resized(old, shape) {
  const data = Float64Array.from(indices(shape), (index) =>
    (index.every((i, axis) => i < old.shape[axis]) ? old.data[offset(old.shape, index)]
      : index.reduce((sum, i, axis) => sum + i * (axis + 1), 0) % 3));
  return { shape, data };
}

const fillings = {
  ramp: (index) => 10 * (index.at(-2) ?? 0) + index.at(-1),
  ones: () => 1,
  random: () => Math.floor(Math.random() * 10),
};

export class ConvPanel {
  constructor(owner) {
    const { t } = owner, { rank } = readConv(owner.now);
    this.owner = owner;
    const number = (key, options) => numberField({ t, name: t(key), value: 0, rank, say: (words) => owner.say(words), ...options });
    this.fields = {
      height: rank > 1 && number("rows", { least: 1, most: 28, rank: 1, take: (value) => this.#resize({ height: value }) }),
      width: number(rank === 1 ? "steps" : "columns", { least: 1, most: 28, rank: 1, take: (value) => this.#resize({ width: value }) }),
      kernel: number("kernelSize", { least: 1, most: 9, take: (value) => this.#resize({ kernel: value }) }),
      stride: number("stride", { least: 1, most: 9, take: (stride) => owner.change({ stride }) }),
      padding: number("padding", { least: 0, most: 9, words: ["same", "valid"], take: (padding) => owner.change({ padding }) }),
      dilation: number("dilation", { least: 1, most: 9, take: (dilation) => owner.change({ dilation }) }),
      channels: number("channels", { least: 1, most: 8, rank: 1, take: (value) => this.#resize({ channels: value }) }),
      outputs: number("outputs", { least: 1, most: 8, rank: 1, take: (value) => this.#resize({ outputs: value }) }),
      groups: number("groups", { least: 1, most: 8, rank: 1, take: (value) => this.#group(value) }),
      mode: choiceField({ name: t("mode"), options: ["zeros", "reflect", "replicate", "circular"].map((mode) => [mode, t(mode)]),
        take: (padding_mode) => owner.change({ padding_mode }) }),
      bias: flagField({ name: t("biasField"), take: (on) => owner.change({ bias: on ? Array(this.#call.weight.shape[0]).fill(1) : null }) }),
      flip: flagField({ name: t("flip"), take: (flip) => owner.change({ flip }) }),
    };
    this.biases = h("div", { class: "cnn-field" });
    this.node = h("details", { class: "cnn-settings" }, h("summary", null, t("settings")),
      h("div", { class: "cnn-fields" }, Object.values(this.fields).map((field) => field && field.node), this.biases,
        h("div", { class: "cnn-field" }, h("span", null, t("fill")), h("div", { class: "cnn-chips" },
          Object.keys(fillings).map((name) => h("button", { type: "button", class: "cnn-chip", onclick: () => this.#fill(name) }, t(name)))))),
      h("p", { class: "cnn-hint" }, t("editHint"), " ", t("keyHint")));
  }

  get #call() {
    return readConv(this.owner.now);
  }

  /** @param {{height?: number, width?: number, kernel?: number, channels?: number, outputs?: number}} sizes */
  #resize({ height, width, kernel, channels, outputs }) {
    const { input, weight, groups, rank, bias } = this.#call;
    const sizes = input.shape.slice(1), taps = weight.shape.slice(2);
    if (height) sizes[0] = height;
    if (width) sizes[rank - 1] = width;
    const planes = resized(input, [channels ?? input.shape[0], ...sizes]);
    const filters = resized(weight, [outputs ?? weight.shape[0], channels ? Math.max(1, Math.floor(channels / groups)) : weight.shape[1],
      ...taps.map((size, axis) => [].concat(kernel ?? taps)[kernel == null || Array.isArray(kernel) ? axis : 0] ?? size)]);
    const changes = {};
    if (height || width || channels) changes.input = nest(planes);
    if (kernel || channels || outputs) changes.weight = nest(filters);
    if (outputs && bias) changes.bias = Array.from({ length: outputs }, (_, o) => bias[o] ?? 1);
    this.owner.change(changes);
  }

  /** More groups read fewer channels each: the weight follows, where it can. */
  #group(groups) {
    const { input, weight } = this.#call, depth = input.shape[0] / groups;
    const fits = Number.isInteger(depth) && weight.shape[0] % groups === 0;
    this.owner.change(fits ? { groups, weight: nest(resized(weight, [weight.shape[0], depth, ...weight.shape.slice(2)])) } : { groups });
  }

  #fill(name) {
    const { input } = this.#call;
    this.owner.change({ input: nest({ shape: input.shape, data: Float64Array.from(indices(input.shape), fillings[name]) }) });
  }

  /** Shows what the spec says. */
  sync(spec) {
    const call = readConv(spec), { fields } = this, { t } = this.owner;
    if (!call.input || !call.weight) return;
    const one = (list) => (list.every((value) => value === list[0]) ? list[0] : list);
    const shown = {
      height: call.input.shape[1], width: call.input.shape.at(-1), kernel: one(call.weight.shape.slice(2)),
      stride: one(call.stride), padding: typeof call.padding === "string" ? call.padding : one(call.padding),
      dilation: one(call.dilation), channels: call.input.shape[0], outputs: call.weight.shape[0],
      groups: call.groups, mode: call.mode, bias: Boolean(call.bias), flip: call.flip,
    };
    for (const [key, value] of Object.entries(shown)) if (fields[key]) fields[key].set(value);
    if (this.biases.contains(document.activeElement)) return;
    this.biases.replaceChildren(...(call.bias ?? []).map((value, o) => h("input", { class: "cnn-number", type: "text", value,
      "aria-label": `${t("bias")} ${o}`, onchange: ({ target }) => this.#bias(o, target) })));
  }

  #bias(o, target) {
    const { bias } = this.#call, typed = target.value.trim(), number = Number(typed.replace("\u2212", "-"));
    if (typed && Math.abs(number) <= 1e5) return this.owner.change({ bias: bias.with(o, number) });
    target.value = bias[o];
    return this.owner.unshown(typed, this.owner.t("number5"));
  }
}
