/** How a convolution looks: as docs/lesson/figure/conv.py draws it, and how a step changes it. */

import { h } from "../kit/dom.js";
import { commonSize, Grid } from "../view/grid.js";
import { factor, legend, panel, products, total, row, sized } from "../view/parts.js";
import { nest, range, show } from "../core/tensor.js";

const SMALL = [28, 13];

/** A result's planes with two spatial axes: a sequence is an image of height 1. */
function flat(result) {
  const lead = Array(2 - result.rank).fill(1), none = lead.map(() => [0, 0]);
  const tall = ({ shape, data }, axes) => nest({ shape: [...shape.slice(0, axes), ...lead, ...shape.slice(axes)], data });
  return {
    padded: tall(result.padded, 1), weight: tall(result.weight, 2), kernel: tall(result.kernel, 2),
    output: tall(result.output, 1), stride: [...lead, ...result.stride],
    dilation: [...lead, ...result.dilation], pairs: [...none, ...result.pairs],
    sizes: [...lead, ...result.input.shape.slice(1)],
    taps: [...lead, ...result.kernel.shape.slice(2)], steps: [...lead, ...result.output.shape.slice(1)],
    room: [...lead, ...result.padded.shape.slice(1)],
  };
}

export class ConvView {
  /** `owner` is the element: it says words and takes the reader's moves. */
  constructor(owner) {
    this.owner = owner;
    this.t = owner.t;
  }

