/** A picture of the reader's own: a file made small and grey, or a drawing. Nothing is sent anywhere. */

import { h } from "../kit/dom.js";

const BOARD = 28, LARGEST = 64, PIXEL = 9;

export class Easel {
  /** `take` gets {shape, data} of 0 to 255; `complain` gets words. */
  constructor(t, take, complain) {
    this.t = t;
    this.take = take;
    this.complain = complain;
    this.file = h("input", { type: "file", accept: "image/*", class: "cnn-text", "aria-label": t("upload"),
      onchange: () => this.#read(this.file.files[0]) });
    this.canvas = h("canvas", { width: BOARD * PIXEL, height: BOARD * PIXEL, class: "cnn-canvas", tabindex: "0", role: "img",
      "aria-label": t("canvas") });
    this.upload = h("div", { hidden: true }, this.file);
    this.board = h("div", { hidden: true, class: "cnn-board" }, this.canvas,
      h("button", { type: "button", class: "cnn-chip", onclick: () => this.take(this.blank()) }, t("clear")));
    this.node = h("div", null, this.upload, this.board);
    this.#listen();
  }

  show(kind) {
    this.upload.hidden = kind !== "upload";
    this.board.hidden = kind !== "draw";
  }

  /** An empty sheet. */
  blank() {
    this.plane = { shape: [BOARD, BOARD], data: new Float64Array(BOARD * BOARD) };
    this.brush = [BOARD / 2, BOARD / 2];
    this.#paint();
    return this.plane;
  }

  async #read(file) {
    if (!file) return;
    try {
      const image = await createImageBitmap(file), scale = Math.min(1, LARGEST / Math.max(image.width, image.height));
      const [width, height] = [image.width, image.height].map((size) => Math.max(5, Math.round(size * scale)));
      const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
      context.drawImage(image, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      this.take({ shape: [height, width], data: Float64Array.from({ length: width * height }, (_, i) =>
        Math.round(0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2])) });
    } catch {
      this.complain(this.t("badImage"));
    }
  }

  /** @param {number[]} place */
  #dab([r, c]) {
    for (const [dr, dc, ink] of [[0, 0, 255], [0, 1, 160], [1, 0, 160], [0, -1, 90], [-1, 0, 90]]) {
      const [y, x] = [r + dr, c + dc];
      if (y < 0 || x < 0 || y >= BOARD || x >= BOARD) continue;
      this.plane.data[y * BOARD + x] = Math.max(this.plane.data[y * BOARD + x], ink);
    }
    this.#paint();
    this.take(this.plane);
  }

  #paint(cursor = false) {
    const context = this.canvas.getContext("2d");
    this.plane.data.forEach((ink, i) => {
      context.fillStyle = `rgb(${ink} ${ink} ${ink})`;
      context.fillRect((i % BOARD) * PIXEL, Math.floor(i / BOARD) * PIXEL, PIXEL, PIXEL);
    });
    if (!cursor) return;
    context.strokeStyle = "#f80";
    context.lineWidth = 2;
    context.strokeRect(this.brush[1] * PIXEL, this.brush[0] * PIXEL, PIXEL, PIXEL);
  }

  #listen() {
    const { canvas } = this;
    const draw = (event) => {
      if (!event.buttons) return;
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      this.#dab([event.clientY - box.y, event.clientX - box.x].map((at) => Math.floor((at / box.width) * BOARD)));
    };
    canvas.addEventListener("pointerdown", draw);
    canvas.addEventListener("pointermove", draw);
    canvas.addEventListener("blur", () => this.#paint());
    canvas.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], " ": [0, 0] }[event.key];
      if (!move) return;
      event.preventDefault();
      this.brush = this.brush.map((at, axis) => Math.min(BOARD - 1, Math.max(0, at + move[axis])));
      if (event.key === " " || event.shiftKey) this.#dab(this.brush);
      this.#paint(true);
    });
  }
}
