/** The HTML around the planes, as docs/lesson/figure/frame.py writes it. */

import { h, s } from "../kit/dom.js";
import { show } from "../core/tensor.js";

const WIDEST = 302;

export const factor = (number) => (number < 0 ? `(${show(number)})` : show(number));

/** `=`, or `≈` where the number shown is rounded. */
export const equals = (number) => (Math.abs(Number(number.toFixed(3)) - number) < 1e-9 ? "=" : "≈");

export const sized = (shape) => shape.join("×");

/** One labelled drawing after the operator that leads to it; a wide one scrolls. */
export function panel({ t, label, shape = "", svg, role, sign = "", style = "" }) {
  const wide = Number(svg.getAttribute("width")) > WIDEST;
  const name = `${label} ${shape}`.trim();
  return h("div", { class: "cnn-step" },
    sign && h("span", { class: `cnn-sign${sign === "⋆" ? " cnn-star" : ""}`, "aria-hidden": "true" }, sign),
    h("div", { class: `cnn-panel cnn-is-${role} ${style}`.trim() },
      h("div", { class: "cnn-label" }, label, shape && [" ", h("b", null, shape)]),
      h("div", { class: "cnn-box", ...(wide && { tabindex: "0", role: "group", "aria-label": t("scroll", { name }) }) },
        svg)));
}

export const row = (panels, style = "") => h("div", { class: `cnn-row ${style}`.trim() }, panels);

/** `1·1 + 1·0`, each product a node of its own; `from` is the first one's number. */
export const products = (terms, from = 0) => terms.map(({ value, weight, padding }, k) => [k ? " + " : "",
  h("span", { class: `cnn-term${padding ? " cnn-from-pad" : ""}`, "data-k": from + k },
    `${factor(value)}·${factor(weight)}`)]);

/** `= 4`; while a sum is being added up, what it comes to so far. */
export const total = (number, t, soFar) => h("span", { class: "cnn-result" },
  soFar ? t("soFar") : equals(number), " ", h("b", null, show(number)));

export const KEYS = {
  taken: () => s("circle", { class: "taken", cx: 9, cy: 9, r: 4.5 }),
  skipped: () => s("circle", { class: "skipped", cx: 9, cy: 9, r: 4.5 }),
  tap: () => [s("g", { class: "c tap" }, square()), s("rect", { class: "win one", x: 2, y: 2, width: 14, height: 14, rx: 2 })],
  pad: () => [s("g", { class: "c pad" }, square()), s("path", { class: "hatch", d: "M2 9l7-7M9 16l7-7M2 16l14-14" })],
  unread: () => [s("g", { class: "c unread" }, square()), s("path", { class: "cross", d: "M4 4l10 10m0-10l-10 10" })],
  source: () => s("rect", { class: "source", x: 2, y: 2, width: 14, height: 14 }),
  largest: () => [s("g", { class: "c best" }, s("rect", { x: 1, y: 1, width: 16, height: 16 })),
    s("circle", { class: "ring", cx: 9, cy: 9, r: 5.5 })],
};

const square = () => s("rect", { x: 2, y: 2, width: 14, height: 14 });

/** The signs that a drawing uses, explained. */
export const legend = (t, keys) => (keys.length ? h("ul", { class: "cnn-legend" }, keys.map((key) => h("li", null,
  s("svg", { class: "cnn-key", width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }, KEYS[key]()),
  t(`legend.${key}`)))) : null);