  /** Draws everything for the output channel of `cell`; returns the figure's children. */
  draw(result, cell) {
    const channels = result.input.shape[0], [outputs, depth] = result.kernel.shape;
    Object.assign(this, { result, f: flat(result), o: cell?.[0] ?? 0, depth, channels, outputs,
      many: channels > 1 || outputs > 1, sums: [] });
    this.first = Math.floor(this.o / (outputs / result.groups)) * depth;
    this.inputs = range(channels).map((channel) => this.#input(channel));
    this.kernels = range(depth).map((k) => this.#kernel(this.f.kernel, k, "kernel", !result.flip));
    this.outs = range(outputs).map((o) => this.#output(o));
    const given = !this.many && result.flip ? [this.#kernel(this.f.weight, 0, "filter", true)] : [];
    this.size = commonSize([...(this.many ? [this.inputs[0], this.kernels[0]] : [...this.inputs, ...this.kernels]),
      ...this.outs, ...given]);
    return [...(this.many ? this.#planes(cell) : this.#single(cell)), legend(this.t, this.#signs(cell))];
  }

  #single(cell) {
    const { t, f, size } = this;
    return [row([
      this.#inputPanel(t("input"), this.inputs[0]),
      this.#kernelPanels(0, "⋆"),
      panel({ t, label: t("output"), shape: this.#size(f.steps), svg: this.outs[0].draw(size), role: "output", sign: "=" }),
    ]), this.#arithmetic(cell)];
  }

  #planes(cell) {
    const { t, f, size, first } = this;
    const rows = this.inputs.map((grid, channel) => {
      const k = channel - first, read = k >= 0 && k < this.depth;
      const shown = this.#inputPanel(t("inputChannel", { c: channel }), grid);
      return read ? row([shown, this.#kernelPanels(k, "⋆"), this.#partial(cell, k)], "cnn-channel") : shown;
    });
    const outs = this.outs.map((grid, o) => panel({ t, label: (this.outputs > 1 ? t("outputChannel", { o }) : t("output")) + this.#groupName(o, this.outputs),
      shape: this.#size(f.steps), svg: grid.draw(size), role: "output", style: this.#groupStyle(o, this.outputs) }));
    return [...this.#boxed(rows), this.#arithmetic(cell), row(outs, "cnn-outputs"), ...(this.outputs > 1 ? this.#allKernels(cell) : [])];
  }

  /** The channels' rows by groups, each in a frame with its name. */
  #boxed(rows) {
    const { t, depth, first, result: { groups } } = this;
    if (groups === 1) return rows;
    return range(groups).map((group) => {
      const inside = rows.slice(group * depth, (group + 1) * depth), read = group * depth === first;
      return h("div", { class: `cnn-group cnn-group-${group % 4}${read ? "" : " cnn-not-read"}` },
        h("div", { class: "cnn-name" }, this.#group(group), !read && [" ", h("span", { class: "cnn-note" }, t("notRead"))]),
        read ? inside : row(inside));
    });
  }

  #inputPanel(label, grid) {
    const { t, f, size } = this, padded = f.pairs.flat().some(Boolean);
    const shape = this.#size(f.sizes) + (padded ? ` ${t("withPadding", { shape: this.#size(f.room) })}` : "");
    return panel({ t, label, shape, svg: grid.draw(size), role: "input" });
  }

  #kernelPanels(k, sign) {
    const { t, f, o, size, result } = this, shape = this.#size(f.taps);
    const label = this.outputs > 1 ? t("filter", { o }) : t("kernel");
    if (!result.flip) return panel({ t, label, shape, svg: this.kernels[k].draw(size), role: "kernel", sign });
    const given = this.#kernel(f.weight, k, "filter", true);
    return [panel({ t, label, shape, svg: given.draw(size), role: "kernel", sign: "∗" }),
      panel({ t, label: t("turned"), svg: this.kernels[k].draw(size), role: "kernel", sign: "→" })];
  }

  #allKernels(cell) {
    const { t, f, result, outputs } = this;
    const groups = range(outputs).map((o) => {
      const first = Math.floor(o / (outputs / result.groups)) * this.depth;
      const drawings = f.kernel[o].map((values, k) => {
        const grid = new Grid({ role: "filter", channel: k, label: t("kernelChannel", { o, c: first + k }), values });
        const fit = commonSize([grid]);
        return grid.draw(fit[0] < SMALL[0] ? fit : SMALL);
      });
      const bias = result.bias ? `, ${t("bias")} ${show(result.bias[o])}` : "";
      return h("div", { class: `cnn-panel cnn-is-kernel${this.#groupStyle(o, outputs)}` },
        h("div", { class: "cnn-label" }, t("filter", { o }) + this.#groupName(o, outputs), " ",
          h("b", null, sized(result.kernel.shape.slice(1))), bias,
          o === this.o && cell && [" ", h("span", { class: "cnn-here" }, t("here"))]),
        h("div", { class: "cnn-planes" }, drawings));
    });
    return [h("p", { class: "cnn-title" }, t("allKernels", { n: outputs })), row(groups, "cnn-all")];
  }

  #input(channel) {
    const { t, f, owner, result } = this;
    const unread = range(2).map((axis) => this.#unread(axis));
    const inside = (r, c) => [r, c].every((p, axis) => p >= f.pairs[axis][0] && p < f.pairs[axis][0] + f.sizes[axis]);
    const source = (r, c) => [channel, ...[r - f.pairs[0][0], c - f.pairs[1][0]].slice(2 - result.rank)];
    return new Grid({
      role: "input", channel, values: f.padded[channel],
      label: this.channels > 1 ? t("inputChannel", { c: channel }) : t("input"),
      style: (r, c) => [!inside(r, c) && "pad", (unread[0].has(r) || unread[1].has(c)) && "unread"].filter(Boolean).join(" "),
      say: (r, c, v) => (inside(r, c) ? this.#say("input", source(r, c).slice(1), v) : `${t("legend.pad")}, ${v}`),
      rails: Math.max(...f.stride) > 1 ? [this.#starts(0), this.#starts(1)] : null,
      editable: inside,
      on: {
        point: (r, c) => owner.peekInput(inside(r, c) ? source(r, c) : null),
        leave: () => owner.peekInput(null),
        edit: (r, c, number) => owner.write("input", source(r, c), number),
        key: (event) => owner.key(event),
      },
    });
  }

  #kernel(weight, k, role, editable) {
    const { t, owner, o } = this, of = weight[o][k];
    return new Grid({
      role, channel: k, values: of, label: t(role === "filter" || !this.result.flip ? "kernel" : "turned"),
      say: (r, c, v) => this.#say("kernel", [r, c].slice(2 - this.result.rank), v),
      editable: () => editable,
      on: {
        point: (r, c) => owner.peekTap(role === "kernel" ? k * of.length * of[0].length + r * of[0].length + c : null),
        leave: () => owner.peekTap(null),
        edit: (r, c, number) => owner.write("weight", [o, k, ...[r, c].slice(2 - this.result.rank)], number),
        key: (event) => owner.key(event),
      },
    });
  }

  #output(o) {
    const { t, f, owner } = this, cell = (r, c) => [o, ...[r, c].slice(2 - this.result.rank)];
    return new Grid({
      role: "output", channel: o, values: f.output[o], signed: !this.many,
      label: this.outputs > 1 ? t("outputChannel", { o }) : t("output"),
      say: (r, c, v) => this.#say("output", cell(r, c).slice(1), v),
      on: {
        point: (r, c) => owner.peekOutput(cell(r, c)),
        leave: () => owner.peekOutput(null),
        choose: (r, c) => owner.goTo(cell(r, c)),
        key: (event) => owner.key(event),
      },
    });
  }

  /** Moves the marks to an output cell of the drawn channel, with the products behind it. */
  point(cell, list, upto) {
    const { f } = this;
    this.cell = cell;
    const [i, j] = cell ? [0, ...cell.slice(1)].slice(-2) : [];
    const at = (axis, place) => range(f.taps[axis]).map((tap) => place * f.stride[axis] + tap * f.dilation[axis]);
    const rows = cell ? at(0, i) : [], columns = cell ? at(1, j) : [], apart = Math.max(...f.dilation) > 1;
    const taps = rows.flatMap((r) => columns.map((c) => [r, c]));
    const frame = cell && [rows[0], columns[0], rows.at(-1) - rows[0] + 1, columns.at(-1) - columns[0] + 1, apart ? "win wide" : "win"];
    this.inputs.forEach((grid, channel) => {
      const k = channel - this.first, read = cell && k >= 0 && k < this.depth;
      grid.mark("tap", read ? taps : []);
      grid.note(read && grid.longest <= 2 ? taps.map(([r, c], n) => [r, c, show(f.kernel[this.o][k].flat()[n])])
        .filter(([, , text]) => text.length <= 2).map(([r, c, text]) => [r, c, `×${text}`]) : []);
      grid.base = read ? [...(apart ? taps.map(([r, c]) => [r, c, 1, 1, "win one"]) : []), frame] : [];
      grid.outline(grid.base);
    });
    this.outs.forEach((grid, o) => {
      const here = cell && o === cell[0] ? [[i, j]] : [];
      grid.mark("on", here);
      grid.outline(here.map(([r, c]) => [r, c, 1, 1, "win"]));
    });
    for (const fill of this.sums) fill(cell, list, upto);
  }

  /** Marks the k-th product: its input cell, its tap, its place in the sum. */
  term(k, list) {
    const place = k == null ? null : [0, ...list[k].at].slice(-2);
    this.inputs.forEach((grid, channel) => grid.outline([...grid.base,
      ...(place && list[k].channel === channel ? [[...place, 1, 1, "now"]] : [])]));
    this.kernels.forEach((grid, depth) => grid.outline(
      place && list[k].tap[0] === depth ? [[...[0, ...list[k].tap.slice(1)].slice(-2), 1, 1, "now"]] : []));
    for (const node of this.owner.querySelectorAll(".cnn-term[data-k]")) {
      node.classList.toggle("is-now", Number(node.dataset.k) === k);
    }
  }

  /** Marks the output cells that an input cell feeds. */
  fed(cells) {
    this.outs.forEach((grid, o) => grid.mark("fed", cells.filter((cell) => cell[0] === o).map((cell) => [0, ...cell.slice(1)].slice(-2))));
  }

  #sum(style, write) {
    const node = h("p", { class: `cnn-sum${style}` });
    this.sums.push((cell, list, upto) => node.replaceChildren(...write(cell, list, upto).flat(9).filter((part) => part !== "")));
    return node;
  }

  #arithmetic(cell) {
    if (!cell) return null;
    const { t, result, depth } = this, { bias } = result;
    return this.#sum("", ([o, ...place], list, upto) => {
      const head = this.outputs > 1 ? `${t("outputChannel", { o })}, ` : "";
      const own = bias ? [" + ", h("span", { class: "cnn-term" }, h("span", { class: "cnn-bias" }, t("bias")), ` ${factor(bias[o])}`)] : [];
      const all = list.slice(0, upto == null ? undefined : upto + 1).reduce((sum, term) => sum + term.value * term.weight, 0);
      const later = upto != null && upto < list.length - 1;
      return [h("span", { class: "cnn-head" }, `${head}${this.#cellName(place)} =`), " ",
        depth === 1 ? this.#products(list, 0, upto)
          : range(depth).map((k) => [k ? " + " : "", h("span", { class: "cnn-term" }, factor(this.#share(list, k, upto)))]),
        own, "\u00a0", total(later ? all : all + (bias ? bias[o] : 0), t, later)];
    });
  }

  #partial(cell, k) {
    if (!cell || this.depth === 1) return null;
    return this.#sum(" cnn-partial", (_, list, upto) => {
      const size = list.length / this.depth, value = this.#share(list, k, upto);
      return [h("span", { class: "cnn-head" }, `${this.t("channel", { c: this.first + k })}:`), " ",
        this.#products(list.slice(k * size, (k + 1) * size), k * size, upto), "\u00a0",
        total(value, this.t, upto != null && upto < (k + 1) * size - 1)];
    });
  }

  #products(list, from, upto) {
    const nodes = products(list, from);
    if (upto != null) nodes.forEach(([, node], k) => node.classList.toggle("is-later", from + k > upto));
    return nodes;
  }

  #share(list, k, upto = Infinity) {
    const size = list.length / this.depth;
    return list.slice(k * size, Math.max(k * size, Math.min((k + 1) * size, (upto ?? Infinity) + 1)))
      .reduce((sum, term) => sum + term.value * term.weight, 0);
  }

  #starts(axis) {
    const { f } = this, reach = f.dilation[axis] * (f.taps[axis] - 1) + 1;
    return range(f.room[axis] - reach + 1).map((place) => place % f.stride[axis] === 0);
  }

  /** The padded positions of an axis that no window reads. */
  #unread(axis) {
    const { f } = this;
    const read = new Set(range(f.steps[axis]).flatMap((step) =>
      range(f.taps[axis]).map((tap) => step * f.stride[axis] + tap * f.dilation[axis])));
    return new Set(range(f.room[axis]).filter((place) => !read.has(place)));
  }

  #signs(cell) {
    const { f } = this, strided = Math.max(...f.stride) > 1;
    return [f.pairs.flat().some(Boolean) && "pad", cell && Math.max(...f.dilation) > 1 && "tap", strided && "taken",
      strided && [0, 1].some((axis) => !this.#starts(axis).every(Boolean)) && "skipped",
      [0, 1].some((axis) => this.#unread(axis).size) && "unread"].filter(Boolean);
  }

  #size(sizes) {
    return this.result.rank === 2 ? sized(sizes) : this.t("lengthOf", { n: sizes[1] });
  }

  #say(plane, place, v) {
    return this.t(place.length > 1 ? "cell" : "cell1", { plane: this.t(plane), r: place.at(-2), c: place.at(-1), v });
  }

  #cellName(place) {
    return this.t(place.length > 1 ? "outputCell" : "outputCell1", { r: place.at(-2), c: place.at(-1) });
  }

  #groupName(channel, channels) {
    const { groups } = this.result;
    return groups === 1 ? "" : ` (${this.#group(Math.floor(channel / (channels / groups)))})`;
  }

  #group(group) {
    return this.t("group", { g: "ABCDEFGH"[group] ?? group });
  }

  #groupStyle(channel, channels) {
    const { groups } = this.result;
    return groups === 1 ? "" : ` cnn-group cnn-group-${Math.floor(channel / (channels / groups)) % 4}`;
  }
}
