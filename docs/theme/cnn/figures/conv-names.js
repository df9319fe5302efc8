/** What the planes, cells and groups of a convolution are called, as docs/lesson/figure/planes.py does. */

import { sized } from "../view/parts.js";

export class ConvNames {
  /** `f` is the convolution's layout. */
  constructor(t, f, result) {
    this.t = t;
    this.f = f;
    this.result = result;
  }

  /** `5×5`, or for a sequence its length. */
  size(sizes) {
    return this.f.rank > 1 ? sized(sizes) : this.t("lengthOf", { n: sizes[1] });
  }

  /** The input's size, and what it is with its border. */
  inputShape() {
    const { t, f } = this, padded = f.room.some((size, axis) => size !== f.sizes[axis]);
    return this.size(f.sizes) + (padded ? ` ${t("withPadding", { shape: this.size(f.room) })}` : "");
  }

  /** Which part of the input a plane is: a channel, a slice, a slice of padding. */
  part(channel) {
    const { t, f } = this;
    if (f.rank < 3) return t("channel", { c: channel });
    return f.border(channel) ? t("paddingSlice") : t("slice", { c: channel - f.before });
  }

  input(channel) {
    return this.f.rank < 3 ? this.t("inputChannel", { c: channel }) : this.t("inputSlice", { part: this.part(channel) });
  }

  inputLabel(channel) {
    return `${this.f.channels > 1 ? this.input(channel) : this.t("input")} ${this.inputShape()}`;
  }

  /** The filter over a plane: its number only where there are several. */
  filter(o, k) {
    const { t, f } = this;
    if (f.rank === 3) return f.depth > 1 ? t("kernelSlice", { k }) : t("kernel");
    return f.filters > 1 ? t("filter", { o }) : t("kernel");
  }

  kernelLabel(o, k) {
    const { t, f } = this, several = f.rank < 3 && (f.depth > 1 || f.filters > 1);
    return `${several ? t("kernelChannel", { o, c: f.reads(o)[k] }) : this.filter(o, k)} ${this.size(f.taps)}`;
  }

  output(o) {
    const { t, f } = this;
    if (f.outputs === 1) return t("output");
    return f.rank < 3 ? t("outputChannel", { o }) : t("outputSlice", { o });
  }

  outputLabel(o) {
    return `${this.output(o)} ${this.size(this.f.steps)}`;
  }

  /** The sizes of the whole volume, the filter and the result. */
  volume() {
    const { t, f, result } = this, [input, padded, kernel, output] = ["input", "padded", "kernel", "output"]
      .map((name) => sized(result[name].shape.slice(name === "kernel" ? 2 : 1)));
    return t("volume", { input: f.bordered ? `${input} ${t("withPadding", { shape: padded })}` : input, kernel, output });
  }

  /**
   * A cell of a plane, for the ear.
   * @param {number[]} place
   */
  cell(plane, place, v) {
    const [r, c] = place;
    return this.t(this.f.rank > 1 ? "cell" : "cell1", { plane: this.t(plane), r, c, v });
  }

  /** The output cell whose sum is written out. */
  sumOf([o, r, c]) {
    const { t, f } = this;
    if (f.rank === 3) return t("outputCell3", { o, r, c });
    const place = f.rank > 1 ? t("outputCell", { r, c }) : t("outputCell1", { c });
    return f.outputs > 1 ? `${this.output(o)}, ${place}` : place;
  }

  group(group) {
    return this.t("group", { g: "ABCDEFGH"[group] ?? group });
  }

  ofGroup(o) {
    return this.f.groups === 1 ? "" : ` (${this.group(this.f.group(o))})`;
  }

  groupStyle(o) {
    return this.f.groups === 1 ? "" : ` cnn-group cnn-group-${this.f.group(o) % 4}`;
  }
}
