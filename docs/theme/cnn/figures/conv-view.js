/** How a convolution looks: as docs/lesson/figure/conv.py draws it, and how a step changes it. */

import { h } from "../kit/dom.js";
import { layout } from "../core/layout.js";
import { commonSize, Grid } from "../view/grid.js";
import { factor, legend, Line, panel, products, total, row, sized } from "../view/parts.js";
import { range, show } from "../core/tensor.js";
import { sizes } from "../tables/sizes.js";
import { ConvNames } from "./conv-names.js";

export class ConvView {
  /** `owner` is the element: it says words and takes the reader's moves. */
  constructor(owner) {
    this.owner = owner;
  }

  get t() {
    return this.owner.t;
  }

  /** What is to be drawn for the output plane of `at`: grids and lines in the drawing's order. */
  plan(result, at) {
    const f = layout(result), cell = at && f.cell(at);
    const shown = cell?.[0] ?? 0;
    this.result = result;
    this.f = f;
    this.o = shown;
    this.cell = cell;
    this.many = f.channels > 1 || f.outputs > 1;
    this.names = new ConvNames(this.t, f, result);
    this.read = f.reads(shown);
    this.inputs = range(f.channels).map((channel) => this.#input(channel));
    this.kernels = range(f.depth).map((k) => this.#kernel(f.kernel, k, "kernel", !f.flip));
    this.given = f.flip ? range(f.depth).map((k) => this.#kernel(f.weight, k, "filter", true)) : [];
    this.outs = range(f.outputs).map((o) => this.#output(o));
    this.all = this.many && f.filters > 1 ? f.kernel.map((planes, o) => planes.map((_, k) => this.#small(o, k))) : [];
    this.partials = cell && f.depth > 1 ? range(f.depth).map((k) => this.#partial(k)) : [];
    this.sum = cell && this.#arithmetic();
    this.size = commonSize(this.many ? [this.inputs[0], this.kernels[0], ...this.outs]
      : [...this.inputs, ...this.kernels, ...this.outs, ...this.given]);
    const grids = this.inputs.flatMap((grid, channel) => {
      const k = this.read.indexOf(channel);
      return k < 0 ? [grid] : [grid, ...(f.flip ? [this.given[k]] : []), this.kernels[k]];
    });
    return { grids: [...grids, ...this.outs, ...this.all.flat()], lines: [...this.partials, this.sum].filter(Boolean),
      nodes: () => [...(this.many ? this.#planes() : this.#single()), legend(this.t, this.#signs())] };
  }

  #single() {
    const { t, names, size } = this;
    return [row([this.#inputPanel(t("input"), this.inputs[0]), this.#kernelPanels(0),
      panel({ t, label: t("output"), shape: names.size(this.f.steps), svg: this.outs[0].draw(size), role: "output", sign: "=" }),
    ]), this.sum?.draw()];
  }

  #planes() {
    const { t, f, names, size } = this;
    const rows = this.inputs.map((grid, channel) => {
      const k = this.read.indexOf(channel), shown = this.#inputPanel(names.input(channel), grid);
      if (k < 0) return f.rank < 3 ? shown : row([shown]);
      return row([shown, this.#kernelPanels(k), this.partials[k]?.draw()], " cnn-channel");
    });
    const outs = this.outs.map((grid, o) => panel({ t, label: names.output(o) + names.ofGroup(o),
      shape: names.size(f.steps), svg: grid.draw(size), role: "output", style: names.groupStyle(o) }));
    return [f.rank === 3 && h("p", { class: "cnn-note" }, names.volume()), ...this.#boxed(rows), this.sum?.draw(),
      row(outs, " cnn-outputs"), ...(f.filters > 1 ? this.#allKernels() : [])];
  }

  /** The channels' rows by groups, each in a frame with its name. */
  #boxed(rows) {
    const { t, names, f: { depth, groups } } = this;
    if (groups === 1) return rows;
    return range(groups).map((group) => {
      const inside = rows.slice(group * depth, (group + 1) * depth), read = this.read.includes(group * depth);
      return h("div", { class: `cnn-group cnn-group-${group % 4}${read ? "" : " cnn-not-read"}` },
        h("div", { class: "cnn-name" }, names.group(group), !read && [" ", h("span", { class: "cnn-note" }, t("notRead"))]),
        read ? inside : row(inside));
    });
  }

  #inputPanel(label, grid) {
    return panel({ t: this.t, label, shape: this.names.inputShape(), svg: grid.draw(this.size), role: "input" });
  }

  #kernelPanels(k) {
    const { t, f, names, size } = this, shape = names.size(f.taps), label = names.filter(this.o, k);
    const drawing = this.kernels[k].draw(size);
    if (!f.flip) return panel({ t, label, shape, svg: drawing, role: "kernel", sign: "⋆" });
    return [panel({ t, label, shape, svg: this.given[k].draw(size), role: "kernel", sign: "∗" }),
      panel({ t, label: t("turned"), svg: drawing, role: "kernel", sign: "→" })];
  }

  #allKernels() {
    const { t, f, names, result } = this;
    const panels = this.all.map((grids, o) => {
      const fits = grids.map((grid) => commonSize([grid]));
      const drawings = grids.map((grid, k) => grid.draw(fits[k][0] < sizes.grid.small[0] ? fits[k] : sizes.grid.small));
      const bias = f.bias ? `, ${t("bias")} ${show(f.bias[o])}` : "", [depth, ...taps] = result.kernel.shape.slice(1);
      return h("div", { class: `cnn-panel cnn-is-kernel${names.groupStyle(o)}` },
        h("div", { class: "cnn-label" }, t("filter", { o }) + names.ofGroup(o), " ", h("b", null, sized([depth, ...taps])), bias,
          o === this.o && this.cell && [" ", h("span", { class: "cnn-here" }, t("here"))]),
        h("div", { class: "cnn-planes" }, drawings));
    });
    return [h("p", { class: "cnn-title" }, t("allKernels", { n: f.filters })), row(panels, " cnn-all")];
  }

  #small(o, k) {
    return new Grid({ role: "filter", channel: k, values: this.f.kernel[o][k],
      label: (this.f.flip ? `${this.t("turned")}: ` : "") + this.names.kernelLabel(o, k),
      say: (r, c, v) => this.names.cell("kernel", [r, c], v) });
  }

  #input(channel) {
    const { f, names, owner } = this, own = (r, c) => !f.outside(channel, r, c);
    return new Grid({
      role: "input", channel, values: f.padded[channel], label: names.inputLabel(channel),
      style: (r, c) => [!own(r, c) && "pad", f.isUnread(channel, r, c) && "unread"].filter(Boolean).join(" "),
      say: (r, c, v) => (own(r, c) ? names.cell("input", f.source(channel, r, c).slice(-2), v) : `${this.t("legend.pad")}, ${v}`),
      rails: Math.max(...f.stride) > 1 ? [f.starts(0), f.starts(1)] : null,
      editable: own,
      on: {
        point: (r, c) => owner.peekInput(own(r, c) ? f.source(channel, r, c) : null),
        leave: () => owner.peekInput(null),
        edit: (r, c, number) => owner.write("input", f.source(channel, r, c), number),
        unshown: (text) => owner.unshown(text, this.t("number5")),
        key: (event) => owner.key(event),
      },
    });
  }

  #kernel(weight, k, role, editable) {
    const { f, names, owner } = this, filter = f.filter(this.o), [rows, columns] = f.taps;
    const turned = role === "kernel" && f.flip;
    return new Grid({
      role, channel: k, values: weight[filter][k], signed: true,
      label: (turned ? `${this.t("turned")}: ` : "") + names.kernelLabel(this.o, k),
      say: (r, c, v) => names.cell("kernel", [r, c], v),
      editable: () => editable,
      on: {
        point: (r, c) => owner.peekTap(role === "kernel" ? k * rows * columns + r * columns + c : null),
        leave: () => owner.peekTap(null),
        edit: (r, c, number) => owner.write("weight", f.tap(filter, k, r, c), number),
        unshown: (text) => owner.unshown(text, this.t("number5")),
        key: (event) => owner.key(event),
      },
    });
  }

  #output(o) {
    const { f, names, owner } = this;
    return new Grid({
      role: "output", channel: o, values: f.output[o], signed: !this.many, label: names.outputLabel(o),
      say: (r, c, v) => names.cell("output", [r, c], v),
      on: {
        point: (r, c) => owner.peekOutput(f.at([o, r, c])),
        leave: () => owner.peekOutput(null),
        choose: (r, c) => owner.goTo(f.at([o, r, c])),
        key: (event) => owner.key(event),
      },
    });
  }

  /** Moves the marks to an output cell of the drawn plane, with the products behind it. */
  point(at, list, upto) {
    const { f } = this, cell = at && f.cell(at);
    this.cell = cell;
    const [i, j] = cell ? cell.slice(1) : [];
    const places = (axis, place) => range(f.taps[axis]).map((tap) => place * f.stride[axis] + tap * f.dilation[axis]);
    const rows = cell ? places(0, i) : [], columns = cell ? places(1, j) : [], apart = Math.max(...f.dilation) > 1;
    const taps = rows.flatMap((r) => columns.map((c) => [r, c]));
    const frame = cell && [rows[0], columns[0], rows.at(-1) - rows[0] + 1, columns.at(-1) - columns[0] + 1, apart ? "win wide" : "win"];
    this.inputs.forEach((grid, channel) => {
      const k = this.read.indexOf(channel), read = cell && k >= 0;
      grid.mark("tap", read ? taps : []);
      grid.note(read && grid.longest <= 2 ? taps.map(([r, c], n) => ({ r, c, text: show(f.kernel[f.filter(this.o)][k].flat()[n]) }))
        .filter(({ text }) => text.length <= 2).map(({ r, c, text }) => [r, c, `×${text}`]) : []);
      grid.base = read ? [...(apart ? taps.map(([r, c]) => [r, c, 1, 1, "win one"]) : []), frame] : [];
      grid.outline(grid.base);
    });
    this.outs.forEach((grid, o) => {
      const here = cell && o === cell[0] ? [[i, j]] : [];
      grid.mark("on", here);
      grid.outline(here.map(([r, c]) => [r, c, 1, 1, "win"]));
    });
    for (const line of [...this.partials, this.sum]) if (cell) line?.fill(cell, list, upto);
  }

  /** Marks the k-th product: its input cell, its tap, its place in the sum. */
  term(n, list) {
    const term = n == null ? null : list[n];
    this.inputs.forEach((grid, channel) => grid.outline([...grid.base,
      ...(term?.channel === channel ? [[...term.at, 1, 1, "now"]] : [])]));
    this.kernels.forEach((grid, k) => grid.outline(term?.k === k ? [[...term.tap, 1, 1, "now"]] : []));
    for (const line of [...this.partials, this.sum].filter(Boolean)) {
      for (const node of line.node.querySelectorAll("[data-k]")) node.classList.toggle("is-now", Number(node.dataset.k) === n);
    }
  }

  /** Marks the output cells that an input cell feeds. */
  fed(cells) {
    const fed = cells.map((at) => this.f.cell(at));
    this.outs.forEach((grid, o) => grid.mark("fed", fed.filter((cell) => cell[0] === o).map((cell) => cell.slice(1))));
  }

  #arithmetic() {
    const { t, f, names } = this;
    return new Line((cell, list, upto) => {
      const bias = f.bias?.[f.filter(cell[0])];
      const own = f.bias ? [" + ", h("span", { class: "cnn-term" }, h("span", { class: "cnn-bias" }, t("bias")), ` ${factor(bias)}`)] : [];
      const all = list.slice(0, upto == null ? undefined : upto + 1).reduce((sum, term) => sum + term.value * term.weight, 0);
      const later = upto != null && upto < list.length - 1;
      return [h("span", { class: "cnn-head" }, `${names.sumOf(cell)} =`), " ",
        f.depth === 1 ? this.#products(list, 0, upto)
          : range(f.depth).map((k) => [k ? " + " : "", h("span", { class: "cnn-term" }, factor(this.#share(list, k, upto)))]),
        own, "\u00a0", total(later || !f.bias ? all : all + bias, t, later)];
    });
  }

  #partial(k) {
    const { f, names } = this;
    return new Line((_, list, upto) => {
      const size = list.length / f.depth, value = this.#share(list, k, upto);
      return [h("span", { class: "cnn-head" }, `${names.part(this.read[k])}:`), " ",
        this.#products(list.slice(k * size, (k + 1) * size), k * size, upto), "\u00a0",
        total(value, this.t, upto != null && upto < (k + 1) * size - 1)];
    }, " cnn-partial");
  }

  #products(list, from, upto) {
    const nodes = products(list, from);
    if (upto != null) nodes.forEach(([, node], k) => node.classList.toggle("is-later", from + k > upto));
    return nodes;
  }

  #share(list, k, upto) {
    const size = list.length / this.f.depth;
    return list.slice(k * size, Math.max(k * size, Math.min((k + 1) * size, (upto ?? Infinity) + 1)))
      .reduce((sum, term) => sum + term.value * term.weight, 0);
  }

  #signs() {
    const { f } = this, strided = Math.max(...f.stride) > 1;
    return [f.bordered && "pad", this.cell && Math.max(...f.dilation) > 1 && "tap", strided && "taken",
      strided && [0, 1].some((axis) => !f.starts(axis).every(Boolean)) && "skipped",
      (f.unread.some((places) => places.size) || range(f.channels).some((channel) => f.idle(channel))) && "unread"].filter(Boolean);
  }
}
