/** The shape law with its numbers filled in. */

import { h } from "../kit/dom.js";
import { show } from "../core/tensor.js";

/** `⌊(5 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = ⌊4 / 2⌋ + 1 = 3` for each axis. */
export function lawTexts({ sizes, kernel, stride, dilation, pairs, output }) {
  return sizes.map((size, axis) => {
    const [before, after] = pairs[axis];
    const border = before === after ? `2·${before}` : `(${before} + ${after})`;
    const room = size + before + after - dilation[axis] * (kernel[axis] - 1) - 1;
    return `⌊(${size} + ${border} − ${dilation[axis]}·(${kernel[axis]} − 1) − 1) / ${stride[axis]}⌋ + 1`
      + ` = ⌊${show(room)} / ${stride[axis]}⌋ + 1 = ${output[axis]}`;
  });
}

/** A law with the axes' names, a text for each: one line when all axes agree. */
export function lawLines(t, parts, texts = lawTexts(parts)) {
  const names = [["length"], ["height", "width"], ["depth", "height", "width"]][texts.length - 1].map((name) => t(name));
  const lines = new Set(texts).size === 1 ? [[names.join(" · "), texts[0]]] : texts.map((text, i) => [names[i], text]);
  return lines.map(([name, text]) => h("p", null, h("b", null, name), " ",
    text.split(" = ").map((part, i) => [i ? " " : "", h("span", null, `${i ? "= " : ""}${part}`)])));
}
