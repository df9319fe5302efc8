/**
 * The hand-in as one A4 page: an SVG drawing, printed as it is and painted for the picture.
 * Everything that a student typed enters it as text nodes.
 */

import { s } from "../kit/dom.js";
import { openPrint } from "../kit/printing.js";

const WIDTH = 794, HEIGHT = 1123, EDGE = 56;            // A4 at 96 dots an inch
const FONT = 'system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",sans-serif';

/** Characters that no XML may hold, half surrogate pairs included, would spoil the whole page. */
const clean = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
  .toWellFormed().replace(/\t/g, "  ");

const pen = document.createElement("canvas").getContext("2d");

/** Breaks a text into lines of at most `width`; Hangul and code may break anywhere. */
function wrap(text, font, width) {
  pen.font = font;
  return clean(text).split("\n").flatMap((line) => {
    const lines = [""];
    for (const word of line.match(/\s+|[\x21-\x7e]{1,24}|[^\s\x21-\x7e]/g) ?? [""]) {
      if (pen.measureText(lines.at(-1) + word).width > width && lines.at(-1)) lines.push("");
      lines[lines.length - 1] += lines.at(-1) ? word : word.trimStart();
    }
    return lines;
  });
}

/** Lays the page out; `most` lines of working a step fit at the size of type `size`. */
function layout({ title, facts, network, steps, cut }, size, most) {
  /** @type {{rule?: number, text?: string, x?: number, y?: number, px?: number, bold?: boolean}[]} */
  const rows = [];
  const width = WIDTH - 2 * EDGE, line = size * 1.45;
  let y = EDGE;
  const put = (text, { scale = 1, bold = false, indent = 0, lines = 99 } = {}) => {
    const px = size * scale, weight = bold ? "bold " : "";
    const found = wrap(text, `${weight}${px}px ${FONT}`, width - indent);
    if (found.length > lines) found.splice(lines - 1, Infinity, cut);
    for (const row of found) {
      y += line * scale;
      rows.push({ text: row, x: EDGE + indent, y, px, bold });
    }
  };
  put(title, { scale: 1.5, bold: true });
  facts.forEach((fact) => put(fact, { lines: 2 }));
  y += size / 2;
  network.forEach((text) => put(text, { scale: 0.85 }));
  for (const step of steps) {
    y += size * 0.6;
    rows.push({ rule: y });
    put(step.heading, { bold: true });
    put(step.formula, { indent: 14, lines: 2 });
    if (step.working.trim()) put(step.working.trimEnd(), { indent: 14, lines: most });
    put(step.result, { indent: 14, bold: true, lines: 2 });
  }
  return { rows, height: y + EDGE };
}

/** The page as an SVG element; long working is set smaller first, and cut only then. */
export function sheet(content) {
  let page;
  for (const [size, most] of [[15, 99], [13.5, 99], [12, 99], [11, 14], [11, 9], [10.5, 6], [10, 4]]) {
    page = layout(content, size, most);
    if (page.height <= HEIGHT) break;
  }
  const nodes = page.rows.map(({ rule, text, x, y, px, bold }) => (rule
    ? s("path", { d: `M${EDGE} ${rule}H${WIDTH - EDGE}`, stroke: "#999" })
    : s("text", { x, y, "font-size": px, "font-weight": bold ? 700 : 400 }, text)));
  return s("svg", {
    xmlns: "http://www.w3.org/2000/svg", class: "cnn-sheet", viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    width: WIDTH, height: HEIGHT, fill: "#000", "font-family": FONT, "xml:space": "preserve",
  }, s("rect", { width: WIDTH, height: HEIGHT, fill: "#fff" }), nodes);
}

/** Prints the page alone; false where the browser prints nothing. */
export function printSheet(svg) {
  document.querySelectorAll(".cnn-sheet").forEach((old) => old.remove());
  document.body.append(svg);
  document.body.classList.add("cnn-printing");
  return openPrint(() => {
    svg.remove();
    document.body.classList.remove("cnn-printing");
  });
}

/** The page as a PNG picture, twice as fine as the screen. */
export async function picture(svg) {
  const image = new Image(2 * WIDTH, 2 * HEIGHT);
  const text = new XMLSerializer().serializeToString(svg);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
