/** The HTML around the planes, as docs/lesson/figure/frame.py writes it. */

import { h, s } from "../kit/dom.js";
import { show } from "../core/tensor.js";
import { signs } from "../tables/legend.js";
import { sizes } from "../tables/sizes.js";

const WIDEST = sizes.grid.phone + 6;

export const factor = (number) => (number < 0 && show(number) !== "0" ? `(${show(number)})` : show(number));

/** `=`, or `≈` where the number shown is rounded. */
export const equals = (number) => (Math.abs(Number(number.toFixed(sizes.places)) - number) < 1e-9 ? "=" : "≈");

export const sized = (shape) => shape.join("×");

/** One labelled drawing after the operator that leads to it; a wide one scrolls. */
export function panel({ t, label, shape = "", svg, role, sign = "", style = "" }) {
  const wide = Number(svg.getAttribute("width")) > WIDEST;
  const name = `${label} ${shape}`.trim();
  return h("div", { class: "cnn-step" },
    sign && h("span", { class: `cnn-sign${sign === "⋆" ? " cnn-star" : ""}`, "aria-hidden": "true" }, sign),
    h("div", { class: `cnn-panel cnn-is-${role}${style}` },
      h("div", { class: "cnn-label" }, label, shape && [" ", h("b", null, shape)]),
      h("div", { class: "cnn-box", ...(wide && { tabindex: "0", role: "group", "aria-label": t("scroll", { name }) }) },
        svg)));
}

export const row = (panels, style = "") => h("div", { class: `cnn-row${style}` }, panels);

/** `1·1 + 1·0`, each product a node of its own; `from` is the first one's number. */
export const products = (terms, from = 0) => terms.map(({ value, weight, padding }, k) => [k ? " + " : "",
  h("span", { class: `cnn-term${padding ? " cnn-from-pad" : ""}`, "data-k": from + k },
    `${factor(value)}·${factor(weight)}`)]);

/** `= 4`; while a sum is being added up, what it comes to so far. */
export const total = (number, t, soFar) => h("span", { class: "cnn-result" },
  soFar ? t("soFar") : equals(number), " ", h("b", null, show(number)));

/** A line of arithmetic, or of words: `write(...)` gives its nodes for what is pointed at. */
export class Line {
  taken = false;
  node = null;

  constructor(write, style = "") {
    this.write = write;
    this.style = style;
  }

  /** Takes over the line that Python wrote. */
  adopt(node) {
    this.node = node;
    this.taken = true;
  }

  settle() {
    this.taken = false;
  }

  draw() {
    this.node = h("p", { class: `cnn-sum${this.style}` });
    return this.node;
  }

  fill(...about) {
    if (this.taken) return;
    this.node.replaceChildren(...[this.write(...about)].flat(9).filter((part) => part !== "" && part != null));
  }
}

const sign = ([name, attributes, ...children]) => s(name, attributes, children.map(sign));

/** The signs that a drawing uses, explained. */
export const legend = (t, keys) => (keys.length ? h("ul", { class: "cnn-legend" }, keys.map((key) => h("li", null,
  s("svg", { class: "cnn-key", width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }, signs[key].map(sign)),
  t(`legend.${key}`)))) : null);
