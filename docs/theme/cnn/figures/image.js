/** <cnn-image>: a picture, its matrix, and the number under the pointer. */

import { h, s } from "../kit/dom.js";
import { CnnElement } from "../kit/element.js";
import { may } from "../kit/may.js";
import { matrix, picture, pictureName, EDGE } from "../view/picture.js";
import { panel, row, sized } from "../view/parts.js";
import { show, tensor } from "../core/tensor.js";
import { sizes } from "../tables/sizes.js";

const PIXEL_MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class CnnImage extends CnnElement {
  static keys = { matrix: may.flag, at: (value) => may.axes(0, 255)(value) && value.length === 2 };

  build() {
    const { t } = this;
    this.chips = [["picture", false], ["matrix", true]].map(([name, matrixShown]) => h("button", { type: "button", class: "cnn-chip",
      onclick: () => this.change({ matrix: matrixShown }) }, t(name)));
    this.readout = h("output", { class: "cnn-readout" });
    this.install([h("div", { class: "cnn-bar" }, h("div", { class: "cnn-buttons" }, this.chips), this.readout,
      h("div", { class: "cnn-tools" }, this.tools()))]);
  }

  accepts({ at, input }) {
    return !at || at.every((place, axis) => place < tensor(input).shape[axis]);
  }

  compute() {
    this.attempt(() => tensor(this.now.input));
  }

  /** A part that was cut out stands beside the picture, until the reader asks for one of them alone. */
  plan() {
    const { t, now, result: plane } = this, whole = sized(plane.shape);
    const parts = [];
    const draw = (label, shape, svg) => panel({ t, label, shape, svg, role: "input" });
    if (!now.matrix || now.crop) parts.push(() => draw(t("input"), whole, picture(plane, pictureName(t, plane), sizes.picture.whole, now.crop)));
    if (now.matrix) {
      const [top, bottom, left, right] = now.crop ?? [0, plane.shape[0], 0, plane.shape[1]];
      const name = now.crop ? t("crop", { top, bottom: bottom - 1, left, right: right - 1 }) : t("matrixName");
      parts.push(() => draw(name, sized([bottom - top, right - left]), matrix(t, plane, name, now.crop ?? undefined)));
    }
    return { grids: [], lines: [], nodes: () => [row(parts.map((part) => part()), " cnn-pictures")] };
  }

  sync() {
    this.chips.forEach((chip, i) => chip.setAttribute("aria-pressed", String(this.now.matrix === Boolean(i))));
    for (const svg of this.figure.querySelectorAll(".cnn-box > svg")) this.#listen(svg);
    this.figure.querySelector(".cnn-box")?.setAttribute("aria-label", this.t("pixels"));
  }

  /** Reads the pixel under the pointer; the arrow keys move it. */
  #listen(svg) {
    const box = svg.parentNode, [rows, columns] = this.result.shape;
    const whole = svg.viewBox.baseVal.width > EDGE * 2 && !(this.now.crop && svg.matches(".cnn-matrix"));
    if (!whole || box.dataset.live) return;
    Object.assign(box.dataset, { live: "" });
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    svg.append(this.frame = s("rect", { class: "win cnn-pointer", visibility: "hidden" }));
    svg.addEventListener("pointermove", (event) => {
      const place = svg.getBoundingClientRect(), { width } = svg.viewBox.baseVal, scale = (width - 2 * EDGE) / columns;
      const [r, c] = [event.clientY - place.y, event.clientX - place.x]
        .map((at) => Math.floor((at * width / place.width - EDGE) / scale));
      if (r >= 0 && c >= 0 && r < rows && c < columns) this.#read([r, c]);
    });
    svg.addEventListener("pointerleave", () => this.point());
    svg.addEventListener("click", () => this.reading && this.change({ at: this.reading }, true));
    box.addEventListener("keydown", (event) => {
      const move = PIXEL_MOVES[event.key] ?? { Home: [-rows, -columns], End: [rows, columns] }[event.key];
      if (!move) return;
      event.preventDefault();
      const from = this.now.at ?? [Math.floor(rows / 2), Math.floor(columns / 2)];
      this.change({ at: [rows, columns].map((size, axis) => Math.min(size - 1, Math.max(0, from[axis] + move[axis]))) }, true);
      this.say(this.readout.textContent);
    });
  }

  point() {
    this.#read(this.now.at);
  }

  #read(at) {
    this.reading = at;
    this.frame?.setAttribute("visibility", at ? "visible" : "hidden");
    this.readout.value = at ? this.t("pixel", { r: at[0], c: at[1], v: show(this.result.data[at[0] * this.result.shape[1] + at[1]]) }) : "";
    if (!at || !this.frame) return;
    const scale = (this.frame.ownerSVGElement.viewBox.baseVal.width - 2 * EDGE) / this.result.shape[1];
    const box = { x: EDGE + at[1] * scale, y: EDGE + at[0] * scale, width: scale, height: scale };
    for (const [key, value] of Object.entries(box)) this.frame.setAttribute(key, value);
  }

  shown() {
    const { input, matrix: shown, at } = this.now;
    return { input, matrix: shown, at: at ?? null, value: at ? input[at[0]][at[1]] : null, shapes: { input: this.result.shape }, error: null };
  }
}
