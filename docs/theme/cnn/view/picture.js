/** Numbers as a grey picture, drawn as docs/lesson/figure/picture.py draws it. */

import { s } from "../kit/dom.js";
import { show } from "../core/tensor.js";

export const EDGE = 2;
const CELL = 25, FONT = 11;

/** Values as 0 to 255: 0 is black; with negative values 0 is middle grey. */
export function shades(data) {
  const most = data.reduce((best, value) => Math.max(best, Math.abs(value)), 0) || 1;
  const signed = data.some((value) => value < 0);
  return Uint8ClampedArray.from(data, (value) => Math.round((signed ? (value / most + 1) / 2 : value / most) * 255));
}

function dataUri({ shape: [height, width] }, grey) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pixels = new ImageData(width, height);
  grey.forEach((value, i) => pixels.data.set([value, value, value, 255], 4 * i));
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}

function mesh([rows, columns], scale) {
  let lines = "";
  for (let i = 1; i < columns; i++) lines += `M${EDGE + i * scale} ${EDGE}v${rows * scale}`;
  for (let i = 1; i < rows; i++) lines += `M${EDGE} ${EDGE + i * scale}h${columns * scale}`;
  return s("path", { class: "mesh", d: lines });
}

// A plain href: Material assigns the href of every element of a page as served, which throws for an
// SVG image (see picture.py), but never looks at what a widget adds later.
function frame(plane, name, label, scale, grey, children) {
  const [down, across] = plane.shape.map((n) => n * scale);
  return s("svg", { class: name, "data-role": "input", role: "img", "aria-label": label, width: across + 2 * EDGE,
    height: down + 2 * EDGE, viewBox: `0 0 ${across + 2 * EDGE} ${down + 2 * EDGE}` },
  s("image", { x: EDGE, y: EDGE, width: across, height: down, href: dataUri(plane, grey) }), children);
}

/** The plane as pixels, as wide as fits `width`. */
export function picture(plane, label, width) {
  const scale = Math.max(1, Math.floor(width / plane.shape[1]));
  return frame(plane, "cnn-picture", label, scale, shades(plane.data), scale >= 6 && mesh(plane.shape, scale));
}

/** The plane as numbers, each on its own grey. */
export function matrix(plane, label) {
  const grey = shades(plane.data), columns = plane.shape[1];
  const svg = frame(plane, "cnn-grid cnn-matrix", label, CELL, grey, [mesh(plane.shape, CELL),
    Array.from(plane.data, (value, i) => s("text", { class: grey[i] > 127 ? "k" : "w",
      x: EDGE + ((i % columns) + 0.5) * CELL, y: EDGE + (Math.floor(i / columns) + 0.5) * CELL }, show(value)))]);
  svg.setAttribute("font-size", FONT);
  return svg;
}
