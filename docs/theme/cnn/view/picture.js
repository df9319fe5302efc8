/** Numbers as a grey picture, drawn as docs/lesson/figure/picture.py draws it. */

import { s } from "../kit/dom.js";
import { show } from "../core/tensor.js";
import { sizes } from "../tables/sizes.js";

export const EDGE = sizes.picture.margin;
const { cell: CELL, font: FONT, mesh: MESH } = sizes.picture;

/** Values as 0 to 255: 0 is black; with negative values 0 is middle grey. */
export function shades(data) {
  const most = data.reduce((best, value) => Math.max(best, Math.abs(value)), 0) || 1;
  const signed = data.some((value) => value < 0);
  return Uint8ClampedArray.from(data, (value) => Math.floor((signed ? (value / most + 1) / 2 : value / most) * 255 + 0.5));
}

/**
 * Rows `top` to `bottom` and columns `left` to `right` of a plane, the ends left out.
 * @param {{shape: number[], data: any}} plane
 * @param {number[]} part
 */
export function cropped({ shape: [, columns], data }, [top, bottom, left, right]) {
  const rows = Array.from({ length: bottom - top }, (_, r) => Array.from(data.slice((top + r) * columns + left, (top + r) * columns + right)));
  return { shape: [bottom - top, right - left], data: Float64Array.from(rows.flat()) };
}

function dataUri({ shape: [height, width] }, grey) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pixels = new ImageData(width, height);
  grey.forEach((value, i) => pixels.data.set([value, value, value, 255], 4 * i));
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}

/** @param {number[]} shape */
function mesh([rows, columns], scale) {
  let lines = "";
  for (let i = 1; i < columns; i++) lines += `M${EDGE + i * scale} ${EDGE}v${rows * scale}`;
  for (let i = 1; i < rows; i++) lines += `M${EDGE} ${EDGE + i * scale}h${columns * scale}`;
  return s("path", { class: "mesh", d: lines });
}

function frame(plane, name, label, scale, grey, children) {
  const [down, across] = plane.shape.map((n) => n * scale);
  return s("svg", { class: name, "data-role": "input", role: "img", "aria-label": label, width: across + 2 * EDGE,
    height: down + 2 * EDGE, viewBox: `0 0 ${across + 2 * EDGE} ${down + 2 * EDGE}` },
  s("image", { x: EDGE, y: EDGE, width: across, height: down, href: dataUri(plane, grey) }), children);
}

/** What a picture is called: its size, its extremes and how much of it is not 0. */
export function pictureName(t, { shape, data }) {
  const least = data.reduce((a, b) => Math.min(a, b)), most = data.reduce((a, b) => Math.max(a, b));
  return t("pictureOf", { shape: shape.join("×"), least: show(least), most: show(most), ink: data.filter(Boolean).length });
}

/** The plane as pixels, as wide as fits `width`; `part` outlines [top, bottom, left, right]. */
export function picture(plane, label, width, part) {
  const scale = Math.max(1, Math.floor(width / plane.shape[1]));
  const around = part && s("rect", { class: "win", x: EDGE + scale * part[2], y: EDGE + scale * part[0],
    width: scale * (part[3] - part[2]), height: scale * (part[1] - part[0]) });
  return frame(plane, "cnn-picture", label, scale, shades(plane.data), [scale >= MESH && mesh(plane.shape, scale), around]);
}

/** The plane, or the `part` of it, as numbers, each on its own grey. */
export function matrix(t, whole, name, part = [0, whole.shape[0], 0, whole.shape[1]]) {
  const plane = cropped(whole, part), columns = part[3] - part[2];
  const grey = Uint8ClampedArray.from(cropped({ ...whole, data: shades(whole.data) }, part).data);
  const texts = Array.from(plane.data, show), label = `${name} ${plane.shape.join("×")}`;
  const rows = Array.from({ length: plane.shape[0] }, (_, r) => texts.slice(r * columns, (r + 1) * columns).join(" "));
  const said = texts.length > sizes.picture.spoken ? label : t(rows.length > 1 ? "spokenRows" : "spokenRow", { name: label, values: rows.join(" / ") });
  const svg = frame(plane, "cnn-grid cnn-matrix", said, CELL, grey, [mesh(plane.shape, CELL),
    texts.map((text, i) => s("text", { class: grey[i] > 127 ? "k" : "w",
      x: EDGE + ((i % columns) + 0.5) * CELL, y: EDGE + (Math.floor(i / columns) + 0.5) * CELL }, text))]);
  svg.setAttribute("font-size", FONT);
  return svg;
}
